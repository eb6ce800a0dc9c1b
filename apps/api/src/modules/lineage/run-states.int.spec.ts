import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseInstant, type Instant } from '@throughline/canonical';
import { openLineageRunState, type OpenLineageRunState, type RunStateEvent } from '@throughline/ingest';
import { createTestDatabase, type TestDatabase } from '@throughline/persistence/testing';
import type { RunState } from './graphql/run.types.js';
import { newPipelineBench, type PipelineBench } from './pipeline/testing/pipeline-bench.js';
import { storeRawSignals } from './pipeline/testing/store-raw-signals.js';
import { listRuns } from './run.repository.js';

type Told = [eventType: RunStateEvent['eventType'], minute: number];

const SETS: readonly (readonly Told[])[] = [
  [
    ['START', 0],
    ['COMPLETE', 5],
  ],
  [
    ['START', 9],
    ['COMPLETE', 5],
  ],
  [
    ['COMPLETE', 5],
    ['FAIL', 5],
  ],
  [
    ['COMPLETE', 6],
    ['FAIL', 5],
  ],
  [
    ['COMPLETE', 5],
    ['ABORT', 5],
  ],
  [
    ['ABORT', 5],
    ['COMPLETE', 5],
    ['FAIL', 5],
  ],
  [
    ['RUNNING', 3],
    ['OTHER', 9],
  ],
  [
    ['ABORT', 5],
    ['START', 1],
    ['RUNNING', 7],
  ],
  [['OTHER', 1]],
];

const SHOWN: Record<OpenLineageRunState['state'], RunState> = {
  UNKNOWN: 'OTHER',
  OTHER: 'OTHER',
  START: 'RUNNING',
  RUNNING: 'RUNNING',
  COMPLETE: 'COMPLETED',
  FAIL: 'FAILED',
  ABORT: 'ABORTED',
};

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, at) =>
    permutations([...items.slice(0, at), ...items.slice(at + 1)]).map((rest) => [item, ...rest]),
  );
}

const timeOf = (minute: number): Instant => {
  const parsed = parseInstant(`2026-09-30T08:0${minute}:00.000Z`);
  if (!parsed.ok) throw new Error('no instant');
  return parsed.value;
};

let db: TestDatabase;
let bench: PipelineBench;
beforeAll(async () => {
  db = await createTestDatabase();
  bench = await newPipelineBench(db);
});
afterAll(() => db.close());

describe('the state of a run as it is shown', () => {
  it('is the join of its events, in whichever order they came', async () => {
    const runs = SETS.flatMap(permutations).map((events) => ({ runId: randomUUID(), events }));
    for (let round = 0; round < 3; round += 1) {
      await bench.inTenant((tx) =>
        storeRawSignals(
          tx,
          runs.flatMap(({ runId, events }) => {
            const event = events[round];
            if (event === undefined) return [];
            const [eventType, minute] = event;
            const body = {
              eventType,
              eventTime: timeOf(minute),
              producer: 'https://example.org/test',
              schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json',
              run: { runId },
              job: { namespace: 'dbt', name: 'nightly' },
            };
            const scopedKey = `ol:${runId}:${eventType}`;
            return [{ kind: 'openlineage' as const, scopedKey, sourceSystem: 'dbt', externalId: runId, body }];
          }),
        ),
      );
      await bench.settle();
    }
    const rows = await bench.inTenant((tx) => listRuns(tx, null, { first: 200, after: null }));
    const shown = new Map(rows.map(({ key, state, endings }) => [key, { state, isConflict: endings > 1 }]));
    for (const { runId, events } of runs) {
      const joined = openLineageRunState(
        events.map(([eventType, minute]) => ({ eventType, occurredAt: timeOf(minute), eventId: eventType })),
      );
      expect({ events, ...shown.get(runId) }).toEqual({
        events,
        state: SHOWN[joined.state],
        isConflict: joined.hasConflict,
      });
    }
  });
});
