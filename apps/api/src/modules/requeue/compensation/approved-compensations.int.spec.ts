import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { storyObject, type StoryObject } from '../../../testing/story-facts.js';
import type { Viewer } from '../../identity/index.js';
import type { ApprovalRow } from '../approval/approval.repository.js';
import { ApprovalStory, person } from '../testing/approval-story.js';
import { CompensationStory, declared } from '../testing/compensation-story.js';
import { RequeueStory } from '../testing/requeue-story.js';
import { RequeueTarget } from '../testing/requeue-target.js';

let target: RequeueTarget;
let story: RequeueStory;
let undo: CompensationStory;
let approvals: ApprovalStory;
let maker: Viewer;
let approver: Viewer;
let treasurer: Viewer;

beforeEach(async () => {
  target = await RequeueTarget.start();
  story = await RequeueStory.begin(target);
  undo = new CompensationStory(story);
  approvals = new ApprovalStory(story);
  maker = await person(story, 'Anna', 'analyst', 'approver');
  approver = await person(story, 'Carmen', 'approver', 'controller');
  treasurer = await person(story, 'Elena', 'treasurer');
  await undo.declare(
    declared({ objectTypes: ['invoice'], proofActivity: 'invoice.cancelled' }),
    declared({ objectTypes: ['payment'], proofActivity: 'payment.cancelled' }),
  );
});

afterEach(async () => {
  await target.stop();
  await story.db.close();
});

const asked = async (type: StoryObject['type'], key: string, amount: string): Promise<ApprovalRow> => {
  const id = await approvals.failed(key, amount, type);
  const outcome = await undo.ask([id], { viewer: maker });
  if (outcome.kind === 'failure') throw new Error(`${outcome.code}: ${outcome.message}`);
  return approvals.row(outcome.requestId);
};
const codeOf = async (deciding: ReturnType<ApprovalStory['approve']>) => {
  const outcome = await deciding;
  return outcome.kind === 'failure' ? outcome.code : 'decided';
};
const itemsOf = (row: ApprovalRow) =>
  story.database.withTenant(story.db.tenantId, (tx) =>
    tx.query<{ amount: string; key: string; reporting: string }>(
      `select amount::text, object_key as key, reporting_minor::text as reporting from requeue_item
       where tenant_id = $1 and request_id = $2`,
      [tx.tenantId, row.id],
    ),
  );

describe('what is undone', () => {
  it('of little money goes at once', async () => {
    expect(await asked('invoice', '9001', '500.00')).toMatchObject({
      state: 'SENDING',
      action: 'cancel',
      approval: null,
    });
  });

  it('of much money waits for a second person, who is never its maker', async () => {
    const row = await asked('invoice', '9001', '150000.00');
    expect(row).toMatchObject({ state: 'PENDING_APPROVAL', approval: { isHard: false }, reportingMinor: '15000000' });
    expect(await itemsOf(row)).toEqual([{ amount: '-150000.00', key: '9001', reporting: '15000000' }]);
    await story.send(target);
    expect(target.received).toEqual([]);
    expect(await codeOf(approvals.approve(maker, row))).toBe('MAKER_MAY_NOT_DECIDE');
    expect(await codeOf(approvals.approve(approver, { ...row, selectionHash: 'ab'.repeat(32) }))).toBe(
      'SELECTION_CHANGED',
    );
    expect(await codeOf(approvals.approve(approver, row))).toBe('decided');
    await story.send(target);
    await undo.happened(storyObject('invoice', '9001'), 'cancelled', 40);
    expect(await undo.shown()).toContain('RESOLVED COMPENSATED');
  });

  it('of a payment, however little, needs two people, one of them from treasury, and no emergency sets that aside', async () => {
    const row = await asked('payment', 'P-1', '10.00');
    expect(row).toMatchObject({ state: 'PENDING_APPROVAL', approval: { isHard: true, roles: ['treasurer'] } });
    expect(await codeOf(approvals.breakGlass(approver, row))).not.toBe('decided');
    expect(await codeOf(approvals.approve(approver, row))).toBe('ROLE_NEEDED');
    expect(await codeOf(approvals.approve(treasurer, row))).toBe('decided');
  });

  it('of a payment whose date has passed needs no carrying forward', async () => {
    await story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query(`update business_object set attributes = '{"dueDate":"2026-09-01"}' where tenant_id = $1`, [
        tx.tenantId,
      ]),
    );
    const row = await asked('payment', 'P-1', '10.00');
    expect(await codeOf(approvals.approve(treasurer, row))).toBe('decided');
    await story.send(target);
    expect(target.received).toHaveLength(1);
  });

  it('of a payment is done when the bank refuses it, which is told as a failure', async () => {
    const row = await asked('payment', 'P-1', '10.00');
    expect(await codeOf(approvals.approve(treasurer, row))).toBe('decided');
    await story.send(target);
    await undo.happened(storyObject('payment', 'P-1'), 'rejected', 40, { outcome: 'failure' });
    expect(await undo.shown()).toContain('RESOLVED COMPENSATED');
  });

  it('of a payment is not asked for where the bank refused it before, unless it was sent again since', async () => {
    const payment = storyObject('payment', 'P-1');
    const id = await approvals.failed('P-1', '10.00', 'payment');
    await undo.happened(payment, 'rejected', 20, { outcome: 'failure' });
    expect((await undo.plan([id])).items).toMatchObject([{ willSend: false, code: 'ALREADY_UNDONE' }]);
    await undo.happened(payment, 'sent', 25);
    expect((await undo.plan([id])).items).toMatchObject([{ willSend: true, code: null }]);
  });

  it.each<[string, (id: StoryObject) => Promise<unknown>, string]>([
    ['undone meanwhile', (invoice) => undo.happened(invoice, 'reversed', 20), 'NOTHING_LEFT'],
    ['changed meanwhile', (invoice) => undo.happened(invoice, 'changed', 20), 'CHANGED_SINCE_REQUEST'],
    [
      'of another amount by now',
      (invoice) => story.facts((facts) => facts.object(invoice, '1.00')),
      'CHANGED_SINCE_REQUEST',
    ],
    ['not declared any more', () => undo.declare(declared()), 'CHANGED_SINCE_REQUEST'],
    [
      'what something stands on by now',
      (invoice) =>
        story.facts(async (facts) => {
          const payment = storyObject('payment', 'P-9');
          await facts.object(payment);
          await facts.link(invoice, payment, 'settles', null, 20);
        }),
      'CHANGED_SINCE_REQUEST',
    ],
  ])('cannot be approved when it is %s', async (_name, happen, code) => {
    const row = await asked('invoice', '9001', '150000.00');
    await happen(storyObject('invoice', '9001'));
    expect(await codeOf(approvals.approve(approver, row))).toBe(code);
    await story.send(target);
    expect(target.received).toEqual([]);
  });

  it('frees everything when it is rejected', async () => {
    const row = await asked('invoice', '9001', '150000.00');
    expect(await codeOf(approvals.reject(approver, row))).toBe('decided');
    expect(await story.count('requeue_claim')).toBe(0);
    expect((await undo.shown()).at(-1)).toBe('OPEN');
  });
});
