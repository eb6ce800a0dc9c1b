import { type RawSearch, href, oneOf, text } from './url-search.js';

/** What waits for a second person, or what was decided; `open` beside the list. */
export type ApprovalsSearch = { show: 'pending' | 'decided'; open: string | undefined };

export function parseApprovalsSearch(raw: RawSearch): ApprovalsSearch {
  return { show: oneOf(text(raw, 'show'), ['pending', 'decided'], 'pending'), open: text(raw, 'open') };
}

export function approvalsHref(search: Partial<ApprovalsSearch> = {}): string {
  return href('/approvals', search, { show: 'pending' });
}

const REQUEUE_SHOWN = ['waiting', 'mine', 'review', 'decided'] as const;

/** Requests to send again: those that wait, the viewer's own, emergencies to review, or decided ones; `open` beside the list. */
export type RequeueApprovalsSearch = { show: (typeof REQUEUE_SHOWN)[number]; open: string | undefined };

export function parseRequeueApprovalsSearch(raw: RawSearch): RequeueApprovalsSearch {
  return { show: oneOf(text(raw, 'show'), REQUEUE_SHOWN, 'waiting'), open: text(raw, 'open') };
}

export function requeueApprovalsHref(search: Partial<RequeueApprovalsSearch> = {}): string {
  return href('/approvals/sending', search, { show: 'waiting' });
}

const LINEAGE_SHOWN = ['waiting', 'review', 'decided'] as const;

/** Changes of lineage: those that wait, emergencies to review, or decided ones; `open` beside the list. */
export type LineageApprovalsSearch = { show: (typeof LINEAGE_SHOWN)[number]; open: string | undefined };

export function parseLineageApprovalsSearch(raw: RawSearch): LineageApprovalsSearch {
  return { show: oneOf(text(raw, 'show'), LINEAGE_SHOWN, 'waiting'), open: text(raw, 'open') };
}

export function lineageApprovalsHref(search: Partial<LineageApprovalsSearch> = {}): string {
  return href('/approvals/lineage', search, { show: 'waiting' });
}

export function fourEyesHref(): string {
  return href('/approvals/rules', {});
}
