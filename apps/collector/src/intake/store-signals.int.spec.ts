import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTestDatabase } from '@throughline/persistence/testing';
import type { NewSignal } from './new-signal.js';
import { storeSignals } from './store-signals.js';

const DAY_MS = 86_400_000;

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const event: NewSignal = {
  kind: 'cloud-event',
  scopedKey: 'ce:-:/erp:1',
  sourceSystem: '',
  sourceKind: '',
  type: 'orders.changed',
  externalId: '1',
  source: '/erp',
  occurredAt: null,
  contentType: 'application/json',
  attributes: {},
  hopTraceparent: null,
  traceId: null,
  body: Buffer.from('{}'),
  sequenceNo: null,
  fileId: null,
  recordNo: null,
};

it('an event that is delivered again on another day is one signal and one piece of work', async () => {
  const today = new Date();
  const store = (receivedAt: Date) =>
    db.database.withTenant(db.tenantId, (tx) => storeSignals(tx, [event], { receivedAt, keyId: null }));
  expect(await store(today)).toMatchObject({ stored: 1, duplicates: 0 });
  expect(await store(new Date(today.getTime() + DAY_MS))).toMatchObject({ stored: 0, duplicates: 1 });
  const [left] = await db.database.withTenant(db.tenantId, (tx) =>
    tx.query(
      `select (select count(*)::int from signal where tenant_id = $1) as signals,
              (select count(*)::int from intake_batch where tenant_id = $1) as batches`,
      [tx.tenantId],
    ),
  );
  expect(left).toEqual({ signals: 1, batches: 1 });
});
