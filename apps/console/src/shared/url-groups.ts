// Addresses of the screen of exception groups.
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
