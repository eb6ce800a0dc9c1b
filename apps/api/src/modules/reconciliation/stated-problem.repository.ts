import { problemSignature } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { emit } from '../../outbox/index.js';
import { faultsOfStatements, type Statement } from './stated-problem.js';

const COLUMNS = `subject_type, subject_key, legal_entity, counterparty, taxonomy, discriminators, headline, message, amount,
                 currency, direction, occurrences, first_occurred_at, last_occurred_at`;

/** Subjects that one event names. */
const SUBJECTS_PER_EVENT = 500;

/**
 * The port of engines: makes what an engine states in each of these scopes what it finds now. What it no longer finds is withdrawn,
 * and an empty statement withdraws all of its scope; other scopes and engines are left alone. Set-based, in one statement; what did
 * not change writes and tells nothing. Exceptions follow in the transaction that handles the event. Silent = from what was mapped
 * again: exceptions open and end, and nobody is told. Answers how many problems came, changed or went.
 */
export async function stateProblems(
  tx: Tx,
  engine: string,
  statements: readonly Statement[],
  { isSilent }: { isSilent: boolean } = { isSilent: false },
): Promise<number> {
  const faults = faultsOfStatements(engine, statements);
  if (faults.length > 0) throw new RangeError(`what ${engine} states cannot be taken: ${faults.join('; ')}`);
  if (statements.length === 0) return 0;
  const rows = statements.flatMap(({ scope, problems }) =>
    problems.map(({ subject, amount, since, ...problem }) => ({
      ...problem,
      scope,
      subjectId: subject.subjectId,
      subjectType: subject.type,
      subjectKey: subject.key,
      signature: problemSignature(problem.taxonomy, problem.discriminators),
      amount: amount?.amount ?? null,
      currency: amount?.currency ?? null,
      firstOccurredAt: since,
    })),
  );
  const changed = await tx.query<{ id: string }>(
    `with given as materialized (
       select r.scope, r."subjectId" as subject_id, r.hop, r.signature, r."subjectType" as subject_type, r."subjectKey" as subject_key,
              r."legalEntity" as legal_entity, r.counterparty, r.taxonomy, r.discriminators, r.headline, r.message, r.amount,
              r.currency, r.direction, r.occurrences, r."firstOccurredAt" as first_occurred_at,
              r."lastOccurredAt" as last_occurred_at
       from jsonb_to_recordset($4::jsonb) as r(scope text, "subjectId" uuid, hop text, signature text, "subjectType" text,
         "subjectKey" text, "legalEntity" text, counterparty text, taxonomy text, discriminators jsonb, headline text, message text,
         amount numeric, currency text, direction text, occurrences integer, "firstOccurredAt" timestamptz,
         "lastOccurredAt" timestamptz)
     ), withdrawn as (
       delete from stated_problem s
       where s.tenant_id = $1 and s.engine = $2 and s.scope = any($3::text[])
         and not exists (
           select 1 from given g
           where g.scope = s.scope and g.subject_id = s.subject_id and g.hop = s.hop and g.signature = s.signature)
       returning s.subject_id
     ), written as (
       insert into stated_problem as s (tenant_id, engine, scope, subject_id, hop, signature, ${COLUMNS})
       select $1, $2, scope, subject_id, hop, signature, ${COLUMNS} from given
       order by scope, subject_id, hop, signature
       on conflict (tenant_id, engine, scope, subject_id, hop, signature) do update set
         (${COLUMNS}) = row(${COLUMNS.split(',')
           .map((column) => `excluded.${column.trim()}`)
           .join(', ')})
       where row(${COLUMNS.split(',')
         .map((column) => `s.${column.trim()}`)
         .join(', ')}) is distinct from row(${COLUMNS.split(',')
         .map((column) => `excluded.${column.trim()}`)
         .join(', ')})
       returning s.subject_id
     )
     select subject_id as id from withdrawn union all select subject_id from written order by id`,
    [tx.tenantId, engine, statements.map(({ scope }) => scope), JSON.stringify(rows)],
  );
  const subjectIds = [...new Set(changed.map(({ id }) => id))];
  for (let from = 0; from < subjectIds.length; from += SUBJECTS_PER_EVENT) {
    const named = subjectIds.slice(from, from + SUBJECTS_PER_EVENT);
    await emit(tx, 'reconciliation.stated', { subjectIds: named, ...(isSilent && { isSilent }) });
  }
  return changed.length;
}

/** A statement at the object that its subject is now. */
export type StatedProblemRow = {
  objectId: string;
  objectType: string;
  objectKey: string;
  legalEntity: string | null;
  counterparty: string | null;
  amount: string | null;
  currency: string | null;
  direction: string | null;
  hop: string;
  signature: string;
  taxonomy: string;
  discriminators: Readonly<Record<string, string>>;
  headline: string | null;
  message: string;
  occurrences: number;
  firstOccurredAt: Date;
  lastOccurredAt: Date;
};

/** What is stated of these objects, by whatever name; of one that is not known yet, of the name alone. */
export async function findStatedProblems(tx: Tx, objectIds: readonly string[]): Promise<StatedProblemRow[]> {
  if (objectIds.length === 0) return [];
  return tx.query<StatedProblemRow>(
    `with names as materialized (
       select object_id, alias_id from object_alias where tenant_id = $1 and object_id = any($2::uuid[])
       union
       select id, id from unnest($2::uuid[]) as asked(id)
       where not exists (select 1 from object_alias o where o.tenant_id = $1 and o.alias_id = id and o.object_id <> id)
     )
     select distinct on (n.object_id, s.hop, s.signature)
            n.object_id as "objectId",
            case when b.object_id is null then s.subject_type else b.type end as "objectType",
            case when b.object_id is null then s.subject_key else b.key end as "objectKey",
            case when s.legal_entity is null then b.legal_entity else s.legal_entity end as "legalEntity",
            case when s.counterparty is null then b.counterparty else s.counterparty end as counterparty,
            s.amount::text as amount, s.currency, case when s.direction is null then b.direction else s.direction end as direction,
            s.hop, s.signature, s.taxonomy, s.discriminators, s.headline, s.message, s.occurrences,
            s.first_occurred_at as "firstOccurredAt", s.last_occurred_at as "lastOccurredAt"
     from names n
     join stated_problem s on s.tenant_id = $1 and s.subject_id = n.alias_id
     left join business_object b on b.tenant_id = $1 and b.object_id = n.object_id
     order by n.object_id, s.hop, s.signature, s.last_occurred_at desc, s.engine, s.scope`,
    [tx.tenantId, objectIds],
  );
}

/** The present objects of subjects of statements; a name of nothing known stands for itself. */
export async function findStatedObjects(tx: Tx, subjectIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from unnest($2::uuid[]) as asked(id)
     union
     select object_id from object_alias where tenant_id = $1 and alias_id = any($2::uuid[])`,
    [tx.tenantId, subjectIds],
  );
  return rows.map((row) => row.id);
}

/** Scopes in which an engine states something of these objects under any of their names, also of what is no object any more. */
export async function findStatedScopes(tx: Tx, engine: string, objectIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ scope: string }>(
    `with names as materialized (
       select alias_id from object_alias where tenant_id = $1 and object_id = any($2::uuid[])
       union
       select unnest($2::uuid[])
     )
     select distinct s.scope from stated_problem s
     where s.tenant_id = $1 and s.engine = $3 and s.subject_id = any(array(select alias_id from names))
     order by s.scope`,
    [tx.tenantId, objectIds, engine],
  );
  return rows.map((row) => row.scope);
}
