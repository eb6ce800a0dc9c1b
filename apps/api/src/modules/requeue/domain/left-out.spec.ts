import { describe, expect, it } from '@jest/globals';
import type { StoredException } from '../../exceptions/index.js';
import {
  LEFT_OUT_CODES,
  NOTHING_SINCE,
  whyLeftOut,
  whyNoMore,
  type InSpiteOf,
  type LeftOutCode,
  type Sendable,
  type SinceFailure,
} from './left-out.js';
import type { PaymentDates } from './payment-dates.js';

const NOW = new Date('2026-09-30T12:00:00Z');

type Over = { exception?: Partial<StoredException>; since?: Partial<SinceFailure> } & Partial<
  Pick<Sendable, 'claim' | 'target' | 'unfit' | 'dates'>
>;

const sendable = ({ exception = {}, since = {}, ...over }: Over): Sendable => ({
  // what decides
  exception: {
    exceptionId: 'e',
    objectType: 'invoice',
    integration: 'billing-to-ledger',
    queue: 'data-repair',
    state: 'OPEN',
    ...exception,
  } as StoredException,
  target: { missing: [] },
  claim: null,
  since: { ...NOTHING_SINCE, ...since },
  ...over,
});

const payment = (over: Partial<PaymentDates>): Over => ({
  dates: { executionOn: null, timeZone: 'UTC', cutOffs: [], ...over },
});

describe('why something is left out', () => {
  const cases: [string, Over, LeftOutCode | null, InSpiteOf?][] = [
    ['nothing is in the way', {}, null],
    ['it was sent and its outcome is awaited', { claim: 'sent' }, 'ALREADY_REQUEUED'],
    ['it is sent, and nobody says who holds it', { exception: { state: 'REQUEUED' } }, 'ALREADY_REQUEUED'],
    ['another request has it and waits', { claim: 'waiting' }, 'OPEN_CLAIM'],
    ['nobody answered', { claim: 'unknown', exception: { state: 'REQUEUED' } }, 'OUTCOME_UNKNOWN'],
    ['it is closed', { exception: { state: 'RESOLVED' } }, 'NOT_REQUEUEABLE'],
    ['its queue sends nothing', { exception: { queue: 'unreadable' } }, 'NOT_REQUEUEABLE'],
    ['no integration failed', { exception: { integration: '' } }, 'NO_REQUEUE_TARGET'],
    ['the integration is unknown, or takes nothing', { target: null }, 'NO_REQUEUE_TARGET'],
    ['its target has no secret', { target: { missing: ['Signing secret'] } }, 'NO_REQUEUE_TARGET'],
    ...(['NO_SUCH_VERSION', 'STALE_VERSION', 'PAYLOAD_UNFIT'] as const).map((code): [string, Over, LeftOutCode] => [
      `what would be sent of it cannot be: ${code}`,
      { unfit: { code, reason: 'It is masked.' }, since: { lookAlike: 'invoice 4711' } },
      code,
    ]),
    [
      'who holds it goes before what would be sent',
      { claim: 'sent', unfit: { code: 'STALE_VERSION', reason: '' } },
      'ALREADY_REQUEUED',
    ],
    ['the step is behind it', { since: { isOvercome: true } }, 'ALREADY_PROCESSED'],
    ['it was reversed', { since: { undone: 'reversed' } }, 'CANCELLED_OR_REVERSED'],
    ['it was changed since', { since: { newer: 'changed' } }, 'SUPERSEDED'],
    ['its period is closed', { since: { closedPeriod: '2026-08 of DE01' } }, 'PERIOD_CLOSED'],
    ['one like it was posted since', { since: { lookAlike: 'invoice 4711' } }, 'LOOK_ALIKE_POSTED'],
    ['that is known and it is wanted', { since: { lookAlike: 'invoice 4711' } }, null, { lookAlikes: true }],
    ['a payment was to be executed yesterday', payment({ executionOn: '2026-09-29' }), 'CARRY_FORWARD_NEEDED'],
    ['a payment is to be executed today', payment({ executionOn: '2026-09-30' }), null],
    [
      'the cut-off of a payment has passed',
      payment({ cutOffs: [new Date('2026-09-30T11:00:00Z')] }),
      'CARRY_FORWARD_NEEDED',
    ],
    ['it is carried forward', payment({ executionOn: '2026-09-29' }), null, { passedDates: true }],
    ['it moves no money, whatever its dates', { dates: null }, null],
    [
      'what is sure goes before what may be',
      { since: { undone: 'voided', lookAlike: 'invoice 1' } },
      'CANCELLED_OR_REVERSED',
    ],
    ['who holds it goes before all', { claim: 'unknown', since: { undone: 'voided' } }, 'OUTCOME_UNKNOWN'],
  ];

  it.each(cases)('%s', (_name, over, code, wish = {}) => {
    expect(whyLeftOut(sendable(over), wish, NOW)?.code ?? null).toBe(code);
  });

  it('has a case for every code that one exception alone can have', () => {
    const together: LeftOutCode[] = ['OBJECT_IN_SELECTION', 'BLOCKED_BY_PREDECESSOR'];
    const byFault: LeftOutCode[] = ['NOT_PLANNED'];
    expect(new Set([...cases.flatMap(([, , code]) => code ?? []), ...together, ...byFault])).toEqual(
      new Set(LEFT_OUT_CODES),
    );
  });
});

describe('why what was frozen may not go out any more', () => {
  it.each<[string, Over, LeftOutCode | null]>([
    ['nothing happened', {}, null],
    ['it was reversed', { since: { undone: 'reversed' } }, 'CANCELLED_OR_REVERSED'],
    ['it was changed', { since: { newer: 'changed' } }, 'SUPERSEDED'],
    ['its period was closed', { since: { closedPeriod: '2026-08 of DE01' } }, 'PERIOD_CLOSED'],
    ['one like it was posted', { since: { lookAlike: 'invoice 4711' } }, 'LOOK_ALIKE_POSTED'],
    ['it lies where nothing is sent', { exception: { queue: 'unreadable' } }, 'NOT_REQUEUEABLE'],
  ])('%s', (_name, over, code) => {
    const { exception, since } = sendable(over);
    expect(whyNoMore(exception, since)?.code ?? null).toBe(code);
  });
});
