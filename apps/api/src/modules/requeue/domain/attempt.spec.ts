import { describe, expect, it } from '@jest/globals';
import type { OutboundResult } from '../../../outbound/index.js';
import { afterTransmission, afterWaiting, begin, isAnotherSince, type AttemptState, type Sending } from './attempt.js';

const now = new Date('2026-09-30T12:00:00.000Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const inMs = (ms: number) => new Date(now.getTime() + ms);
const HOUR = 3_600_000;

function sending(over: Partial<Sending> = {}): Sending {
  return {
    state: 'SENDING',
    transmissions: 1,
    sentAt: ago(1_000),
    carriedSince: ago(2_000),
    mayHaveApplied: false,
    ...over,
  };
}

const target = (isIdempotent: boolean, statusUrl: string | null = null) => ({ isIdempotent, statusUrl });

/** It keeps keys, and tells when it is asked. */
const ASKED = target(true, 'https://target.example/status');

describe('begin', () => {
  it.each<[string, Partial<Sending>, boolean, ReturnType<typeof begin>]>([
    [
      'the first time',
      { state: 'QUEUED', transmissions: 0, sentAt: null },
      false,
      { kind: 'transmit', mayHaveApplied: false },
    ],
    ['again after 429', { state: 'QUEUED', transmissions: 3 }, false, { kind: 'transmit', mayHaveApplied: false }],
    ['still under way elsewhere', { sentAt: ago(5_000) }, true, { kind: 'later', at: inMs(25_000) }],
    ['after a crash, idempotent', { sentAt: ago(60_000) }, true, { kind: 'transmit', mayHaveApplied: true }],
    ['after a crash, not idempotent', { sentAt: ago(60_000) }, false, { kind: 'unknown' }],
    ['after no answer, idempotent', { state: 'UNKNOWN' }, true, { kind: 'transmit', mayHaveApplied: true }],
    ['after no answer, not idempotent', { state: 'UNKNOWN' }, false, { kind: 'nothing' }],
    ['acknowledged', { state: 'ACKNOWLEDGED' }, true, { kind: 'nothing' }],
    ['refused', { state: 'REFUSED' }, true, { kind: 'nothing' }],
    ['failed', { state: 'FAILED' }, true, { kind: 'nothing' }],
    ['verified', { state: 'VERIFIED' }, true, { kind: 'nothing' }],
  ])('%s', (_name, state, isIdempotent, expected) => {
    expect(begin(sending(state), target(isIdempotent), now)).toEqual(expected);
  });

  it.each<[string, Partial<Sending>, ReturnType<typeof begin>]>([
    ['the first time', { state: 'QUEUED', transmissions: 0 }, { kind: 'transmit', mayHaveApplied: false }],
    ['after a crash', { sentAt: ago(60_000) }, { kind: 'unknown' }],
    ['after no answer', { state: 'UNKNOWN' }, { kind: 'nothing' }],
  ])('%s, where the target is asked first', (_name, state, expected) => {
    expect(begin(sending(state), ASKED, now)).toEqual(expected);
  });
});

describe('behind a target that is not reached', () => {
  it.each<[string, number, boolean, AttemptState | null]>([
    ['it waits', 23, false, null],
    ['it is given up after a day', 24, false, 'REFUSED'],
    ['it stays unknown after a day, when it may have been applied', 24, true, 'UNKNOWN'],
  ])('%s', (_name, hours, mayHaveApplied, state) => {
    const outcome = afterWaiting(sending({ carriedSince: ago(hours * HOUR) }), mayHaveApplied, now);
    expect(outcome?.state ?? null).toBe(state);
    if (outcome === null) return;
    expect(outcome).toMatchObject({
      mayHaveApplied,
      retryAt: null,
      answer: 'given up after 24 h: the target is not reached',
    });
  });
});

describe('a target is another one', () => {
  it.each<[string, number | null, number | null, boolean]>([
    ['when it was changed after the attempt went out', 60, 30, true],
    ['when it was being changed meanwhile', 30, 32, true],
    ['not when it was changed long before', 30, 60, false],
    ['not when nobody changed it', 30, null, false],
    ['not for what never went out', null, 30, false],
  ])('%s', (_name, sentAgo, changedAgo, expected) => {
    const at = (seconds: number | null) => (seconds === null ? null : ago(seconds * 1_000));
    expect(isAnotherSince(at(sentAgo), at(changedAgo))).toBe(expected);
  });
});

const answer = (
  kind: 'success' | 'rejected' | 'retryable',
  status: number,
  afterMs: number | null = null,
): OutboundResult => (kind === 'retryable' ? { kind, status, body: 'said', afterMs } : { kind, status, body: 'said' });

describe('afterTransmission', () => {
  type Expected = { state: AttemptState; retryMs: number | null; mayHaveApplied?: boolean };
  it.each<[string, OutboundResult, Partial<Sending>, boolean, Expected]>([
    ['202', answer('success', 202), {}, false, { state: 'ACKNOWLEDGED', retryMs: null }],
    ['409: already processed', answer('rejected', 409), {}, false, { state: 'ACKNOWLEDGED', retryMs: null }],
    ['400', answer('rejected', 400), {}, false, { state: 'REFUSED', retryMs: null }],
    ['a redirect', answer('rejected', 307), {}, false, { state: 'REFUSED', retryMs: null }],
    ['429 with Retry-After', answer('retryable', 429, 7_000), {}, false, { state: 'QUEUED', retryMs: 7_000 }],
    ['429 for five hours', answer('retryable', 429, 5 * HOUR), {}, false, { state: 'QUEUED', retryMs: 5 * HOUR }],
    [
      '429 for longer than it is carried',
      answer('retryable', 429, 24 * HOUR),
      { carriedSince: ago(2 * HOUR) },
      false,
      { state: 'QUEUED', retryMs: 22 * HOUR },
    ],
    ['500', answer('retryable', 500), {}, false, { state: 'QUEUED', retryMs: 2_000 }],
    [
      '503 for the fourth time',
      answer('retryable', 503),
      { transmissions: 4 },
      false,
      { state: 'QUEUED', retryMs: 9_000 },
    ],
    ...([502, 504] as const).flatMap((status): [string, OutboundResult, Partial<Sending>, boolean, Expected][] => [
      [
        `${status}: a gateway had no answer`,
        answer('retryable', status),
        {},
        false,
        { state: 'UNKNOWN', retryMs: null, mayHaveApplied: true },
      ],
      [
        `${status}, idempotent`,
        answer('retryable', status, 7_000),
        {},
        true,
        { state: 'UNKNOWN', retryMs: 7_000, mayHaveApplied: true },
      ],
      [
        `${status}, idempotent, after 24 h`,
        answer('retryable', status),
        { carriedSince: ago(25 * HOUR) },
        true,
        { state: 'UNKNOWN', retryMs: null, mayHaveApplied: true },
      ],
    ]),
    [
      '503 after 24 h',
      answer('retryable', 503),
      { carriedSince: ago(25 * HOUR) },
      false,
      { state: 'REFUSED', retryMs: null },
    ],
    [
      'nobody listens',
      { kind: 'notSent', reason: 'ECONNREFUSED', isPermanent: false },
      {},
      false,
      { state: 'QUEUED', retryMs: 2_000 },
    ],
    [
      'guarded address',
      { kind: 'notSent', reason: 'private', isPermanent: true },
      {},
      false,
      { state: 'REFUSED', retryMs: null },
    ],
    [
      'no answer',
      { kind: 'unknown', reason: 'time-out' },
      {},
      false,
      { state: 'UNKNOWN', retryMs: null, mayHaveApplied: true },
    ],
    [
      'no answer of an idempotent target',
      { kind: 'unknown', reason: 'time-out' },
      {},
      true,
      { state: 'UNKNOWN', retryMs: 30_000, mayHaveApplied: true },
    ],
    [
      'no answer for the eighth time',
      { kind: 'unknown', reason: 'time-out' },
      { transmissions: 8, mayHaveApplied: true },
      true,
      { state: 'UNKNOWN', retryMs: null, mayHaveApplied: true },
    ],
    [
      '409 settles what was unknown',
      answer('rejected', 409),
      { mayHaveApplied: true },
      true,
      { state: 'ACKNOWLEDGED', retryMs: null, mayHaveApplied: true },
    ],
    [
      'a refusal does not settle what was unknown',
      answer('rejected', 401),
      { mayHaveApplied: true },
      true,
      { state: 'UNKNOWN', retryMs: null, mayHaveApplied: true },
    ],
    [
      '429 after no answer stays unknown and goes out again',
      answer('retryable', 429, 7_000),
      { mayHaveApplied: true },
      true,
      { state: 'UNKNOWN', retryMs: 7_000, mayHaveApplied: true },
    ],
  ])('%s', (_name, result, state, isIdempotent, expected) => {
    const outcome = afterTransmission(result, sending(state), target(isIdempotent), now, 0.5);
    expect(outcome.state).toBe(expected.state);
    expect(outcome.retryAt).toEqual(expected.retryMs === null ? null : inMs(expected.retryMs));
    expect(outcome.mayHaveApplied).toBe(expected.mayHaveApplied ?? false);
  });

  it.each<[string, OutboundResult]>([
    ['no answer', { kind: 'unknown', reason: 'time-out' }],
    ['504: a gateway had no answer', answer('retryable', 504, 7_000)],
  ])('%s waits for what the target says when it is asked', (_name, result) => {
    expect(afterTransmission(result, sending(), ASKED, now, 0.5)).toMatchObject({
      state: 'UNKNOWN',
      retryAt: null,
      mayHaveApplied: true,
    });
  });

  it('keeps what was said, storable and cut', () => {
    const long = afterTransmission(
      { kind: 'rejected', status: 400, body: `\u0000${'x'.repeat(5_000)}` },
      sending(),
      target(false),
      now,
      0,
    );
    expect(long).toMatchObject({ httpStatus: 400 });
    expect(long.answer).toBe(`\ufffd${'x'.repeat(1_999)}`);
  });
});
