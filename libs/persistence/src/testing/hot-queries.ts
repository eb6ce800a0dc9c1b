import { NIL_UUID } from '@throughline/canonical';
import { CHUNKS_OF_TRACE, CHUNKS_OF_TRACES, TRACES_OF_KEY } from '../span-store/received-slot.js';

/** Values that occur in the rows of `fillHotTables`, for the parameters of hot queries. */
export type HotSample = {
  tenantId: string;
  objectIds: string[];
  transactionIds: string[];
  aliasIds: string[];
  traceId: string;
  now: Date;
};

/**
 * A query that runs for every signal, page or second. It must stay an index look-up as the app role, where row-level
 * security keeps every operator that is not leakproof out of the index condition.
 */
export type HotQuery = {
  name: string;
  sql: string;
  params(sample: HotSample): unknown[];
  /** Indexes of which the plan must use one; a partition's index without its day. */
  indexes: readonly string[];
  /** Tables of some hundred rows at most, which the plan may read whole. */
  smallTables?: readonly string[];
  /** Rows that the plan may read and throw away; 0 unless said otherwise. */
  discards?: number;
};

// A partition's index is named after its columns.
const LINK_ORDER = 'span_link_tenant_id_linked_trace_id_linked_span__idx';

/** The listed hot queries: keep them as their modules run them, and add to them here. */
export const hotQueries: readonly HotQuery[] = [
  {
    name: 'inbox: open exceptions, most money first',
    sql: `select exception_id from exception where tenant_id = $1 and state = 'OPEN' order by money_order desc, exception_id desc limit 50`,
    params: ({ tenantId }) => [tenantId],
    indexes: ['exception_inbox'],
  },
  {
    name: 'inbox: open exceptions of a queue, most urgent first',
    sql: `select exception_id from exception where tenant_id = $1 and queue = 'payments' and state = 'OPEN'
           order by priority_order desc, exception_id desc limit 50`,
    params: ({ tenantId }) => [tenantId],
    indexes: ['exception_queue'],
  },
  {
    name: 'inbox: the page behind a cursor',
    sql: `select exception_id from exception
           where tenant_id = $1 and state = 'OPEN' and (money_order, exception_id) < ($2, $3)
           order by money_order desc, exception_id desc limit 50`,
    params: ({ tenantId, objectIds }) => [tenantId, '50000', objectIds[0]],
    indexes: ['exception_inbox'],
  },
  {
    name: 'inbox: amounts above a limit',
    sql: `select exception_id from exception
           where tenant_id = $1 and state = 'OPEN' and money_order >= $2 order by money_order, exception_id limit 50`,
    params: ({ tenantId }) => [tenantId, '90000'],
    indexes: ['exception_inbox'],
  },
  {
    name: 'exceptions of objects by all their names',
    sql: `with names as materialized (
             select array(
               select alias_id from object_alias where tenant_id = $1 and object_id = any($2::uuid[]) and alias_id <> object_id
               union all
               select unnest($2::uuid[])
             ) as ids
           )
           select exception_id as id from exception where tenant_id = $1 and object_id = any((select ids from names)::uuid[])
           union
           select exception_id from exception where tenant_id = $1 and first_object_id = any((select ids from names)::uuid[])`,
    params: ({ tenantId, objectIds }) => [tenantId, objectIds],
    indexes: ['object_alias_object', 'exception_object', 'exception_first_object'],
  },
  {
    name: 'what of changed objects and transactions has a problem or an exception',
    sql: `with changed as materialized (
             select array(
               select unnest($2::uuid[] || $3::uuid[])
               union
               select anchor_object_id from business_transaction where tenant_id = $1 and transaction_id = any($4::uuid[])
               union
               select object_id from milestone
               where tenant_id = $1 and transaction_id = any($4::uuid[]) and rule_kind = 'service' and object_id <> '${NIL_UUID}'
             ) as ids
           ), names as materialized (
             select ids || array(
               select alias_id from object_alias
               where tenant_id = $1 and object_id = any((select ids from changed)::uuid[]) and alias_id <> object_id
             ) as ids from changed
           )
           select object_id as id from exception where tenant_id = $1 and object_id = any((select ids from names)::uuid[])
           union
           select first_object_id from exception where tenant_id = $1 and first_object_id = any((select ids from names)::uuid[])
           union
           select object_id from problem where tenant_id = $1 and object_id = any((select ids from names)::uuid[])`,
    params: ({ tenantId, objectIds, transactionIds }) => [tenantId, objectIds, [], transactionIds],
    indexes: [
      'object_alias_object',
      'business_transaction_pkey',
      'milestone_pkey',
      'exception_object',
      'exception_first_object',
      'problem_pkey',
    ],
  },
  {
    name: 'transactions, most recent first',
    sql: `select transaction_id from business_transaction
           where tenant_id = $1 order by last_occurred_at desc, transaction_id desc limit 50`,
    params: ({ tenantId }) => [tenantId],
    indexes: ['business_transaction_recent'],
  },
  {
    name: 'transactions: the facets that there are',
    sql: `with recursive step(facet) as (
             (select facet from business_transaction where tenant_id = $1 and facet >= $2 and facet < $3 order by facet limit 1)
             union all
             select next.facet from step cross join lateral (
               select b.facet from business_transaction b
               where b.tenant_id = $1 and b.facet > step.facet and b.facet < $3 order by b.facet limit 1) next
           )
           select facet from step limit 4001`,
    params: ({ tenantId }) => [tenantId, 'running\u001f', 'running '],
    indexes: ['business_transaction_facet'],
  },
  {
    name: 'transactions: the newest of each facet, merged',
    sql: `select t.transaction_id from unnest($2::text[]) as source(name) cross join lateral (
             select transaction_id, last_occurred_at from business_transaction
             where tenant_id = $1 and facet = source.name order by last_occurred_at desc, transaction_id desc limit 51) t
           order by t.last_occurred_at desc, t.transaction_id desc limit 51`,
    params: ({ tenantId }) => [tenantId, ['running\u001forder-to-cash\u001f\u001f\u001f', 'none']],
    indexes: ['business_transaction_facet'],
  },
  {
    name: 'what a hub gathers, the latest first',
    sql: `select from_object_id from object_link
           where tenant_id = $1 and to_object_id = $2 and not is_context
             and (first_occurred_at, from_object_id, qualifier) < ($3, $4, $5)
           order by first_occurred_at desc, from_object_id desc, qualifier desc limit 51`,
    params: ({ tenantId, objectIds }) => [tenantId, objectIds[0], new Date('2200-01-01Z'), objectIds[1], 'z'],
    indexes: ['object_link_upstream'],
  },
  {
    name: 'transactions that wait for a milestone',
    sql: `select transaction_id from milestone where tenant_id = $1 and name = $2 and reached_at is null limit 5001`,
    params: ({ tenantId }) => [tenantId, 'payment-applied'],
    indexes: ['milestone_open'],
  },
  {
    name: 'transactions of an object',
    sql: 'select transaction_id from transaction_object where tenant_id = $1 and object_id = any($2::uuid[])',
    params: ({ tenantId, objectIds }) => [tenantId, objectIds],
    indexes: ['transaction_object_object'],
  },
  {
    name: 'milestones that have become due',
    sql: `select transaction_id, name, object_id, due_at from milestone
           where tenant_id = $1 and reached_at is null and due_at is not null and due_at <= $2 order by due_at limit 500`,
    params: ({ tenantId, now }) => [tenantId, now],
    indexes: ['milestone_due'],
  },
  {
    name: 'pending batches, claimed',
    sql: `select batch_id from intake_batch
           where tenant_id = $1 and not_before <= now() order by received_at, batch_id limit 32 for update skip locked`,
    params: ({ tenantId }) => [tenantId],
    indexes: ['intake_batch_received'],
  },
  {
    name: 'object of an alias',
    sql: 'select alias_id, object_id from object_alias where tenant_id = $1 and alias_id = any($2::uuid[])',
    params: ({ tenantId, aliasIds }) => [tenantId, aliasIds],
    indexes: ['object_alias_pkey'],
  },
  {
    name: 'search: business keys that begin with what was typed, as a range',
    sql: `select object_id from object_alias where tenant_id = $1 and search_key >= $2 and search_key < $3 order by search_key, object_id limit 20`,
    params: ({ tenantId }) => [tenantId, 'so4', 'so5'],
    indexes: ['object_alias_search'],
  },
  {
    name: 'statements about an alias',
    sql: 'select activity_id from alias_statement where tenant_id = $1 and alias_id = any($2::uuid[])',
    params: ({ tenantId, aliasIds }) => [tenantId, aliasIds],
    indexes: ['alias_statement_pkey'],
  },
  {
    name: 'downstream links of objects',
    sql: 'select to_object_id from object_link where tenant_id = $1 and from_object_id = any($2::uuid[])',
    params: ({ tenantId, objectIds }) => [tenantId, objectIds],
    indexes: ['object_link_pkey'],
  },
  {
    name: 'places of the spans of some traces',
    sql: `select distinct received_on, chunk_id from (${CHUNKS_OF_TRACES}) found order by received_on, chunk_id limit 5001`,
    params: ({ tenantId, traceId }) => [tenantId, [traceId]],
    indexes: ['span_trace_pkey', 'span_arrival_pkey', 'span_slot_pkey'],
    smallTables: ['span_slot'],
    // Slots of another tenant.
    discards: 60,
  },
  {
    name: 'spans of a trace',
    sql: `select chunk_id, content, candidates from span_chunk
           where tenant_id = $1
             and (received_on, chunk_id) in (${CHUNKS_OF_TRACE})
             and (received_at, chunk_id) > ($3, $4)
           order by received_at, chunk_id limit 32`,
    params: ({ tenantId, traceId }) => [tenantId, traceId, '-infinity', '0'],
    indexes: ['span_trace_pkey', 'span_arrival_pkey', 'span_chunk_pkey', 'span_slot_pkey'],
    smallTables: ['span_slot'],
    // Slots of another tenant.
    discards: 60,
  },
  {
    name: 'spans that link to a trace',
    sql: `select l.trace_id from span_link l
           where l.tenant_id = $1 and l.linked_trace_id = $2
             and not exists (select 1 from span_link e
                              where e.tenant_id = $1 and e.linked_trace_id = l.linked_trace_id and e.linked_span_id = l.linked_span_id
                                and e.trace_id = l.trace_id and e.span_id = l.span_id and e.received_on < l.received_on)
             and (l.linked_span_id, l.started_at, l.trace_id, l.span_id) < ($3, $4, $2, 0)
           order by l.linked_span_id desc, l.started_at desc, l.trace_id desc, l.span_id desc limit 51`,
    params: ({ tenantId, traceId, now }) => [tenantId, traceId, '9', now],
    indexes: ['span_link_pkey', LINK_ORDER],
  },
  {
    name: 'spans that link to a trace, counted',
    sql: `select count(*) from (select distinct linked_span_id, trace_id, span_id from span_link
                                 where tenant_id = $1 and linked_trace_id = $2 limit 10001) counted`,
    params: ({ tenantId, traceId }) => [tenantId, traceId],
    indexes: ['span_link_pkey', LINK_ORDER],
  },
  {
    name: 'traces of a business key',
    sql: `select distinct trace_id from (${TRACES_OF_KEY}) found limit 100`,
    params: ({ tenantId }) => [tenantId, '500'],
    indexes: [
      'span_trace_tenant_id_key_hash_idx',
      'span_arrival_tenant_id_received_slot_key_hash_idx',
      'span_slot_pkey',
    ],
    smallTables: ['span_slot'],
    // Slots of another tenant.
    discards: 60,
  },
  {
    name: 'spans of a batch that can become activities',
    sql: `select chunk_id, received_on, candidates from span_chunk
           where tenant_id = $1 and received_on = any($2::date[]) and batch_id = any($3::uuid[]) and candidates is not null`,
    params: ({ tenantId, now }) => [tenantId, [now.toISOString().slice(0, 10)], [tenantId]],
    indexes: ['span_chunk_tenant_id_batch_id_idx'],
  },
  {
    name: 'chunks to compact, oldest first',
    sql: `select chunk_id from span_chunk
           where tenant_id = $1 and batch_id is not null and received_at < $2 order by received_at, chunk_id limit 500`,
    params: ({ tenantId, now }) => [tenantId, now],
    // The partial one, and in a partition where nearly all is fresh the other one.
    indexes: ['span_chunk_tenant_id_received_at_chunk_id_idx', 'span_chunk_tenant_id_received_at_chunk_id_idx1'],
  },
  {
    name: 'deliveries of a consumer, claimed',
    sql: `select delivery_id from outbox_delivery
           where tenant_id = $1 and consumer = $2 and not_before <= now() order by delivery_id limit 100 for update skip locked`,
    params: ({ tenantId }) => [tenantId, 'exceptions'],
    indexes: ['outbox_delivery_pkey'],
  },
];
