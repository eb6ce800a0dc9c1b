import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connected } from '@throughline/persistence/testing';
import { at, storyObject } from '../../../../testing/story-facts.js';
import type { Viewer } from '../../../identity/index.js';
import { ApprovalStory, person } from '../../testing/approval-story.js';
import { RequeueStory } from '../../testing/requeue-story.js';
import type { ApprovalRow } from '../approval.repository.js';
import { createRequeueFreedStage } from '../freed/requeue-freed-stage.js';
import { carryOutSlice } from './carry-out-slice.js';
import { findDecisions } from './decision.repository.js';
import { createRequeueDecisionStage } from './requeue-decision-stage.js';

const COUNT = 5;
const SLICE = 2;
const AMOUNT = '30000.00';

let base: RequeueStory;
let story: ApprovalStory;
let maker: Viewer;
let checker: Viewer;

beforeEach(async () => {
  base = await RequeueStory.begin({ url: 'http://127.0.0.1:9/requeue' });
  // all of these requests are large
  story = new ApprovalStory(base, 1);
  maker = await person(base, 'Ana', 'analyst');
  checker = await person(base, 'Bruno', 'approver');
});

afterEach(async () => {
  await base.db.close();
});

const keyOf = (index: number) => `O-${700 + index}`;
const objectOf = (index: number) => storyObject('sales-order', keyOf(index));

async function askedForMany(amount = AMOUNT): Promise<{ ids: string[]; request: ApprovalRow }> {
  const ids: string[] = [];
  for (let index = 0; index < COUNT; index += 1) ids.push(await story.failed(keyOf(index), amount));
  return { ids, request: await story.asked(maker, ids) };
}

const unexpected = (facts: unknown): void => {
  throw new Error('a slice failed by a fault of ours', { cause: facts });
};

/** The worker, until it has nothing more to do; so many turns at most. */
async function work(turns = Infinity, error: (facts: unknown) => void = unexpected): Promise<void> {
  const stage = createRequeueDecisionStage({
    database: base.database,
    clock: () => base.now,
    log: { error },
    slice: SLICE,
  });
  for (let turn = 0; turn < turns && (await stage.run(base.db.tenantId)) !== false; turn += 1);
}

/** A worker that is killed when it has done its slice, before that is committed. */
async function killed(requestId: string): Promise<void> {
  const cut = base.database.withTenant(base.db.tenantId, async (tx) => {
    const [seen] = await findDecisions(tx, [requestId]);
    await carryOutSlice(tx, seen!, { now: base.now, most: SLICE });
    throw new Error('killed');
  });
  await expect(cut).rejects.toThrow('killed');
}

async function progress({ id }: ApprovalRow) {
  const [row] = await base.database.withTenant(base.db.tenantId, (tx) => findDecisions(tx, [id]));
  return row;
}

const sql = (statement: string, parameters: unknown[] = []) =>
  base.database.withTenant(base.db.tenantId, (tx) => tx.query(statement, [tx.tenantId, ...parameters]));

const jobs = () =>
  connected(base.db.ownerUrl, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from graphile_worker.jobs where task_identifier = 'requeue.send'`,
    );
    return rows[0]?.count;
  });

async function statesOf(ids: readonly string[]): Promise<(string | undefined)[]> {
  const states = new Map((await base.exceptions()).map(({ id, state }) => [id, state]));
  return ids.map((id) => states.get(id));
}

/** Changes of exceptions fail where the condition holds, as by a fault of ours. */
const failOn = (condition: string) =>
  connected(base.db.ownerUrl, (client) =>
    client.query(`
      create function fail_one() returns trigger language plpgsql as $$ begin raise exception 'a fault'; end $$;
      create trigger fail_one before update on exception for each row when (${condition}) execute function fail_one();`),
  );

/** A statement that changes this exception so takes longer than it may. */
const tooLongOn = (condition: string) =>
  connected(base.db.ownerUrl, (client) =>
    client.query(`
      create function too_long_on() returns trigger language plpgsql as $$ begin
        raise exception 'too long' using errcode = '57014'; end $$;
      create trigger too_long_on before update on exception for each row when (${condition}) execute function too_long_on();`),
  );

/** The worker, whose turns may fail for the moment; answers how many did. */
async function workOn(faults: unknown[]): Promise<number> {
  let failed = 0;
  for (let isDone = false; !isDone && failed < 20;) {
    await work(Infinity, (facts) => faults.push(facts)).then(
      () => (isDone = true),
      () => (failed += 1),
    );
  }
  return failed;
}

const setAside = () =>
  sql(
    `select subject_id as "attemptId", details->>'why' as why, details->'isTold' as "isTold", details->>'objectKey' as key
     from audit_record where tenant_id = $1 and action = 'requeue.item-set-aside'`,
  );

/** A statement that changes so many exceptions takes longer than it may. */
const tooLongFor = (count: number) =>
  connected(base.db.ownerUrl, (client) =>
    client.query(`
      create function too_long() returns trigger language plpgsql as $$ begin
        if (select count(*) from changed) >= ${count} then raise exception 'too long' using errcode = '57014'; end if;
        return null; end $$;
      create trigger too_long after update on exception referencing new table as changed
        for each statement execute function too_long();`),
  );

const all = <T>(value: T): T[] => Array.from({ length: COUNT }, () => value);

describe('approving a large request', () => {
  it('is decided at once and carried out slice by slice, whenever a worker is killed; then all of it goes, once', async () => {
    const { ids, request } = await askedForMany();
    expect(await story.approve(checker, request)).toMatchObject({ kind: 'decided', isInSlices: true });
    expect(await story.row(request.id)).toMatchObject({ state: 'APPROVING', decidedByName: 'Bruno' });
    expect(await base.count('audit_record', `action = 'requeue.approved'`)).toBe(1);
    expect(await statesOf(ids)).toEqual(all('PENDING_APPROVAL'));
    for (let done = 0; done < COUNT; done += SLICE) {
      await killed(request.id);
      expect(await progress(request)).toMatchObject({ donePosition: done, letGo: done });
      await work(1);
      const [attempt] = await base.attempts();
      // whatever asks for it, nothing goes out before all of it is let go
      await base.turn();
      await base.sendAttempt(attempt?.attemptId, { host: '127.0.0.1:9' });
      expect(await base.count('requeue_attempt', 'released_at is not null or transmissions > 0')).toBe(0);
    }
    await killed(request.id);
    expect((await story.row(request.id)).state).toBe('APPROVING');
    // two workers at once
    await Promise.all([work(), work()]);
    expect((await story.row(request.id)).state).toBe('SENDING');
    expect(await statesOf(ids)).toEqual(all('REQUEUED'));
    expect(await base.count('requeue_claim')).toBe(COUNT);
    expect(await base.count('requeue_attempt', `state = 'QUEUED' and released_at is not null`)).toBe(COUNT);
    expect(await base.count('audit_record', `action = 'requeue.approved'`)).toBe(1);
    expect(await base.count('audit_record', `action = 'exception.requeue-approved'`)).toBe(COUNT);
  });

  it('leaves no second decision possible from the moment that it is decided, nor a second count against a limit', async () => {
    const { request } = await askedForMany();
    const other = await person(base, 'Cleo', 'approver');
    const outcomes = await Promise.all([
      story.approve(checker, request),
      story.approve(other, request),
      story.reject(other, request),
    ]);
    expect(outcomes.filter(({ kind }) => kind === 'decided')).toHaveLength(1);
    for (const one of outcomes) if (one.kind === 'failure') expect(one.code).toBe('NOT_PENDING');
    for (const late of [
      story.approve(other, request),
      story.breakGlass(other, request),
      story.withdraw(maker, request),
    ]) {
      expect(await late).toMatchObject({ code: 'NOT_PENDING' });
    }
    await work();
    expect(await base.count('audit_record', `action in ('requeue.approved', 'requeue.rejected')`)).toBe(1);
  });

  it('is checked at once: who, which hash and within which limit', async () => {
    const { request } = await askedForMany('150000.00');
    const both = await person(base, 'Dora', 'approver');
    await sql('update requeue_request set maker_id = $3 where tenant_id = $1 and request_id = $2', [
      request.id,
      both.personId,
    ]);
    expect(await story.approve(both, request)).toMatchObject({ code: 'MAKER_MAY_NOT_DECIDE' });
    const wrong = { ...request, selectionHash: 'ab'.repeat(32) };
    expect(await story.approve(checker, wrong)).toMatchObject({ code: 'SELECTION_CHANGED' });
    expect(await story.approve(checker, request)).toMatchObject({ kind: 'decided' });
    // 750,000 of 1,000,000 are counted while it is carried out
    const next = await story.asked(maker, [
      await story.failed('O-800', '200000.00'),
      await story.failed('O-801', '200000.00'),
    ]);
    await sql('update requeue_request set maker_id = $3 where tenant_id = $1 and request_id = $2', [
      next.id,
      both.personId,
    ]);
    expect(await story.approve(checker, next)).toMatchObject({ code: 'ABOVE_LIMIT' });
    expect(await story.row(next.id)).toMatchObject({ state: 'PENDING_APPROVAL', decidedAt: null });
    expect(await progress(next)).toBeNull();
  });

  it('lets fall out, with the reason, what is not as it was approved by the time of its slice', async () => {
    const { ids, request } = await askedForMany();
    expect(await story.approve(checker, request)).toMatchObject({ kind: 'decided' });
    await sql(`update exception set state = 'ACCEPTED', resolved_at = $3 where tenant_id = $1 and exception_id = $2`, [
      ids[0],
      base.now,
    ]);
    await base.facts(async (facts) => {
      await facts.activity(objectOf(1), { outcome: 'success', minute: 31, participle: 'reversed' });
      await facts.object(objectOf(2), '990000.00');
    });
    await base.project('exceptions', [objectOf(2)]);
    base.now = at(40);
    // somebody else has the claim
    await sql('update requeue_claim set attempt_id = gen_random_uuid() where tenant_id = $1 and exception_id = $2', [
      ids[3],
    ]);
    await work();
    expect((await story.row(request.id)).state).toBe('SENDING');
    expect(await progress(request)).toMatchObject({ donePosition: COUNT, letGo: 1 });
    expect(await statesOf(ids)).toEqual(['ACCEPTED', 'OPEN', 'OPEN', 'PENDING_APPROVAL', 'REQUEUED']);
    const answers = new Map((await base.attempts()).map(({ exceptionId, answer }) => [exceptionId, answer]));
    expect(ids.map((id) => answers.get(id))).toEqual([
      'withdrawn: it was closed otherwise',
      `withdrawn: ${keyOf(1)}: the document was reversed`,
      `withdrawn: the money at risk of ${keyOf(2)} was EUR 30000.00 and is EUR 990000.00`,
      'withdrawn: another request has it in hand',
      null,
    ]);
    // the claim of somebody else is not freed, and its exception stays as that one has it
    expect(await base.count('requeue_claim')).toBe(2);
    expect(await base.count('requeue_attempt', 'released_at is not null')).toBe(1);
  });

  it('ends where nothing of it is left', async () => {
    const { ids, request } = await askedForMany();
    expect(await story.approve(checker, request)).toMatchObject({ kind: 'decided' });
    await sql(
      `update exception set state = 'ACCEPTED', resolved_at = $3 where tenant_id = $1 and exception_id = any($2)`,
      [ids, base.now],
    );
    await work();
    expect((await story.row(request.id)).state).toBe('CANCELLED');
    expect([await base.count('requeue_claim'), await jobs()]).toEqual([0, 0]);
  });

  it('can be cancelled meanwhile, which frees all of it', async () => {
    const { ids, request } = await askedForMany();
    await story.approve(checker, request);
    await work(1);
    expect(await statesOf(ids)).toEqual(['REQUEUED', 'REQUEUED', ...all('PENDING_APPROVAL').slice(SLICE)]);
    const [seen] = [await progress(request)];
    expect(await base.steer(request.id, 'cancel')).toMatchObject({ kind: 'steered' });
    // the worker that had its next slice in hand
    await base.database.withTenant(base.db.tenantId, (tx) => carryOutSlice(tx, seen!, { now: base.now, most: SLICE }));
    await work();
    await base.turn();
    expect((await story.row(request.id)).state).toBe('CANCELLED');
    expect(await statesOf(ids)).toEqual(all('OPEN'));
    expect([await base.count('requeue_claim'), await jobs()]).toEqual([0, 0]);
    expect(await base.count('requeue_attempt', `state = 'CANCELLED'`)).toBe(COUNT);
  });

  it('goes without the one item that it fails on', async () => {
    const { ids, request } = await askedForMany();
    await story.approve(checker, request);
    await failOn(`new.exception_id = '${ids[1]}' and new.state = 'REQUEUED'`);
    const faults: unknown[] = [];
    await work(Infinity, (facts) => faults.push(facts));
    expect(faults).toHaveLength(1);
    expect(await statesOf(ids)).toEqual(['REQUEUED', 'OPEN', 'REQUEUED', 'REQUEUED', 'REQUEUED']);
    expect((await story.row(request.id)).state).toBe('SENDING');
    expect(await progress(request)).toMatchObject({ letGo: COUNT - 1, setAside: 1 });
    expect(await setAside()).toMatchObject([{ why: expect.stringContaining('fault'), isTold: true, key: keyOf(1) }]);
  });

  it.each<[string, (id: string) => string, string, number]>([
    ['can be told of it', (id) => `new.exception_id = '${id}' and new.state = 'REQUEUED'`, 'OPEN', 1],
    ['cannot even be told of it', (id) => `new.exception_id = '${id}'`, 'PENDING_APPROVAL', 2],
  ])(
    'sets the one aside that takes too long each time, where its exception %s',
    async (_name, condition, state, faultsTold) => {
      const { ids, request } = await askedForMany();
      await story.approve(checker, request);
      await tooLongOn(condition(ids[1]!));
      const faults: unknown[] = [];
      expect(await workOn(faults)).toBe(2);
      expect(faults).toHaveLength(faultsTold);
      expect(await statesOf(ids)).toEqual(['REQUEUED', state, 'REQUEUED', 'REQUEUED', 'REQUEUED']);
      expect((await story.row(request.id)).state).toBe('SENDING');
      expect(await progress(request)).toMatchObject({ donePosition: COUNT, letGo: COUNT - 1, setAside: 1, tries: 0 });
      const [aside] = (await base.attempts()).filter(({ exceptionId }) => exceptionId === ids[1]);
      expect(aside).toMatchObject({ state: 'REFUSED', answer: expect.stringMatching(/^withdrawn: it took longer/) });
      expect(await setAside()).toMatchObject([
        { attemptId: aside?.attemptId, why: expect.stringContaining('took longer'), isTold: faultsTold === 1 },
      ]);
      expect(await base.count('requeue_claim', `exception_id = '${ids[1]}'`)).toBe(0);
    },
  );

  it('goes without one whose exception cannot even be told so, and its claim is free', async () => {
    const { ids, request } = await askedForMany();
    await story.approve(checker, request);
    await failOn(`new.exception_id = '${ids[1]}'`);
    const faults: unknown[] = [];
    await work(Infinity, (facts) => faults.push(facts));
    expect(faults).toHaveLength(2);
    expect(await statesOf(ids)).toEqual(['REQUEUED', 'PENDING_APPROVAL', 'REQUEUED', 'REQUEUED', 'REQUEUED']);
    expect((await story.row(request.id)).state).toBe('SENDING');
    expect(await progress(request)).toMatchObject({ donePosition: COUNT, letGo: COUNT - 1 });
    expect(await base.count('requeue_claim', `exception_id = '${ids[1]}'`)).toBe(0);
    expect(
      await base.count('requeue_attempt', `state = 'REFUSED' and answer like 'withdrawn: it failed by a fault%'`),
    ).toBe(1);
  });

  it('is done in halves where a slice takes longer than a statement may', async () => {
    const { ids, request } = await askedForMany();
    await story.approve(checker, request);
    await tooLongFor(2);
    await work();
    expect(await statesOf(ids)).toEqual(all('REQUEUED'));
    expect((await story.row(request.id)).state).toBe('SENDING');
  });

  it.each<[string, (ids: string[], request: ApprovalRow) => Promise<unknown>]>([
    [
      'of which nothing is left',
      (ids) =>
        sql(
          `update exception set state = 'ACCEPTED', resolved_at = $3 where tenant_id = $1 and exception_id = any($2)`,
          [ids, base.now],
        ),
    ],
    ['that is cancelled before its run began', (_ids, request) => base.steer(request.id, 'cancel')],
  ])('%s counts against no limit any more', async (_name, giveUp) => {
    const { ids, request } = await askedForMany('150000.00');
    expect(await story.approve(checker, request)).toMatchObject({ kind: 'decided' });
    expect(await base.count('requeue_approval_amount', 'reporting_minor = 75000000')).toBe(1);
    const others = [await story.failed('O-800', '200000.00'), await story.failed('O-801', '200000.00')];
    const later = await story.asked(maker, others);
    expect(await story.approve(checker, later)).toMatchObject({ code: 'ABOVE_LIMIT' });
    await giveUp(ids, request);
    await work();
    expect((await story.row(request.id)).state).toBe('CANCELLED');
    expect(await story.approve(checker, later)).toMatchObject({ kind: 'decided' });
  });

  it('by two people is told on each exception of both, and begins with the second', async () => {
    const controller = await person(base, 'Dora', 'controller');
    const treasurer = await person(base, 'Emil', 'treasurer');
    await sql(
      `insert into four_eyes_version (tenant_id, name, version, definition, note, state, created_by, created_at)
       values ($1, 'requeue', 2, $2, '', 'active', $3, $4)`,
      [
        `version: 2
expiresAfterHours: 72
rules: [{ name: two, title: Two, when: { objectTypes: [sales-order] }, people: 3 }]
limits: [{ role: treasurer, perDay: unlimited }, { role: controller, perDay: unlimited }]
`,
        checker.personId,
        base.now,
      ],
    );
    const { request } = await askedForMany();
    expect(request.approval?.approvals).toBe(2);
    expect(await story.approve(controller, request)).toMatchObject({ kind: 'decided' });
    expect((await story.row(request.id)).state).toBe('PENDING_APPROVAL');
    expect(await story.approve(controller, request)).toMatchObject({ code: 'ALREADY_APPROVED' });
    expect(await story.approve(treasurer, request)).toMatchObject({ kind: 'decided' });
    expect((await story.row(request.id)).state).toBe('APPROVING');
    await work();
    const told = (kind: string, name: string) =>
      base.count('exception_event', `kind = '${kind}' and actor_name = '${name}'`);
    expect(await told('requeue-approval-given', 'Dora')).toBe(COUNT);
    expect(await told('requeue-approved', 'Emil')).toBe(COUNT);
    expect(await told('requeue-approval-given', 'Emil')).toBe(0);
  });
});

describe('not approving a large request', () => {
  it.each<[string, string, (request: ApprovalRow) => Promise<unknown>]>([
    ['sent back', 'REJECTED', (request) => story.reject(checker, request)],
    ['taken back by its maker', 'WITHDRAWN', (request) => story.withdraw(maker, request)],
    [
      'decided by nobody in time',
      'EXPIRED',
      async (request) => {
        base.now = new Date(request.dueAt!.getTime());
        await story.expire(request);
      },
    ],
  ])('%s, ends slice by slice, whenever a worker is killed, and frees all of it', async (_name, state, decide) => {
    const { ids, request } = await askedForMany();
    await decide(request);
    expect((await story.row(request.id)).state).toBe('CLOSING');
    expect(await base.steer(request.id, 'cancel')).toMatchObject({ code: 'NOT_POSSIBLE_NOW' });
    for (let done = 0; done < COUNT; done += SLICE) {
      await killed(request.id);
      expect(await progress(request)).toMatchObject({ donePosition: done });
      await work(1);
    }
    await Promise.all([work(), work()]);
    expect((await story.row(request.id)).state).toBe(state);
    expect(await statesOf(ids)).toEqual(all('OPEN'));
    expect([await base.count('requeue_claim'), await jobs()]).toEqual([0, 0]);
    expect(await base.count('audit_record', `action = 'requeue.${state.toLowerCase()}'`)).toBe(1);
    expect((await story.asked(maker, ids)).state).toBe('PENDING_APPROVAL');
  });

  it('ends and frees all of it also where one of its exceptions cannot be told', async () => {
    const { ids, request } = await askedForMany();
    await story.reject(checker, request);
    await failOn(`new.exception_id = '${ids[1]}'`);
    const faults: unknown[] = [];
    await work(Infinity, (facts) => faults.push(facts));
    expect(faults).toHaveLength(2);
    expect((await story.row(request.id)).state).toBe('REJECTED');
    expect(await statesOf(ids)).toEqual(['OPEN', 'PENDING_APPROVAL', 'OPEN', 'OPEN', 'OPEN']);
    expect(await base.count('requeue_claim')).toBe(0);
    expect(await progress(request)).toMatchObject({ donePosition: COUNT, setAside: 1 });
    expect(await setAside()).toMatchObject([{ isTold: false }]);
    // once it can be told, it is
    await connected(base.db.ownerUrl, (client) => client.query('drop trigger fail_one on exception'));
    const log = { error: unexpected };
    await createRequeueFreedStage({ database: base.database, clock: () => base.now, log }).run(base.db.tenantId);
    expect(await statesOf(ids)).toEqual(all('OPEN'));
  });

  it('leaves an exception alone that another request has in hand', async () => {
    const { ids, request } = await askedForMany();
    await story.reject(checker, request);
    await sql('update requeue_claim set attempt_id = gen_random_uuid() where tenant_id = $1 and exception_id = $2', [
      ids[3],
    ]);
    await work();
    expect((await story.row(request.id)).state).toBe('REJECTED');
    expect(await statesOf(ids)).toEqual(['OPEN', 'OPEN', 'OPEN', 'PENDING_APPROVAL', 'OPEN']);
    expect(await base.count('requeue_attempt', `state = 'REFUSED'`)).toBe(COUNT);
  });

  it('gives back at once what it counted against a limit', async () => {
    const controller = await person(base, 'Dora', 'controller');
    const { request } = await askedForMany('150000.00');
    await sql(`update requeue_request set approval = jsonb_set(approval, '{approvals}', '2') where tenant_id = $1`);
    expect(await story.approve(checker, request)).toMatchObject({ kind: 'decided' });
    expect(await story.reject(controller, request)).toMatchObject({ kind: 'decided' });
    expect((await story.row(request.id)).state).toBe('CLOSING');
    const next = await story.asked(maker, [
      await story.failed('O-800', '200000.00'),
      await story.failed('O-801', '200000.00'),
    ]);
    expect(await story.approve(checker, next)).toMatchObject({ kind: 'decided' });
  });
});
