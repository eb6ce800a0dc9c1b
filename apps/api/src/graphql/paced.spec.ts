import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ChangeFeed } from './change-feed.js';
import { paced, PROGRESS_EVERY_MS } from './paced.js';

const TENANT = '11111111-1111-4111-8111-111111111111';
const change = (id: string) => JSON.stringify({ tenantId: TENANT, kind: 'bulk-act', id });

it('lets one event through and gathers what comes until the next may', async () => {
  const feed = new ChangeFeed();
  const rests: number[] = [];
  let now = 0;
  const rest = async (ms: number) => {
    rests.push(ms);
    for (let more = 0; more < 10; more += 1) feed.publish(change('a'));
    now += ms;
  };
  const events = paced(feed.changes(TENANT, 'bulk-act', ['a']), 250, rest, () => now);
  feed.publish(change('a'));
  feed.publish(change('b'));
  expect(await events.next()).toEqual({ done: false, value: { id: 'a' } });
  now += 50;
  expect(await events.next()).toEqual({ done: false, value: { id: 'a' } });
  // from when it was asked for: what came before was passed on then
  expect(rests).toEqual([250]);
  feed.publish(change('b'));
  now += 1_000;
  expect(await events.next()).toEqual({ done: false, value: { id: 'a' } });
  expect(rests).toEqual([250, 250]);
});

describe('progress', () => {
  const second = 1_000;
  /** How long what is told takes to be read and passed on, in milliseconds. */
  const passing = fc.oneof(fc.nat(20), fc.nat(900));
  /** How much too early or too late a timer is. */
  const off = fc.integer({ min: -2, max: 10 });

  it('is told at most four times within any second, the last time too, and never the last one left out', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ after: fc.nat(150), passing, off }), { minLength: 40, maxLength: 120 }),
        async (steps) => {
          const feed = new ChangeFeed();
          let now = 0;
          let at = 0;
          const happens = steps.map(({ after }) => (at += after));
          let happened = 0;
          const until = (time: number) => {
            now = Math.max(now, time);
            while (happened < happens.length && happens[happened]! <= now) {
              happened += 1;
              feed.publish(change('a'));
            }
          };
          let told = 0;
          const early = () => steps[told % steps.length]!;
          const rest = async (ms: number) => until(now + Math.max(1, ms + early().off));
          const events = paced(feed.changes(TENANT, 'bulk-act', ['a']), PROGRESS_EVERY_MS, rest, () => now);
          const passedOn: number[] = [];
          const seen: number[] = [];
          while (seen.at(-1) !== happens.length) {
            let isTold = false;
            const next = events.next().then(() => (isTold = true));
            await new Promise((resolve) => setImmediate(resolve));
            if (!isTold && happened < happens.length) until(happens[happened]!);
            await next;
            seen.push(happened);
            until(now + early().passing);
            passedOn.push(now);
            told += 1;
          }
          for (const from of passedOn) {
            expect(passedOn.filter((time) => time >= from && time <= from + second).length).toBeLessThanOrEqual(4);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

it('ends its source', async () => {
  const events = paced(new ChangeFeed().changes(TENANT, 'bulk-act', null), 250);
  const waiting = events.next();
  await events.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(await events.next()).toMatchObject({ done: true });
});
