import { refusalsOf } from '@throughline/lineage';
import { uuidArray, type Tx } from '@throughline/persistence';
import type { Sent } from '../domain/double-post.js';
import { standingActivities, type DocumentAct } from './domain/document-standing.js';

/** A document that can be undone, as it is known now. */
export type DocumentRow = {
  objectId: string;
  type: string;
  key: string;
  legalEntity: string | null;
  counterparty: string | null;
  /** Decimal text. */
  amount: string | null;
  currency: string | null;
  direction: string | null;
  postedOn: string | null;
  /** 2026-09; null = not known. */
  postingPeriod: string | null;
  aliases: { system: string; kind: string; scope: string; value: string }[];
};

/** Documents by id; placeholders, of which nothing was told but their name, are left out. */
export async function findDocuments(tx: Tx, objectIds: readonly string[]): Promise<Map<string, DocumentRow>> {
  const rows = await tx.query<DocumentRow>(
    `select b.object_id as "objectId", b.type, b.key, b.legal_entity as "legalEntity", b.counterparty, b.amount, b.currency,
            b.direction, b.posted_on as "postedOn",
            left(case when b.attributes ->> 'postingPeriod' ~ '^\\d{4}-(0[1-9]|1[0-2])$' then b.attributes ->> 'postingPeriod'
                      else b.posted_on end, 7) as "postingPeriod",
            names.aliases
     from business_object b
     cross join lateral (
       select coalesce(jsonb_agg(jsonb_build_object('system', o.system, 'kind', o.kind, 'scope', o.scope, 'value', o.value)
                                 order by o.system, o.kind, o.scope, o.value), '[]') as aliases
       from object_alias o where o.tenant_id = $1 and o.object_id = b.object_id
     ) names
     where b.tenant_id = $1 and b.object_id = any($2::uuid[]) and not b.is_placeholder`,
    [tx.tenantId, uuidArray(objectIds)],
  );
  return new Map(rows.map((row) => [row.objectId, row]));
}

/** The latest of each telling activity at these documents that succeeded, or is a bank's no, which is told as a failure. */
export async function findDocumentActs(
  tx: Tx,
  documents: readonly { objectId: string; type: string }[],
): Promise<Map<string, DocumentAct[]>> {
  const kinds = [...new Set(documents.map(({ type }) => type))];
  const types = kinds.flatMap(standingActivities);
  const rows = await tx.query<DocumentAct & { objectId: string }>(
    `select o.object_id as "objectId", s.activity_type as type, max(s.occurred_at) as "occurredAt"
     from object_alias o
     join alias_statement s on s.tenant_id = $1 and s.alias_id = o.alias_id and s.is_subject
       and s.activity_type = any($3::text[]) and (s.outcome = 'success' or s.activity_type = any($4::text[]))
     where o.tenant_id = $1 and o.object_id = any($2::uuid[])
     group by o.object_id, s.activity_type order by o.object_id, max(s.occurred_at), s.activity_type`,
    [
      tx.tenantId,
      uuidArray([...new Set(documents.map(({ objectId }) => objectId))]),
      [...new Set(types)],
      kinds.flatMap(refusalsOf),
    ],
  );
  const found = new Map<string, DocumentAct[]>();
  for (const { objectId, type, occurredAt } of rows) {
    found.set(objectId, [...(found.get(objectId) ?? []), { type, occurredAt }]);
  }
  return found;
}

/** What follows from a document in one step, of whatever kind; not what attempts that failed alone say. */
export type FollowingRow = { fromId: string; objectId: string; type: string; key: string; qualifier: string };

/** Documents that follow from one are looked at, at most; it has tens of them. */
const MOST_FOLLOWING = 200;

export async function findFollowing(tx: Tx, objectIds: readonly string[]): Promise<FollowingRow[]> {
  return tx.query<FollowingRow>(
    `select asked.id as "fromId", found.*
     from unnest($2::uuid[]) as asked(id)
     cross join lateral (
       select l.to_object_id as "objectId", b.type, b.key, l.qualifier
       from object_link l
       join business_object b on b.tenant_id = $1 and b.object_id = l.to_object_id and not b.is_placeholder
       where l.tenant_id = $1 and l.from_object_id = asked.id and not l.is_context and l.is_established
       order by b.type, b.key, l.qualifier limit ${MOST_FOLLOWING}
     ) found`,
    [tx.tenantId, uuidArray([...new Set(objectIds)])],
  );
}

/** Which of these documents reached a milestone already; milestones as `workflow/milestone`. */
export async function findReached(
  tx: Tx,
  expected: readonly { objectId: string; milestone: string }[],
): Promise<ReadonlySet<string>> {
  if (expected.length === 0) return new Set();
  const rows = await tx.query<{ objectId: string }>(
    `select distinct e."objectId"
     from jsonb_to_recordset($2::jsonb) as e("objectId" uuid, milestone text)
     join transaction_object t on t.tenant_id = $1 and t.object_id = e."objectId"
     join business_transaction b on b.tenant_id = $1 and b.transaction_id = t.transaction_id
       and b.workflow = split_part(e.milestone, '/', 1)
     join milestone m on m.tenant_id = $1 and m.transaction_id = b.transaction_id and m.name = split_part(e.milestone, '/', 2)
       and (m.object_id = e."objectId" or b.anchor_object_id = e."objectId") and m.reached_at is not null`,
    [tx.tenantId, JSON.stringify(expected)],
  );
  return new Set(rows.map(({ objectId }) => objectId));
}

/** Attempts that were made of the objects of these exceptions through these integrations, whichever exception they were of. */
export async function findAttemptsAt(
  tx: Tx,
  exceptions: readonly { exceptionId: string; objectId: string; integration: string }[],
): Promise<(Sent & { toldById: string })[]> {
  return tx.query<Sent & { toldById: string }>(
    `select e."exceptionId" as "toldById", a.attempt_id as "attemptId", a.exception_id as "exceptionId", a.attempt, a.integration, a.state,
            (select r.action from requeue_request r where r.tenant_id = $1 and r.request_id = a.request_id) as action
     from jsonb_to_recordset($2::jsonb) as e("exceptionId" uuid, "objectId" uuid, integration text)
     cross join lateral (
       select o.alias_id as id from object_alias o where o.tenant_id = $1 and o.object_id = e."objectId"
       union select e."objectId"
     ) names
     join requeue_attempt a on a.tenant_id = $1 and a.object_id = names.id and a.integration = e.integration
     order by e."exceptionId", a.created_at, a.attempt_id`,
    [tx.tenantId, JSON.stringify(exceptions)],
  );
}
