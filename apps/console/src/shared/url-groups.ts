// Addresses of the screens of exception groups and runbooks.
import { type RawSearch, href, oneOf, text } from './url-search.js';

export const GROUP_VIEWS = ['active', 'mine', 'unowned', 'known', 'snoozed'] as const;
export type GroupView = (typeof GROUP_VIEWS)[number];

export const GROUP_ORDERS = ['open', 'latest'] as const;
export type GroupOrder = (typeof GROUP_ORDERS)[number];

/** `open`: the group that is open beside the list */
export type GroupsSearch = { view: GroupView; order: GroupOrder; open: string | undefined };

export function parseGroupsSearch(raw: RawSearch): GroupsSearch {
  return {
    view: oneOf(text(raw, 'view'), GROUP_VIEWS, 'active'),
    order: oneOf(text(raw, 'order'), GROUP_ORDERS, 'open'),
    open: text(raw, 'open'),
  };
}

export function groupsHref(search: Partial<GroupsSearch> = {}): string {
  return href('/groups', search, { view: 'active', order: 'open' });
}

export const RUNBOOK_SCOPES = ['GROUP', 'PROBLEM', 'INTEGRATION', 'CATEGORY', 'QUEUE'] as const;

/** `open`: the runbook that is open beside the list; `scope` and `key`: what a new one is about */
export type RunbooksSearch = {
  open: string | undefined;
  scope: (typeof RUNBOOK_SCOPES)[number] | undefined;
  key: string | undefined;
};

export function parseRunbooksSearch(raw: RawSearch): RunbooksSearch {
  const scope = text(raw, 'scope');
  return {
    open: text(raw, 'open'),
    scope: RUNBOOK_SCOPES.find((one) => one === scope),
    key: text(raw, 'key'),
  };
}

export function runbooksHref(search: Partial<RunbooksSearch> = {}): string {
  return href('/runbooks', search);
}
