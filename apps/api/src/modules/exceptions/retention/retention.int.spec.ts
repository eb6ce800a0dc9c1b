import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LifeStory } from '../testing/life-story.js';
import { createExceptionRetentionStage } from './retention-stage.js';

const NOW = new Date('2028-01-01T00:00:00.000Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

let story: LifeStory;

beforeAll(async () => {
  story = await LifeStory.start();
});
afterAll(() => story.api.close());

const sql = <T extends object>(text: string, ...params: unknown[]) =>
  story.api.test.database.withTenant(story.api.test.tenantId, (tx) => tx.query<T>(text, [tx.tenantId, ...params]));

async function keep(): Promise<void> {
  const stage = createExceptionRetentionStage(story.api.test.database, () => NOW);
  while (await stage.run(story.api.test.tenantId));
}

describe('retention', () => {
  let open: string;
  let closed: string;

  beforeAll(async () => {
    open = await story.fail('O-1');
    closed = await story.fail('O-2');
    await sql(
      `update exception set state = 'ACCEPTED', resolved_at = opened_at where tenant_id = $1 and exception_id = $2`,
      closed,
    );
  });

  it.each<[string, 'open' | 'closed' | 'mixed', number, number | null, boolean]>([
    ['read long ago', 'closed', 200, 91, false],
    ['read lately, though it came long ago', 'closed', 400, 89, true],
    ['unread for less than a year', 'closed', 364, null, true],
    ['unread for more than a year', 'closed', 366, null, false],
    ['about what is open', 'open', 500, 400, true],
    ['about what is open, unread', 'open', 500, null, true],
    ['about several of which one is open', 'mixed', 500, 400, true],
  ])('keeps or deletes a notification %s', async (_name, about, came, read, isKept) => {
    const id = randomUUID();
    const ids = { open: [open], closed: [closed], mixed: [closed, open] }[about];
    await sql(
      `insert into person_notification (tenant_id, notification_id, person_id, kind, actor_id, actor_name, subjects, exception_ids,
                                        title, details, at, read_at)
       values ($1, $2, $2, 'assigned', 'a', 'Anna', $3, $4, 't', '{}', $5, $6)`,
      id,
      ids.length,
      ids,
      daysAgo(came),
      read === null ? null : daysAgo(read),
    );
    await keep();
    const left = await sql('select 1 from person_notification where tenant_id = $1 and notification_id = $2', id);
    expect(left.length === 1).toBe(isKept);
  });

  it('keeps when to look at the clock of what is open, and of nothing else', async () => {
    await sql(
      `insert into exception_clock_look (tenant_id, exception_id, look_at)
       select $1::uuid, unnest($2::uuid[]), $3::timestamptz union all select $1, gen_random_uuid(), $3 from generate_series(1, 2500)
       on conflict do nothing`,
      [open, closed],
      daysAgo(1),
    );
    await keep();
    expect(await sql('select exception_id as id from exception_clock_look where tenant_id = $1')).toEqual([
      { id: open },
    ]);
  });
});
