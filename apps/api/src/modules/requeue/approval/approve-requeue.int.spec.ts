import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '@throughline/persistence';
import { connected } from '@throughline/persistence/testing';
import { at, storyObject, type StoryFacts } from '../../../testing/story-facts.js';
import type { Viewer } from '../../identity/index.js';
import { ApprovalStory, person } from '../testing/approval-story.js';
import { RequeueStory } from '../testing/requeue-story.js';
import { findItemSums } from './approval-item.repository.js';

const MS_PER_HOUR = 3_600_000;

const order = storyObject('sales-order', 'O-2');

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
    // nobody was there to end it yet
    expect(await story.approve(checker, request)).toMatchObject({ code: 'NOT_PENDING' });
    expect(await story.breakGlass(checker, request)).toMatchObject({ code: 'NOT_PENDING' });
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

  it.each<[string, (facts: StoryFacts) => Promise<void>]>([
    [
      'was reversed',
      async (facts) => {
        await facts.activity(order, { outcome: 'success', minute: 31, participle: 'reversed' });
      },
    ],
    [
      'was changed at its source',
      async (facts) => {
        await facts.activity(order, { outcome: 'success', minute: 31, participle: 'changed' });
      },
    ],
    [
      'is there a second time',
      async (facts) => {
        const twin = storyObject('sales-order', 'O-9');
        await facts.object(twin, '150000.00');
        await facts.activity(twin, { outcome: 'success', minute: 31, participle: 'posted' });
        await facts.heardAt(twin, 31);
      },
    ],
  ])('does not go out, nor in an emergency, when its document %s while it waits', async (_name, happens) => {
    const id = await story.failed('O-2', '150000.00');
    const request = await story.asked(maker, [id]);
    await base.facts(happens);
    base.now = at(40);
    expect(await story.approve(checker, request)).toMatchObject({ code: 'CHANGED_SINCE_REQUEST' });
    expect(await story.breakGlass(checker, request)).toMatchObject({ code: 'CHANGED_SINCE_REQUEST' });
    expect(await story.reject(checker, request)).toMatchObject({ kind: 'decided' });
    expect([await stateOf(id), await sendJobs()]).toEqual(['OPEN', 0]);
  });

  it('goes out although one like it was posted, when that was seen before it was asked for', async () => {
    const id = await story.failed('O-2', '150000.00');
    const twin = storyObject('sales-order', 'O-9');
    await base.facts(async (facts) => {
      await facts.object(twin, '150000.00');
      await facts.activity(twin, { outcome: 'success', minute: 12, participle: 'posted' });
      await facts.heardAt(twin, 12);
    });
    expect(await story.request(maker, [id])).toMatchObject({ code: 'LOOK_ALIKE_POSTED' });
    const request = await story.asked(maker, [id], { lookAlikes: true });
    expect(await story.approve(checker, request)).toMatchObject({ kind: 'decided' });
  });

  it('does not send what was closed otherwise meanwhile', async () => {
    const ids = [await story.failed('O-2', '150000.00'), await story.failed('O-3', '10.00')];
    const request = await story.asked(maker, ids);
    await sql(`update exception set state = 'ACCEPTED', resolved_at = $3 where tenant_id = $1 and exception_id = $2`, [
      ids[0],
      base.now,
    ]);
    expect(await story.approve(checker, request)).toMatchObject({ kind: 'decided', exceptionIds: [ids[1]] });
    expect([await stateOf(ids[0]!), await stateOf(ids[1]!)]).toEqual(['ACCEPTED', 'REQUEUED']);
    expect([await base.count('requeue_claim'), await sendJobs()]).toEqual([1, 1]);
  });

  it('sends two documents once that turned out to be one', async () => {
    const ids = [await story.failed('O-2', '150000.00'), await story.failed('O-3', '150000.00')];
    const request = await story.asked(maker, ids);
    await base.facts((facts) => facts.object(order, '150000.00', [order, storyObject('sales-order', 'O-3')]));
    await base.project('exceptions', [order]);
    expect((await Promise.all(ids.map(stateOf))).sort()).toEqual(['DUPLICATE', 'PENDING_APPROVAL']);
    expect(await story.approve(checker, request)).toMatchObject({ kind: 'decided', exceptionIds: [ids[0]] });
    expect([await base.count('requeue_claim'), await sendJobs()]).toEqual([1, 1]);
    expect((await base.attempts()).map(({ state }) => state).sort()).toEqual(['QUEUED', 'REFUSED']);
  });

  it('takes out nothing of which another document is sent than its exception is about', async () => {
    const ids = [await story.failed('O-2', '150000.00'), await story.failed('O-3', '150000.00')];
    const request = await story.asked(maker, ids);
    // each sends the other's document, as who undoes one of two doubles may choose
    await connected(base.db.ownerUrl, (client) =>
      client.query(`
        update requeue_item i set object_id = o.object_id from requeue_item o where o.exception_id <> i.exception_id;
        update requeue_claim set object_id = gen_random_uuid();
        update requeue_claim c set object_id = i.object_id from requeue_item i where i.attempt_id = c.attempt_id;`),
    );
    expect(await story.approve(checker, request)).toMatchObject({ kind: 'decided', exceptionIds: ids });
  });

  it('leaves nothing behind that waits for ever when what it holds is withdrawn', async () => {
    const id = await story.failed('O-2', '150000.00');
    await story.asked(maker, [id]);
    // the two documents that were one when it was asked for were parted: the failure stayed with the other one
    await sql('update requeue_attempt set object_id = gen_random_uuid() where tenant_id = $1');
    await base.project('requeue', [order]);
    expect([await stateOf(id), await base.count('requeue_claim')]).toEqual(['OPEN', 0]);
    expect(await base.timeline()).toContain('requeue-withdrawn');
    expect((await story.asked(maker, [id])).state).toBe('PENDING_APPROVAL');
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

  it('treasury an instruction to pay, whatever document it is about', async () => {
    const payload = '{"Document": {"CstmrCdtTrfInitn": {"PmtInf": [{"PmtInfId": "1"}]}}}';
    const request = await story.asked(maker, [await story.failed('S-1', '5.00', 'supplier-invoice', payload)]);
    expect(request.approval).toMatchObject({ isHard: true, roles: ['treasurer'] });
    expect(await story.breakGlass(checker, request)).toMatchObject({ code: 'HARD_RULE' });
  });

  it('one after the other, where each brings one of the roles that are needed', async () => {
    const definition = `version: 2
expiresAfterHours: 72
rules: [{ name: ledger, title: Payments, when: { objectTypes: [payment] }, people: 2, role: controller }]
limits: [{ role: treasurer, perDay: unlimited }, { role: controller, perDay: unlimited }]
`;
    await sql(
      `insert into four_eyes_version (tenant_id, name, version, definition, note, state, created_by, created_at)
       values ($1, 'requeue', 2, $2, '', 'active', $3, $4)`,
      [definition, checker.personId, base.now],
    );
    const treasurer = await person(base, 'Emil', 'treasurer');
    const controller = await person(base, 'Dora', 'controller');
    const request = await story.asked(maker, [await story.failed('P-1', '5.00', 'payment')]);
    expect(request.approval).toMatchObject({ approvals: 1, roles: ['controller', 'treasurer'] });
    expect(await story.approve(treasurer, request)).toMatchObject({ kind: 'decided' });
    expect((await story.row(request.id)).state).toBe('PENDING_APPROVAL');
    expect(await story.approve(controller, request)).toMatchObject({ kind: 'decided' });
    expect((await story.row(request.id)).state).toBe('SENDING');
  });

  it('within a limit that counts the most of what several exceptions say of one document', async () => {
    const id = await story.failed('O-2', '600000.00');
    await base.facts((facts) => facts.problem(order, { sellingUnit: 'DE02-KIEL' }));
    await base.project('exceptions', [order]);
    const other = (await base.exceptions()).find((one) => one.objectId === order.objectId && one.id !== id)!.id;
    await sql(
      `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality, requeue_url, requeue_secret_encrypted)
       select tenant_id, 'to-crm', title, from_system, to_system, owner, criticality, requeue_url, requeue_secret_encrypted
       from integration where tenant_id = $1`,
    );
    await sql(
      `update exception set integration = 'to-crm', amount = 0, reporting_minor = 0 where tenant_id = $1 and exception_id = $2`,
      [other],
    );
    const request = await story.asked(maker, [other, id], { predecessors: true });
    expect(request).toMatchObject({ items: 2, reportingMinor: '60000000' });
    expect(await story.approve(checker, request)).toMatchObject({ kind: 'decided' });
    expect(await base.count('requeue_approval_amount', 'reporting_minor = 60000000')).toBe(1);
  });

  it('within a limit that counts the money of a batch and its payments once', async () => {
    const ids = [await story.failed('B-1', '600000.00'), await story.failed('B-2', '600000.00')];
    await sql(
      `update exception e set money_part_id = b.object_id, money_whole_id = b.object_id from exception b
       where e.tenant_id = $1 and b.tenant_id = $1 and b.exception_id = $2 and e.exception_id = any($3::uuid[])`,
      [ids[0], ids],
    );
    const request = await story.asked(maker, ids);
    expect(request).toMatchObject({ items: 2, reportingMinor: '60000000' });
    const [sums] = await base.database.withTenant(base.db.tenantId, (tx) => findItemSums(tx, [request.id]));
    expect(sums).toMatchObject([{ currency: 'EUR', inflow: '600000.00', outflow: '0', count: 2 }]);
    expect(await story.approve(checker, request)).toMatchObject({ kind: 'decided' });
    expect(await base.count('requeue_approval_amount', 'reporting_minor = 60000000')).toBe(1);
  });

  it('a limit that adds up over one maker, counterparty and day', async () => {
    const requests = [];
    // however its name is written
    for (const [key, counterparty] of [
      ['O-2', 'ACME GmbH'],
      ['O-3', 'Acme GmbH'],
    ] as const) {
      const id = await story.failed(key, '600000.00');
      await sql('update exception set counterparty = $3 where tenant_id = $1 and exception_id = $2', [
        id,
        counterparty,
      ]);
      requests.push(await story.asked(maker, [id]));
    }
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
    const roles = `update person set roles = $3 where tenant_id = $1 and person_id = $2`;
    await sql(roles, [alone.personId, ['analyst']]);
    expect(await story.breakGlass(alone, request)).toMatchObject({ code: 'APPROVER_REMOVED' });
    await sql(roles, [alone.personId, ['approver']]);
    expect(await story.breakGlass(alone, request)).toMatchObject({ kind: 'decided' });
    expect([await stateOf(id), await sendJobs()]).toEqual(['REQUEUED', 1]);
    expect(await story.row(request.id)).toMatchObject({ state: 'SENDING', isBreakGlass: true, reviewedAt: null });
    expect(await story.review(alone, request)).toMatchObject({ code: 'MAKER_MAY_NOT_DECIDE' });
    // whoever sends it holds its exceptions, and may be about to hold the request: it is not waited for
    await base.database.withTenant(base.db.tenantId, async (tx) => {
      await tx.query('select from exception where tenant_id = $1 for update', [tx.tenantId]);
      expect(await story.review(checker, request)).toMatchObject({ kind: 'decided' });
    });
    expect(await story.row(request.id)).toMatchObject({ reviewedByName: 'Bruno', reviewComment: 'seen' });
    expect(await base.count('audit_record', `action in ('requeue.glass-broken', 'requeue.break-glass-reviewed')`)).toBe(
      2,
    );
  });
});
