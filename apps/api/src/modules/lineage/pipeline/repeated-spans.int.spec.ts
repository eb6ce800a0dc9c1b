import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { SpanRecord } from '@throughline/ingest';
import { PostgresSignalLog } from '@throughline/persistence';
import { createTestDatabase } from '@throughline/persistence/testing';
import { spanRecord, storeReceivedSpans } from '../../../testing/stored-spans.js';
import { compactSpans } from '../../../worker/span-compaction.js';
import { findSpans } from '../trace.repository.js';
import { requestRemapping } from './remapping/remapping.repository.js';
import { newPipelineBench, type PipelineBench } from './testing/pipeline-bench.js';

jest.setTimeout(30_000);

const TRACE = 'd'.repeat(32);
const SPAN = 'a'.repeat(16);
const DAY_MS = 86_400_000;
const LOG = new PostgresSignalLog();
// Noon: a second later is the same day.
const NOON = new Date(new Date().setUTCHours(12, 0, 0, 0) - DAY_MS).getTime();
const ALL = { youngestMs: 0, enoughSpans: 1, longestWaitMs: 0 };

let db: Awaited<ReturnType<typeof createTestDatabase>>;
let companions = 0;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

/** A copy of the span that names this order, beside a span of its own: in other company it is stored whatever is there. */
function request(order: string, change: Partial<SpanRecord> = {}): SpanRecord[] {
  const attributes = { 'finance.object.type': 'sales-order', 'finance.object.key.value': order };
  companions += 1;
  const companion = spanRecord({ traceId: TRACE, spanId: companions.toString(16).padStart(16, '0') });
  return [spanRecord({ traceId: TRACE, spanId: SPAN, name: order, attributes, ...change }), companion];
}

/** Stores a request as the collector does; answers its batch. */
async function receive(bench: PipelineBench, spans: SpanRecord[], receivedAtMs: number): Promise<string> {
  const receivedAt = new Date(receivedAtMs);
  return bench.inTenant(async (tx) => {
    const { batchId, candidateSpans } = await storeReceivedSpans(tx, spans, receivedAt);
    if (candidateSpans > 0) await LOG.append(tx, { batchId, kind: 'spans', receivedAt, items: candidateSpans });
    return batchId;
  });
}

const compact = (bench: PipelineBench) => bench.inTenant((tx) => compactSpans(tx, new Date(NOON + 2 * DAY_MS), ALL));
const mapAgain = async (bench: PipelineBench, signalsAtOnce: number) => {
  const selection = {};
  await bench.inTenant((tx) =>
    requestRemapping(tx, { selection, reason: 'test', requestedBy: null, requestedAt: new Date() }),
  );
  await bench.remapWith(signalsAtOnce);
};
const rebuild = (bench: PipelineBench) => bench.inTenant((tx) => bench.rebuildWithin(tx));

/** The orders that the activities of the span name. */
async function mapped(bench: PipelineBench): Promise<string[]> {
  const rows = await bench.inTenant((tx) =>
    tx.query<{ value: string }>(
      `select objects -> 0 -> 'aliases' -> 0 ->> 'value' as value from activity where tenant_id = $1 and span_id = $2`,
      [tx.tenantId, Buffer.from(SPAN, 'hex')],
    ),
  );
  return rows.map((row) => row.value);
}
const statements = async (bench: PipelineBench): Promise<string[]> => {
  const rows = await bench.inTenant((tx) =>
    tx.query<{ value: string }>(
      `select a.objects -> s.position::int -> 'aliases' -> 0 ->> 'value' as value
       from alias_statement s join activity a on a.tenant_id = $1 and a.activity_id = s.activity_id where s.tenant_id = $1`,
      [tx.tenantId],
    ),
  );
  return rows.map((row) => row.value);
};
const shown = async (bench: PipelineBench): Promise<string | undefined> =>
  (await bench.inTenant((tx) => findSpans(tx, TRACE))).find((span) => span.spanId === SPAN)?.name;

/** The first copy decides, now and after everything that maps again or moves spans. */
async function expectAlways(bench: PipelineBench, order: string): Promise<void> {
  const look = async (after: string) => {
    expect([after, await mapped(bench), await statements(bench), await shown(bench)]).toEqual([after, [order], [order], order]); // prettier-ignore
  };
  await look('mapping');
  for (const state of ['as received', 'compacted']) {
    await mapAgain(bench, 500);
    await look(`mapping again, ${state}`);
    await mapAgain(bench, 1);
    await look(`mapping again one by one, ${state}`);
    await rebuild(bench);
    await look(`a rebuild, ${state}`);
    while ((await compact(bench)) !== null);
    await look(`compaction, ${state}`);
  }
}

describe('of copies of a span that differ the first received decides', () => {
  it('whichever is mapped first', async () => {
    const bench = await newPipelineBench(db);
    const first = await receive(bench, request('SO-1'), NOON);
    const second = await receive(bench, request('SO-2'), NOON + 1_000);
    await bench.mapBatches([second]);
    expect(await mapped(bench)).toEqual(['SO-2']);
    await bench.mapBatches([first]);
    await expectAlways(bench, 'SO-1');
    await bench.settle();
    expect((await bench.read()).objects.map(({ key }) => key)).toEqual(['SO-1']);
  });

  it('when both are mapped at once', async () => {
    const bench = await newPipelineBench(db);
    const second = await receive(bench, request('SO-2'), NOON + 1_000);
    const first = await receive(bench, request('SO-1'), NOON);
    await bench.mapBatches([second, first]);
    await expectAlways(bench, 'SO-1');
  });

  it('when two workers map them side by side', async () => {
    const bench = await newPipelineBench(db);
    const batches = [await receive(bench, request('SO-1'), NOON), await receive(bench, request('SO-2'), NOON + 1)];
    await Promise.all(batches.toReversed().map((batch) => bench.mapBatches([batch])));
    await expectAlways(bench, 'SO-1');
  });

  it('when it came the day before', async () => {
    const bench = await newPipelineBench(db);
    const midnight = NOON + DAY_MS / 2;
    await bench.mapBatches([await receive(bench, request('SO-2'), midnight)]);
    await bench.mapBatches([await receive(bench, request('SO-1'), NOON)]);
    await expectAlways(bench, 'SO-1');
  });

  it('when it waited while the later one was mapped and compacted, and stands behind it then', async () => {
    const bench = await newPipelineBench(db);
    const first = await receive(bench, request('SO-1'), NOON);
    await bench.mapBatches([await receive(bench, request('SO-2'), NOON + 1_000)]);
    await compact(bench);
    await bench.mapBatches([first]);
    // Compacted with a later request its chunk counts as received then.
    await receive(bench, [spanRecord({ traceId: 'e'.repeat(32), spanId: SPAN })], NOON + 2_000);
    await compact(bench);
    await expectAlways(bench, 'SO-1');
  });

  it.each(['SO-2', 'SO-1'])('when so much lies before %s that they are never read together', async (later) => {
    const bench = await newPipelineBench(db);
    await bench.mapBatches([await receive(bench, request(later), NOON + 2)]);
    for (let number = 0; number < 40; number += 1) {
      const spanId = (0xb000 + number).toString(16).padStart(16, 'b');
      const attributes = { 'finance.object.type': 'sales-order', 'finance.object.key.value': 'SO-3' };
      await receive(bench, [spanRecord({ traceId: 'c'.repeat(32), spanId, attributes })], NOON + 1);
    }
    await bench.mapBatches([await receive(bench, request('SO-1'), NOON)]);
    await bench.settle();
    for (const again of [rebuild, (one: PipelineBench) => mapAgain(one, 1)]) {
      await again(bench);
      expect(await mapped(bench)).toEqual(['SO-1']);
      expect((await statements(bench)).filter((value) => value !== 'SO-3')).toEqual(['SO-1']);
    }
  });

  it('and of those of one millisecond always the same, in any order', async () => {
    const orders = ['SO-1', 'SO-2', 'SO-3'];
    const outcomes = [];
    for (const turn of [0, 1, 2]) {
      const bench = await newPipelineBench(db);
      companions = 0;
      const batches: string[] = [];
      for (const order of [...orders.slice(turn), ...orders.slice(0, turn)])
        batches.push(await receive(bench, request(order), NOON));
      for (const batch of batches) await bench.mapBatches([batch]);
      const [order] = await mapped(bench);
      await expectAlways(bench, order!);
      outcomes.push(order);
    }
    expect(new Set(outcomes).size).toBe(1);
  });

  it('but a closed one before an open one', async () => {
    const bench = await newPipelineBench(db);
    await receive(bench, request('SO-1', { endUnixNano: '0' }), NOON);
    await bench.mapBatches([await receive(bench, request('SO-2'), NOON + 1_000)]);
    await receive(bench, request('SO-3', { endUnixNano: '0' }), NOON + 2_000);
    await expectAlways(bench, 'SO-2');
  });

  it('and a copy that says the same changes nothing', async () => {
    const bench = await newPipelineBench(db);
    await bench.mapBatches([await receive(bench, request('SO-1'), NOON)]);
    await bench.settle();
    await bench.inTenant((tx) => tx.query('delete from outbox_delivery where tenant_id = $1', [tx.tenantId]));
    const earlier = await receive(bench, request('SO-1'), NOON - 1_000);
    await bench.mapBatches([await receive(bench, request('SO-1'), NOON + 1_000), earlier]);
    await bench.settle();
    const told = await bench.inTenant((tx) =>
      tx.query('select 1 from outbox_delivery where tenant_id = $1', [tx.tenantId]),
    );
    expect(told).toEqual([]);
    await expectAlways(bench, 'SO-1');
  });

  it('and when that one names nothing any more, the next one does', async () => {
    const bench = await newPipelineBench(db);
    const named = (value: string) => ({ attributes: { 'acme.kind': 'sales-order', 'acme.order': value } });
    const names = (attribute: string, finance: string) =>
      bench.inTenant((tx) =>
        tx.query(
          `insert into attribute_name (tenant_id, service_name, attribute, finance_attribute) values ($1, 'sync', $2, $3)`,
          [tx.tenantId, attribute, finance],
        ),
      );
    await names('acme.kind', 'finance.object.type');
    await names('acme.order', 'finance.object.key.value');
    await receive(bench, request('SO-1', named('SO-1')), NOON);
    await bench.mapBatches([await receive(bench, request('SO-2'), NOON + 1_000)]);
    await rebuild(bench);
    expect(await mapped(bench)).toEqual(['SO-1']);
    await bench.inTenant((tx) => tx.query('delete from attribute_name where tenant_id = $1', [tx.tenantId]));
    await rebuild(bench);
    expect(await mapped(bench)).toEqual(['SO-2']);
  });
});
