import { describe, expect, it } from '@jest/globals';
import type { OutboundResult } from '../../../outbound/index.js';
import { afterProbe, believed, readStatusAnswer, type AfterProbe, type ProbeAnswer } from './probe.js';

const NOW = new Date('2026-11-30T12:00:00Z');
const seconds = (count: number) => new Date(NOW.getTime() + count * 1_000);
const answered = (status: number, body = ''): OutboundResult =>
  status < 300 ? { kind: 'success', status, body } : { kind: 'rejected', status, body };

describe('the answer to a status call', () => {
  it.each<[string, OutboundResult, ProbeAnswer]>([
    ['applied', answered(200, '{"status":"applied"}'), 'applied'],
    ['not applied', answered(200, '{"status":"not-applied","since":1}'), 'not-applied'],
    ['not known to itself', answered(200, '{"status":"unknown"}'), 'unknown'],
    ['another word', answered(200, '{"status":"done"}'), 'unknown'],
    ['a list', answered(200, '["applied"]'), 'unknown'],
    ['a page of a gateway', answered(200, '<html>applied</html>'), 'unknown'],
    ['nothing', answered(204), 'unknown'],
    ['not found', answered(404, '{"status":"not-applied"}'), 'unknown'],
    ['not allowed', answered(401), 'unknown'],
    ['a redirect', answered(302), 'unknown'],
    ['too many requests', { kind: 'retryable', status: 429, body: '', afterMs: null }, 'unknown'],
    ['no answer', { kind: 'unknown', reason: 'no answer' }, 'unknown'],
    ['no connection', { kind: 'notSent', reason: 'ECONNREFUSED', isPermanent: false }, 'unknown'],
  ])('%s', (_name, result, expected) => {
    expect(readStatusAnswer(result, 'unknown').kind).toBe(expected);
  });

  it('reads not found as not applied only where that is declared', () => {
    expect(readStatusAnswer(answered(404), 'not-applied').kind).toBe('not-applied');
    expect(readStatusAnswer(answered(410), 'not-applied').kind).toBe('unknown');
  });

  it('keeps what was said, storable and cut', () => {
    const { words } = readStatusAnswer(answered(500, `\u0000${'x'.repeat(5_000)}`), 'unknown');
    expect(words).toHaveLength(500);
    expect(words).not.toContain('\u0000');
  });
});

describe('an answer of a target that was changed since', () => {
  it.each<[ProbeAnswer, number | null, ProbeAnswer]>([
    ['not-applied', -10, 'unknown'],
    ['not-applied', -60, 'not-applied'],
    ['not-applied', null, 'not-applied'],
    ['applied', -10, 'unknown'],
    ['applied', -60, 'applied'],
    ['applied', null, 'applied'],
  ])('%s, changed at %s s', (kind, changed, expected) => {
    const changedAt = changed === null ? null : seconds(changed);
    expect(believed({ kind, words: 'said' }, seconds(-30), changedAt).kind).toBe(expected);
  });
});

describe('what follows from it', () => {
  it.each<[string, ProbeAnswer, { sentAgo: number; asks?: number; askedAgo?: number }, AfterProbe]>([
    ['applied', 'applied', { sentAgo: 1 }, { kind: 'acknowledge' }],
    ['applied, after a day', 'applied', { sentAgo: 90_000 }, { kind: 'acknowledge' }],
    ['not applied, while it may be on its way', 'not-applied', { sentAgo: 10 }, { kind: 'ask-again', at: seconds(20) }],
    [
      'not applied, asked while it may have been on its way',
      'not-applied',
      { sentAgo: 35, askedAgo: 6 },
      { kind: 'ask-again', at: seconds(-5) },
    ],
    ['not applied, once it cannot be', 'not-applied', { sentAgo: 30 }, { kind: 'send-again' }],
    ['not known', 'unknown', { sentAgo: 40 }, { kind: 'ask-again', at: seconds(2) }],
    ['not known for the fifth time', 'unknown', { sentAgo: 90, asks: 5 }, { kind: 'ask-again', at: seconds(17) }],
    ['not known for long', 'unknown', { sentAgo: 9_000, asks: 60 }, { kind: 'ask-again', at: seconds(451) }],
    ['not known after a day', 'unknown', { sentAgo: 86_400, asks: 99 }, { kind: 'leave' }],
  ])('%s', (_name, answer, { sentAgo, asks = 1, askedAgo = 0 }, expected) => {
    const asked = { asks, sentAt: seconds(-sentAgo), askedAt: seconds(-askedAgo) };
    expect(afterProbe(answer, asked, NOW, 0.5)).toEqual(expected);
  });
});
