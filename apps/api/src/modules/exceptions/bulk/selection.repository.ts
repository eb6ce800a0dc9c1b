import { formatAmount, toMinorUnits } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import type { Viewer } from '../../identity/index.js';
import { listLimitsInForce } from '../acceptance-limits/limit.repository.js';
import { closedOfDaySql, onceByCounterpartySql } from '../acceptance-sums.repository.js';
import { ACCEPTANCE_LIMIT } from '../domain/acceptance.js';
import { COUNTED, countedOnceSql } from '../inbox/counted-once.js';
import { matchingSql, type InboxSelection, type MoneyTotal } from '../inbox.repository.js';
import type { SeenException } from '../usecases/act-outcome.js';
import type { BulkAct, BulkSubject } from './domain/bulk-act.js';

/** What is acted on: exceptions as they were seen, all that match, or all that wait for one decision. */
export type ChosenExceptions =
  | { seen: readonly SeenException[] }
  | { matching: InboxSelection }
  /** What that bulk act asked to close without correction and waits. */
  | { askedBy: string };

/** A selection as it is at one moment. */
export type SelectionTotals = {
  count: number;
  /** See selectionHash; of an empty selection that of nothing. */
  hash: string;
  /** Each unit of money counts once. */
  amounts: MoneyTotal[];
};

/** Exceptions of a selection that are alike as far as an act looks at them. */
export type KindOfChosen = {
  count: number;
  /** Null = there is no such exception. */
  subject: BulkSubject | null;
  hasChanged: boolean;
  /** More money at risk than one person may close without correction, by itself or together, by the rate of the day of the failure. */
  isAboveLimit: boolean;
};

/** A statement of chosen exceptions, and how further parameters are added to it. */
export type Chosen = { sql: string; parameters: unknown[]; parameter(value: unknown, type: string): string };

/** Columns of one chosen exception; one that is not there has no version, and is listed all the same. */
export function chosenSql(tenantId: string, chosen: ChosenExceptions): Chosen {
  const columns = `${COUNTED}, e.currency, e.direction, e.amount, e.state, e.queue, e.owner_id, e.stated_band, e.is_queue_stated,
    e.is_money_unknown, e.reporting_minor, e.legal_entity, e.priority_order, coalesce(e.counterparty_folded, '') collate "C" as counterparty`;
  if ('matching' in chosen) {
    const sql = matchingSql(tenantId, chosen.matching);
    return {
      sql: `${sql.matching} select e.exception_id, e.version as seen_version, false as has_changed, ${columns} ${sql.from}`,
      parameters: sql.parameters,
      parameter: (value, type) => sql.parameter(value, type),
    };
  }
  const parameters: unknown[] = [tenantId, 'askedBy' in chosen ? chosen.askedBy : JSON.stringify(chosen.seen)];
  const parameter: Chosen['parameter'] = (value, type) => `$${parameters.push(value)}::${type}`;
  if ('askedBy' in chosen) {
    const sql = `select e.exception_id, e.version as seen_version, false as has_changed, ${columns}
          from exception_acceptance a join exception e on e.tenant_id = $1 and e.exception_id = a.exception_id
          where a.tenant_id = $1 and a.state = 'pending' and a.bulk_act_id = $2::uuid and e.state = 'PENDING_APPROVAL'`;
    return { sql, parameters, parameter };
  }
  return {
    sql: `select w."exceptionId" as exception_id, case when e.exception_id is not null then w.version end as seen_version,
                 e.version <> w.version as has_changed, ${columns}
          from jsonb_to_recordset($2::jsonb) as w("exceptionId" uuid, version integer)
          left join exception e on e.tenant_id = $1 and e.exception_id = w."exceptionId"`,
    parameters,
    parameter,
  };
}

/** See selectionHash. */
export const HASH_OF_CHOSEN = `sha256(coalesce(string_agg(uuid_send(exception_id), ''::bytea order by exception_id), ''))`;

const TOTALS = `
  totals as materialized (
    select count(*)::int as count, ${HASH_OF_CHOSEN} as hash from chosen
  ),
  amounts as materialized (
    select coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'inflow', inflow, 'outflow', outflow, 'count', exceptions)
                              order by currency), '[]') as amounts
    from (
      select currency, coalesce(sum(amount) filter (where direction = 'inflow'), 0)::text as inflow,
             coalesce(sum(amount) filter (where direction = 'outflow'), 0)::text as outflow, sum(exceptions)::int as exceptions
      from (${countedOnceSql(
        (condition) => `select *, false as is_unknown from chosen e where currency is not null and ${condition}`,
        ['currency', 'direction'],
      )}) once
      group by currency
    ) per_currency
  )`;

/** The limit of the legal entity of a row, in minor units. */
async function limitSql(tx: Tx, parameter: Chosen['parameter']): Promise<string> {
  const general = parameter(toMinorUnits(ACCEPTANCE_LIMIT).toString(), 'bigint');
  const ofEntities = [...(await listLimitsInForce(tx))].map(([code, money]) => [code, toMinorUnits(money).toString()]);
  const limits = parameter(JSON.stringify(Object.fromEntries(ofEntities)), 'jsonb');
  return `coalesce((${limits} ->> legal_entity)::bigint, ${general})`;
}

/** As `small`: by legal entity, what of the chosen is within the limit one by one, see SmallSums. */
function smallSumsSql(limit: string): string {
  const found = (condition: string) =>
    `select ${COUNTED}, coalesce(e.legal_entity, '') as entity, e.reporting_minor as amount, false as is_unknown
     from chosen e where not e.is_money_unknown and e.reporting_minor <= ${limit} and ${condition}`;
  return `small as materialized (select entity, sum(amount) as minor from (${countedOnceSql(found, ['entity'])}) once group by entity)`;
}

/**
 * As `small_with`: the same by counterparty. What stands alone with its counterparty is told by its amount, so that an act on very many
 * keeps few sums.
 */
function counterpartySumsSql(limit: string): string {
  const rows = `(select ${COUNTED}, counterparty, reporting_minor as amount from chosen e where not is_money_unknown and reporting_minor <= ${limit})`;
  return `small_with as materialized (
    select counterparty, sum(amount) as minor, sum(exceptions) as exceptions from (${onceByCounterpartySql(rows)}) once group by counterparty)`;
}

const NO_MAKER = { withs: '', joins: '', isAbove: 'false' };

/** What is chosen with a counterparty, and what the maker closed of it before on that day. */
function counterpartySql(
  limit: string,
  { personId, at }: { personId: string; at: Date },
  parameter: Chosen['parameter'],
): typeof NO_MAKER {
  const [person, time] = [parameter(personId, 'uuid'), parameter(at, 'timestamptz')];
  const ofDay = closedOfDaySql({ person, at: time });
  return {
    withs: `${counterpartySumsSql(limit)},
      closed as materialized (${ofDay}),
      closed_with as materialized (
        select counterparty, sum(amount) * 100 as minor from (${onceByCounterpartySql('closed')}) once group by counterparty
      ),`,
    joins: 'left join small_with using (counterparty) left join closed_with using (counterparty)',
    isAbove: `coalesce(reporting_minor > 0 and coalesce(small_with.minor, 0) + coalesce(closed_with.minor, 0) > ${limit}, false)`,
  };
}

/** The legal entities of a selection; null = of none. */
export async function legalEntitiesOf(tx: Tx, chosen: ChosenExceptions): Promise<(string | null)[]> {
  const { sql, parameters } = chosenSql(tx.tenantId, chosen);
  const rows = await tx.query<{ legalEntity: string | null }>(
    `with chosen as materialized (${sql}) select distinct legal_entity as "legalEntity" from chosen`,
    parameters,
  );
  return rows.map(({ legalEntity }) => legalEntity);
}

/** What a selection is now, and of which kinds it is made; `maker` = who would close it without correction. */
export async function lookAtSelection(
  tx: Tx,
  chosen: ChosenExceptions,
  maker: { personId: string; at: Date } | null = null,
): Promise<SelectionTotals & { kinds: KindOfChosen[] }> {
  const { sql, parameters, parameter } = chosenSql(tx.tenantId, chosen);
  const limit = await limitSql(tx, parameter);
  const { withs, joins, isAbove } = maker === null ? NO_MAKER : counterpartySql(limit, maker, parameter);
  const [row] = await tx.query<{ count: number; hash: string; amounts: MoneyTotal[]; kinds: StoredKind[] }>(
    `with chosen as materialized (${sql}), ${TOTALS}, ${smallSumsSql(limit)}, ${withs}
     kinds as (
       select state, queue, owner_id, stated_band, is_queue_stated, has_changed,
              is_money_unknown or coalesce(reporting_minor > ${limit}, amount is not null)
                or coalesce(reporting_minor > 0 and small.minor > ${limit}, false)
                or ${isAbove} as is_above_limit,
              count(*)::int as exceptions
       from chosen left join small on small.entity = coalesce(legal_entity, '') ${joins} group by 1, 2, 3, 4, 5, 6, 7
     )
     select t.count, encode(t.hash, 'hex') as hash, a.amounts,
            (select coalesce(jsonb_agg(jsonb_build_object('state', state, 'queue', queue, 'ownerId', owner_id,
               'statedBand', stated_band, 'isQueueStated', is_queue_stated, 'hasChanged', has_changed, 'isAboveLimit', is_above_limit,
               'count', exceptions)), '[]')
             from kinds) as kinds
     from totals t cross join amounts a`,
    parameters,
  );
  const { kinds, ...totals } = row!;
  return {
    ...formatted(totals),
    kinds: kinds.map(({ hasChanged, isAboveLimit, count, state, ...rest }) => ({
      count,
      hasChanged: hasChanged === true,
      isAboveLimit: isAboveLimit === true,
      subject: state === null ? null : { state, ...rest },
    })),
  };
}

type StoredKind = Omit<BulkSubject, 'state'> & {
  state: BulkSubject['state'] | null;
  hasChanged: boolean | null;
  isAboveLimit: boolean | null;
  count: number;
};

/** What is kept of a bulk act when it is submitted. */
export type NewBulkAct = {
  bulkActId: string;
  act: BulkAct;
  actWords: string;
  /** Empty where none is needed. */
  reason: string;
  filter: Readonly<Record<string, unknown>> | null;
  selectionWords: string;
  viewer: Viewer;
  at: Date;
  traceId: string | undefined;
};

/** The selection that the person was shown; what is null was not stated. */
export type Previewed = { count: number | null; hash: string | null };

/**
 * Keeps a bulk act with its whole selection, in one statement and so as of one moment; or nothing, where the selection is empty,
 * larger than `most`, or no longer the one that was previewed.
 */
export async function freezeSelection(
  tx: Tx,
  chosen: ChosenExceptions,
  act: NewBulkAct,
  { previewed, most }: { previewed: Previewed; most: number },
): Promise<SelectionTotals & { isFrozen: boolean }> {
  const { sql, parameters, parameter } = chosenSql(tx.tenantId, chosen);
  const id = parameter(act.bulkActId, 'uuid');
  const at = parameter(act.at, 'timestamptz');
  const expectedCount = parameter(previewed.count, 'integer');
  const expectedHash = parameter(previewed.hash, 'text');
  const isAcceptance = act.act.kind === 'ACCEPT';
  const limit = isAcceptance ? await limitSql(tx, parameter) : '';
  const small = isAcceptance ? `, ${smallSumsSql(limit)}, ${counterpartySumsSql(limit)}` : '';
  const stored = parameter(JSON.stringify(act.act), 'jsonb');
  const sums = `jsonb_build_object('sums', (select coalesce(jsonb_object_agg(entity, minor::text), '{}') from small),
    'counterpartySums', (select coalesce(jsonb_object_agg(counterparty, minor::text), '{}') from small_with where exceptions > 1))`;
  const [row] = await tx.query<SelectionTotals & { isFrozen: boolean }>(
    `with chosen as materialized (${sql}), ${TOTALS}${small},
     frozen as (
       insert into bulk_act (tenant_id, bulk_act_id, state, kind, act, act_words, reason, filter, selection_words, selection_hash, item_count,
                             amounts, submitted_at, submitted_by, submitted_by_name, trace_id, worked_at)
       select $1, ${id}, 'FROZEN', ${parameter(act.act.kind, 'text')}, ${isAcceptance ? `${stored} || ${sums}` : stored},
              ${parameter(act.actWords, 'text')}, ${parameter(act.reason, 'text')}, ${parameter(act.filter && JSON.stringify(act.filter), 'jsonb')},
              ${parameter(act.selectionWords, 'text')}, t.hash, t.count, a.amounts, ${at}, ${parameter(act.viewer.personId, 'uuid')},
              ${parameter(act.viewer.displayName, 'text')}, ${parameter(act.traceId ?? null, 'text')}, ${at}
       from totals t cross join amounts a
       where t.count between 1 and ${parameter(most, 'integer')}
         and (${expectedCount} is null or t.count = ${expectedCount})
         and (${expectedHash} is null or encode(t.hash, 'hex') = ${expectedHash})
       returning 1
     ),
     items as (
       insert into bulk_act_item (tenant_id, bulk_act_id, position, exception_id, seen_version, outcome)
       select $1, ${id}, row_number() over (order by c.exception_id), c.exception_id, c.seen_version, 'PENDING'
       from chosen c where exists (select 1 from frozen)
     )
     select t.count, encode(t.hash, 'hex') as hash, a.amounts, exists (select 1 from frozen) as "isFrozen"
     from totals t cross join amounts a`,
    parameters,
  );
  const { isFrozen, ...totals } = row!;
  return { ...formatted(totals), isFrozen };
}

function formatted({ count, hash, amounts }: SelectionTotals): SelectionTotals {
  return { count, hash, amounts: amounts.map(toMoneyTotal) };
}

/** Amounts as they are kept, written as their currency is. */
export function toMoneyTotal({ currency, inflow, outflow, count }: MoneyTotal): MoneyTotal {
  return { currency, inflow: formatAmount(inflow, currency), outflow: formatAmount(outflow, currency), count };
}
