import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appRole, isolateTenant, type Rights } from './initial/isolation.js';
import { partitionFunctionFor } from './initial/partition-functions.js';
import { spanTable } from './initial/signal-tables.js';

/**
 * Spans as compressed chunks of one request (later: of many, by trace) and a row per trace and request by which they are
 * found; docs/adr/0003-spans-are-stored-in-chunks.md has the figures. The table `span` with one row per span is dropped
 * with what it holds: no version that wrote it was ever released. The previous version of the app cannot store spans beside
 * this one.
 */
export class SpanChunks implements MigrationInterface {
  readonly name = 'SpanChunks1795305600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop table span');
    await runner.query(spanChunkTables);
    for (const [table, rights] of Object.entries(spanChunkTenantTables))
      await runner.query(isolateTenant(table, rights));
    await runner.query(`grant usage on sequence span_chunk_number to ${appRole}`);
    await runner.query(partitionFunctionFor(['signal', 'span_chunk', 'span_trace']));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table span_trace; drop table span_chunk; drop sequence span_chunk_number');
    await runner.query(spanTable);
    await runner.query(isolateTenant('span', 'select, insert, update'));
    await runner.query(partitionFunctionFor(['signal', 'span']));
  }
}

/** The tables and the app role's rights on them: compaction puts few large chunks in the place of many small ones. */
export const spanChunkTenantTables: Readonly<Record<string, Rights>> = {
  span_chunk: 'select, insert, update, delete',
  span_trace: 'select, insert, update, delete',
};

const spanChunkTables = `
-- ascending: a chunk that compaction writes stands behind those it is made of, so that a reader who goes by
-- (received_at, chunk_id) from transaction to transaction misses none of their spans
create sequence span_chunk_number;

create table span_chunk (
  tenant_id uuid not null,
  received_on date not null,
  chunk_id bigint not null,
  -- latest receipt of a span in it
  received_at timestamptz not null,
  -- the request's; null once compacted
  batch_id uuid,
  spans integer not null,
  -- spans that can never become an activity; null = none
  content bytea,
  -- the others, apart, so that mapping reads them alone; null = none
  candidates bytea,
  primary key (tenant_id, received_on, chunk_id)
) partition by range (received_on);
-- compressed already
alter table span_chunk alter column content set storage external, alter column candidates set storage external;
create index span_chunk_batch on span_chunk (tenant_id, batch_id) where batch_id is not null;
create index span_chunk_fresh on span_chunk (tenant_id, received_at, chunk_id) where batch_id is not null;
create index span_chunk_received on span_chunk (tenant_id, received_at, chunk_id);

-- one row per trace and request (after compaction: per trace), one more for each further business key of its spans
create table span_trace (
  tenant_id uuid not null,
  trace_id uuid not null,
  -- of the ids of the spans: the same group sent again is found to be there
  group_hash bigint not null,
  chunk_id bigint not null,
  key_hash bigint,
  received_on date not null,
  primary key (tenant_id, trace_id, group_hash, received_on)
) partition by range (received_on);
create index span_trace_key on span_trace (tenant_id, key_hash) where key_hash is not null;
`;
