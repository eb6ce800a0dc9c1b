import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '@throughline/persistence';
import { connected } from '@throughline/persistence/testing';
import { storyObject } from '../../../testing/story-facts.js';
import type { Viewer } from '../../identity/index.js';
import { ApprovalStory, person } from '../testing/approval-story.js';
import { RequeueStory } from '../testing/requeue-story.js';

const MS_PER_HOUR = 3_600_000;

let base: RequeueStory;
let story: ApprovalStory;
let maker: Viewer;
let checker: Viewer;

beforeEach(async () => {
  base = await RequeueStory.begin({ url: 'http://127.0.0.1:9/requeue' });
  story = new ApprovalStory(base);
  maker = await person(base, 'Ana', 'analyst');
  checker = await person(base, 'Bruno', 'approver');
});

afterEach(async () => {
  await base.db.close();
});

const sendJobs = () =>
  connected(base.db.ownerUrl, async (client) => {
    const found = await client.query(`select 1 from graphile_worker.jobs where task_identifier = 'requeue.send'`);
    return found.rowCount;
  });

const stateOf = async (exceptionId: string) => (await base.exceptions()).find(({ id }) => id === exceptionId)?.state;

const notices = (viewer: Viewer) =>
  base.database.withTenant(base.db.tenantId, (tx) =>
    tx.query<{ kind: string; details: object }>(
      `select kind, details from person_notification where tenant_id = $1 and person_id = $2 order by at, kind`,
      [tx.tenantId, viewer.personId],
    ),
  );

const sql = (statement: string, parameters: unknown[] = []) =>
  base.database.withTenant(base.db.tenantId, (tx) => tx.query(statement, [tx.tenantId, ...parameters]));

describe('a request that needs a second person', () => {
  it('is frozen and held, and goes out when that person approves exactly it', async () => {
    const id = await story.failed('O-2', '150000.00');
    const request = await story.asked(maker, [id]);
    expect(request).toMatchObject({
      state: 'PENDING_APPROVAL',
      approval: { approvals: 1, rules: [{ name: 'large-amount' }] },
      reportingMinor: '15000000',
      dueAt: new Date(base.now.getTime() + 72 * MS_PER_HOUR),
    });
    expect([await stateOf(id), await base.count('requeue_claim'), await sendJobs()]).toEqual([
      'PENDING_APPROVAL',
      1,
      0,
    ]);
    expect(await notices(checker)).toMatchObject([{ kind: 'approval-asked', details: { requestId: request.id } }]);
    expect(await story.request(maker, [id])).toMatchObject({ kind: 'failure', code: 'OPEN_CLAIM' });

    base.now = new Date(base.now.getTime() + 30 * MS_PER_HOUR);
    const wrong = { ...request, selectionHash: 'ab'.repeat(32) };
    expect(await story.approve(checker, wrong)).toMatchObject({ kind: 'failure', code: 'SELECTION_CHANGED' });
    expect(await story.approve(checker, request)).toMatchObject({ kind: 'decided', exceptionIds: [id] });
    expect([await stateOf(id), await sendJobs()]).toEqual(['REQUEUED', 1]);
    expect(await story.row(request.id)).toMatchObject({ state: 'SENDING', decidedByName: 'Bruno' });
    // it is retried for as long as if it had been asked for now
    expect(await base.count('requeue_attempt', `created_at = '${base.now.toISOString()}'`)).toBe(1);
    expect(await notices(maker)).toMatchObject([{ kind: 'approval-decided', details: { decision: 'approved' } }]);
    expect(await base.count('audit_record', `action in ('requeue.approval-requested', 'requeue.approved')`)).toBe(2);
    expect(await base.timeline()).toEqual(expect.arrayContaining(['requeue-approval-requested', 'requeue-approved']));
    expect(await story.approve(checker, request)).toMatchObject({ kind: 'failure', code: 'NOT_PENDING' });
  });

  it('is not approved by its maker, nor by who lost the right', async () => {
    const both = await person(base, 'Cleo', 'approver');
    const request = await story.asked(both, [await story.failed('O-2', '150000.00')]);
    expect(await story.approve(both, request)).toMatchObject({ code: 'MAKER_MAY_NOT_DECIDE' });
    await sql('update person set is_active = false where tenant_id = $1 and person_id = $2', [checker.personId]);
    expect(await story.approve(checker, request)).toMatchObject({ code: 'APPROVER_REMOVED' });
  });

  it('goes back to its maker with the reason, and can be asked for again', async () => {
    const id = await story.failed('O-2', '150000.00');
    const request = await story.asked(maker, [id]);
    expect(await story.reject(checker, request)).toMatchObject({ kind: 'decided' });
    expect([await stateOf(id), await base.count('requeue_claim'), await sendJobs()]).toEqual(['OPEN', 0, 0]);
    expect(await base.attempts()).toMatchObject([{ state: 'REFUSED', transmissions: 0 }]);
    expect(await notices(maker)).toMatchObject([
      { kind: 'approval-decided', details: { decision: 'rejected', reason: 'ask the customer first' } },
    ]);
    expect((await story.asked(maker, [id])).state).toBe('PENDING_APPROVAL');
  });

  it('is taken back by its maker alone', async () => {
    const id = await story.failed('O-2', '150000.00');
    const request = await story.asked(maker, [id]);
    expect(await story.withdraw(checker, request)).toMatchObject({ code: 'NOT_MAKER' });
    expect(await story.withdraw(maker, request)).toMatchObject({ kind: 'decided' });
    expect([await stateOf(id), (await story.row(request.id)).state]).toEqual(['OPEN', 'WITHDRAWN']);
  });

  it('expires when nobody decides, and says so', async () => {
    const id = await story.failed('O-2', '150000.00');
    const request = await story.asked(maker, [id]);
    base.now = new Date(base.now.getTime() + 71 * MS_PER_HOUR);
    await story.expire(request);
    expect((await story.row(request.id)).state).toBe('PENDING_APPROVAL');
    base.now = new Date(base.now.getTime() + MS_PER_HOUR);
    await story.expire(request);
    expect([await stateOf(id), (await story.row(request.id)).state]).toEqual(['OPEN', 'EXPIRED']);
    expect(await notices(maker)).toMatchObject([{ details: { decision: 'expired' } }]);
    expect(await story.approve(checker, request)).toMatchObject({ code: 'NOT_PENDING' });
  });

  it('cannot be approved any more when what is sent is worth something else', async () => {
    const id = await story.failed('O-2', '150000.00');
    const request = await story.asked(maker, [id]);
    await base.facts((facts) => facts.object(storyObject('sales-order', 'O-2'), '990000.00'));
    await base.project('exceptions', [storyObject('sales-order', 'O-2')]);
    expect(await story.approve(checker, request)).toMatchObject({ code: 'CHANGED_SINCE_REQUEST' });
  });

  it('loses what is solved meanwhile; when nothing is left it ends', async () => {
    const ids = [await story.failed('O-2', '150000.00'), await story.failed('O-3', '10.00')];
    const request = await story.asked(maker, ids);
    for (const key of ['O-2', 'O-3']) {
      const object = storyObject('sales-order', key);
      await base.facts((facts) => facts.problem(object, { clearedAt: 29 }));
      await base.project('exceptions', [object]);
      if (key === 'O-2') {
        await base.project('requeue', [object]);
        expect(await stateOf(ids[0]!)).toBe('RESOLVED');
        expect(await stateOf(ids[1]!)).toBe('PENDING_APPROVAL');
      }
    }
    expect(await story.approve(checker, request)).toMatchObject({ code: 'NOTHING_LEFT' });
    await story.expire(request);
    expect(await story.row(request.id)).toMatchObject({ state: 'EXPIRED' });
    expect([await base.count('requeue_claim'), await sendJobs()]).toEqual([0, 0]);
  });
});

describe('who may approve', () => {
  it('two who have not worked on very much, each once', async () => {
    const controller = await person(base, 'Dora', 'controller');
    const treasurer = await person(base, 'Emil', 'treasurer');
    const third = await person(base, 'Finn', 'controller');
    const id = await story.failed('O-2', '6000000.00');
    await sql(
      `insert into exception_event (tenant_id, exception_id, event_id, at, kind, actor_id, actor_name, details)
       values ($1, $2, gen_random_uuid(), $3, 'started', $4, 'Finn', '{}')`,
      [id, base.now, third.personId],
    );
    const request = await story.asked(maker, [id]);
    expect(request.approval).toMatchObject({ approvals: 2, excludesTouchers: true });
    expect(await story.approve(third, request)).toMatchObject({ code: 'TOUCHED_LINEAGE' });
    expect(await story.approve(controller, request)).toMatchObject({ kind: 'decided' });
    expect((await story.row(request.id)).state).toBe('PENDING_APPROVAL');
    expect(await base.timeline()).toContain('requeue-approval-given');
    expect(await story.approve(controller, request)).toMatchObject({ code: 'ALREADY_APPROVED' });
    // an approval counts only while whoever gave it may still give it
    await sql(`update person set roles = '{analyst}' where tenant_id = $1 and person_id = $2`, [controller.personId]);
    expect(await story.approve(treasurer, request)).toMatchObject({ kind: 'decided' });
    expect((await story.row(request.id)).state).toBe('PENDING_APPROVAL');
    const successor = await person(base, 'Hugo', 'controller');
    expect(await story.approve(successor, request)).toMatchObject({ kind: 'decided' });
    expect((await story.row(request.id)).state).toBe('SENDING');
  });

  it('treasury what moves money, whatever it is worth; no emergency sets that aside', async () => {
    const treasurer = await person(base, 'Emil', 'treasurer');
    const id = await story.failed('P-1', '5.00', 'payment');
    const request = await story.asked(maker, [id]);
    expect(request.approval).toMatchObject({ isHard: true, roles: ['treasurer'] });
    expect(await story.breakGlass(checker, request)).toMatchObject({ code: 'HARD_RULE' });
    expect(await story.approve(checker, request)).toMatchObject({ code: 'ROLE_NEEDED' });
    expect(await story.approve(treasurer, request)).toMatchObject({ kind: 'decided' });
    expect(await stateOf(id)).toBe('REQUEUED');
  });

  it('a limit that adds up over one maker, counterparty and day', async () => {
    const requests = [];
    for (const key of ['O-2', 'O-3']) requests.push(await story.asked(maker, [await story.failed(key, '600000.00')]));
    expect(await story.approve(checker, requests[0]!)).toMatchObject({ kind: 'decided' });
    expect(await story.approve(checker, requests[1]!)).toMatchObject({ code: 'ABOVE_LIMIT' });
    // of another maker it begins anew, and so it does on the next day
    const other = await person(base, 'Gina', 'analyst');
    const third = await story.asked(other, [await story.failed('O-4', '600000.00')]);
    expect(await story.approve(checker, third)).toMatchObject({ kind: 'decided' });
    base.now = new Date(base.now.getTime() + 24 * MS_PER_HOUR);
    expect(await story.approve(checker, requests[1]!)).toMatchObject({ kind: 'decided' });
  });

  it('a limit that approvals at one moment cannot pass together', async () => {
    const requests = [];
    for (let index = 0; index < 6; index++) {
      requests.push(await story.asked(maker, [await story.failed(`O-${index + 10}`, '300000.00')]));
    }
    const many = await Database.open({ url: base.db.appUrl, poolSize: 6, applicationName: 'six' });
    try {
      const outcomes = await Promise.all(requests.map((request) => story.approve(checker, request, many)));
      // three times 300,000 are within 1,000,000
      expect(outcomes.filter(({ kind }) => kind === 'decided')).toHaveLength(3);
      expect(outcomes.filter((one) => one.kind === 'failure').map((one) => one.code)).toEqual(
        Array.from({ length: 3 }, () => 'ABOVE_LIMIT'),
      );
    } finally {
      await many.close();
    }
  });

  it('whoever stands in for somebody, within that one’s limit and only while that one is away', async () => {
    const controller = await person(base, 'Dora', 'controller');
    const request = await story.asked(maker, [await story.failed('O-2', '2000000.00')]);
    expect(await story.approve(checker, request)).toMatchObject({ code: 'ABOVE_LIMIT' });
    await sql(
      `insert into person_absence (tenant_id, absence_id, person_id, from_at, until_at, deputy_id, note, stated_at, stated_by, stated_by_name)
       values ($1, gen_random_uuid(), $2, $3, $4, $5, '', $3, $2, 'Dora')`,
      [controller.personId, base.now, new Date(base.now.getTime() + MS_PER_HOUR), checker.personId],
    );
    const then = base.now;
    base.now = new Date(then.getTime() + 2 * MS_PER_HOUR);
    expect(await story.approve(checker, request)).toMatchObject({ code: 'ABOVE_LIMIT' });
    base.now = then;
    expect(await story.approve(checker, request)).toMatchObject({ kind: 'decided' });
    expect(await base.count('requeue_approval', `for_person_name = 'Dora' and person_name = 'Bruno'`)).toBe(1);
  });
});

describe('an emergency', () => {
  it('lets a request go without a second person, and is shown until somebody else reviewed it', async () => {
    const alone = await person(base, 'Cleo', 'approver');
    const id = await story.failed('O-2', '150000.00');
    const request = await story.asked(alone, [id]);
    expect(await story.review(checker, request)).toMatchObject({ code: 'NO_REVIEW_DUE' });
    expect(await story.breakGlass(alone, request)).toMatchObject({ kind: 'decided' });
    expect([await stateOf(id), await sendJobs()]).toEqual(['REQUEUED', 1]);
    expect(await story.row(request.id)).toMatchObject({ state: 'SENDING', isBreakGlass: true, reviewedAt: null });
    expect(await story.review(alone, request)).toMatchObject({ code: 'MAKER_MAY_NOT_DECIDE' });
    expect(await story.review(checker, request)).toMatchObject({ kind: 'decided' });
    expect(await story.row(request.id)).toMatchObject({ reviewedByName: 'Bruno', reviewComment: 'seen' });
    expect(await base.count('audit_record', `action in ('requeue.glass-broken', 'requeue.break-glass-reviewed')`)).toBe(
      2,
    );
  });
});
