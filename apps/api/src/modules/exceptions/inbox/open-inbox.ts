import type { InboxSelection } from '../domain/inbox-selection.js';
import type { AgeBucket } from '../domain/inbox-buckets.js';
import { EXCEPTION_STATES, isOpen } from '../domain/life-cycle.js';
import {
  ageConditions,
  amountConditions,
  cutOffConditions,
  pastDueConditions,
  type AddParameter,
} from '../narrowing-conditions.js';
import { bucketsWithin, facetConditions, FACETS_SQL } from './facet-sql.js';
import { knownErrorConditions, snoozeConditions, snoozedFacetsSql } from './group-marks.js';
import { IS_OPEN, isIn } from './open-sql.js';
import { textConditions } from './text-sql.js';

const OPEN_STATES = EXCEPTION_STATES.filter(isOpen);

/** True when nothing but open exceptions is asked for, and nothing that only the rows of the table tell. */
export function isOfOpenInbox(selection: InboxSelection): boolean {
  const { states, objectId, groupIds, text, isTextCommon, snoozed, narrowing } = selection;
  return (
    states !== null &&
    states.length > 0 &&
    states.every(isOpen) &&
    [objectId, groupIds, narrowing.counterparties].every((asked) => asked === null) &&
    (text === null || isTextCommon === true) &&
    snoozed !== true
  );
}

/** True when states and queues alone narrow it: each of them has an index in the order of the list. */
export function isPlain(selection: InboxSelection): boolean {
  const add = () => '';
  const { STATE: _state, QUEUE: _queue, ...others } = facetConditions(selection, add);
  return Object.keys(others).length === 0 && rowConditions(selection, add).length === 0;
}

/** What facets do not tell, but the index of what is open does. */
export function rowConditions(selection: InboxSelection, add: AddParameter): string[] {
  const { ownerId, narrowing } = selection;
  const isAmountInFacet = narrowing.amount === null || bucketsWithin(narrowing.amount) !== null;
  return [
    ...(ownerId === null ? [] : [`e.owner_id = ${add(ownerId, 'uuid')}`]),
    ...(isAmountInFacet ? [] : amountConditions(narrowing, add)),
    ...openedConditions(selection, add),
    ...cutOffConditions(narrowing, add),
    ...pastDueConditions(narrowing, add),
    ...knownErrorConditions(narrowing),
    // elsewhere a text is found before its rows are judged
    ...(isOfOpenInbox(selection) ? textConditions(selection, add) : []),
  ];
}

/**
 * What was opened within a day is found by when it was opened; of anything older the walk of what is open asks each: an index of its
 * own would find very many, each of which is then read from the table.
 */
function openedConditions(selection: InboxSelection, add: AddParameter): string[] {
  const { narrowing } = selection;
  const found = ageConditions(narrowing, add);
  const isWalked = isOfOpenInbox(selection) && narrowing.ages?.some((age) => !YOUNG.has(age)) === true;
  return isWalked ? found.map((condition) => `case when ${condition} then true end`) : found;
}

const YOUNG: ReadonlySet<AgeBucket> = new Set(['UNDER_1_HOUR', 'HOURS_1_TO_24']);

/**
 * Of what is open, what a selection leaves: `facet` is a `with` that finds the facets that match, `where` conditions on `exception e`
 * that an index answers without the table. Where no facet matches, nothing is walked.
 */
export function openInboxSql(selection: InboxSelection, add: AddParameter): { facet: string; where: string } {
  const { facet, inFacet } = matchingFacets(selection, add);
  const rows = rowConditions(selection, add);
  return {
    facet,
    where: ['e.tenant_id = $1', IS_OPEN, ...inFacet, ...rows, ...snoozeConditions(selection, add, true)].join(' and '),
  };
}

/** The facets that a selection leaves, and the condition to be of one of them; nothing where all are left. */
export function matchingFacets(
  selection: InboxSelection,
  add: AddParameter,
): { facet: string; inFacet: readonly string[] } {
  const isEveryState = OPEN_STATES.every((state) => selection.states?.includes(state));
  const conditions = Object.values(facetConditions(isEveryState ? { ...selection, states: null } : selection, add));
  if (conditions.length === 0) return { facet: '', inFacet: [] };
  return {
    facet: `facet as materialized (select facet_key from (${FACETS_SQL}) f where ${conditions.join(' and ')})`,
    inFacet: ['(select count(*) from facet) > 0', isIn('e.facet_key', 'select facet_key from facet')],
  };
}

/** Selects how many open exceptions are left, as `rows`. What facets tell is told by their index alone. */
export function openCountSql(selection: InboxSelection, add: AddParameter): string {
  if (rowConditions(selection, () => '').length > 0) {
    const { facet, where } = openInboxSql(selection, add);
    return `${facet === '' ? '' : `with ${facet}`} select count(*)::int as rows from exception e where ${where}`;
  }
  const conditions = Object.values(facetConditions(selection, add));
  return `select coalesce(sum(n), 0)::int as rows from (${facetsLeftSql(selection, add)}) f where ${conditions.join(' and ')}`;
}

/** The facets of what is open with the number of their rows; those snoozed are taken off where a selection leaves them out. */
export function facetsLeftSql(selection: InboxSelection, add: AddParameter): string {
  if (selection.snoozed !== false) return FACETS_SQL;
  return `select f.facet_key, f.p, case when hidden.n is null then f.n else f.n - hidden.n end as n
    from (${FACETS_SQL}) f left join (${snoozedFacetsSql(selection, add)}) hidden on hidden.facet_key = f.facet_key`;
}
