import { describe, expect, it } from '@jest/globals';
import type { RequeueAttemptState } from '../../gql/graphql.js';
import { prepareClocks, type AttemptFact } from './prepare-clocks.js';

const attempt = (state: RequeueAttemptState, more: Partial<AttemptFact> = {}): AttemptFact => ({
  state,
  createdAt: '2026-11-20T10:00:00Z',
  sentAt: null,
  acknowledgedAt: null,
  processedAt: null,
  finishedAt: null,
  httpStatus: null,
  answer: null,
  transmissions: 1,
  ...more,
});

describe('the three clocks of an attempt', () => {
  it.each<[RequeueAttemptState, string, string, string]>([
    ['QUEUED', 'Queued', 'To come', 'To come'],
    ['SENDING', 'Sending', 'To come', 'To come'],
    ['ACKNOWLEDGED', 'Sent', 'Waiting', 'Waiting'],
    ['UNKNOWN', 'No answer', 'Waiting', 'Waiting'],
    ['REFUSED', 'Refused', 'Not begun', 'Not reached'],
    ['FAILED', 'Sent', 'Failed again', 'Not reached'],
    ['VERIFIED', 'Sent', 'Not told', 'Verified'],
  ])('%s: sent %s, processed %s, verified %s', (state, sent, processed, verified) => {
    expect(prepareClocks(attempt(state)).map((clock) => clock.word)).toEqual([sent, processed, verified]);
  });

  it('only the verified one is done to the end', () => {
    const states: RequeueAttemptState[] = ['QUEUED', 'SENDING', 'ACKNOWLEDGED', 'UNKNOWN', 'REFUSED', 'FAILED'];
    for (const state of states) expect(prepareClocks(attempt(state))[2]?.phase).not.toBe('done');
    expect(prepareClocks(attempt('VERIFIED')).every((clock) => clock.phase === 'done')).toBe(true);
  });

  it('stand apart: processed when its run went through, verified when its outcome was seen', () => {
    const processedAt = '2026-11-20T10:01:00Z';
    const waiting = prepareClocks(attempt('ACKNOWLEDGED', { processedAt }));
    expect(waiting.map(({ word, at, phase }) => [word, at, phase])).toEqual([
      ['Sent', null, 'done'],
      ['Processed', processedAt, 'done'],
      ['Waiting', null, 'now'],
    ]);
    const finishedAt = '2026-11-20T10:05:00Z';
    const [, processed, verified] = prepareClocks(attempt('VERIFIED', { processedAt, finishedAt }));
    expect([processed?.at, verified?.at]).toEqual([processedAt, finishedAt]);
  });

  it('say when a second person stated the outcome', () => {
    const [, , verified] = prepareClocks(attempt('VERIFIED', { settlement: { verdict: 'APPLIED' } }));
    expect([verified?.word, verified?.explanation]).toEqual(['Stated', expect.stringContaining('second person')]);
    const [sent] = prepareClocks(attempt('REFUSED', { settlement: { verdict: 'NOT_APPLIED' } }));
    expect(sent?.explanation).toContain('was not applied');
  });

  it('tells the answer and repeated transmissions', () => {
    const [sent] = prepareClocks(attempt('ACKNOWLEDGED', { httpStatus: 202, answer: 'queued', transmissions: 3 }));
    expect(sent?.explanation).toBe('The integration took it (HTTP 202: queued). 3 transmissions of the same bytes.');
  });
});
