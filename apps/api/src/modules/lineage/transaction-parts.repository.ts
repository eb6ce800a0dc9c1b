import { NIL_UUID } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import type { OpenHop } from './domain/milestone-standings.js';

/** Activities of one transaction that are shown; a busier one shows its latest. */
const MAX_ACTIVITIES = 500;
const MAX_OBJECTS_OF_ACTIVITY = 20;

/** A row that belongs to one of the transactions asked for. */
export type Of<T> = T & { transactionId: string };

export type MilestoneRow = {
  name: string;
  title: string;
  position: number;
  ruleKind: string;
  objectId: string;
  objectType: string | null;
  objectKey: string | null;
  legalEntity: string | null;
  startedAt: Date | null;
  dueAt: Date | null;
  reachedAt: Date | null;
  isSkipped: boolean;
  reachedBy: string | null;
};

/** Milestones of transactions, each in the order of its workflow. */
export async function findMilestones(tx: Tx, transactionIds: readonly string[]): Promise<Of<MilestoneRow>[]> {
  return tx.query<Of<MilestoneRow>>(
    `select m.transaction_id as "transactionId", m.name, m.title, m.position, m.rule_kind as "ruleKind",
            m.object_id as "objectId", b.type as "objectType", b.key as "objectKey",
            coalesce(b.legal_entity, t.legal_entity) as "legalEntity",
            m.started_at as "startedAt", m.due_at as "dueAt", m.reached_at as "reachedAt",
            -- named with the activity that overtook it
            (m.reached_at is null and m.reached_by is not null) as "isSkipped",
            m.reached_by as "reachedBy"
     from milestone m
     join business_transaction t on t.tenant_id = $1 and t.transaction_id = m.transaction_id
     left join business_object b on b.tenant_id = $1 and b.object_id = m.object_id and m.object_id <> '${NIL_UUID}'
     where m.tenant_id = $1 and m.transaction_id = any($2::uuid[])
     order by m.transaction_id, m.position, b.key, m.object_id`,
    [tx.tenantId, transactionIds],
  );
}

/** Open exceptions on the members of transactions, by hop. */
export async function findOpenHops(tx: Tx, transactionIds: readonly string[]): Promise<Of<OpenHop>[]> {
  return tx.query<Of<OpenHop>>(
    `select o.transaction_id as "transactionId", e.object_id as "objectId", e.hop
     from transaction_object o join open_exception_object e on e.tenant_id = $1 and e.object_id = o.object_id
     where o.tenant_id = $1 and o.transaction_id = any($2::uuid[]) and not o.is_hub`,
    [tx.tenantId, transactionIds],
  );
}

export type TransactionObjectRow = {
  id: string;
  type: string;
  key: string;
  isHub: boolean;
  depth: number;
  amount: string | null;
  currency: string | null;
  legalEntity: string | null;
  counterparty: string | null;
  direction: string | null;
  isPlaceholder: boolean;
};

/** Members and hubs of transactions, from the anchor down. */
export async function findTransactionObjects(
  tx: Tx,
  transactionIds: readonly string[],
): Promise<Of<TransactionObjectRow>[]> {
  return tx.query<Of<TransactionObjectRow>>(
    `select o.transaction_id as "transactionId", b.object_id as id, b.type, b.key, o.is_hub as "isHub", o.depth, b.amount,
            b.currency, b.legal_entity as "legalEntity", b.counterparty, b.direction, b.is_placeholder as "isPlaceholder"
     from transaction_object o
     join business_object b on b.tenant_id = $1 and b.object_id = o.object_id
     where o.tenant_id = $1 and o.transaction_id = any($2::uuid[])
     order by o.transaction_id, o.depth, b.type, b.key, b.object_id`,
    [tx.tenantId, transactionIds],
  );
}

export type LinkRow = {
  from: string;
  to: string;
  qualifier: string;
  amount: string | null;
  currency: string | null;
  isContext: boolean;
  isEstablished: boolean;
  assertedById: string;
};

/** Flow links between the objects of each transaction. */
export async function findTransactionLinks(tx: Tx, transactionIds: readonly string[]): Promise<Of<LinkRow>[]> {
  return tx.query<Of<LinkRow>>(
    `select o.transaction_id as "transactionId", l.from_object_id as "from", l.to_object_id as "to", l.qualifier, l.amount,
            l.currency, l.is_context as "isContext", l.is_established as "isEstablished", l.asserted_by as "assertedById"
     from transaction_object o
     join object_link l on l.tenant_id = $1 and l.from_object_id = o.object_id and not l.is_context
     join transaction_object target on target.tenant_id = $1 and target.transaction_id = o.transaction_id
       and target.object_id = l.to_object_id
     where o.tenant_id = $1 and o.transaction_id = any($2::uuid[])
     order by o.transaction_id, l.first_occurred_at, l.from_object_id, l.to_object_id, l.qualifier`,
    [tx.tenantId, transactionIds],
  );
}

export type ActivityRow = {
  id: string;
  type: string;
  occurredAt: Date;
  outcome: string;
  system: string;
  integration: string;
  traceId: string | null;
  requeueId: string | null;
  message: string | null;
  objects: { id: string; type: string; key: string }[];
} & ActivitySource;

/** What an activity was made of. */
export type ActivitySource = {
  /** Null for a span, which is looked at in its trace. */
  signalId: string | null;
  spanId: string | null;
};

/** The source of an activity `a`. */
export const SOURCE_OF_ACTIVITY = `case when a.signal_kind <> 'span' then a.signal_id end as "signalId",
  encode(a.span_id, 'hex') as "spanId"`;

/** The objects that an activity `a` names, as named.objects, in its order. */
export const NAMED_OBJECTS = `lateral (
  select coalesce(json_agg(json_build_object('id', b.object_id, 'type', b.type, 'key', b.key) order by n.position), '[]') as objects
  from (select v.object_id, min(own.position) as position
        from throughline_ids(a.names) with ordinality as own(id, position)
        join object_alias v on v.tenant_id = $1 and v.alias_id = own.id
        group by v.object_id order by min(own.position) limit ${MAX_OBJECTS_OF_ACTIVITY}) n
  join business_object b on b.tenant_id = $1 and b.object_id = n.object_id) named`;

/** An activity of a transaction, with how many there are of it in all. */
export type CountedActivity = ActivityRow & { ofAll: number };

/** What happened to the members of transactions, and the hub activities that reached their milestones; in order of time. */
export async function findActivities(tx: Tx, transactionIds: readonly string[]): Promise<Of<CountedActivity>[]> {
  return tx.query<Of<CountedActivity>>(
    `select w.transaction_id as "transactionId", a.activity_id as id, a.type, a.occurred_at as "occurredAt", a.outcome, a.system,
            a.integration, encode(a.trace_id, 'hex') as "traceId", a.requeue_id as "requeueId", a.problem ->> 'message' as message,
            named.objects, a.of_all as "ofAll", ${SOURCE_OF_ACTIVITY}
     from unnest($2::uuid[]) as w(transaction_id)
     cross join lateral (
       select f.*, count(*) over ()::int as of_all from activity f
       where f.tenant_id = $1 and f.activity_id in (
         select s.activity_id
         from transaction_object o
         join object_alias v on v.tenant_id = $1 and v.object_id = o.object_id
         join alias_statement s on s.tenant_id = $1 and s.alias_id = v.alias_id
         where o.tenant_id = $1 and o.transaction_id = w.transaction_id and not o.is_hub
         union
         select m.reached_by from milestone m
         where m.tenant_id = $1 and m.transaction_id = w.transaction_id and m.reached_by is not null)
       order by f.occurred_at desc, f.activity_id limit ${MAX_ACTIVITIES}) a
     cross join ${NAMED_OBJECTS}
     order by w.transaction_id, a.occurred_at, a.activity_id`,
    [tx.tenantId, transactionIds],
  );
}
