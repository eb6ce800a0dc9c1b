import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@throughline/persistence/testing';
import { newPipelineBench, type PipelineBench } from '../lineage/pipeline/testing/pipeline-bench.js';
import { storeRawSignals } from '../lineage/pipeline/testing/store-raw-signals.js';
import { createResidualConsumer } from '../reconciliation/index.js';
import { createExceptionsConsumer } from './exceptions.events.js';

const clock = () => new Date('2026-09-30T09:00:00.000Z');

let db: TestDatabase;
let bench: PipelineBench;
beforeAll(async () => {
  db = await createTestDatabase();
  bench = await newPipelineBench(db);
});
afterAll(() => db.close());

async function told(runId: string, eventType: string, minute: number): Promise<void> {
  const body = {
    eventType,
    eventTime: `2026-09-30T08:0${minute}:00.000Z`,
    producer: 'https://example.org/test',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json',
    run: { runId },
    job: { namespace: 'dbt', name: 'nightly' },
  };
  await bench.inTenant((tx) =>
    storeRawSignals(tx, [
      { kind: 'openlineage', scopedKey: `ol:${runId}:${minute}`, sourceSystem: 'dbt', externalId: runId, body },
    ]),
  );
  await bench.settle();
  await bench.tell(createResidualConsumer({ clock }));
  await bench.tell(createExceptionsConsumer({ clock }));
}

const conflicts = (runId: string) =>
  bench.inTenant((tx) =>
    tx.query<{ title: string; state: string }>(
      `select e.title, e.state from exception e join business_object b on b.tenant_id = $1 and b.object_id = e.object_id
       where e.tenant_id = $1 and e.taxonomy = 'data-quality.conflicting-outcome' and b.key = $2`,
      [tx.tenantId, runId],
    ),
  );

describe('a run of which two different ends are told', () => {
  it.each<[string, readonly string[]]>([
    ['completed, then failed', ['START', 'COMPLETE', 'FAIL']],
    ['failed, then completed', ['FAIL', 'COMPLETE']],
    ['aborted, completed, and failed as well', ['ABORT', 'COMPLETE', 'FAIL']],
  ])('is one exception, whichever came first: %s', async (_name, events) => {
    const runId = randomUUID();
    for (const [minute, eventType] of events.entries()) await told(runId, eventType, minute);
    expect(await conflicts(runId)).toEqual([
      { title: expect.stringContaining('Run is told to have ended in several ways'), state: 'OPEN' },
    ]);
  });

  it.each<[string, readonly string[]]>([
    ['one end', ['START', 'COMPLETE']],
    ['the same end twice', ['FAIL', 'FAIL']],
  ])('is none with %s', async (_name, events) => {
    const runId = randomUUID();
    for (const [minute, eventType] of events.entries()) await told(runId, eventType, minute);
    expect(await conflicts(runId)).toEqual([]);
  });
});
