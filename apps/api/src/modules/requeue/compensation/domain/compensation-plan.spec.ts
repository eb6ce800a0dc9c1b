import { describe, expect, it } from '@jest/globals';
import type { DeclaredCompensation } from '../../../catalog/index.js';
import {
  planCompensation,
  type CompensationCandidate,
  type FollowingDocument,
  type NotCompensatedCode,
} from './compensation-plan.js';

const TARGET = { missing: [] };
const DECLARED: DeclaredCompensation & { integration: string } = {
  integration: 'billing-to-erp',
  action: 'reverse',
  objectTypes: ['invoice'],
  taxonomies: [],
  path: null,
  proofActivity: 'invoice.reversed',
  proofMilestone: null,
  withinMinutes: 60,
  postingDate: 'original-or-next-open',
};

const document = (key: string, type = 'invoice') => ({
  ...{ objectId: `id-${key}`, type, key },
  ...{ undone: null, newer: null, executed: null },
});

const candidate = (key: string, over: Partial<CompensationCandidate> = {}): CompensationCandidate => ({
  exception: { exceptionId: `e-${key}`, objectId: `id-${key}`, objectKey: key, objectType: 'invoice', state: 'OPEN' },
  action: 'reverse',
  declared: DECLARED,
  target: TARGET,
  claim: null,
  document: document(key),
  following: [],
  isProofReached: false,
  postingDate: { kind: 'original', on: '2026-09-28' },
  ...over,
});

const follows = (key: string, over: Partial<FollowingDocument> = {}): FollowingDocument => ({
  ...{ objectId: `id-${key}`, type: 'payment', key, qualifier: 'settles', isReleased: false },
  ...over,
});

const inState = (state: CompensationCandidate['exception']['state']) => ({
  exception: { ...candidate('1').exception, state },
});
const standing = (over: Partial<NonNullable<CompensationCandidate['document']>>) => ({
  document: { ...document('1'), ...over },
});

describe('what is undone of one exception', () => {
  it.each<[string, Partial<CompensationCandidate>, NotCompensatedCode | null]>([
    ['an open one', {}, null],
    ['one in hand', inState('IN_PROGRESS'), null],
    ['one that is resolved', inState('RESOLVED'), 'NOT_COMPENSABLE'],
    ['one that waits for a decision', inState('PENDING_APPROVAL'), 'NOT_COMPENSABLE'],
    ['one that was sent again', inState('REQUEUED'), 'ALREADY_SENT'],
    ['something is on its way', { claim: 'sent' }, 'ALREADY_SENT'],
    ['something waits to go out', { claim: 'waiting' }, 'OPEN_CLAIM'],
    ['nobody knows what became of what was sent', { claim: 'unknown' }, 'OUTCOME_UNKNOWN'],
    ['nobody declares it', { declared: null, target: null }, 'NOT_DECLARED'],
    ['no address', { target: null }, 'NO_TARGET'],
    ['no secret', { target: { missing: ['secret'] } }, 'NO_TARGET'],
    ['no document', { document: null }, 'NO_DOCUMENT'],
    ['reversed already', standing({ undone: 'reversed' }), 'ALREADY_UNDONE'],
    ['changed since', standing({ newer: 'changed' }), 'SUPERSEDED'],
    ['its proof was reached before', { isProofReached: true }, 'NOT_COMPENSABLE'],
    ['executed at the bank', standing({ type: 'payment', executed: 'executed' }), 'RECALL_NEEDED'],
    ['no open period', { postingDate: { kind: 'none-open', closed: '2026-09 of DE01' } }, 'PERIOD_CLOSED'],
    [
      'in the next open period',
      { postingDate: { kind: 'next-open', on: '2026-10-01', closed: '2026-09 of DE01' } },
      null,
    ],
    ['a payment stands on it', { following: [follows('p')] }, 'DOWNSTREAM_FIRST'],
    ['its payment was taken off it', { following: [follows('p', { isReleased: true })] }, null],
    [
      'its own posting goes with it',
      { following: [follows('j', { type: 'journal-entry', qualifier: 'posts' })] },
      null,
    ],
    [
      'a forecast follows by itself',
      { following: [follows('f', { type: 'cash-forecast', qualifier: 'projects' })] },
      null,
    ],
    [
      'what reverses it stands on nothing',
      { following: [follows('c', { type: 'credit-memo', qualifier: 'reverses' })] },
      null,
    ],
    ['telling of what was reversed', { action: 'notify', ...standing({ undone: 'reversed' }) }, null],
    ['telling of what is paid', { action: 'notify', following: [follows('p')] }, null],
    ['telling while nobody knows what became of it', { action: 'notify', claim: 'unknown' }, 'OUTCOME_UNKNOWN'],
  ])('%s', (_name, over, code) => {
    const [item] = planCompensation([candidate('1', over)]);
    expect(item).toMatchObject({ code, willSend: code === null });
    expect(item?.reason === null).toBe(code === null);
  });

  it('says that what the bank executed needs a recall', () => {
    const [item] = planCompensation([candidate('1', standing({ type: 'payment', executed: 'executed' }))]);
    expect(item?.reason).toBe(
      'Payment 1 was executed at the bank: it cannot be undone here, it needs a recall by the bank.',
    );
  });
});

describe('what is undone of several', () => {
  const order = candidate('order', { following: [follows('delivery', { type: 'delivery', qualifier: 'fulfils' })] });
  const delivery = candidate('delivery', { following: [follows('invoice', { type: 'invoice', qualifier: 'bills' })] });
  const invoice = candidate('invoice');
  const told = (candidates: CompensationCandidate[]) =>
    planCompensation(candidates).map(({ exceptionId, willSend, after, code }) =>
      willSend ? `${exceptionId} after ${after.join()}` : `${exceptionId} ${code ?? ''}`,
    );

  it.each<[string, CompensationCandidate[], string[]]>([
    [
      'downstream first',
      [order, delivery, invoice],
      ['e-order after e-delivery', 'e-delivery after e-invoice', 'e-invoice after '],
    ],
    [
      'in whatever order asked',
      [invoice, order, delivery],
      ['e-invoice after ', 'e-order after e-delivery', 'e-delivery after e-invoice'],
    ],
    [
      'what stands behind something that does not go stays as well',
      [order, delivery, { ...invoice, claim: 'sent' }],
      ['e-order DOWNSTREAM_FIRST', 'e-delivery DOWNSTREAM_FIRST', 'e-invoice ALREADY_SENT'],
    ],
    [
      'one document once',
      [invoice, { ...invoice, exception: { ...invoice.exception, exceptionId: 'e-other' } }],
      ['e-invoice after ', 'e-other DOCUMENT_IN_SELECTION'],
    ],
  ])('%s', (_name, candidates, expected) => expect(told(candidates)).toEqual(expected));

  it('goes on where documents follow from one another in a circle', () => {
    const one = candidate('one', { following: [follows('two', { type: 'invoice' })] });
    const two = candidate('two', { following: [follows('one', { type: 'invoice' })] });
    expect(told([one, two])).toEqual(['e-one after ', 'e-two after ']);
  });
});
