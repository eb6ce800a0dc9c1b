import type { Question } from '../lineage/questions.js';

const LIST_MS = 150;
const GROUPS_MS = 100;
const PAGE = 50;
const ASKED = 60;

const LIST = `query Inbox($filter: ExceptionFilter, $orderBy: ExceptionOrder, $first: Int) {
  exceptions(filter: $filter, orderBy: $orderBy, first: $first) {
    totalCount totalCountIsEstimate pageInfo { hasNextPage endCursor }
    edges { node { id state title occurrences openedAt legalEntity counterparty businessObject { type key } moneyAtRisk { amount currency }
      queue { name } priority { band } owner { id } } }
  }
}`;
/** The numbers beside the filters, in one question as the screen asks them. */
const COUNTS = `query Counts($open: [ExceptionState!]) {
  all: exceptions(filter: { states: $open }, first: 1) { totalCount }
  mine: exceptions(filter: { states: $open, unassigned: true }, first: 1) { totalCount }
  de: exceptions(filter: { states: $open, legalEntities: ["DE01"] }, first: 1) { totalCount }
  br: exceptions(filter: { states: $open, legalEntities: ["BR01"] }, first: 1) { totalCount }
  payments: exceptions(filter: { states: $open, queues: ["payments"] }, first: 1) { totalCount }
  platform: exceptions(filter: { states: $open, queues: ["platform"] }, first: 1) { totalCount }
  resolved: exceptions(filter: { states: [RESOLVED] }, first: 1) { totalCount }
}`;
const TOTALS = `query Totals($open: [ExceptionState!]) {
  exceptions(filter: { states: $open }, first: 1) { totals { currency inflow outflow count } }
}`;
const GROUPS = `query Groups($orderBy: ExceptionGroupOrder) {
  exceptionGroups(first: 50, orderBy: $orderBy) { totalCount edges { node { id title openCount memberCount lastOccurredAt isKnownError } } }
}`;
const QUEUES = 'query Queues { queues { name openCount unassignedCount urgentCount oldestOpenedAt nextDueAt } }';

const OPEN = ['OPEN', 'IN_PROGRESS', 'WAITING', 'PENDING_APPROVAL', 'REQUEUED'];

type Filter = Record<string, unknown>;

/** The combinations of filters of the inbox: the least selective, rare ones, ones that nothing matches. */
const COMBINATIONS: readonly [string, Filter, string][] = [
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
    whole(
      'the counts beside the filters',
      COUNTS,
      LIST_MS,
      `select state, queue, legal_entity, count(*) from exception where tenant_id = $1 and ${open} group by 1, 2, 3`,
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

function inboxQuestion([name, filter, orderBy]: readonly [string, Filter, string]): Question<number> {
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
  const where = ['tenant_id = $1', ...conditions].join(' and ');
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
