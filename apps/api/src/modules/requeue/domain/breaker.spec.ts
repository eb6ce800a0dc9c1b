import { describe, expect, it } from '@jest/globals';
import type { OutboundResult } from '../../../outbound/index.js';
import {
  afterTransmissionTo,
  CLOSED_BREAKER,
  FAILURES_TO_PAUSE,
  howFar,
  passageOf,
  TRIAL_MS,
  tryNow,
  type Breaker,
  type Reached,
} from './breaker.js';

const NOW = new Date('2026-11-30T12:00:00Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

function failed(times: number, from: Breaker = CLOSED_BREAKER, now = NOW): Breaker {
  return Array.from({ length: times }).reduce<Breaker>(
    (breaker) => afterTransmissionTo(breaker, 'not-reached', now),
    from,
  );
}

describe('whether a target was reached', () => {
  it.each<[string, OutboundResult, Reached | null]>([
    ['an answer', { kind: 'success', status: 202, body: '' }, 'reached'],
    ['a refusal', { kind: 'rejected', status: 422, body: '' }, 'reached'],
    ['a fault of its own', { kind: 'retryable', status: 500, body: '', afterMs: null }, 'reached'],
    ['too many requests', { kind: 'retryable', status: 429, body: '', afterMs: null }, 'reached'],
    ['the gateway before it', { kind: 'retryable', status: 503, body: '', afterMs: null }, 'not-reached'],
    ['an address without a target', { kind: 'rejected', status: 410, body: '' }, 'gone'],
    ['an answer without a status', { kind: 'retryable', status: null, body: 'nack', afterMs: null }, 'reached'],
    ['no answer', { kind: 'unknown', reason: 'no answer' }, 'not-reached'],
    ['no connection', { kind: 'notSent', reason: 'no connection', isPermanent: false }, 'not-reached'],
    ['an address that is not allowed', { kind: 'notSent', reason: 'private', isPermanent: true }, null],
  ])('%s', (_name, result, reached) => {
    expect(howFar(result)).toBe(reached);
  });
});

describe('the breaker of a target', () => {
  it('lets through until so many failures came one after the other', () => {
    expect(passageOf(failed(FAILURES_TO_PAUSE - 1), NOW)).toEqual({ kind: 'go' });
    expect(passageOf(failed(FAILURES_TO_PAUSE), NOW)).toEqual({ kind: 'wait', until: later(15) });
    const between = afterTransmissionTo(failed(FAILURES_TO_PAUSE - 1), 'reached', NOW);
    expect(passageOf(failed(FAILURES_TO_PAUSE - 1, between), NOW)).toEqual({ kind: 'go' });
  });

  it('leaves a target alone that is gone, at once and for the longest time, and finds out now and then', () => {
    const gone = afterTransmissionTo(CLOSED_BREAKER, 'gone', NOW);
    expect(passageOf(gone, NOW)).toEqual({ kind: 'wait', until: later(900) });
    const passage = passageOf(gone, later(900));
    if (passage.kind !== 'trial') throw new Error(passage.kind);
    expect(afterTransmissionTo(passage.breaker, 'reached', later(901))).toEqual(CLOSED_BREAKER);
    expect(afterTransmissionTo(passage.breaker, 'not-reached', later(901))).toMatchObject({
      isOnTrial: false,
      trips: 2,
    });
  });

  it('is not paused longer by what was under way', () => {
    expect(failed(3, failed(FAILURES_TO_PAUSE))).toMatchObject({ pausedUntil: later(15), trips: 1 });
  });

  it('lets one find out after the pause, and the others wait for it', () => {
    const passage = passageOf(failed(FAILURES_TO_PAUSE), later(15));
    if (passage.kind !== 'trial') throw new Error(passage.kind);
    expect(passageOf(passage.breaker, later(16))).toEqual({ kind: 'wait', until: later(15 + TRIAL_MS / 1_000) });
    expect(afterTransmissionTo(passage.breaker, 'reached', later(16))).toEqual(CLOSED_BREAKER);
    // the one that tries was killed: the next one tries
    expect(passageOf(passage.breaker, later(60))).toMatchObject({ kind: 'trial' });
  });

  it('is tried before its pause is over when somebody says so, by one', () => {
    const told = tryNow(failed(FAILURES_TO_PAUSE), later(3));
    if (told === null) throw new Error('nothing is paused');
    const passage = passageOf(told, later(3));
    if (passage.kind !== 'trial') throw new Error(passage.kind);
    expect(passageOf(passage.breaker, later(4))).toMatchObject({ kind: 'wait' });
    expect(tryNow(passage.breaker, later(4))).toBeNull();
    expect(afterTransmissionTo(passage.breaker, 'not-reached', later(4))).toMatchObject({
      trips: 2,
      pausedUntil: later(34),
    });
  });

  it.each([
    ['never was', CLOSED_BREAKER],
    ['is not any more', failed(FAILURES_TO_PAUSE)],
  ])('cannot be tried when it %s paused', (_name, breaker) => {
    expect(tryNow(breaker, later(60))).toBeNull();
  });

  it('is paused twice as long each time that the trial fails, up to a quarter of an hour', () => {
    let breaker = failed(FAILURES_TO_PAUSE);
    const pauses: number[] = [];
    for (let trial = 0; trial < 9; trial += 1) {
      const at = breaker.pausedUntil!;
      const passage = passageOf(breaker, at);
      if (passage.kind !== 'trial') throw new Error(passage.kind);
      breaker = afterTransmissionTo(passage.breaker, 'not-reached', at);
      pauses.push((breaker.pausedUntil!.getTime() - at.getTime()) / 1_000);
    }
    expect(pauses).toEqual([30, 60, 120, 240, 480, 900, 900, 900, 900]);
  });
});
