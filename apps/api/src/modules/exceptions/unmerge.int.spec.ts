import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTestDatabase } from '@throughline/persistence/testing';
import { storeActivities } from '../lineage/pipeline/fact-writer.js';
import { replaceFacts } from '../lineage/pipeline/remapping/replace-facts.js';
import { newPipelineBench } from '../lineage/pipeline/testing/pipeline-bench.js';
import { type Said, activityOf } from '../lineage/pipeline/testing/said-activity.js';
import { createExceptionsConsumer } from './index.js';

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const at = (minute: number) => `2026-10-01T09:${String(minute).padStart(2, '0')}:00.000Z`;
const failed = (id: string, minute: number, name: string): Said => ({
  id,
  at: at(minute),
  type: 'sales-order.rejected',
  objects: [{ type: 'sales-order', names: [name] }],
  problem: { taxonomy: 'platform.connectivity', discriminators: { host: 'erp' }, message: 'no answer' },
});
const older = failed('older', 1, 'so1');
const younger = failed('younger', 2, 'so2');
/** A mapping error: it takes the reference of the customer for a number of the order. */
const wrong: Said = { id: 'wrong', at: at(3), objects: [{ type: 'sales-order', names: ['so1', 'so2'] }] };

it('objects that a wrong mapping merged are apart when it is mapped again, and so are their exceptions', async () => {
  const bench = await newPipelineBench(db);
  const consumer = createExceptionsConsumer({ clock: () => new Date(at(30)) });
  const settle = async () => {
    await bench.settle();
    await bench.tell(consumer);
  };
  const states = () =>
    bench.inTenant((tx) =>
      tx.query<{ state: string; key: string }>(
        `select e.state, b.key from exception e join business_object b on b.tenant_id = $1 and b.object_id = e.object_id
         where e.tenant_id = $1 order by e.opened_at, b.key`,
        [tx.tenantId],
      ),
    );
  const store = (...said: Said[]) => bench.inTenant((tx) => storeActivities(tx, said.map(activityOf)));
  const objects = async () => (await bench.read()).objects.map(({ key }) => key).sort();

  await store(older, younger);
  await settle();
  const before = await states();
  expect(before.map(({ state }) => state)).toEqual(['OPEN', 'OPEN']);

  await store(wrong);
  await settle();
  expect(await objects()).toEqual(['so1']);
  expect((await states()).map(({ state }) => state).sort()).toEqual(['DUPLICATE', 'OPEN']);

  await bench.inTenant((tx) =>
    replaceFacts(tx, {
      signalIds: [activityOf(wrong).signal.signalId],
      activities: [activityOf({ ...wrong, objects: [{ type: 'sales-order', names: ['so1'] }] })],
      copies: [],
    }),
  );
  await settle();
  expect(await objects()).toEqual(['so1', 'so2']);
  expect(await states()).toEqual(before);
  expect(await bench.read()).toEqual(
    bench.inMemoryOf(
      [older, younger, { ...wrong, objects: [{ type: 'sales-order' as const, names: ['so1'] }] }].map(activityOf),
    ),
  );
});
