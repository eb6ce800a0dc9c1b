import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTestDatabase } from '@throughline/persistence/testing';
import { NOTHING_NOTICED } from './noticed.js';
import { findAffectedRoots } from './affected-roots.js';
import { type PipelineBench, newPipelineBench } from './testing/pipeline-bench.js';

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

async function problemAt(bench: PipelineBench, integration: string, clearedAt: string | null): Promise<string> {
  const objectId = randomUUID();
  await bench.inTenant((tx) =>
    tx.query(
      `insert into problem (tenant_id, object_id, hop, signature, taxonomy, discriminators, message, integration, occurrences,
                            first_occurred_at, last_occurred_at, last_activity_id, cleared_at)
       values ($1, $2, $3, 's', 'platform.time-out', '{}', '', $3, 1, '2026-09-30T07:00Z', '2026-09-30T07:00Z', $2, $4)`,
      [tx.tenantId, objectId, integration, clearedAt],
    ),
  );
  return objectId;
}

it('of a touched hub are the problems that its new activity may clear, not all that it ever cleared', async () => {
  const bench = await newPipelineBench(db);
  const open = await problemAt(bench, 'kyriba-cash-position', null);
  const clearedLater = await problemAt(bench, 'kyriba-cash-position', '2026-09-30T10:00Z');
  const clearedBefore = await problemAt(bench, 'kyriba-cash-position', '2026-09-30T08:00Z');
  await problemAt(bench, 's4hana-billing', null);
  const hubId = randomUUID();
  const touching = (regrouped: readonly string[]) =>
    bench.inTenant((tx) =>
      findAffectedRoots(
        tx,
        {
          touched: new Map([[hubId, { type: 'cash-position', since: '2026-09-30T09:00:00.000Z' }]]),
          vanished: [],
          regrouped: new Set(regrouped),
          reread: new Set(),
          relinked: new Set(),
          linkEnds: new Set(),
          tooManyAliases: [],
          noticed: NOTHING_NOTICED,
        },
        bench.workflows,
      ),
    );
  expect((await touching([])).problemObjectIds).toEqual([open, clearedLater].sort());
  expect((await touching([hubId])).problemObjectIds).toEqual([open, clearedLater, clearedBefore].sort());
});
