import { afterEach, describe, expect, it } from '@jest/globals';
import type { Database } from '@throughline/persistence';
import { connected } from '@throughline/persistence/testing';
import { readPicked, type BulkSelectionInput } from '../../exceptions/index.js';
import type { Viewer } from '../../identity/index.js';
import { person } from '../testing/approval-story.js';
import { copyFailures } from '../testing/many-failures.js';
import { RequeueStory } from '../testing/requeue-story.js';
import { requestHash } from '../domain/request-hash.js';
import { selectionHash } from '../domain/requeue-body.js';
import { findRuns } from '../run.repository.js';
import { planRequeueOf } from '../usecases/read-plan.js';
import { freezeSlice } from './freeze-slice.js';
import { goOnWithPlan } from './go-on.js';
import { findPlans, type PlanRow } from './plan.repository.js';
import { planSlice } from './plan-slice.js';
import { createRequeuePlanStage } from './requeue-plan-stage.js';
import { startPlan } from './start-plan.js';

const target = { url: 'http://127.0.0.1:9/requeue' };
const COUNT = 2_000;
const WITHIN_MS = 180_000;

let story: RequeueStory;
let maker: Viewer;

afterEach(async () => {
  await story.db.close();
});

async function begin(count = COUNT): Promise<void> {
  story = await RequeueStory.begin(target);
  maker = await person(story, 'Ana', 'analyst');
  await copyFailures(story, count);
  await connected(story.db.ownerUrl, (client) => client.query('analyze'));
}

const act = (viewer = maker) => ({ viewer, now: story.now, traceId: undefined });

async function plan(filter: BulkSelectionInput['filter'] = {}): Promise<string> {
  const picked = readPicked({ filter }, story.now);
  const wish = { picked, reason: 'plan', inSpiteOf: {}, mode: 'as-is' as const };
  const outcome = await story.database.withTenant(story.db.tenantId, (tx) => startPlan(tx, act(), wish));
  if (outcome.kind !== 'planned') throw new Error(outcome.message);
  return outcome.requestId;
}

const unexpected = (facts: unknown): void => {
  throw new Error('a slice failed by a fault of ours', { cause: facts });
};

const stage = (error: (facts: unknown) => void) =>
  createRequeuePlanStage({
    database: story.database,
    secretKey: story.secretKey,
    clock: () => story.now,
    log: { error },
    slices: { PLANNING: 300, FREEZING: 200 },
  });

/** The worker, until it has nothing more to do; so many turns at most. */
async function work(turns = Infinity, error = unexpected): Promise<void> {
  const one = stage(error);
  for (let turn = 0; turn < turns && (await one.run(story.db.tenantId)) !== false; turn += 1);
}

async function rowOf(requestId: string): Promise<PlanRow> {
  const [row] = await story.database.withTenant(story.db.tenantId, (tx) => findPlans(tx, [requestId]));
  return row!;
}

async function goOn(requestId: string, viewer = maker) {
  const wish = { requestId, reason: 'mapping added', limits: {} };
  return story.database.withTenant(story.db.tenantId, (tx) => goOnWithPlan(tx, act(viewer), wish));
}

type Item = { exceptionId: string; code: string | null; reason: string | null; after: string[]; fallen: boolean };

function itemsOf(requestId: string): Promise<Item[]> {
  return story.database.withTenant(story.db.tenantId, (tx) =>
    tx.query<Item>(
      `select exception_id as "exceptionId", code, reason, coalesce(after, '{}') as after, has_fallen_out as fallen
       from requeue_plan_item where tenant_id = $1 and request_id = $2 order by position`,
      [tx.tenantId, requestId],
    ),
  );
}

/** Updates of a table fail where the condition holds, as by a fault of ours. */
async function failing(table: string, condition: string, code = 'P0001'): Promise<void> {
  await connected(story.db.ownerUrl, (client) =>
    client.query(`
      create function fail_${table}() returns trigger language plpgsql as $$ begin raise exception 'a fault' using errcode = '${code}'; end $$;
      create trigger fail_${table} before update on ${table} for each row when (${condition}) execute function fail_${table}();`),
  );
}

const options = () => ({ now: story.now, most: 200, secretKey: story.secretKey });

/** Work that a killed worker did not commit. */
async function killed(
  requestId: string,
  work: (database: Pick<Database, 'withTenant'>, row: PlanRow) => Promise<void>,
): Promise<void> {
  const database: Pick<Database, 'withTenant'> = {
    withTenant: (tenantId, act, how) =>
      story.database.withTenant(
        tenantId,
        async (tx) => {
          const answer = await act(tx);
          if (how?.readOnly !== true) throw new Error('killed');
          return answer;
        },
        how,
      ),
  };
  await work(database, await rowOf(requestId));
}

describe('a large selection', () => {
  it(
    'is planned slice by slice as a small one is at once',
    async () => {
      await begin();
      const requestId = await plan();
      expect(await rowOf(requestId)).toMatchObject({ state: 'PLANNING', donePosition: 0, going: null });
      await work();
      const row = await rowOf(requestId);
      const items = await itemsOf(requestId);
      expect(items).toHaveLength(row.items);
      const small = await story.database.withTenant(story.db.tenantId, (tx) =>
        planRequeueOf(
          tx,
          items.map(({ exceptionId }) => exceptionId),
          story.secretKey,
          {},
          story.now,
        ),
      );
      expect(items.map(({ fallen: _no, ...item }) => item)).toEqual(
        small.items.map(({ exceptionId, code, reason, after }) => ({ exceptionId, code, reason, after: [...after] })),
      );
      expect(row).toMatchObject({
        state: 'PLANNED',
        going: small.items.filter(({ willSend }) => willSend).length,
        sentSums: small.sent,
        leftOutSums: small.leftOut,
        waiting: small.waiting,
        approval: small.approval,
      });
      const codes = new Set(small.items.map(({ code }) => code));
      for (const code of ['ALREADY_PROCESSED', 'NO_REQUEUE_TARGET', 'OBJECT_IN_SELECTION', 'PAYLOAD_UNFIT', null]) {
        expect([code, codes.has(code as never)]).toEqual([code, true]);
      }
      expect(small.items.some(({ after }) => after.length > 0)).toBe(true);
    },
    WITHIN_MS,
  );

  it(
    'goes on where a worker was killed, in planning and in freezing, and sends each once',
    async () => {
      await begin();
      const requestId = await plan();
      await work(2);
      const before = await rowOf(requestId);
      expect(before.donePosition).toBe(1_200);
      await expect(
        killed(requestId, (database, row) => planSlice(database, story.db.tenantId, row, options())),
      ).rejects.toThrow('killed');
      expect((await rowOf(requestId)).donePosition).toBe(1_200);
      await work();
      const planned = await rowOf(requestId);
      expect(await goOn(requestId)).toMatchObject({ kind: 'planned' });
      await work(2);
      await expect(
        killed(requestId, (database, row) =>
          database.withTenant(story.db.tenantId, (tx) => freezeSlice(tx, row, options())),
        ),
      ).rejects.toThrow('killed');
      // two workers at once
      await Promise.all([work(), work()]);
      const row = await rowOf(requestId);
      expect(row).toMatchObject({ state: 'PENDING_APPROVAL', frozen: planned.going });
      const attempts = await story.database.withTenant(story.db.tenantId, (tx) =>
        tx.query<{ exceptionId: string; attempt: number; body: string; key: string }>(
          `select exception_id as "exceptionId", attempt, body, idempotency_key as key from requeue_attempt where tenant_id = $1`,
          [tx.tenantId],
        ),
      );
      expect(attempts).toHaveLength(planned.going!);
      expect(new Set(attempts.map(({ exceptionId }) => exceptionId)).size).toBe(planned.going);
      expect(new Set(attempts.map(({ key }) => key)).size).toBe(planned.going);
      expect(await story.count('requeue_claim')).toBe(planned.going);
      expect(await story.count('requeue_item')).toBe(planned.going);
      const [run] = await story.database.withTenant(story.db.tenantId, (tx) => findRuns(tx, [requestId]));
      const hash = requestHash(selectionHash(attempts), run!).toString('hex');
      expect(
        await story.count('requeue_request', `encode(selection_hash, 'hex') = '${hash}' and items = ${planned.going}`),
      ).toBe(1);
      expect(await story.count('audit_record', `action = 'requeue.approval-requested'`)).toBe(1);
    },
    WITHIN_MS,
  );

  it('lets fall out, with the reason, what was claimed or is over since it was planned', async () => {
    await begin(400);
    const requestId = await plan({ states: ['OPEN'] });
    await work();
    const going = (await itemsOf(requestId)).filter(({ code, after }) => code === null && after.length === 0);
    const [claimed, over] = going;
    await story.request([claimed!.exceptionId]);
    await story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query(`update exception set state = 'RESOLVED' where tenant_id = $1 and exception_id = $2`, [
        tx.tenantId,
        over!.exceptionId,
      ]),
    );
    await goOn(requestId);
    await work();
    const fallen = (await itemsOf(requestId)).filter((one) => one.fallen);
    expect(new Map(fallen.map(({ exceptionId, code }) => [exceptionId, code]))).toEqual(
      new Map([
        [claimed!.exceptionId, 'ALREADY_REQUEUED'],
        [over!.exceptionId, 'NOT_REQUEUEABLE'],
      ]),
    );
    const row = await rowOf(requestId);
    expect(row.leftOut).toEqual(expect.arrayContaining([{ code: 'ALREADY_REQUEUED', hasFallenOut: true, count: 1 }]));
    expect(row.frozen).toBe(row.going! - 2);
  });

  it('lets fall out what is stuck by now behind something that does not go with it', async () => {
    await begin(10);
    const requestId = await plan({ states: ['OPEN'] });
    await work();
    const copy = async (n: number) => {
      const [row] = await story.database.withTenant(story.db.tenantId, (tx) =>
        tx.query<{ id: string }>(`select md5('exception' || $1::int)::uuid as id`, [n]),
      );
      return row!.id;
    };
    // 6 is masked and does not go, 8 goes
    await story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query(
        `insert into object_link (tenant_id, from_object_id, to_object_id, qualifier, from_type, to_type, is_context, first_occurred_at, asserted_by)
         select $1, md5('object' || l.first)::uuid, md5('object' || l.second)::uuid, 'fulfils', 'sales-order', 'sales-order', false, now(), $1
         from (values (6, 4), (8, 9)) as l(first, second)`,
        [tx.tenantId],
      ),
    );
    await goOn(requestId);
    await work();
    expect((await itemsOf(requestId)).filter((one) => one.fallen)).toMatchObject([
      { exceptionId: await copy(4), code: 'BLOCKED_BY_PREDECESSOR', reason: expect.stringContaining('O-500006') },
    ]);
  });

  it('makes one send of each where two are asked for at the same time', async () => {
    await begin(400);
    const [first, second] = [await plan({ states: ['OPEN'] }), await plan({ states: ['OPEN'] })];
    await work();
    await Promise.all([goOn(first), goOn(second)]);
    await Promise.all([work(), work()]);
    const [one, other] = [await rowOf(first), await rowOf(second)];
    expect(one.frozen + other.frozen).toBe(one.going);
    expect(await story.count('requeue_claim')).toBe(one.going);
    expect(await story.count('requeue_attempt')).toBe(one.going);
  });

  it('frees all claims when it is cancelled while it is frozen', async () => {
    await begin(400);
    const requestId = await plan({ states: ['OPEN'] });
    await work();
    await goOn(requestId);
    await work(1);
    expect(await story.count('requeue_claim')).toBeGreaterThan(0);
    const open = await story.count('exception', `state = 'OPEN'`);
    await story.steer(requestId, 'cancel');
    await story.turn();
    await work();
    expect((await rowOf(requestId)).state).toBe('CANCELLED');
    expect(await story.count('requeue_claim')).toBe(0);
    expect(await story.count('exception', `state = 'OPEN'`)).toBeGreaterThan(open);
    expect(await story.count('requeue_attempt', `state <> 'CANCELLED'`)).toBe(0);
  });

  it('goes without the one item that it fails on', async () => {
    await begin(10);
    const like = await plan();
    await work();
    const position =
      1 + (await itemsOf(like)).findIndex(({ code }, index) => index > 0 && code === 'NO_REQUEUE_TARGET');
    await failing('requeue_plan_item', `new.position = ${position} and new.code <> 'NOT_PLANNED'`);
    const requestId = await plan();
    const faults: unknown[] = [];
    await work(Infinity, (facts) => faults.push(facts));
    expect(faults).toHaveLength(1);
    const left = (await itemsOf(requestId)).map(({ code }, index) => (code === 'NOT_PLANNED' ? index + 1 : 0));
    expect(left.filter((one) => one > 0)).toEqual([position]);
  });

  it.each([
    ['planned', `new.planned_at is not null`, 'PLANNING'],
    ['frozen', `new.asked_at is not null and new.left_out <> old.left_out`, 'FREEZING'],
  ])('ends with its reason when it cannot be %s as a whole, and keeps nobody waiting', async (_name, when, state) => {
    await begin(10);
    const requestId = await plan();
    if (state === 'FREEZING') {
      await work();
      await story.request([(await itemsOf(requestId)).find(({ code }) => code === null)!.exceptionId]);
      await goOn(requestId);
    }
    await failing('requeue_plan', `new.request_id = '${requestId}' and new.note is null and ${when}`);
    const next = await plan();
    const faults: unknown[] = [];
    await work(Infinity, (facts) => faults.push(facts));
    expect(faults).toHaveLength(1);
    expect(await rowOf(requestId)).toMatchObject({ state: 'CANCELLED', note: expect.stringContaining('a fault') });
    expect((await rowOf(next)).state).toBe('PLANNED');
  });

  it('is planned in halves where a slice takes longer than a statement may', async () => {
    await begin(10);
    const requestId = await plan();
    await connected(story.db.ownerUrl, (client) =>
      client.query(`
        create function too_long() returns trigger language plpgsql as $$ begin
          if (select count(*) from changed) > 1 then raise exception 'too long' using errcode = '57014'; end if;
          return null; end $$;
        create trigger too_long after update on requeue_plan_item referencing new table as changed
          for each statement execute function too_long();`),
    );
    await stage(unexpected).run(story.db.tenantId);
    const { donePosition, items } = await rowOf(requestId);
    expect(donePosition).toBeGreaterThan(0);
    expect(donePosition).toBeLessThan(items);
  });

  it('lets others go first when the time of a statement is over each time', async () => {
    await begin(10);
    const requestId = await plan();
    await failing('requeue_plan', `new.request_id = '${requestId}' and new.planned_at is not null`, '57014');
    const later = (seconds: number) => (story.now = new Date(story.now.getTime() + seconds * 1_000));
    later(1);
    const next = await plan();
    const one = stage(unexpected);
    for (let turn = 0; turn < 6; turn += 1) {
      later(1);
      await one.run(story.db.tenantId).catch(() => undefined);
    }
    expect([(await rowOf(requestId)).state, (await rowOf(next)).state]).toEqual(['PLANNING', 'PLANNED']);
  });

  it('is measured by what is frozen of it: what became an order to pay meanwhile does not go without treasury', async () => {
    await begin(10);
    const requestId = await plan({ states: ['OPEN'] });
    await work();
    expect(await rowOf(requestId)).toMatchObject({ state: 'PLANNED', approval: null });
    await story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query(
        `update activity set problem = jsonb_set(problem, '{payload}', '{"PmtInf":{}}')
         where tenant_id = $1 and activity_id = md5('activity' || 4)::uuid`,
        [tx.tenantId],
      ),
    );
    await goOn(requestId);
    await work();
    expect(await rowOf(requestId)).toMatchObject({
      state: 'CANCELLED',
      note: expect.stringContaining('it needs approval'),
    });
  });

  it('goes on for its maker alone, in time, and only once', async () => {
    await begin(100);
    const requestId = await plan();
    expect(await goOn(requestId)).toMatchObject({ code: 'NOT_POSSIBLE_NOW' });
    await work();
    expect(await goOn(requestId, await person(story, 'Otto', 'analyst'))).toMatchObject({ code: 'NOT_THE_MAKER' });
    story.now = new Date(story.now.getTime() + 25 * 3_600_000);
    expect(await goOn(requestId)).toMatchObject({ code: 'NOT_POSSIBLE_NOW' });
    await work();
    expect((await rowOf(requestId)).state).toBe('EXPIRED');
  });

  it('ends when its maker may not ask any more', async () => {
    await begin(100);
    const requestId = await plan();
    await work();
    await goOn(requestId);
    await story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query(`update person set roles = '{auditor}' where tenant_id = $1 and person_id = $2`, [
        tx.tenantId,
        maker.personId,
      ]),
    );
    await work();
    expect(await rowOf(requestId)).toMatchObject({ state: 'CANCELLED', note: 'Ana may not ask for it any more.' });
    expect(await story.count('requeue_claim')).toBe(0);
  });
});
