import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';
import { partitionFunctionFor } from './initial/partition-functions.js';

/**
 * The rows by which spans are found that came lately stand by the time of their receipt, in a table of their own, until
 * compaction makes rows of span_trace of them; docs/adr/0003 has the figures. Only adds: the previous version of the app keeps
 * working beside this one, but does not find what this one stores until it is compacted.
 */
export class SpanArrivals implements MigrationInterface {
  readonly name = 'SpanArrivals1795910400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(spanArrivalTables);
    for (const [table, rights] of Object.entries(spanArrivalTenantTables))
      await runner.query(isolateTenant(table, rights));
    await runner.query(partitionFunctionFor(['signal', 'span_chunk', 'span_trace', 'span_arrival']));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(dropSpanArrivalTables);
    await runner.query(partitionFunctionFor(['signal', 'span_chunk', 'span_trace']));
  }
}

/** The tables and the app role's rights on them: compaction takes rows out. */
export const spanArrivalTenantTables: Readonly<Record<string, Rights>> = {
  span_arrival: 'select, insert, delete',
  span_slot: 'select, insert, delete',
};

const spanArrivalTables = `
-- one row per trace and request, one more for each further business key of its spans; span_trace once compacted
create table span_arrival (
  tenant_id uuid not null,
  -- five minutes of the day in which it came
  received_slot smallint not null,
  trace_id uuid not null,
  -- of the ids of the spans: the same group sent again is found to be there
  group_hash bigint not null,
  chunk_id bigint not null,
  key_hash bigint,
  received_on date not null,
  primary key (tenant_id, received_slot, trace_id, group_hash, received_on)
) partition by range (received_on);
create index span_arrival_key on span_arrival (tenant_id, received_slot, key_hash) where key_hash is not null;

-- which slots of a day hold such rows
create table span_slot (
  tenant_id uuid not null,
  received_on date not null,
  received_slot smallint not null,
  primary key (tenant_id, received_on, received_slot)
);
`;

const dropSpanArrivalTables = `
insert into span_trace (tenant_id, trace_id, group_hash, chunk_id, key_hash, received_on)
select tenant_id, trace_id, group_hash, chunk_id, key_hash, received_on from span_arrival order by received_slot
on conflict do nothing;
drop table span_slot;
drop table span_arrival;
`;
