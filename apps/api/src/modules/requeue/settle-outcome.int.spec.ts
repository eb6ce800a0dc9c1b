import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Viewer } from '../identity/index.js';
import { ApprovalStory, person } from './testing/approval-story.js';
import { RequeueStory } from './testing/requeue-story.js';
import { RequeueTarget } from './testing/requeue-target.js';
import type { Verdict } from './domain/settlement.js';
import { proveInTime } from './usecases/prove-outcomes.js';
import { settleOutcome, type SettleOutcome } from './usecases/settle-outcome.js';

let target: RequeueTarget;
let story: RequeueStory;
let maker: Viewer;
let checker: Viewer;

beforeEach(async () => {
  target = await RequeueTarget.start();
  story = await RequeueStory.begin(target, false);
  [maker, checker] = [await person(story, 'Ana', 'analyst'), await person(story, 'Emil', 'approver')];
});

afterEach(async () => {
  await target.stop();
  await story.db.close();
});

const minutes = (count: number) => (story.now = new Date(story.now.getTime() + count * 60_000));

/** Sent to a target that keeps no keys and cannot be asked, which does this. */
async function sent(answer: RequeueTarget['answer']): Promise<void> {
  const ids = (await story.exceptions()).map(({ id }) => id);
  await new ApprovalStory(story).request(maker, ids);
  target.answer = answer;
  await story.send(target);
}

const unanswered = () => sent((response) => response.destroy());
const taken = () => sent((response) => response.writeHead(202).end());

async function settle(verdict: Verdict, viewer = checker): Promise<SettleOutcome> {
  const { attemptId } = (await story.attempts()).at(-1)!;
  return story.database.withTenant(story.db.tenantId, (tx) =>
    settleOutcome(
      tx,
      { viewer, now: story.now, traceId: undefined },
      { attemptId, verdict, reason: 'the order is in SAP under 4711' },
    ),
  );
}

const problems = async () => {
  await story.database.withTenant(story.db.tenantId, (tx) => proveInTime(tx, story.now));
  return story.count('stated_problem');
};

describe('what a second person says of a send without an answer', () => {
  it('that it was applied closes its exception, as proved by a person', async () => {
    await unanswered();
    minutes(1);
    expect(await settle('APPLIED')).toMatchObject({ kind: 'settled' });
    expect(await story.exceptions()).toMatchObject([{ state: 'RESOLVED', resolution: 'PROVED_BY_PERSON' }]);
    expect(await story.attempts()).toMatchObject([{ state: 'VERIFIED', transmissions: 1, finishedAt: story.now }]);
    expect(await story.count('requeue_claim')).toBe(0);
    expect((await story.timeline()).at(-1)).toBe('requeue-proved');
    const said = `details ->> 'reason' = 'the order is in SAP under 4711' and actor_name = 'Emil'`;
    expect(await story.count('audit_record', `action = 'requeue.outcome-settled' and ${said}`)).toBe(1);
    expect(await story.count('requeue_settlement', `verdict = 'APPLIED' and state_before = 'UNKNOWN'`)).toBe(1);
    expect(await settle('NOT_APPLIED')).toMatchObject({ code: 'NOT_POSSIBLE_NOW' });
  });

  it('that it was not applied frees it to be sent anew', async () => {
    await unanswered();
    minutes(1);
    expect(await settle('NOT_APPLIED')).toMatchObject({ kind: 'settled' });
    expect(await story.exceptions()).toMatchObject([{ state: 'OPEN', resolution: null }]);
    expect(await story.attempts()).toMatchObject([{ state: 'REFUSED', finishedAt: story.now }]);
    await taken();
    expect(await story.attempts()).toMatchObject([
      { attempt: 1, state: 'REFUSED' },
      { attempt: 2, state: 'ACKNOWLEDGED' },
    ]);
    expect(target.received).toHaveLength(2);
  });

  it('does not count from whoever asked for it, nor while it may be on its way', async () => {
    await unanswered();
    expect(await settle('APPLIED')).toMatchObject({ code: 'NOT_POSSIBLE_NOW' });
    minutes(1);
    expect(await settle('APPLIED', maker)).toMatchObject({ code: 'SAME_PERSON' });
    expect(await story.exceptions()).toMatchObject([{ state: 'REQUEUED' }]);
    expect(await story.count('requeue_settlement')).toBe(0);
  });

  it('gives way to a later failure', async () => {
    await unanswered();
    minutes(1);
    await settle('APPLIED');
    await story.facts((facts) => facts.problem(story.order, { occurrences: 2, last: 45 }));
    await story.project('exceptions');
    expect(await story.exceptions()).toMatchObject([{ state: 'OPEN', occurrences: 2 }]);
  });
});

describe('what a second person says of a send that the target took', () => {
  it('counts once its outcome was not seen in its time, and withdraws that', async () => {
    await taken();
    minutes(59);
    expect(await settle('NOT_APPLIED')).toMatchObject({ code: 'NOT_POSSIBLE_NOW' });
    minutes(1);
    expect(await problems()).toBe(1);
    expect(await settle('NOT_APPLIED')).toMatchObject({ kind: 'settled' });
    expect(await story.exceptions()).toContainEqual(
      expect.objectContaining({ objectId: story.order.objectId, state: 'OPEN' }),
    );
    expect(await problems()).toBe(0);
  });

  it('is settled by the facts where these show the step overcome', async () => {
    await taken();
    minutes(60);
    await story.facts((facts) => facts.problem(story.order, { clearedAt: 40 }));
    await settle('NOT_APPLIED');
    expect(await story.exceptions()).toMatchObject([{ state: 'RESOLVED', resolution: 'VANISHED' }]);
  });
});
