import { formatAmount } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { countRows, instantCursorSql, type CursorPart, type Page, type RowCount } from '../../graphql/connection.js';
import type { InboxSelection } from './domain/inbox-selection.js';
import { EXCEPTION_STATES, isOpen } from './domain/life-cycle.js';
import type { StoredException } from './domain/stored-exception.js';
import { EXCEPTION_COLUMNS } from './exceptions.repository.js';
import { COUNTED, countedOnceSql } from './inbox/counted-once.js';
import { snoozeConditions, snoozedSql } from './inbox/group-marks.js';
import { isOfOpenInbox, isPlain, openCountSql, openInboxSql } from './inbox/open-inbox.js';
import { ALL_BY_WORDS, MOST_BY_WORDS, textConditions, textFinders } from './inbox/text-sql.js';
import { narrowingConditions, type AddParameter } from './narrowing-conditions.js';

export type { InboxSelection } from './domain/inbox-selection.js';

export const INBOX_ORDERS = ['PRIORITY_DESC', 'MONEY_DESC', 'OPENED_ASC', 'OPENED_DESC'] as const;

export type InboxOrder = (typeof INBOX_ORDERS)[number];

/** Where no order is asked for. */
export const DEFAULT_ORDER: InboxOrder = 'PRIORITY_DESC';

type Ordering = { column: string; cast: string; cursor: string; part: CursorPart; direction: 'asc' | 'desc' };

const OPENED = {
  column: 'e.opened_at',
  cast: 'timestamptz',
  cursor: instantCursorSql('e.opened_at'),
  part: 'instant',
} as const;

/** Keys of the pages; money is compared in the reporting currency, and what has no figure in it comes last. */
const ORDERINGS: Readonly<Record<InboxOrder, Ordering>> = {
  PRIORITY_DESC: {
    column: 'e.priority_order',
    cast: 'bigint',
    cursor: 'e.priority_order::text',
    part: 'integer',
    direction: 'desc',
  },
  MONEY_DESC: {
    column: 'e.money_order',
    cast: 'bigint',
    cursor: 'e.money_order::text',
    part: 'integer',
    direction: 'desc',
  },
  OPENED_ASC: { ...OPENED, direction: 'asc' },
  OPENED_DESC: { ...OPENED, direction: 'desc' },
};

/** Parts of this list's cursors. */
export function inboxCursorParts(order: InboxOrder): readonly CursorPart[] {
  return [ORDERINGS[order].part, 'uuid'];
}

export type InboxRow = StoredException & { orderText: string };

/**
 * One page and one row more. What is open is walked in an index that tells what narrows it, so that finding nothing costs no more than
 * reading that once. Else, where something selective is asked for (an object, a text, a group), that is found first; else each state,
 * of each queue where queues are asked for, is read from its index in order, and the pages are merged.
 */
export async function listExceptions(
  tx: Tx,
  selection: InboxSelection,
  order: InboxOrder,
  page: Page,
): Promise<InboxRow[]> {
  const isSaid = selection.isSaidByMany === true;
  // what very many say is met soon on a walk in the order of the list
  const walked: InboxSelection = isSaid && order === 'PRIORITY_DESC' ? { ...selection, isTextCommon: true } : selection;
  if (isOfOpenInbox(walked) && !isPlain(walked)) return listOpen(tx, walked, order, page);
  const sql = new InboxSql(tx.tenantId, isSaid ? { ...selection, text: null } : selection);
  const said = isSaid
    ? textConditions(selection, sql.add)
        .map((condition) => `and ${condition}`)
        .join('')
    : '';
  const { columns, orderBy, beyond, limit } = pageSql(order, page, sql.add);
  return tx.query<InboxRow>(
    sql.matching === ''
      ? `select ${columns}
         from unnest(${sql.states}) as wanted(state) ${sql.eachQueue}
         cross join lateral (
           select e.* from exception e
           where e.tenant_id = $1 and e.state = wanted.state ${sql.inQueue} ${sql.conditions} ${said} ${beyond}
           ${orderBy} limit ${limit}
         ) e ${orderBy} limit ${limit}`
      : `${sql.matching} select ${columns} ${sql.from} ${said} ${beyond} ${orderBy} limit ${limit}`,
    sql.parameters,
  );
}

function pageSql(order: InboxOrder, page: Page, add: AddParameter) {
  const { column, cast, cursor, direction } = ORDERINGS[order];
  const [key, id] = page.after ?? [];
  return {
    columns: `${EXCEPTION_COLUMNS}, ${cursor} as "orderText"`,
    orderBy: `order by ${column} ${direction}, e.exception_id ${direction}`,
    limit: add(page.first + 1, 'integer'),
    beyond:
      page.after === null
        ? ''
        : `and (${column}, e.exception_id) ${direction === 'asc' ? '>' : '<'} (${add(key, cast)}, ${add(id, 'uuid')})`,
  };
}

async function listOpen(tx: Tx, selection: InboxSelection, order: InboxOrder, page: Page): Promise<InboxRow[]> {
  const parameters: unknown[] = [tx.tenantId];
  const add = adder(parameters);
  const { facet, where } = openInboxSql(selection, add);
  const { columns, orderBy, beyond, limit } = pageSql(order, page, add);
  return tx.query<InboxRow>(
    `with ${facet === '' ? '' : `${facet},`} picked as materialized (
       select e.exception_id from exception e where ${where} ${beyond} ${orderBy} limit ${limit}
     )
     select ${columns} from picked join exception e on e.tenant_id = $1 and e.exception_id = picked.exception_id ${orderBy}`,
    parameters,
  );
}

/** How many match; exact for what is open, however many. */
export async function countExceptions(tx: Tx, selection: InboxSelection): Promise<RowCount> {
  if (isOfOpenInbox(selection)) {
    const parameters: unknown[] = [tx.tenantId];
    const [counted] = await tx.query<{ rows: number }>(openCountSql(selection, adder(parameters)), parameters);
    return { count: counted?.rows ?? 0, isEstimate: false };
  }
  const sql = new InboxSql(tx.tenantId, selection);
  const counted = await countRows(tx, `${sql.matching} select 1 ${sql.from}`, sql.parameters);
  return selection.isTextCut === true ? { ...counted, isEstimate: true } : counted;
}

/** All that a selection finds, as a statement of these columns of `exception e`; $1 is the tenant. */
export function selectionStatement(
  tenantId: string,
  selection: InboxSelection,
  columns: string,
): { sql: string; parameters: unknown[] } {
  const sql = new InboxSql(tenantId, selection, ALL_BY_WORDS);
  return { sql: `${sql.matching} select ${columns} ${sql.from}`, parameters: sql.parameters };
}

export type MoneyTotal = { currency: string; inflow: string; outflow: string; count: number };

/** Money at risk of all that match, per currency: each unit of money counts once, so it is not the sum of the rows. */
export async function totalExceptions(tx: Tx, selection: InboxSelection): Promise<MoneyTotal[]> {
  const { withSql, from, parameters } = rowsToTotal(tx.tenantId, selection);
  const found = (condition: string) =>
    `select ${COUNTED}, e.currency, e.direction, e.amount, false as is_unknown ${from} and e.currency is not null and ${condition}`;
  const rows = await tx.query<MoneyTotal>(
    `${withSql}
     select currency, coalesce(sum(amount) filter (where direction = 'inflow'), 0)::text as inflow,
            coalesce(sum(amount) filter (where direction = 'outflow'), 0)::text as outflow, sum(exceptions)::int as count
     from (${countedOnceSql(found, ['currency', 'direction'])}) once
     group by currency order by currency`,
    parameters,
  );
  return rows.map(({ currency, inflow, outflow, count }) => ({
    currency,
    inflow: formatAmount(inflow, currency),
    outflow: formatAmount(outflow, currency),
    count,
  }));
}

/** `<matching> select … <from>` over all that match, with the exception as `e`, for statements that act on them. */
export type MatchingSql = Pick<InboxSql, 'matching' | 'from' | 'parameters' | 'parameter'>;

export function matchingSql(tenantId: string, selection: InboxSelection): MatchingSql {
  return new InboxSql(tenantId, selection, ALL_BY_WORDS);
}

/** What is open is read from an index in the order of the objects. */
function rowsToTotal(tenantId: string, selection: InboxSelection) {
  if (!isOfOpenInbox(selection)) {
    const { matching, from, parameters } = new InboxSql(tenantId, selection);
    return { withSql: matching, from, parameters };
  }
  const parameters: unknown[] = [tenantId];
  const { facet, where } = openInboxSql(selection, adder(parameters));
  return { withSql: facet === '' ? '' : `with ${facet}`, from: `from exception e where ${where}`, parameters };
}

/** Adds parameters to a list of them. */
export function adder(parameters: unknown[]): AddParameter {
  return (value, type) => `$${parameters.push(value)}::${type}`;
}

/** The parts of a statement that a selection makes, with their parameters; $1 is the tenant. */
export class InboxSql {
  readonly parameters: unknown[];
  readonly states: string;
  /** Names of queues as a parameter; null = whichever. */
  private readonly queues: string | null;
  /** Further conditions on `exception e`, each with its `and`. */
  readonly conditions: string;
  /** A `with` clause that finds what is selective, or nothing. Materialized, or the planner would walk whole states. */
  readonly matching: string;

  /** Of what more than `mostByWords` say, so many are found, the most urgent. */
  constructor(
    tenantId: string,
    selection: InboxSelection,
    private readonly mostByWords = MOST_BY_WORDS,
  ) {
    this.parameters = [tenantId];
    this.states = this.parameter([...new Set(selection.states ?? EXCEPTION_STATES)], 'text[]');
    this.queues = selection.queues === null ? null : this.parameter([...new Set(selection.queues)], 'text[]');
    this.conditions = this.conditionsOf(selection);
    const finders = this.findersOf(selection);
    this.matching = finders.length === 0 ? '' : `with matching as materialized (${finders.join(' intersect ')})`;
  }

  /** Each wanted queue beside each state, to be read from its own part of the index. */
  get eachQueue(): string {
    return this.queues === null ? '' : `cross join unnest(${this.queues}) as asked(queue)`;
  }

  get inQueue(): string {
    return this.queues === null ? '' : 'and e.queue = asked.queue';
  }

  get from(): string {
    const found = this.matching === '' ? 'exception e' : 'matching join exception e on e.exception_id = matching.id';
    return `from ${found} where e.tenant_id = $1 and e.state = any(${this.states}) ${this.inAnyQueue} ${this.conditions}`;
  }

  private get inAnyQueue(): string {
    return this.queues === null ? '' : `and e.queue = any(${this.queues})`;
  }

  readonly add: AddParameter = (value, type) => this.parameter(value, type);

  parameter(value: unknown, type: string): string {
    this.parameters.push(value);
    return `$${this.parameters.length}::${type}`;
  }

  private conditionsOf(selection: InboxSelection): string {
    const { taxonomies, legalEntities, ownerId, unassigned, narrowing } = selection;
    const conditions = narrowingConditions(narrowing, this.add);
    if (taxonomies !== null) {
      const names = this.parameter(taxonomies, 'text[]');
      conditions.push(`(e.taxonomy = any(${names}) or split_part(e.taxonomy, '.', 1) = any(${names}))`);
    }
    if (legalEntities !== null) {
      conditions.push(`e.legal_entity = any(${this.parameter(legalEntities, 'text[]')})`);
    }
    if (ownerId !== null) {
      conditions.push(`e.owner_id = ${this.parameter(ownerId, 'uuid')}`);
    }
    if (unassigned) {
      conditions.push('e.owner_id is null');
    }
    conditions.push(...snoozeConditions(selection, this.add, false));
    return conditions.map((condition) => `and ${condition}`).join(' ');
  }

  private findersOf(selection: InboxSelection): string[] {
    const { states, objectId, groupIds, text, snoozed } = selection;
    const finders: string[] = [];
    if (snoozed === true) {
      // few of all, so that they are read and not looked for
      finders.push(`(${snoozedSql(selection, this.add)})`);
    }
    if (objectId !== null) {
      const id = this.parameter(objectId, 'uuid');
      finders.push(`(select e.exception_id as id from exception e where e.tenant_id = $1 and e.object_id = ${id})`);
    }
    if (groupIds !== null) {
      const ids = this.parameter(groupIds, 'uuid[]');
      finders.push(
        `(select e.exception_id as id from exception e where e.tenant_id = $1 and e.group_id = any(${ids}))`,
      );
    }
    if (text !== null) {
      const isOpenAlone = states !== null && states.every(isOpen);
      finders.push(`(${textFinders(text, { isOpenAlone, mostByWords: this.mostByWords }, this.add).join(' union ')})`);
    }
    return finders;
  }
}

/** Exceptions per transaction, duplicates left out, latest first, at most 100 each. Fits Operation.loader. */
export async function findExceptionsOfTransactions(
  tx: Tx,
  transactionIds: readonly string[],
): Promise<StoredException[][]> {
  const rows = await tx.query<StoredException & { transactionId: string }>(
    `select t.id as "transactionId", ${EXCEPTION_COLUMNS}
     from unnest($2::uuid[]) as t(id)
     cross join lateral (
       select e.* from transaction_object o
       join exception e on e.tenant_id = $1 and e.object_id = o.object_id
       where o.tenant_id = $1 and o.transaction_id = t.id and not o.is_hub and e.state <> 'DUPLICATE'
       order by e.opened_at desc, e.exception_id limit 100
     ) e
     order by e.opened_at desc, e.exception_id`,
    [tx.tenantId, transactionIds],
  );
  return transactionIds.map((id) => rows.filter((row) => row.transactionId === id));
}
