import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connected, createTestDatabase, type TestDatabase } from '@throughline/persistence/testing';
import { planOf } from '../../../testing/plan-of.js';
import { listActivity, type ActivitySelection } from './activity.repository.js';
import { countNotifications, listNotifications } from './notification.repository.js';
import { findAudience } from './watch.repository.js';

const PERSON = '00000000-0000-4000-8000-000000000007';
const EXCEPTION = '00000000-0000-4000-8000-0000000000aa';
const ALL: ActivitySelection = {
  personId: null,
  by: null,
  kinds: null,
  exceptionId: null,
  groupId: null,
  queue: null,
  from: null,
  to: null,
};
const PAGE = { first: 50, after: null };
const LATER = { first: 50, after: ['2026-11-03T00:00:00.000000Z', '1000'] };

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
  const { tenantId } = db;
  // what the system detects is most of what happens
  await db.database.withTenant(tenantId, async (tx) => {
    await tx.query(
      `insert into exception_event (tenant_id, exception_id, event_id, at, kind, actor_id, actor_name, details)
       select $1, gen_random_uuid(), gen_random_uuid(), '2026-11-01'::timestamptz + n * interval '10 seconds', 'opened',
              case when n % 500 = 0 then $2 when n % 100 = 0 then gen_random_uuid()::text else 'exceptions' end, 'x', '{}'
       from generate_series(1, 200000) n`,
      [tenantId, PERSON],
    );
    await tx.query(
      `insert into person_notification (tenant_id, notification_id, person_id, kind, actor_id, actor_name, subjects, exception_ids,
                                        title, details, at, read_at)
       select $1, gen_random_uuid(), case when n % 20 = 0 then $2::uuid else gen_random_uuid() end, 'assigned', 'x', 'x', 1, '{}', 'x',
              '{}', '2026-11-01'::timestamptz + n * interval '10 seconds', case when n % 40 = 0 then null else '2026-11-02'::timestamptz end
       from generate_series(1, 100000) n`,
      [tenantId, PERSON],
    );
    await tx.query(
      `insert into exception_watch (tenant_id, exception_id, person_id, is_watching, since)
       select $1, gen_random_uuid(), $2, true, '2026-11-01' from generate_series(1, 50000) n`,
      [tenantId, PERSON],
    );
  });
  await connected(db.ownerUrl, (owner) => owner.query('analyze exception_event, person_notification, exception_watch'));
}, 600_000);
afterAll(() => db.close());

describe('what people read of each other, with 200 000 steps, is found by an index', () => {
  const activity = (selection: Partial<ActivitySelection>, page: typeof PAGE | typeof LATER = PAGE) =>
    planOf(db, db.tenantId, (tx) => listActivity(tx, { ...ALL, ...selection }, page));
  it.each([
    ['the latest steps', () => activity({}), 'exception_event_recent'],
    ['the latest steps behind a cursor', () => activity({}, LATER), 'exception_event_recent'],
    ['the steps of people', () => activity({ by: 'people' }), 'exception_event_of_people'],
    ['the steps of one person', () => activity({ personId: PERSON }), 'exception_event_by_person'],
    ['the steps of one person, later', () => activity({ personId: PERSON }, LATER), 'exception_event_by_person'],
    [
      'notifications',
      () => planOf(db, db.tenantId, (tx) => listNotifications(tx, PERSON, false, PAGE)),
      'person_notification_of',
    ],
    [
      'unread notifications',
      () => planOf(db, db.tenantId, (tx) => listNotifications(tx, PERSON, true, PAGE)),
      'person_notification_unread',
    ],
    [
      'how many are unread',
      () => planOf(db, db.tenantId, (tx) => countNotifications(tx, PERSON, true)),
      'person_notification_unread',
    ],
    ['who watches', () => planOf(db, db.tenantId, (tx) => findAudience(tx, [EXCEPTION])), 'exception_watch_pkey'],
  ])('%s', async (_name, explained, index) => {
    const { indexes, scannedTables, executionMs } = await explained();
    expect(scannedTables).toEqual([]);
    expect(indexes).toContain(index);
    expect(executionMs).toBeLessThan(50);
  });
});
