import { describe, expect, it } from '@jest/globals';
import type { StoredException } from '../../exceptions/index.js';
import { NOTHING_SINCE } from './left-out.js';
import {
  blockedSince,
  planRequeue as planWith,
  type BlockingException,
  type Candidate,
  type PlanItem,
} from './plan.js';

const NOW = new Date('2026-09-30T12:00:00Z');

const planRequeue = (candidates: readonly Candidate[], predecessors = false): PlanItem[] =>
  planWith(candidates, { predecessors }, NOW);

const target = { missing: [] };

const candidate = (exceptionId: string, over: { before?: BlockingException[]; objectId?: string } = {}): Candidate => ({
  // what the plan looks at
  exception: {
    exceptionId,
    objectId: over.objectId ?? `object of ${exceptionId}`,
    objectType: 'sales-order',
    objectKey: exceptionId.toUpperCase(),
    integration: 'contract-to-order',
    queue: 'data-repair',
    state: 'OPEN',
  } as StoredException,
  target,
  claim: null,
  since: NOTHING_SINCE,
  before: over.before ?? [],
});

const stuck = (exceptionId: string, isUnderWay = false): BlockingException => ({
  exceptionId,
  title: `sales-order ${exceptionId.toUpperCase()}`,
  isUnderWay,
});

const told = (items: readonly PlanItem[]) =>
  Object.fromEntries(items.map(({ exceptionId, code, after }) => [exceptionId, code ?? after]));

describe('what is stuck behind another failure', () => {
  it('is left out when that is not sent, and says what that is', () => {
    const [item] = planRequeue([candidate('invoice', { before: [stuck('order')] })]);
    expect(item).toMatchObject({ willSend: false, code: 'BLOCKED_BY_PREDECESSOR' });
    expect(item?.reason).toContain('sales-order ORDER');
  });

  it('goes when it is asked for in spite of that', () => {
    const items = planRequeue([candidate('invoice', { before: [stuck('order')] })], true);
    expect(told(items)).toEqual({ invoice: [] });
  });

  it('goes behind that when both are sent, in whatever order they are named', () => {
    const invoice = candidate('invoice', { before: [stuck('order')] });
    const order = candidate('order');
    for (const selection of [
      [invoice, order],
      [order, invoice],
    ]) {
      expect(told(planRequeue(selection))).toEqual({ invoice: ['order'], order: [] });
    }
  });

  it('goes behind that when it is on its way already', () => {
    expect(told(planRequeue([candidate('invoice', { before: [stuck('order', true)] })]))).toEqual({
      invoice: ['order'],
    });
  });

  it('is left out with all behind it when what is before them does not go', () => {
    const items = planRequeue([
      candidate('payment', { before: [stuck('invoice'), stuck('order')] }),
      candidate('invoice', { before: [stuck('order')] }),
      candidate('other'),
    ]);
    expect(told(items)).toEqual({
      payment: 'BLOCKED_BY_PREDECESSOR',
      invoice: 'BLOCKED_BY_PREDECESSOR',
      other: [],
    });
  });

  it('is not blocked by what goes with another exception of its object', () => {
    const items = planRequeue([
      candidate('order', { objectId: 'O' }),
      candidate('order again', { objectId: 'O' }),
      candidate('invoice', { before: [stuck('order'), stuck('order again')] }),
    ]);
    expect(told(items)).toEqual({ order: [], 'order again': 'OBJECT_IN_SELECTION', invoice: ['order'] });
  });

  it('in a circle of links holds nobody', () => {
    const items = planRequeue([candidate('a', { before: [stuck('b')] }), candidate('b', { before: [stuck('a')] })]);
    expect(told(items)).toEqual({ a: [], b: [] });
  });
});

describe('what came before an item since it was planned', () => {
  it.each<[string, BlockingException[], BlockingException[], string[], boolean]>([
    ['nothing', [], [], [], false],
    ['what is stuck', [stuck('order')], [], [], true],
    ['what is on its way', [stuck('order', true)], [], [], false],
    ['what its plan knew', [stuck('order')], [stuck('order', true)], [], false],
    ['what goes with it', [stuck('order')], [], ['order'], false],
    ['another than its plan knew', [stuck('order'), stuck('delivery')], [stuck('order')], [], true],
  ])('%s', (_name, before, planned, going, isBlocked) => {
    const why = blockedSince(before, planned, new Set(going));
    expect(why?.code ?? null).toBe(isBlocked ? 'BLOCKED_BY_PREDECESSOR' : null);
    if (isBlocked) expect(why?.reason).toContain(before.at(-1)?.title);
  });
});
