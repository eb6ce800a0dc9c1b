import { describe, expect, it } from '@jest/globals';
import { ChangeFeed } from './change-feed.js';

const TENANT = 'tenant-a';

function publish(feed: ChangeFeed, id: string, tenantId = TENANT, kind = 'exception'): void {
  feed.publish(JSON.stringify({ tenantId, kind, id }));
}

describe('the change feed', () => {
  it('hands on what happens from the subscription on, in order', async () => {
    const feed = new ChangeFeed();
    publish(feed, 'before');
    const changes = feed.changes(TENANT, 'exception');
    publish(feed, 'one');
    publish(feed, 'two');
    expect(await changes.next()).toEqual({ done: false, value: { id: 'one' } });
    expect(await changes.next()).toEqual({ done: false, value: { id: 'two' } });
    const third = changes.next();
    publish(feed, 'three');
    expect(await third).toEqual({ done: false, value: { id: 'three' } });
  });

  it('makes one of a burst about one thing', async () => {
    const feed = new ChangeFeed();
    const changes = feed.changes(TENANT, 'exception');
    for (let index = 0; index < 1_000; index += 1) publish(feed, 'same');
    publish(feed, 'last');
    expect([(await changes.next()).value, (await changes.next()).value]).toEqual([{ id: 'same' }, { id: 'last' }]);
  });

  it('hands on several that one notification tells, to each those it asks for', async () => {
    const feed = new ChangeFeed();
    const [all, some] = [feed.changes(TENANT, 'exception'), feed.changes(TENANT, 'exception', ['two'])];
    feed.publish(JSON.stringify({ tenantId: TENANT, kind: 'exception', ids: ['one', 'two'] }));
    feed.publish(JSON.stringify({ tenantId: TENANT, kind: 'exception', ids: ['three', 4] }));
    publish(feed, 'last');
    const told = async (changes: typeof all) => (await changes.next()).value as unknown;
    expect([await told(all), await told(all), await told(all)]).toEqual([{ id: 'one' }, { id: 'two' }, { id: 'last' }]);
    expect(await told(some)).toEqual({ id: 'two' });
  });

  it('keeps tenants, kinds and ids apart', async () => {
    const feed = new ChangeFeed();
    const changes = feed.changes(TENANT, 'exception', ['wanted']);
    publish(feed, 'wanted', 'tenant-b');
    publish(feed, 'wanted', TENANT, 'transaction');
    publish(feed, 'other');
    feed.publish('{');
    feed.publish('null');
    feed.publish('{"tenantId":1}');
    publish(feed, 'wanted');
    const next = changes.next();
    expect(await next).toEqual({ done: false, value: { id: 'wanted' } });
    const pending = changes.next();
    await changes.return?.();
    expect(await pending).toEqual({ done: true, value: undefined });
  });

  it('ends a subscriber that waits, when it leaves and when the process stops', async () => {
    const feed = new ChangeFeed();
    const [left, stopped] = [feed.changes(TENANT, 'exception'), feed.changes(TENANT, 'exception')];
    const [one, two] = [left.next(), stopped.next()];
    await left.return?.();
    expect((await one).done).toBe(true);
    await feed.stop();
    expect((await two).done).toBe(true);
  });

  it('ends a subscriber that does not read', async () => {
    const feed = new ChangeFeed();
    const changes = feed.changes(TENANT, 'exception');
    for (let index = 0; index <= 10_000; index += 1) publish(feed, `id-${index}`);
    expect((await changes.next()).done).toBe(true);
  });
});
