import { createHash } from 'node:crypto';
import type { Question } from '../lineage/questions.js';

const LIST_MS = 150;
const GROUPS_MS = 100;
const PAGE = 50;
const ASKED = 40;

const LIST = `query Inbox($filter: ExceptionFilter, $orderBy: ExceptionOrder, $first: Int) {
  exceptions(filter: $filter, orderBy: $orderBy, first: $first) {
    totalCount totalCountIsEstimate pageInfo { hasNextPage endCursor }
    edges { node { id state title occurrences openedAt legalEntity counterparty businessObject { type key } moneyAtRisk { amount currency }
      queue { name } priority { band } owner { id } } }
  }
}`;
/** The numbers beside the filters: those of every facet at once. */
const FACETS = `query Facets($filter: ExceptionFilter) {
  exceptionFacets(filter: $filter) { total isLowerBound facets { name buckets { value count } } }
}`;
/** The numbers of the views, in one question as the screen asks them. */
const VIEWS = `query Views($open: [ExceptionState!]) {
  all: exceptions(filter: {}, first: 1) { totalCount }
  unresolved: exceptions(filter: { states: $open }, first: 1) { totalCount }
  open: exceptions(filter: { states: [OPEN, IN_PROGRESS, WAITING, PENDING_APPROVAL] }, first: 1) { totalCount }
  sent: exceptions(filter: { states: [REQUEUED] }, first: 1) { totalCount }
  resolved: exceptions(filter: { states: [RESOLVED, ACCEPTED, DUPLICATE] }, first: 1) { totalCount }
}`;
const TOTALS = `query Totals($open: [ExceptionState!]) {
  exceptions(filter: { states: $open }, first: 1) { totals { currency inflow outflow count } }
}`;
const GROUPS = `query Groups($orderBy: ExceptionGroupOrder) {
  exceptionGroups(first: 50, orderBy: $orderBy) { totalCount edges { node { id title openCount memberCount lastOccurredAt isKnownError } } }
}`;
const QUEUES = 'query Queues { queues { name openCount unassignedCount urgentCount oldestOpenedAt nextDueAt } }';

const OPEN = ['OPEN', 'IN_PROGRESS', 'WAITING', 'PENDING_APPROVAL', 'REQUEUED'];

/** Somebody who has one in forty of those that somebody has, and somebody who has none. */
const PERSON = createHash('md5')
  .update('person3')
  .digest('hex')
  .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const NOBODY = '00000000-0000-4000-8000-000000000001';

type Filter = Record<string, unknown>;

/**
 * The combinations of filters of the inbox: the least selective, rare ones, ones that nothing matches. The last part is the
 * condition by hand, where the filter has none below.
 */
const COMBINATIONS: readonly [string, Filter, string, string?][] = [
  ['open, by priority', { states: OPEN }, 'PRIORITY_DESC'],
  ['open, by money', { states: OPEN }, 'MONEY_DESC'],
  ['open, the oldest', { states: OPEN }, 'OPENED_ASC'],
  ['open, the newest', { states: OPEN }, 'OPENED_DESC'],
  ['open, none snoozed', { states: OPEN, snoozed: false }, 'PRIORITY_DESC'],
  ['open, snoozed', { states: OPEN, snoozed: true }, 'PRIORITY_DESC'],
  ['everything, by priority', {}, 'PRIORITY_DESC'],
  ['everything, the newest', {}, 'OPENED_DESC'],
  ['resolved, by money', { states: ['RESOLVED'] }, 'MONEY_DESC'],
  ['in progress', { states: ['IN_PROGRESS'] }, 'PRIORITY_DESC'],
  ['sent again', { states: ['REQUEUED'] }, 'PRIORITY_DESC'],
  ['waiting for approval, which none does', { states: ['PENDING_APPROVAL'] }, 'PRIORITY_DESC'],
  ["nobody's", { states: OPEN, unassigned: true }, 'PRIORITY_DESC'],
  ['of a large entity', { states: OPEN, legalEntities: ['DE01'] }, 'PRIORITY_DESC'],
  ['of a small entity', { states: OPEN, legalEntities: ['SG01'] }, 'PRIORITY_DESC'],
  ['of an entity that does not exist', { states: OPEN, legalEntities: ['XX99'] }, 'PRIORITY_DESC'],
  ['of two entities, by money', { states: OPEN, legalEntities: ['US01', 'BR01'] }, 'MONEY_DESC'],
  ['of a queue', { states: OPEN, queues: ['payments'] }, 'PRIORITY_DESC'],
  ['of a large queue', { states: OPEN, queues: ['platform'] }, 'PRIORITY_DESC'],
  ['of a queue without any', { states: OPEN, queues: ['tax'] }, 'PRIORITY_DESC'],
  ["of a queue and nobody's", { states: OPEN, queues: ['credit'], unassigned: true }, 'PRIORITY_DESC'],
  ['of a queue and an entity', { states: OPEN, queues: ['master-data'], legalEntities: ['SG01'] }, 'PRIORITY_DESC'],
  ['of a problem', { states: OPEN, taxonomies: ['business-control.blocked-account'] }, 'PRIORITY_DESC'],
  ['of a category', { states: OPEN, taxonomies: ['platform'] }, 'PRIORITY_DESC'],
  ['of a problem that never comes', { states: OPEN, taxonomies: ['tax.none'] }, 'PRIORITY_DESC'],
  ['of a problem and an entity', { states: OPEN, taxonomies: ['platform'], legalEntities: ['BR01'] }, 'OPENED_ASC'],
  ['by the number of an order', { text: 'SO-000001' }, 'PRIORITY_DESC'],
  ['by a customer', { states: OPEN, text: 'customer 17' }, 'PRIORITY_DESC'],
  ['by what nothing is called', { text: 'zzzz' }, 'PRIORITY_DESC'],
  ['by a customer of an entity', { states: OPEN, text: 'customer 4', legalEntities: ['DE01'] }, 'MONEY_DESC'],
  ['of a priority', { states: OPEN, priorities: ['P1'] }, 'PRIORITY_DESC', `priority_band = 'P1'`],
  ['of an integration', { states: OPEN, integrations: ['flow-7'] }, 'PRIORITY_DESC', `integration = 'flow-7'`],
  ['of a person', { states: OPEN, ownerId: PERSON }, 'PRIORITY_DESC', `owner_id = '${PERSON}'`],
  ['of a person who has none', { states: OPEN, ownerId: NOBODY }, 'PRIORITY_DESC', `owner_id = '${NOBODY}'`],
  ['an hour old', { states: OPEN, ages: ['UNDER_1_HOUR'] }, 'PRIORITY_DESC', `opened_at > now() - interval '1 hour'`],
  ['a month old', { states: OPEN, ages: ['OVER_30_DAYS'] }, 'MONEY_DESC', `opened_at <= now() - interval '30 days'`],
  [
    'due within four hours',
    { states: OPEN, cutOffs: ['WITHIN_1_HOUR', 'HOURS_1_TO_4'], snoozed: false },
    'PRIORITY_DESC',
    `next_due_at > now() and next_due_at <= now() + interval '4 hours'`,
  ],
  ['overdue', { states: OPEN, cutOffs: ['OVERDUE'] }, 'PRIORITY_DESC', 'next_due_at <= now()'],
  [
    'of a range of amounts',
    { states: OPEN, amountFrom: '50000.25', amountTo: '50010' },
    'MONEY_DESC',
    'reporting_minor between 5000025 and 5001000',
  ],
  ['above any amount', { states: OPEN, amountFrom: '1000000' }, 'MONEY_DESC', 'reporting_minor >= 100000000'],
  [
    'ninety days past due',
    { states: OPEN, daysPastDueFrom: 91 },
    'OPENED_ASC',
    `due_on <= to_char(now() - interval '91 days', 'YYYY-MM-DD')`,
  ],
  [
    'of everything a little',
    {
      states: OPEN,
      snoozed: false,
      legalEntities: ['DE01', 'SG01'],
      priorities: ['P1', 'P2'],
      ages: ['DAYS_3_TO_7', 'DAYS_7_TO_30'],
      cutOffs: ['OVERDUE', 'HOURS_4_TO_24'],
      amountFrom: '1000',
    },
    'PRIORITY_DESC',
    `priority_band in ('P1', 'P2') and opened_at between now() - interval '30 days' and now() - interval '3 days'
       and (next_due_at <= now() or next_due_at between now() + interval '4 hours' and now() + interval '1 day') and reporting_minor >= 100000`,
  ],
];

const COLUMN: Record<string, string> = {
  PRIORITY_DESC: 'priority_order desc',
  MONEY_DESC: 'amount_minor desc',
  OPENED_ASC: 'opened_at',
  OPENED_DESC: 'opened_at desc',
};

/** Everything that the inbox, the groups and the queues ask; a question has no subject, it is the same each time. */
export function exceptionQuestions(): readonly Question<number>[] {
  const whole = (name: string, document: string, targetMs: number, sql: string): Question<number> => ({
    name,
    targetMs,
    document,
    asked: ASKED,
    variables: () => ({ open: OPEN }),
    byHand: (client, tenantId) => client.query(sql, [tenantId]),
  });
  const open = `state in (${OPEN.map((state) => `'${state}'`).join(', ')})`;
  return [
    ...COMBINATIONS.map(inboxQuestion),
    ...COMBINATIONS.map(facetsQuestion),
    whole(
      'the numbers of the views',
      VIEWS,
      LIST_MS,
      `select state, count(*) from exception where tenant_id = $1 group by 1`,
    ),
    whole(
      'the totals of what is open',
      TOTALS,
      LIST_MS,
      `select currency, direction, sum(amount) from exception where tenant_id = $1 and ${open} group by 1, 2`,
    ),
    whole(
      'groups, most open first',
      GROUPS,
      GROUPS_MS,
      `select group_id, count(*) from exception where tenant_id = $1 and ${open} group by 1 order by 2 desc limit 50`,
    ),
    whole(
      'queues',
      QUEUES,
      LIST_MS,
      `select queue, count(*), min(opened_at) from exception where tenant_id = $1 and ${open} group by 1`,
    ),
  ];
}

type Combination = (typeof COMBINATIONS)[number];

function inboxQuestion(combination: Combination): Question<number> {
  const [name, filter, orderBy] = combination;
  const { where, values } = byHandOf(combination);
  return {
    name: `inbox: ${name}`,
    targetMs: LIST_MS,
    document: LIST,
    asked: ASKED,
    variables: () => ({ filter, orderBy, first: PAGE }),
    async byHand(client, tenantId) {
      await client.query(`select * from exception e where ${where} order by ${COLUMN[orderBy]} limit ${PAGE}`, [
        tenantId,
        ...values,
      ]);
      await client.query(`select count(*) from (select 1 from exception e where ${where} limit 10001) counted`, [
        tenantId,
        ...values,
      ]);
    },
  };
}

function facetsQuestion(combination: Combination): Question<number> {
  const [name, filter] = combination;
  const { where, values } = byHandOf(combination);
  return {
    name: `counts: ${name}`,
    targetMs: LIST_MS,
    document: FACETS,
    asked: ASKED,
    variables: () => ({ filter }),
    byHand: (client, tenantId) =>
      client.query(
        `select state, queue, legal_entity, taxonomy, integration, priority_band, posting_period, count(*) from exception e where ${where}
         group by grouping sets ((state), (queue), (legal_entity), (taxonomy), (integration), (priority_band), (posting_period))`,
        [tenantId, ...values],
      ),
  };
}

/** The same conditions as somebody would write them, without what facets leave out of themselves. */
function byHandOf([, filter, , more]: Combination): { where: string; values: unknown[] } {
  const { states, legalEntities, queues, taxonomies, text, unassigned, snoozed } = filter as {
    states?: string[];
    legalEntities?: string[];
    queues?: string[];
    taxonomies?: string[];
    text?: string;
    unassigned?: boolean;
    snoozed?: boolean;
  };
  const values: unknown[] = [];
  const add = (value: unknown) => `$${values.push(value) + 1}`;
  const isSnoozed =
    'exists (select 1 from exception_snooze s where s.tenant_id = $1 and s.exception_id = e.exception_id)';
  const conditions = [
    ...(states ? [`state = any(${add(states)}::text[])`] : []),
    ...(legalEntities ? [`legal_entity = any(${add(legalEntities)}::text[])`] : []),
    ...(queues ? [`queue = any(${add(queues)}::text[])`] : []),
    ...(taxonomies
      ? [
          `(taxonomy = any(${add(taxonomies)}::text[]) or split_part(taxonomy, '.', 1) = any(${add(taxonomies)}::text[]))`,
        ]
      : []),
    ...(text
      ? [`(object_key like ${add(`${text}%`)} or counterparty_folded like ${add(`${text.toLowerCase()}%`)})`]
      : []),
    ...(unassigned ? ['owner_id is null'] : []),
    ...(snoozed === undefined ? [] : [snoozed ? isSnoozed : `not ${isSnoozed}`]),
  ];
  return { where: ['tenant_id = $1', ...conditions, ...(more === undefined ? [] : [more])].join(' and '), values };
}
