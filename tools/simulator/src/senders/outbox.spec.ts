import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Outbox, type Transmission } from './outbox.js';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const outboxOf = (capacity = 10, lanes = 1): Outbox =>
  new Outbox({ log: silent, capacity, lanes, firstBackOffMs: 1, longestBackOffMs: 4 });
const answering = (
  ...answers: Transmission[]
): { name: string; transmit: () => Promise<Transmission>; times: () => number } => {
  let times = 0;
  return {
    name: 'delivery',
    transmit: () => Promise.resolve(answers[Math.min(times++, answers.length - 1)] ?? { outcome: 'accepted' }),
    times: () => times,
  };
};
const away: Transmission = { outcome: 'retryable', reason: 'connection refused' };

describe('the outbox', () => {
  it('sends again until the receiver accepts', async () => {
    const outbox = outboxOf();
    const delivery = answering(away, away, away, { outcome: 'accepted' });
    expect(await outbox.deliver(delivery)).toBe('accepted');
    expect(delivery.times()).toBe(4);
    expect(outbox.pending).toBe(0);
  });

  it('does not repeat what can never be accepted', async () => {
    const delivery = answering({ outcome: 'rejected', reason: 'HTTP 400' });
    expect(await outboxOf().deliver(delivery)).toBe('rejected');
    expect(delivery.times()).toBe(1);
  });

  it('waits as long as the receiver asks for', async () => {
    const startedAt = Date.now();
    await outboxOf().deliver(answering({ ...away, retryAfterMs: 60 }, { outcome: 'accepted' }));
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(55);
  });

  it('lets further deliveries wait outside once it is full, and drops none', async () => {
    const outbox = outboxOf(2);
    let isAway = true;
    const accepted: number[] = [];
    const deliveries = Array.from({ length: 8 }, async (_, number) => {
      const transmit = (): Promise<Transmission> => Promise.resolve(isAway ? away : { outcome: 'accepted' });
      await outbox.deliver({ name: String(number), transmit });
      accepted.push(number);
    });
    await sleep(15);
    expect(outbox.isFull).toBe(true);
    expect(outbox.pending).toBeLessThanOrEqual(3);
    isAway = false;
    await Promise.all(deliveries);
    expect(accepted.sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('says how many were not delivered when it is closed', async () => {
    const outbox = outboxOf();
    void outbox.deliver(answering(away));
    void outbox.deliver(answering(away));
    expect(await outbox.close(30)).toBe(2);
  });
});
