import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at } from '../../testing/story-facts.js';
import { LifeStory } from './testing/life-story.js';

const AGAIN = 250;

let story: LifeStory;
let id: string;

beforeAll(async () => {
  story = await LifeStory.start();
  id = await story.fail('O-1');
  const { database, tenantId } = story.api.test;
  await database.withTenant(tenantId, (tx) =>
    tx.query(
      `insert into exception_event (tenant_id, exception_id, event_id, at, kind, actor_id, actor_name, details)
       select $1, $2, e.id, $4, 'occurred-again', 'exceptions', 'Throughline', '{}' from unnest($3::uuid[]) as e(id)`,
      [tx.tenantId, id, Array.from({ length: AGAIN }, () => randomUUID()), at(31)],
    ),
  );
  story.turnTo(32);
});
afterAll(() => story.api.close());

const ask = async (events: string) =>
  await story.people.analyst.send<{ exception: { eventCount: number; events: { kind: string }[] } }>(
    `query ($id: ID!) { exception(id: $id) { eventCount ${events} { kind } clock { startedAt response { state } } } }`,
    { id },
  );

describe('the timeline of what failed very often', () => {
  it.each([
    ['events', 200, 'occurred-again'],
    ['events(last: 3)', 3, 'occurred-again'],
    ['events(last: 1000)', AGAIN + 1, 'opened'],
  ])('%s: the latest are told, the oldest of them first, and how many there are', async (events, count, first) => {
    const { data } = await ask(events);
    expect(data?.exception.eventCount).toBe(AGAIN + 1);
    expect(data?.exception.events).toHaveLength(count);
    expect(data?.exception.events[0]?.kind).toBe(first);
  });

  it.each([0, -1, 1001])('%d steps are refused', async (last) => {
    const { errors } = await ask(`events(last: ${last})`);
    expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  it('leaves its clock as it was, which began when it was opened', async () => {
    const { data } = await ask('events(last: 1)');
    expect(data?.exception).toMatchObject({
      clock: { startedAt: at(30).toISOString(), response: { state: 'running' } },
    });
  });
});
