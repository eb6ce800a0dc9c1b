import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { connected } from '@throughline/persistence/testing';
import type { Viewer } from '../../../identity/index.js';
import { ApprovalStory, person } from '../../testing/approval-story.js';
import { RequeueStory } from '../../testing/requeue-story.js';
import { createRequeueFreedStage } from './requeue-freed-stage.js';

const WHY = 'it failed by a fault of the program, which is in its log';

let base: RequeueStory;
let story: ApprovalStory;
let maker: Viewer;

beforeEach(async () => {
  base = await RequeueStory.begin({ url: 'http://127.0.0.1:9/requeue' });
  story = new ApprovalStory(base);
  maker = await person(base, 'Ana', 'analyst');
});

afterEach(async () => {
  await base.db.close();
});

const sql = (statement: string, ...parameters: unknown[]) =>
  base.database.withTenant(base.db.tenantId, (tx) => tx.query(statement, [tx.tenantId, ...parameters]));

async function stateOf(id: string): Promise<string | undefined> {
  return (await base.exceptions()).find((one) => one.id === id)?.state;
}

async function sweep(): Promise<unknown[]> {
  const faults: unknown[] = [];
  const log = { error: (facts: unknown) => void faults.push(facts) };
  await createRequeueFreedStage({ database: base.database, clock: () => base.now, log }).run(base.db.tenantId);
  return faults;
}

/** A request whose attempt ended and whose claim is free, of which its exception heard nothing. */
async function freed(key: string): Promise<string> {
  const id = await story.failed(key, '150000.00');
  await story.asked(maker, [id]);
  await sql(
    `update requeue_attempt set state = 'REFUSED', answer = $3, finished_at = now() where tenant_id = $1 and exception_id = $2`,
    id,
    `withdrawn: ${WHY}`,
  );
  await sql('delete from requeue_claim where tenant_id = $1 and exception_id = $2', id);
  expect(await stateOf(id)).toBe('PENDING_APPROVAL');
  return id;
}

it('opens what no request has in hand, once, and tells why', async () => {
  const id = await freed('O-700');
  expect(await sweep()).toEqual([]);
  await sweep();
  expect(await stateOf(id)).toBe('OPEN');
  const told = await sql(
    `select details->>'because' as because, details->'attempt' as attempt from exception_event
     where tenant_id = $1 and exception_id = $2 and kind = 'requeue-withdrawn'`,
    id,
  );
  expect(told).toEqual([{ because: WHY, attempt: 1 }]);
  expect(await base.count('audit_record', `action = 'exception.requeue-withdrawn' and subject_id = '${id}'`)).toBe(1);
  // it can be asked for anew
  expect((await story.asked(maker, [id])).state).toBe('PENDING_APPROVAL');
});

it.each<[string, (id: string) => Promise<unknown>]>([
  ['waits for its approval', () => Promise.resolve()],
  [
    'another request has in hand',
    (id) =>
      sql('update requeue_claim set attempt_id = gen_random_uuid() where tenant_id = $1 and exception_id = $2', id),
  ],
  [
    'is to be closed without correction',
    async (id) => {
      await sql('delete from requeue_claim where tenant_id = $1 and exception_id = $2', id);
      await sql('delete from requeue_attempt where tenant_id = $1 and exception_id = $2', id);
      await sql(
        `insert into exception_acceptance (tenant_id, acceptance_id, exception_id, state, reason_code, comment, title, occurrences,
           limit_amount, limit_currency, back_to, request_hash, requested_at, maker_id, maker_name)
         values ($1, gen_random_uuid(), $2, 'pending', 'immaterial', '', '', 1, 0, 'EUR', 'OPEN', '', $3, $4, 'Ana')`,
        ...[id, base.now, maker.personId],
      );
    },
  ],
])('leaves alone what %s', async (_name, prepare) => {
  const id = await story.failed('O-700', '150000.00');
  await story.asked(maker, [id]);
  await prepare(id);
  await sweep();
  expect(await stateOf(id)).toBe('PENDING_APPROVAL');
});

it('goes on with the others where one cannot be told', async () => {
  const ids = [await freed('O-700'), await freed('O-701'), await freed('O-702')];
  await connected(base.db.ownerUrl, (client) =>
    client.query(`
      create function fail_one() returns trigger language plpgsql as $$ begin raise exception 'a fault'; end $$;
      create trigger fail_one before update on exception for each row when (new.exception_id = '${ids[1]}')
        execute function fail_one();`),
  );
  expect(await sweep()).toHaveLength(1);
  expect(await Promise.all(ids.map(stateOf))).toEqual(['OPEN', 'PENDING_APPROVAL', 'OPEN']);
});
