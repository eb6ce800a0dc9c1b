import { describe, expect, it } from '@jest/globals';
import type { OutboundResult } from '../../../outbound/index.js';
import { afterDelivery, type DeliveryOutcome } from './delivery.js';
import { tellings, wants, type Policy } from './policy-match.js';

const now = new Date('2026-09-30T12:00:00.000Z');
const HOUR = 3_600_000;

describe('afterDelivery', () => {
  type Expected = { state: DeliveryOutcome['state']; waitMs?: number };
  it.each<[string, OutboundResult, number, Expected]>([
    ['ok', { kind: 'success', status: 200, body: 'ok' }, 0, { state: 'DELIVERED' }],
    ['a proxy page', { kind: 'success', status: 200, body: '<html>' }, 0, { state: 'PENDING', waitMs: 2_000 }],
    [
      '429 with Retry-After',
      { kind: 'retryable', status: 429, body: '', afterMs: 30_000 },
      0,
      { state: 'PENDING', waitMs: 30_000 },
    ],
    ['503', { kind: 'retryable', status: 503, body: '', afterMs: null }, 0, { state: 'PENDING', waitMs: 2_000 }],
    ['500 after 24 h', { kind: 'retryable', status: 500, body: '', afterMs: null }, 25, { state: 'FAILED' }],
    ['404', { kind: 'rejected', status: 404, body: 'no_service' }, 0, { state: 'FAILED' }],
    [
      'no answer: told twice rather than never',
      { kind: 'unknown', reason: 'time-out' },
      0,
      { state: 'PENDING', waitMs: 2_000 },
    ],
    [
      'nobody listens',
      { kind: 'notSent', reason: 'ECONNREFUSED', isPermanent: false },
      0,
      { state: 'PENDING', waitMs: 2_000 },
    ],
    ['guarded address', { kind: 'notSent', reason: 'private', isPermanent: true }, 0, { state: 'FAILED' }],
  ])('%s', (_name, result, hoursAgo, expected) => {
    const notification = { attempts: 1, createdAt: new Date(now.getTime() - hoursAgo * HOUR) };
    const outcome = afterDelivery(result, notification, now, 0.5);
    expect(outcome.state).toBe(expected.state);
    if (outcome.state === 'PENDING') {
      expect(outcome.retryAt.getTime() - now.getTime()).toBe(expected.waitMs);
    }
  });
});

const policy = (taxonomies: string[], policyId = 'p1'): Policy => ({
  policyId,
  name: policyId,
  channelId: 'c',
  taxonomies,
});

describe('policies', () => {
  it.each([
    [[], 'platform.time-out', true],
    [['platform'], 'platform.time-out', true],
    [['platform.'], 'platform.time-out', true],
    [['platform.time-out'], 'platform.time-out', true],
    [['plat'], 'platform.time-out', false],
    [['platform.time'], 'platform.time-out', false],
    [['data-quality', 'platform'], 'platform.time-out', true],
    [['data-quality'], 'platform.time-out', false],
  ])('%p wants %s: %p', (taxonomies, taxonomy, expected) => {
    expect(wants(policy(taxonomies), taxonomy)).toBe(expected);
  });

  it('tells once per policy and group, by the exception with the most money', () => {
    const exception = (id: string, groupId: string, amountMinor: bigint) => ({
      id,
      groupId,
      amountMinor,
      taxonomy: 'platform.time-out',
      openedAt: now,
    });
    const told = tellings(
      [policy([]), policy(['data-quality'], 'p2'), policy(['platform'], 'p3')],
      [exception('small', 'g1', 1n), exception('large', 'g1', 5n), exception('other', 'g2', 0n)],
    );
    expect(told.map((one) => [one.policy.policyId, one.exception.id])).toEqual([
      ['p1', 'large'],
      ['p1', 'other'],
      ['p3', 'large'],
      ['p3', 'other'],
    ]);
  });
});
