import { type RawSearch, href, oneOf, text } from './url-search.js';

/** What waits for a second person, or what was decided. */
export type ApprovalsSearch = { show: 'pending' | 'decided' };

export function parseApprovalsSearch(raw: RawSearch): ApprovalsSearch {
  return { show: oneOf(text(raw, 'show'), ['pending', 'decided'], 'pending') };
}

export function approvalsHref(search: Partial<ApprovalsSearch> = {}): string {
  return href('/approvals', search, { show: 'pending' });
}
