import { NIL_UUID } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { countRows, instantCursorSql, type Page, type RowCount } from '../../graphql/connection.js';

/** Which due milestones a report is about. Days are local days of the due time in the entity's zone, both included. */
export type SlaSelection = {
  milestone: string;
  /** Null = of every workflow that has a milestone of this name. */
  workflow: string | null;
  legalEntities: readonly string[] | null;
  from: string;
  to: string;
  now: Date;
};

export type SlaCount = { day: string; legalEntity: string | null; onTime: number; late: number; open: number };

export type BreachRow = {
  transactionId: string;
  workflow: string;
  milestone: string;
  milestoneTitle: string;
  /** Nil uuid when declared per transaction; part of the cursor. */
  milestoneObjectId: string;
  /** The object, or the transaction's anchor. */
  objectId: string | null;
  objectType: string | null;
  objectKey: string | null;
  legalEntity: string | null;
  counterparty: string | null;
  amount: string | null;
  currency: string | null;
  startedAt: Date | null;
  dueAt: Date;
  dueText: string;
  reachedAt: Date | null;
  exceptionId: string | null;
};

// $1 tenant, $2 milestone, $3 entities or null, $4 from, $5 to, $6 now, $7 workflow or null. The days are widened by one on both sides first, so that
// an index narrows the instants before each is turned into its entity's local day.
const DUE = `
  select m.*, t.workflow, t.anchor_object_id, coalesce(b.legal_entity, t.legal_entity) as entity,
         coalesce(b.counterparty, t.counterparty) as party, coalesce(b.amount, t.amount) as money,
         case when b.amount is null then t.currency else b.currency end as money_currency,
         b.type as object_type, b.key as object_key,
         (m.due_at at time zone coalesce(e.time_zone, 'UTC'))::date as due_day
  from milestone m
  join business_transaction t on t.tenant_id = $1 and t.transaction_id = m.transaction_id
  left join business_object b on b.tenant_id = $1 and b.object_id = m.object_id and m.object_id <> '${NIL_UUID}'
  left join legal_entity e on e.tenant_id = $1 and e.code = coalesce(b.legal_entity, t.legal_entity)
  where m.tenant_id = $1 and m.name = $2 and m.rule_kind = 'service' and m.due_at is not null
    and m.due_at >= ($4::date - 1)::timestamp at time zone 'utc' and m.due_at < ($5::date + 2)::timestamp at time zone 'utc'
    and t.progress <> 'cancelled'
    and ($7::text is null or t.workflow = $7::text)
    and ($3::text[] is null or coalesce(b.legal_entity, t.legal_entity) = any($3::text[]))`;

const IN_DAYS = `due_day between $4::date and $5::date`;

/** At the very due instant it is still in time. */
const IS_LATE = `coalesce(reached_at, $6::timestamptz) > due_at`;

function params(tx: Tx, selection: SlaSelection): unknown[] {
  const { milestone, legalEntities, from, to, now, workflow } = selection;
  return [tx.tenantId, milestone, legalEntities, from, to, now, workflow];
}

/** Counts per local day and legal entity, in that order. */
export async function countDueMilestones(tx: Tx, selection: SlaSelection): Promise<SlaCount[]> {
  return tx.query<SlaCount>(
    `select due_day::text as day, entity as "legalEntity",
            (count(*) filter (where reached_at <= due_at))::int as "onTime",
            (count(*) filter (where ${IS_LATE}))::int as late,
            (count(*) filter (where reached_at is null and $6::timestamptz <= due_at))::int as open
     from (${DUE}) due where ${IN_DAYS}
     group by due_day, entity order by due_day, entity nulls last`,
    params(tx, selection),
  );
}

/** Milestones reached late or overdue, latest due first, one more than the page holds. */
export async function listBreaches(tx: Tx, selection: SlaSelection, page: Page): Promise<BreachRow[]> {
  const values = params(tx, selection);
  const after =
    page.after === null
      ? ''
      : `and (due_at, transaction_id, object_id)
          < ($${values.push(page.after[0])}::timestamptz, $${values.push(page.after[1])}::uuid, $${values.push(page.after[2])}::uuid)`;
  return tx.query<BreachRow>(
    `select d.transaction_id as "transactionId", d.workflow, d.name as milestone, d.title as "milestoneTitle",
            o.object_id as "objectId", o.type as "objectType", o.key as "objectKey", d.entity as "legalEntity",
            d.party as counterparty, d.money as amount, d.money_currency as currency, d.started_at as "startedAt",
            d.due_at as "dueAt", ${instantCursorSql('d.due_at')} as "dueText", d.reached_at as "reachedAt",
            x.exception_id as "exceptionId", d.object_id as "milestoneObjectId"
     from (select * from (${DUE}) due where ${IN_DAYS} and ${IS_LATE} ${after}
           order by due_at desc, transaction_id desc, object_id desc limit ${page.first + 1}) d
     left join business_object o on o.tenant_id = $1
       and o.object_id = case when d.object_id = '${NIL_UUID}' then d.anchor_object_id else d.object_id end
     left join lateral (select v.exception_id from open_exception_object v
                        where v.tenant_id = $1 and v.object_id = o.object_id and v.hop = d.workflow || '/' || d.name limit 1) x on true
     order by d.due_at desc, d.transaction_id desc, d.object_id desc`,
    values,
  );
}

/** How many breaches there are. */
export function countBreaches(tx: Tx, selection: SlaSelection): Promise<RowCount> {
  return countRows(tx, `select 1 from (${DUE}) due where ${IN_DAYS} and ${IS_LATE}`, params(tx, selection));
}
