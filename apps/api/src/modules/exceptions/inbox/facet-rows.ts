import type { InboxSelection } from '../domain/inbox-selection.js';
import { EXCEPTION_STATES } from '../domain/life-cycle.js';
import { adder, InboxSql } from '../inbox.repository.js';
import { amountConditions, type AddParameter } from '../narrowing-conditions.js';
import { bucketsWithin, facetConditions, FACETS_SQL } from './facet-sql.js';
import { snoozeConditions } from './group-marks.js';
import { MOST_SAMPLED } from './limits.js';
import { facetsLeftSql, isOfOpenInbox, openInboxSql, rowConditions } from './open-inbox.js';
import { IS_OPEN } from './open-sql.js';

/** The rows that facets are counted from, as parts of a statement; `add` adds to `parameters`, the tenant is the first. */
export type FacetRows = { parameters: unknown[]; add: AddParameter; withSql: string[]; sampled: string[] };

/** Selects `p`, `is_within` (the range of amounts, where facets do not tell it) and `n`: facets of what rows leave, before they are judged. */
export function toldCells(tenantId: string, selection: InboxSelection): FacetRows & { cells: string } {
  const { parameters, add, withSql, sampled, isSample } = rowsOf(tenantId, selection);
  const { narrowing } = selection;
  const others = rowConditions({ ...selection, narrowing: { ...narrowing, amount: null } }, add);
  const isAmountTold = narrowing.amount === null || bucketsWithin(narrowing.amount) !== null;
  if (!isSample && others.length === 0 && isAmountTold) {
    const cells = `select p, n, true as is_within from (${facetsLeftSql(selection, add)}) f`;
    return { parameters, add, withSql, sampled, cells };
  }
  const within = isAmountTold
    ? 'true'
    : `case when ${amountConditions(narrowing, add).join(' and ')} then true else false end`;
  const conditions = [...others, ...snoozeConditions(selection, add, !isSample)];
  if (isSample) {
    const cells = `select string_to_array(min(e.facet), chr(31)) as p, ${within} as is_within, count(*) as n
      from sample e where ${['true', ...conditions].join(' and ')} group by e.facet_key, 2`;
    return { parameters, add, withSql, sampled, cells };
  }
  const counted = `counted as materialized (
    select e.facet_key, ${within} as is_within, count(*) as n from exception e
    where ${['e.tenant_id = $1', IS_OPEN, ...conditions].join(' and ')} group by e.facet_key, 2)`;
  const cells = `select f.p, c.is_within, c.n from counted c join (${FACETS_SQL}) f on f.facet_key = c.facet_key`;
  return { parameters, add, withSql: [...withSql, counted], sampled, cells };
}

/** What stands behind `from` to read the rows of a selection one by one, as `e`. */
export function rowsLeft(tenantId: string, selection: InboxSelection): FacetRows & { from: string } {
  const { parameters, add, withSql, sampled, isSample } = rowsOf(tenantId, selection);
  if (!isSample) {
    const { facet, where } = openInboxSql(selection, add);
    return { parameters, add, withSql: facet === '' ? [] : [facet], sampled, from: `exception e where ${where}` };
  }
  const conditions = [
    ...Object.values(facetConditions(selection, add)),
    ...rowConditions(selection, add),
    ...snoozeConditions(selection, add, false),
  ];
  return {
    parameters,
    add,
    withSql,
    sampled,
    from: `sample e cross join lateral (select string_to_array(e.facet, chr(31)) as p) told
           where ${['true', ...conditions].join(' and ')}`,
  };
}

const SAMPLED_COLUMNS = `e.exception_id, e.state, e.facet, e.facet_key, e.opened_at, e.cut_off_at, e.reporting_minor, e.owner_id, e.due_on,
  e.group_id, e.object_id, e.money_part_id, e.money_whole_id, e.direction, e.priority_order, e.last_occurred_at`;

function rowsOf(tenantId: string, selection: InboxSelection): FacetRows & { isSample: boolean } {
  if (isOfOpenInbox(selection)) {
    const parameters: unknown[] = [tenantId];
    return { parameters, add: adder(parameters), withSql: [], sampled: [], isSample: false };
  }
  const sql = new InboxSql(tenantId, foundBy(selection));
  const isFound = sql.matching !== '' || selection.narrowing.counterparties !== null;
  const sample = isFound
    ? `select ${SAMPLED_COLUMNS} ${sql.from} limit ${MOST_SAMPLED}`
    : `select ${SAMPLED_COLUMNS} from unnest(${sql.states}) as wanted(state) cross join lateral (
         select e.* from exception e where e.tenant_id = $1 and e.state = wanted.state
         order by e.opened_at desc, e.exception_id desc limit ${MOST_SAMPLED}) e`;
  const sizes = `select count(*) as size from sample ${isFound ? '' : 'group by state'}`;
  return {
    parameters: sql.parameters,
    add: sql.add,
    withSql: [
      ...(sql.matching === '' ? [] : [sql.matching.replace(/^with /, '')]),
      `sample as materialized (${sample})`,
    ],
    sampled: [`select 'SAMPLED' as facet, '' as value, coalesce(max(size), 0)::int as count from (${sizes}) sizes`],
    isSample: true,
  };
}

/** The part of a selection that finds rows by an index of its own; the rest is judged among them. */
function foundBy({ states, objectId, groupIds, text, snoozed, narrowing }: InboxSelection): InboxSelection {
  return {
    states: states ?? EXCEPTION_STATES,
    objectId,
    groupIds,
    text,
    snoozed: snoozed === true ? true : null,
    taxonomies: null,
    legalEntities: null,
    queues: null,
    ownerId: null,
    unassigned: false,
    narrowing: {
      priorities: null,
      integrations: null,
      regions: null,
      counterparties: narrowing.counterparties,
      postingPeriods: null,
      amount: null,
      ages: null,
      cutOffs: null,
      daysPastDue: null,
      isEscalated: null,
      isStatutory: null,
      isRecurring: null,
      isKnownError: null,
      at: narrowing.at,
    },
  };
}
