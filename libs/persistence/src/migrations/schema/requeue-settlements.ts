import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * A person says what became of a send that nothing else tells. Only adds, so that the previous version of the app still runs on it; it
 * cannot show an exception that was resolved this way.
 */
export class RequeueSettlements implements MigrationInterface {
  readonly name = 'RequeueSettlements1796096000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table);
    for (const [name, rights] of Object.entries(requeueSettlementTenantTables))
      await runner.query(isolateTenant(name, rights));
    await runner.query(resolutions(`${EARLIER}, 'PROVED_BY_PERSON'`));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`update exception set resolution = 'SOURCE_FIXED' where resolution = 'PROVED_BY_PERSON'`);
    await runner.query(resolutions(EARLIER));
    await runner.query('drop index requeue_attempt_unproved; drop table requeue_settlement');
  }
}

/** The table and the app role's rights on it: what a person said is written once. */
export const requeueSettlementTenantTables: Readonly<Record<string, Rights>> = {
  requeue_settlement: 'select, insert',
};

const EARLIER = `'VERIFIED_REQUEUE', 'COMPENSATED', 'SOURCE_FIXED', 'POSTED_BY_HAND', 'VANISHED'`;

function resolutions(names: string): string {
  return `
alter table exception drop constraint exception_resolution_check;
alter table exception add constraint exception_resolution_check check (resolution in (${names}));`;
}

const table = `
create table requeue_settlement (
  tenant_id uuid not null,
  attempt_id uuid not null,
  verdict text collate "C" not null check (verdict in ('APPLIED', 'NOT_APPLIED')),
  -- where the attempt stood when it was said
  state_before text collate "C" not null,
  reason text not null,
  person_id uuid not null,
  person_name text not null,
  at timestamptz not null,
  primary key (tenant_id, attempt_id)
);
-- taken by the target and not seen downstream, in the order in which they went out
create index requeue_attempt_unproved on requeue_attempt (tenant_id, sent_at, attempt_id)
  where state in ('ACKNOWLEDGED', 'UNKNOWN') and finished_at is null;
`;
