import { type RawSearch, href, text } from './url-search.js';

/** `open`: the bulk act that is open beside the list; `outcome`: which of its exceptions are listed */
export type BulkActsSearch = { open: string | undefined; outcome: string | undefined };

export function parseBulkActsSearch(raw: RawSearch): BulkActsSearch {
  return { open: text(raw, 'open'), outcome: text(raw, 'outcome') };
}

export function bulkActsHref(search: Partial<BulkActsSearch> = {}): string {
  return href('/bulk-acts', search);
}
