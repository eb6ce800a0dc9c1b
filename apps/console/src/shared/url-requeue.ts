import { type RawSearch, href, text } from './url-search.js';

/** `open`: the run that is open beside the list; `state`: which of its items are listed */
export type RunsSearch = { open: string | undefined; state: string | undefined };

export function parseRunsSearch(raw: RawSearch): RunsSearch {
  return { open: text(raw, 'open'), state: text(raw, 'state') };
}

/** Runs: what is being sent again. */
export function runsHref(search: Partial<RunsSearch> = {}): string {
  return href('/requeues', search);
}

export function unknownOutcomesHref(): string {
  return '/unknown-outcomes';
}

/** What proves one send. */
export function certificateHref(attemptId: string): string {
  return `/certificates/${encodeURIComponent(attemptId)}`;
}

/** Where an integration takes what is sent again. */
export function requeueTargetHref(integration: string): string {
  return `/integrations/${encodeURIComponent(integration)}/target`;
}

/** How one integration is sent to. */
export function sendingHref(integration: string): string {
  return `/integrations/${encodeURIComponent(integration)}/sending`;
}

/** `show`: which items are listed: those that go, or those that are left out for one reason */
export type RequeuePlanSearch = { show: string | undefined };

export function parseRequeuePlanSearch(raw: RawSearch): RequeuePlanSearch {
  return { show: text(raw, 'show') };
}

/** The plan of a large selection. */
export function requeuePlanHref(id: string, search: Partial<RequeuePlanSearch> = {}): string {
  return href(`/requeues/${encodeURIComponent(id)}/plan`, search);
}
