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
  narrow(filter, search);
  return filter;
}

function narrow(filter: ExceptionFilter, search: ExceptionsSearch): void {
  if (search.priority.length > 0) filter.priorities = [...search.priority];
  if (search.integration.length > 0) filter.integrations = [...search.integration];
  if (search.region.length > 0) filter.regions = [...search.region];
  if (search.party !== undefined) filter.counterparties = [search.party];
  if (search.period.length > 0) filter.postingPeriods = [...search.period];
  if (search.min !== undefined) filter.amountFrom = search.min;
  if (search.max !== undefined) filter.amountTo = search.max;
  if (search.age.length > 0) filter.ages = [...search.age];
  if (search.due.length > 0) filter.cutOffs = [...search.due];
  if (search.pastFrom !== undefined) filter.daysPastDueFrom = Number(search.pastFrom);
  if (search.pastTo !== undefined) filter.daysPastDueTo = Number(search.pastTo);
  if (search.mark.includes('escalated')) filter.isEscalated = true;
  if (search.mark.includes('statutory')) filter.isStatutory = true;
  if (search.mark.includes('recurring')) filter.isRecurring = true;
  if (search.mark.includes('known')) filter.isKnownError = true;
}

/** What every list is without: nothing of it narrows. */
const WIDE = {
  queue: [],
  entity: [],
  kind: [],
  owner: undefined,
  snoozed: undefined,
  text: undefined,
  group: undefined,
  object: undefined,
  priority: [],
  integration: [],
  region: [],
  party: undefined,
  period: [],
  min: undefined,
  max: undefined,
  age: [],
  due: [],
  pastFrom: undefined,
  pastTo: undefined,
  mark: [],
} satisfies Partial<ExceptionsSearch>;

/** True when something narrows the list beyond its view. */
export function isNarrowed(search: ExceptionsSearch): boolean {
  return (Object.keys(WIDE) as (keyof typeof WIDE)[]).some((name) => {
    const value = search[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  });
}

/** The search without its narrowing, in the same view and order. */
export function widened(search: ExceptionsSearch): ExceptionsSearch {
  return { ...search, ...WIDE };
}
