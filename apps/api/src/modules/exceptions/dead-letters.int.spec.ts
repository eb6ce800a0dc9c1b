import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTestDatabase } from '@throughline/persistence/testing';
import { financeEvent } from '@throughline/scenarios';
import { newPipelineBench } from '../lineage/pipeline/testing/pipeline-bench.js';
import { storeRawSignals } from '../lineage/pipeline/testing/store-raw-signals.js';
import { type FailureOf, findFailures } from './exception-parts.repository.js';
import { createExceptionsConsumer } from './index.js';

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

it('a dead letter is an exception with the message and its headers, without what lets somebody in', async () => {
  const bench = await newPipelineBench(db);
  await bench.store([
    financeEvent('integration.run-failed', 'I-1', '2026-10-01T09:00:00Z', {
      system: 'billing',
      integration: 'billing-to-sap',
      outcome: 'failure',
      objects: [{ type: 'invoice', keys: [{ kind: 'number', value: 'I-1' }] }],
      problem: {
        code: 'platform.time-out',
        message: 'rejected after 3 deliveries',
        payload: { invoice: 'I-1' },
        headers: { 'x-first-death-queue': 'sap.invoices', authorization: 'Bearer s3cret' },
      },
    }),
  ]);
  await bench.settle();
  await bench.tell(createExceptionsConsumer({ clock: () => new Date() }));
  const failures = await bench.inTenant(async (tx) => {
    const exceptions = await tx.query<FailureOf>(
      `select exception_id as "exceptionId", last_activity_id as "lastActivityId" from exception where tenant_id = $1`,
      [tx.tenantId],
    );
    return findFailures(tx, exceptions);
  });
  expect(failures).toMatchObject([
    {
      payload: { invoice: 'I-1' },
      headers: { 'x-first-death-queue': 'sap.invoices', authorization: '(redacted)' },
    },
  ]);
});

it('a dead letter that nobody declared is an exception of an integration to adopt, and can be sent again as it was', async () => {
  const bench = await newPipelineBench(db);
  await bench.inTenant((tx) =>
    storeRawSignals(tx, [
      {
        kind: 'cloud-event',
        externalId: 'm-1',
        source: '/rabbit',
        type: 'com.acme.dead-letter',
        occurredAt: '2026-10-01T09:00:00.000Z',
        body: {
          payload: '{"invoice":"I-1"}',
          properties: { headers: { 'x-death': [{ queue: 'sap.invoices', reason: 'rejected', count: 2 }] } },
        },
      },
    ]),
  );
  await bench.settle();
  await bench.tell(createExceptionsConsumer({ clock: () => new Date() }));
  const found = await bench.inTenant(async (tx) => {
    const exceptions = await tx.query<FailureOf & { integration: string; title: string }>(
      `select exception_id as "exceptionId", last_activity_id as "lastActivityId", integration, title
       from exception where tenant_id = $1`,
      [tx.tenantId],
    );
    return { exceptions, failures: await findFailures(tx, exceptions) };
  });
  expect(found).toMatchObject({
    exceptions: [{ integration: 'sap.invoices' }],
    failures: [{ payload: { invoice: 'I-1' }, headers: { 'x-death': expect.stringContaining('sap.invoices') } }],
  });
});
