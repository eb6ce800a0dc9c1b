import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@throughline/persistence/testing';
import pg from 'pg';
import { leftThatMatters, SHIPPED_LIMITS } from './domain/run.js';
import { countForRelease } from './release-counts.repository.js';
import { countRuns, type RunRow } from './run.repository.js';

const NOW = new Date('2026-11-30T12:00:00Z');
const MEASURED_FROM = new Date('2026-11-30T11:00:00Z');

let db: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  db = await createTestDatabase();
  owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
  await owner.query(
    `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality)
     values ($1, 'sales', 'Sales', 'salesforce', 'sap-s4hana', 'Sales', 'high')`,
    [db.tenantId],
  );
});

afterAll(async () => {
  await owner.end();
  await db.close();
});

/** A run with attempts in every state, released before it was measured, long ago, just now and not at all. */
async function makeRun(canaryProof: RunRow['canaryProof'], items: number): Promise<RunRow> {
  const requestId = randomUUID();
  const run = {
    ...SHIPPED_LIMITS,
    canaryProof,
    requestId,
    state: 'SENDING',
    measuredFrom: MEASURED_FROM,
    note: null,
  } as const;
  await owner.query(
    `insert into requeue_run (tenant_id, request_id, rate_per_second, canary, canary_proof, ramp, max_in_flight, stop_percent,
                              stop_minimum, measured_from)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[
        db.tenantId,
        requestId,
        run.ratePerSecond,
        run.canary,
        canaryProof,
        run.ramp,
        run.maxInFlight,
        run.stopPercent,
      ],
      ...[run.stopMinimum, MEASURED_FROM],
    ],
  );
  await owner.query(
    `insert into requeue_attempt (tenant_id, attempt_id, request_id, exception_id, object_id, attempt, integration, idempotency_key,
                                  body, traceparent, state, created_at, released_at, sent_at, finished_at, verify_by)
     select $1, gen_random_uuid(), $2, gen_random_uuid(), gen_random_uuid(), 1, 'sales', 'msg', '{}', '', s.state, $3, r.at,
            case when n % 3 > 0 then r.at end, case when n % 7 = 0 then $3::timestamptz end,
            $3::timestamptz + (n % 5 - 2) * interval '1 minute'
     from generate_series(1, $4::int) as n
     cross join lateral (select (array['QUEUED', 'SENDING', 'ACKNOWLEDGED', 'REFUSED', 'UNKNOWN', 'FAILED', 'VERIFIED'])[n % 7 + 1] as state) s
     cross join lateral (select case when s.state = 'QUEUED' and n % 2 = 0 then null
       else $3::timestamptz - (array['2 hours', '10 minutes', '300 milliseconds'])[n % 3 + 1]::interval end as at) r`,
    [db.tenantId, requestId, NOW, items],
  );
  await owner.query('analyze requeue_attempt');
  return run;
}

it.each(['ACKNOWLEDGED', 'VERIFIED'] as const)(
  'counts what is shown, where it is few; %s is proof',
  async (canaryProof) => {
    const run = await makeRun(canaryProof, 120);
    const { few, all } = await db.database.withTenant(db.tenantId, async (tx) => ({
      few: await countForRelease(tx, run, NOW),
      all: await countRuns(tx, [run.requestId], NOW),
    }));
    const [shown] = all;
    expect(few.failed + few.pending + few.inFlight + few.releasedLastSecond).toBeGreaterThan(20);
    expect({ ...few, left: 0, proved: 0 }).toEqual({ ...shown, left: 0, proved: 0 });
    expect(few.left).toBe(Math.min(shown!.left, leftThatMatters(run)));
    expect(few.proved).toBeLessThanOrEqual(shown!.proved);
  },
);
