import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTestDatabase } from '@throughline/persistence/testing';
import { financeEvent } from '@throughline/scenarios';
import { newPipelineBench } from '../lineage/pipeline/testing/pipeline-bench.js';
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
