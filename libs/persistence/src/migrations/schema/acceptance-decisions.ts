import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What one bulk act asked to close without correction is decided as a whole, by another bulk act, and a request that nobody decides ends by
 * itself. Only adds: the previous version of the app keeps working beside it; what was asked before has no end. A
 * worker of that version that takes up a decision stops it or marks its items as failed: they wait on, and can be decided again.
 */
export class AcceptanceDecisions implements MigrationInterface {
  readonly name = 'AcceptanceDecisions1796300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(additions);
    await runner.query(states(`${EARLIER}, 'expired'`));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(undo);
    await runner.query(states(EARLIER));
  }
}

const EARLIER = `'pending', 'direct', 'approved', 'rejected', 'withdrawn', 'overtaken'`;

function states(names: string): string {
  return `
alter table exception_acceptance drop constraint exception_acceptance_state_check,
  add constraint exception_acceptance_state_check check (state in (${names}));`;
}

const additions = `
alter table exception_acceptance
  -- null = it waits until somebody decides
  add column expires_at timestamptz,
  -- the bulk act that decided it together with others
  add column decision_act_id uuid;
create index exception_acceptance_of_act on exception_acceptance (tenant_id, state, bulk_act_id, exception_id)
  where bulk_act_id is not null;
create index exception_acceptance_alone on exception_acceptance (tenant_id, requested_at, acceptance_id)
  where state = 'pending' and bulk_act_id is null;
create index exception_acceptance_decided_alone on exception_acceptance (tenant_id, requested_at, acceptance_id)
  where decision_act_id is null and (bulk_act_id is null or decider_id is not null);
create index exception_acceptance_due on exception_acceptance (tenant_id, expires_at, acceptance_id)
  where state = 'pending' and expires_at is not null;
create index exception_acceptance_by_decider on exception_acceptance (tenant_id, decider_id, maker_id, decided_at)
  include (exception_id, counterparty, converted_amount) where state = 'approved';
alter table bulk_act
  -- the bulk act of which the requests are decided
  add column decides_act_id uuid;
create unique index bulk_act_deciding on bulk_act (tenant_id, decides_act_id)
  where decides_act_id is not null and state in ('FROZEN', 'RUNNING', 'PAUSED');
create index bulk_act_decided on bulk_act (tenant_id, decides_act_id, submitted_at) where decides_act_id is not null;
create index bulk_act_decisions on bulk_act (tenant_id, submitted_at, bulk_act_id) where decides_act_id is not null;
`;

const undo = `
drop index bulk_act_decisions, bulk_act_decided, bulk_act_deciding, exception_acceptance_by_decider, exception_acceptance_due,
  exception_acceptance_decided_alone, exception_acceptance_alone, exception_acceptance_of_act;
-- no version before knows how to carry them out
update bulk_act set state = 'CANCELLED', state_note = 'The program was taken back to a version that decides one by one.'
where decides_act_id is not null and state in ('FROZEN', 'RUNNING', 'PAUSED');
alter table bulk_act drop column decides_act_id;
update exception_acceptance set state = 'withdrawn' where state = 'expired';
alter table exception_acceptance drop column expires_at, drop column decision_act_id;
`;
