import type { Money } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import type { SumsOfCounterparty, ToApprove } from './domain/approver-limits.js';
import { REPORTING_CURRENCY } from './domain/priority.js';
import { COUNTED, countedOnceSql } from './inbox/counted-once.js';

/** Who closes without correction, and when; `bulkActId` = the act that tells sums of its own. */
export type Maker = { personId: string; at: Date; bulkActId: string | undefined };

/**
 * One that is to be closed without correction, with its money in the reporting currency; null = none, or nobody knows how much. Told =
 * the act holds in a sum of its own what it closes with this counterparty.
 */
export type Asked = { exceptionId: string; counterparty: string | null; amount: string | null; isTold: boolean };

/** Makes the same person's other acts wait: what they close without correction adds up. */
export async function lockMaker(tx: Tx, personId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('acceptance sum ' || $1 || $2, 0))`, [
    tx.tenantId,
    personId,
  ]);
}

/**
 * By counterparty, '' = nobody knows with whom: what the person closed without a second one on that day (UTC), and what is asked now,
 * each unit of money once.
 */
export async function findSumsOfDay(tx: Tx, maker: Maker, asked: readonly Asked[]): Promise<Map<string, Money>> {
  const rows = await tx.query<{ counterparty: string; amount: string }>(
    `with asked as materialized (
       select a."exceptionId", coalesce(a.counterparty, '') collate "C" as counterparty, a.amount, a."isTold"
       from jsonb_to_recordset($5::jsonb) as a("exceptionId" uuid, counterparty text, amount numeric, "isTold" boolean)
     ), rows as materialized (
       ${closedOfDaySql({ person: '$2', at: '$3' })} and a.counterparty in (
         select counterparty from asked where not ("isTold" and a.bulk_act_id is not distinct from $4::uuid)
       )
       union all
       select ${COUNTED}, a.counterparty, a.amount
       from asked a join exception e on e.tenant_id = $1 and e.exception_id = a."exceptionId" where a.amount is not null
     )
     select counterparty, sum(amount)::text as amount from (${onceByCounterpartySql('rows')}) once group by counterparty`,
    [tx.tenantId, maker.personId, maker.at, maker.bulkActId ?? null, JSON.stringify(asked)],
  );
  return new Map(rows.map(({ counterparty, amount }) => [counterparty, { amount, currency: REPORTING_CURRENCY }]));
}

type Parameters = { person: string; at: string };

/** What somebody closed without a second person that day: COUNTED, counterparty and amount. */
export function closedOfDaySql({ person, at }: Parameters): string {
  const day = `date_trunc('day', ${at}::timestamptz, 'UTC')`;
  return `select ${COUNTED}, a.counterparty, a.converted_amount as amount
          from exception_acceptance a join exception e on e.tenant_id = $1 and e.exception_id = a.exception_id
          where a.tenant_id = $1 and a.state = 'direct' and a.maker_id = ${person}::uuid and a.converted_amount is not null
            and a.requested_at >= ${day} and a.requested_at < ${day} + interval '1 day'`;
}

/** Sums of rows of COUNTED, counterparty and amount, each unit of money once. */
export function onceByCounterpartySql(rows: string, condition = 'true'): string {
  return countedOnceSql(
    (held) =>
      `select ${COUNTED}, counterparty, amount, false as is_unknown from ${rows} e where ${condition} and ${held}`,
    ['counterparty'],
  );
}

/** Makes the same person's other approvals wait: they add up. */
export async function lockApprover(tx: Tx, personId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('acceptance approved ' || $1 || $2, 0))`, [
    tx.tenantId,
    personId,
  ]);
}

/**
 * By counterparty of those that are asked: what the person approved of the maker on that day (UTC), and that with what is asked now, each
 * unit of money once.
 */
export async function findApprovedOfDay(
  tx: Tx,
  { personId, makerId, at }: { personId: string; makerId: string; at: Date },
  asked: readonly (ToApprove & { exceptionId: string })[],
): Promise<Map<string, SumsOfCounterparty>> {
  const day = `date_trunc('day', $4::timestamptz, 'UTC')`;
  const rows = await tx.query<{ counterparty: string; before: string; together: string }>(
    `with asked as materialized (
       select a."exceptionId", a.counterparty collate "C" as counterparty, a.amount
       from jsonb_to_recordset($5::jsonb) as a("exceptionId" uuid, counterparty text, amount numeric)
     ), approved as materialized (
       select ${COUNTED}, coalesce(a.counterparty, '') collate "C" as counterparty, a.converted_amount as amount
       from exception_acceptance a join exception e on e.tenant_id = $1 and e.exception_id = a.exception_id
       where a.tenant_id = $1 and a.state = 'approved' and a.decider_id = $2::uuid and a.maker_id = $3::uuid
         and a.decided_at >= ${day} and a.decided_at < ${day} + interval '1 day' and a.converted_amount is not null
         and coalesce(a.counterparty, '') in (select counterparty from asked)
     ), together as materialized (
       select * from approved
       union all
       select ${COUNTED}, a.counterparty, a.amount
       from asked a join exception e on e.tenant_id = $1 and e.exception_id = a."exceptionId" where a.amount is not null
     )
     select counterparty, sum(amount) filter (where is_together)::text as together,
            coalesce(sum(amount) filter (where not is_together), 0)::text as before
     from (
       select counterparty, amount, true as is_together from (${onceByCounterpartySql('together')}) once
       union all
       select counterparty, amount, false from (${onceByCounterpartySql('approved')}) once
     ) sums group by counterparty`,
    [
      tx.tenantId,
      personId,
      makerId,
      at,
      JSON.stringify(
        asked.map(({ exceptionId, counterparty, money }) => ({
          exceptionId,
          counterparty,
          amount: money?.amount ?? null,
        })),
      ),
    ],
  );
  const money = (amount: string): Money => ({ amount, currency: REPORTING_CURRENCY });
  return new Map(
    rows.map(({ counterparty, before, together }) => [
      counterparty,
      { before: money(before), together: money(together) },
    ]),
  );
}
