import { type Alias, type Money, type ObjectType, type Uuid } from '@throughline/canonical';
import type { OwnStatement } from '@throughline/ingest';
import type { Tx } from '@throughline/persistence';
import { TODAYS_ID } from './business-object.repository.js';
import type { StatedObject } from './domain/statement-rules.js';

/** One thing that was said of a statement; the latest of a statement counts. */
export type StatementRow = {
  objectId: string;
  statementId: string;
  signalId: string;
  act: string;
  isWithdrawal: boolean;
  statedAt: Date;
  statedById: string;
  reason: string;
  statement: OwnStatement;
  firstObjectId: string | null;
  secondObjectId: string | null;
  counts: boolean;
};

/** Objects with all their names, by id or by an id that they had before they were merged; null where there is none. */
export async function findStatedObjects(tx: Tx, ids: readonly Uuid[]): Promise<(StatedObject | null)[]> {
  const rows = await tx.query<{
    askedId: string;
    id: string;
    type: ObjectType;
    key: string;
    amount: string | null;
    currency: string | null;
    names: Alias[];
  }>(
    `select w.id as "askedId", b.object_id as id, b.type, b.key, b.amount, b.currency,
            (select json_agg(json_build_object('system', a.system, 'kind', a.kind, 'scope', a.scope, 'value', a.value)
                             order by a.alias_id)
             from object_alias a where a.tenant_id = $1 and a.object_id = b.object_id) as names
     from unnest($2::uuid[]) as w(id)
     left join object_alias v on v.tenant_id = $1 and v.alias_id = w.id
     join business_object b on b.tenant_id = $1 and b.object_id = ${TODAYS_ID}`,
    [tx.tenantId, ids],
  );
  const byId = new Map(rows.map((row) => [row.askedId, row]));
  return ids.map((id) => {
    const row = byId.get(id);
    if (row === undefined) return null;
    const { type, key, amount, currency, names } = row;
    const money: Money | null = amount === null || currency === null ? null : { amount, currency };
    return { id: row.id, type, key, amount: money, names };
  });
}

/** True when links lead from one object down to the other. */
export async function leadsTo(tx: Tx, fromId: Uuid, toId: Uuid): Promise<boolean> {
  const [row] = await tx.query<{ leads: boolean }>(
    `with recursive down(object_id, depth) as (
       select $2::uuid, 0
       union
       select l.to_object_id, d.depth + 1
       from down d
       cross join lateral (
         select to_object_id from object_link
         where tenant_id = $1 and from_object_id = d.object_id and not is_context limit 500
       ) l
       where d.depth < 12
     )
     select exists (select 1 from down where object_id = $3::uuid) as leads`,
    [tx.tenantId, fromId, toId],
  );
  return row?.leads === true;
}

const COLUMNS = `s.statement_id as "statementId", s.signal_id as "signalId", s.act, s.is_withdrawal as "isWithdrawal",
  s.stated_at as "statedAt", s.stated_by as "statedById", s.reason, s.statement,
  f.object_id as "firstObjectId", t.object_id as "secondObjectId",
  not exists (
    select 1 from lineage_statement later
    where later.tenant_id = $1 and later.statement_id = s.statement_id
      and (later.stated_at, later.signal_id) > (s.stated_at, s.signal_id)) as counts`;

const OBJECTS = `left join object_alias f on f.tenant_id = $1 and f.alias_id = s.first_alias_id
  left join object_alias t on t.tenant_id = $1 and t.alias_id = s.second_alias_id`;

/** Most of what was said of one object that is shown. */
const MOST_OF_OBJECT = 100;

/** What was stated of objects, latest first. */
export function listStatementsOf(tx: Tx, objectIds: readonly Uuid[]): Promise<StatementRow[]> {
  return tx.query<StatementRow>(
    `select w.id as "objectId", said.*
     from unnest($2::uuid[]) as w(id)
     cross join lateral (
       select ${COLUMNS}
       from (
         select x.* from object_alias a join lineage_statement x on x.tenant_id = $1 and x.first_alias_id = a.alias_id
         where a.tenant_id = $1 and a.object_id = w.id
         union
         select x.* from object_alias a join lineage_statement x on x.tenant_id = $1 and x.second_alias_id = a.alias_id
         where a.tenant_id = $1 and a.object_id = w.id
       ) s ${OBJECTS}
       order by s.stated_at desc, s.signal_id desc limit ${MOST_OF_OBJECT}
     ) said
     order by said."statedAt" desc, said."signalId" desc`,
    [tx.tenantId, objectIds],
  );
}

/** What counts of a statement now; null when nobody ever made it. */
export async function findStatement(tx: Tx, statementId: Uuid): Promise<Omit<StatementRow, 'objectId'> | null> {
  const [row] = await tx.query<StatementRow>(
    `select ${COLUMNS} from lineage_statement s ${OBJECTS}
     where s.tenant_id = $1 and s.statement_id = $2 order by s.stated_at desc, s.signal_id desc limit 1`,
    [tx.tenantId, statementId],
  );
  return row ?? null;
}
