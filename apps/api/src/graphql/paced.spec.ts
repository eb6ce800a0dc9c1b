import { expect, it } from '@jest/globals';
import { ChangeFeed } from './change-feed.js';
import { paced } from './paced.js';

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
  expect(rests).toEqual([200]);
  now += 1_000;
  feed.publish(change('a'));
  expect(await events.next()).toEqual({ done: false, value: { id: 'a' } });
  expect(rests).toEqual([200]);
});

it('ends its source', async () => {
  const events = paced(new ChangeFeed().changes(TENANT, 'bulk-act', null), 250);
  const waiting = events.next();
  await events.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(await events.next()).toMatchObject({ done: true });
});
