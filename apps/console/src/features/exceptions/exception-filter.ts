import type { ExceptionFilter, ExceptionOrder, ExceptionState } from '../../gql/graphql.js';
import type { ExceptionListOrder, ExceptionsSearch, ExceptionView } from '../../shared/url.js';

export const VIEW_STATES: Record<ExceptionView, readonly ExceptionState[]> = {
  unresolved: ['OPEN', 'IN_PROGRESS', 'WAITING', 'PENDING_APPROVAL', 'REQUEUED'],
  open: ['OPEN', 'IN_PROGRESS', 'WAITING', 'PENDING_APPROVAL'],
  requeued: ['REQUEUED'],
  resolved: ['RESOLVED', 'ACCEPTED', 'DUPLICATE'],
  all: [],
};

export const VIEW_NAMES: Record<ExceptionView, string> = {
  unresolved: 'Unresolved',
  open: 'To do',
  requeued: 'Sent again',
  resolved: 'Resolved',
  all: 'All',
};

const ORDERS: Record<ExceptionListOrder, ExceptionOrder> = {
  priority: 'PRIORITY_DESC',
  money: 'MONEY_DESC',
  oldest: 'OPENED_ASC',
  newest: 'OPENED_DESC',
};

export function orderOf(search: ExceptionsSearch): ExceptionOrder {
  return ORDERS[search.order];
}

/** The address of the inbox → the filter of the query. */
export function filterOf(search: ExceptionsSearch, viewerId: string): ExceptionFilter {
  const states = VIEW_STATES[search.view];
  const filter: ExceptionFilter = {};
  if (states.length > 0) filter.states = [...states];
  if (search.queue.length > 0) filter.queues = [...search.queue];
  if (search.kind.length > 0) filter.taxonomies = [...search.kind];
  if (search.entity.length > 0) filter.legalEntities = [...search.entity];
  if (search.owner === 'none') filter.unassigned = true;
  else if (search.owner !== undefined) filter.ownerId = search.owner === 'me' ? viewerId : search.owner;
  // What is closed is not snoozed, and "all" leaves nothing out.
  if (search.snoozed === 'yes') filter.snoozed = true;
  else if (search.snoozed === undefined && search.view !== 'resolved' && search.view !== 'all') filter.snoozed = false;
  if (search.group !== undefined) filter.groupId = search.group;
  if (search.object !== undefined) filter.objectId = search.object;
  if (search.text !== undefined) filter.text = search.text;
  return filter;
}

/** True when something narrows the list beyond its view. */
export function isNarrowed(search: ExceptionsSearch): boolean {
  return (
    search.queue.length > 0 ||
    search.entity.length > 0 ||
    search.kind.length > 0 ||
    [search.owner, search.snoozed, search.text, search.group, search.object].some((value) => value !== undefined)
  );
}

/** The search without its narrowing, in the same view and order. */
export function widened(search: ExceptionsSearch): ExceptionsSearch {
  return {
    ...search,
    queue: [],
    entity: [],
    kind: [],
    snoozed: undefined,
    owner: undefined,
    text: undefined,
    group: undefined,
    object: undefined,
  };
}
