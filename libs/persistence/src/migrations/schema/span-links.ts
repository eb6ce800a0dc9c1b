import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';
import { partitionFunctionFor } from './initial/partition-functions.js';

/**
 * Links between spans of different traces, so that a trace finds who links to it. Only adds: the previous version of the app
 * keeps working beside it; links of spans that it stores are entered once compaction rewrites their chunks.
 */
export class SpanLinks implements MigrationInterface {
  readonly name = 'SpanLinks1795914000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(spanLinkTable);
    for (const [table, rights] of Object.entries(spanLinkTenantTables))
      await runner.query(isolateTenant(table, rights));
    await runner.query(partitionFunctionFor(['signal', 'span_chunk', 'span_trace', 'span_arrival', 'span_link']));
    await runner.query(partitionsOfStoredDays);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table span_link');
    await runner.query(partitionFunctionFor(['signal', 'span_chunk', 'span_trace', 'span_arrival']));
  }
}

/** The table and the app role's rights on it; its days leave as partitions. */
export const spanLinkTenantTables: Readonly<Record<string, Rights>> = { span_link: 'select, insert' };

/** Compaction enters links of spans of every day that is stored. */
const partitionsOfStoredDays = `
select throughline_ensure_partitions(min(day), max(day) - min(day) + 1)
from (select to_date(right(c.relname, 10), 'YYYY_MM_DD') as day
      from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'span_chunk'::regclass) stored
having count(*) > 0`;

const spanLinkTable = `
-- one row per pair of spans and day: a span that is sent again the same day meets its own row. What a list shows stands in the
-- row, because the chunks of fifty linking traces would have to be unpacked for a page; compaction need not know of it
create table span_link (
  tenant_id uuid not null,
  linked_trace_id uuid not null,
  -- span ids are 64 bits without a meaning of their own; as a number they are compared under row-level security
  linked_span_id bigint not null,
  trace_id uuid not null,
  span_id bigint not null,
  -- of the linking span, which leaves its retention on that day
  received_on date not null,
  started_at timestamptz not null,
  service_name text not null,
  name text not null,
  -- of the link; null = none
  attributes jsonb,
  primary key (tenant_id, linked_trace_id, linked_span_id, trace_id, span_id, received_on)
) partition by range (received_on);
create index span_link_latest on span_link (tenant_id, linked_trace_id, linked_span_id, started_at, trace_id, span_id);
`;
