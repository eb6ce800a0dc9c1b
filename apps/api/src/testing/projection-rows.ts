import { aliasId, hashedUuid, type ObjectType } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';

const DEFAULT_AT = '2026-09-01T10:00:00.000Z';

/** An object as a test states it; its id follows from its first alias. */
export type TestObject = {
  type: ObjectType;
  value: string;
  otherValues?: readonly string[];
  legalEntity?: string;
  counterparty?: string;
  amount?: string;
  currency?: string;
  attributes?: Record<string, string>;
};

/** Id of a test's object. */
export function testObjectId(type: ObjectType, value: string): string {
  return aliasId(type, { system: 'test', kind: 'number', scope: '', value });
}

/** Writes an object and its aliases straight into the projection; answers its id. */
export async function insertObject(tx: Tx, object: TestObject): Promise<string> {
  const id = testObjectId(object.type, object.value);
  await tx.query(
    `insert into business_object (tenant_id, object_id, type, key, legal_entity, counterparty, amount, currency, attributes,
                                  is_placeholder, first_occurred_at, last_occurred_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $10::jsonb, false, $9, $9)`,
    [
      tx.tenantId,
      id,
      object.type,
      object.value,
      object.legalEntity ?? null,
      object.counterparty ?? null,
      object.amount ?? null,
      object.currency ?? null,
      DEFAULT_AT,
      JSON.stringify(object.attributes ?? {}),
    ],
  );
  for (const value of [object.value, ...(object.otherValues ?? [])]) {
    await tx.query(
      `insert into object_alias (tenant_id, alias_id, object_id, system, kind, scope, value) values ($1, $2, $3, 'test', 'number', '', $4)`,
      [tx.tenantId, testObjectId(object.type, value), id, value],
    );
  }
  return id;
}

/** Writes a link, with what it carries where the test says so; a flow link unless it is called context. */
export async function insertLink(
  tx: Tx,
  from: string,
  to: string,
  qualifier = 'follows',
  carries: { amount?: string; currency?: string; at?: string; isContext?: boolean; isEstablished?: boolean } = {},
): Promise<void> {
  await tx.query(
    `insert into object_link (tenant_id, from_object_id, to_object_id, qualifier, from_type, to_type, is_context, first_occurred_at, asserted_by,
                              amount, currency, is_established)
     select $1, $2, $3, $4, f.type, t.type, $9, $5, $6, $7, $8, $10
     from business_object f, business_object t
     where f.tenant_id = $1 and f.object_id = $2 and t.tenant_id = $1 and t.object_id = $3`,
    [
      tx.tenantId,
      from,
      to,
      qualifier,
      carries.at ?? DEFAULT_AT,
      hashedUuid(['test', from, to]),
      carries.amount ?? null,
      carries.amount === undefined ? null : (carries.currency ?? 'EUR'),
      carries.isContext ?? false,
      carries.isEstablished ?? true,
    ],
  );
}

/** A milestone as a test states it. */
export type TestMilestone = {
  name: string;
  objectId?: string;
  ruleKind?: 'service' | 'expectation' | 'none';
  startedAt?: string;
  dueAt?: string;
  reachedAt?: string;
  /** The activity that reached it, or that skipped it when it was not reached. */
  reachedBy?: string;
};

/** A transaction as a test states it; the first object is its anchor. */
export type TestTransaction = {
  objectIds: readonly [string, ...string[]];
  hubIds?: readonly string[];
  /** order-to-cash unless said otherwise */
  workflow?: string;
  progress?: 'running' | 'completed' | 'cancelled';
  legalEntity?: string;
  counterparty?: string;
  startedAt?: string;
  lastOccurredAt?: string;
  milestones?: readonly TestMilestone[];
};

/** Writes a transaction with its members and milestones; answers its id. */
export async function insertTransaction(tx: Tx, transaction: TestTransaction): Promise<string> {
  const [anchorId] = transaction.objectIds;
  const id = hashedUuid(['test transaction', anchorId]);
  await tx.query(
    `insert into business_transaction (tenant_id, transaction_id, workflow, anchor_object_id, progress, legal_entity, counterparty,
                                       amount, currency, started_at, completed_at, last_occurred_at)
     values ($1, $2, $9, $3, $4, $5, $6, '100.5', 'EUR', $7, null, $8)`,
    [
      tx.tenantId,
      id,
      anchorId,
      transaction.progress ?? 'running',
      transaction.legalEntity ?? null,
      transaction.counterparty ?? null,
      transaction.startedAt ?? DEFAULT_AT,
      transaction.lastOccurredAt ?? DEFAULT_AT,
      transaction.workflow ?? 'order-to-cash',
    ],
  );
  const members = transaction.objectIds.map((objectId, depth) => ({ objectId, depth, isHub: false }));
  const hubs = (transaction.hubIds ?? []).map((objectId) => ({ objectId, depth: members.length, isHub: true }));
  for (const { objectId, depth, isHub } of [...members, ...hubs]) {
    await tx.query(
      `insert into transaction_object (tenant_id, transaction_id, object_id, is_hub, depth) values ($1, $2, $3, $4, $5)`,
      [tx.tenantId, id, objectId, isHub, depth],
    );
  }
  for (const [position, milestone] of (transaction.milestones ?? []).entries()) {
    await tx.query(
      `insert into milestone (tenant_id, transaction_id, name, object_id, position, title, rule_kind, started_at, due_at, reached_at, reached_by)
       values ($1, $2, $3, $4, $5, $3, $6, $7, $8, $9, $10)`,
      [
        tx.tenantId,
        id,
        milestone.name,
        milestone.objectId ?? '00000000-0000-0000-0000-000000000000',
        position,
        milestone.ruleKind ?? 'none',
        milestone.startedAt ?? null,
        milestone.dueAt ?? null,
        milestone.reachedAt ?? null,
        milestone.reachedBy ?? null,
      ],
    );
  }
  return id;
}

/** Writes an open exception on an object; answers its id. */
export async function insertOpenException(tx: Tx, objectId: string, hop: string): Promise<string> {
  const id = hashedUuid(['test exception', objectId, hop]);
  await tx.query(
    `insert into exception (tenant_id, exception_id, group_id, object_id, first_object_id, hop, signature, taxonomy, title, message,
                            integration, state, object_type, object_key, occurrences, opened_at, last_occurred_at, updated_at)
     values ($1, $2, $2, $3, $3, $4, 's', 'platform.unclassified', 't', 'm', $4, 'OPEN', 'contract', 'k', 1, $5, $5, $5)`,
    [tx.tenantId, id, objectId, hop, DEFAULT_AT],
  );
  return id;
}

/** Writes a legal entity on a calendar. */
export async function insertLegalEntity(tx: Tx, code: string, calendar: string, timeZone: string): Promise<void> {
  await tx.query(
    `insert into legal_entity (tenant_id, code, name, country, currency, calendar, time_zone) values ($1, $2, $2, 'DE', 'EUR', $3, $4)`,
    [tx.tenantId, code, calendar, timeZone],
  );
}

/** Writes an activity that names these objects, the first as its subject; answers its id. */
export async function insertActivity(
  tx: Tx,
  activity: { type: string; occurredAt: string; objectIds: readonly string[]; message?: string; traceId?: string },
): Promise<string> {
  const { type, occurredAt, objectIds, message, traceId } = activity;
  const id = hashedUuid(['test activity', type, occurredAt, ...objectIds]);
  const outcome = message === undefined ? 'success' : 'failure';
  await tx.query(
    `insert into activity (tenant_id, activity_id, type, occurred_at, outcome, system, integration, run_key, trace_id, signal_kind,
                           signal_received_on, signal_id, problem, objects, links, names)
     select $1, $2::uuid, $3, $4::timestamptz, $5, 'test', 'sync', $2::text, decode($6, 'hex'), 'span', $4::timestamptz::date, $2::uuid, $7,
            coalesce(jsonb_agg(jsonb_build_object('type', b.type, 'qualifier', 'named', 'aliases', jsonb_build_array(jsonb_build_object(
              'system', v.system, 'kind', v.kind, 'scope', v.scope, 'value', v.value))) order by named.place), '[]'),
            '[]', coalesce(string_agg(uuid_send(named.id), ''::bytea order by named.place), ''::bytea)
     from unnest($8::uuid[]) with ordinality as named(id, place)
     join object_alias v on v.tenant_id = $1 and v.alias_id = named.id
     join business_object b on b.tenant_id = $1 and b.object_id = v.object_id`,
    [
      tx.tenantId,
      id,
      type,
      occurredAt,
      outcome,
      traceId ?? null,
      message === undefined ? null : { message },
      objectIds,
    ],
  );
  await tx.query(
    `insert into alias_statement (tenant_id, activity_id, position, is_subject, activity_type, outcome, occurred_at, alias_id, object_type)
     select $1, $2, place - 1, place = 1, $3, $4, $5, named.id, '-'
     from unnest($6::uuid[]) with ordinality as named(id, place)`,
    [tx.tenantId, id, type, outcome, occurredAt, objectIds],
  );
  return id;
}
