import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@throughline/persistence/testing';
import { newPipelineBench, type PipelineBench } from '../testing/pipeline-bench.js';
import { type RawSignal, storeRawSignals } from '../testing/store-raw-signals.js';

const INVOICE = { namespace: 'throughline://erp', name: 'invoice/invoice-number/INV-1' };
const ORDER = { namespace: 'throughline://erp', name: 'sales-order/order-number/SO-1' };
const FORECAST = { namespace: 'throughline://kyriba', name: 'cash-forecast/forecast-id/F-7' };
const TABLE = { namespace: 'pg', name: 'ar' };

type Said = [eventType: string, minute: number, inputs: object[], outputs: object[]];
const EVENTS: readonly Said[] = [
  ['START', 1, [INVOICE, TABLE], []],
  ['RUNNING', 3, [ORDER], []],
  ['COMPLETE', 5, [], [FORECAST]],
];
const ORDERS = [
  [0, 1, 2],
  [2, 1, 0],
  [1, 2, 0],
  [2, 0, 1],
];

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

function signalOf(runId: string, [eventType, minute, inputs, outputs]: Said): RawSignal {
  return {
    kind: 'openlineage',
    scopedKey: `ol:${runId}:${eventType}:${minute}`,
    sourceSystem: 'airflow',
    externalId: runId,
    body: {
      eventType,
      eventTime: `2026-09-30T02:0${minute}:00.000Z`,
      producer: 'p',
      run: { runId },
      job: { namespace: 'close', name: 'load' },
      inputs,
      outputs,
    },
  };
}

const send = (bench: PipelineBench, signals: readonly RawSignal[]) =>
  bench.inTenant((tx) => storeRawSignals(tx, signals));

async function flowsOf(bench: PipelineBench): Promise<string[]> {
  const { objects, links } = await bench.read();
  const key = (id: string) => objects.find(({ objectId }) => objectId === id)?.key;
  return links
    .flatMap((link) => (link.qualifier === 'feeds' ? [`${key(link.fromObjectId)} feeds ${key(link.toObjectId)}`] : []))
    .sort();
}

const runOf = async (bench: PipelineBench) => (await bench.read()).objects.find(({ type }) => type === 'run');

describe('the events of a run', () => {
  it('add up, in whichever order and however divided they come', async () => {
    const runId = randomUUID();
    const seen = [];
    for (const order of ORDERS) {
      for (const atOnce of [true, false]) {
        const bench = await newPipelineBench(db);
        const signals = order.map((place) => signalOf(runId, EVENTS[place]!));
        for (const part of atOnce ? [signals] : signals.map((one) => [one])) {
          await send(bench, part);
          await bench.settle();
        }
        expect(await flowsOf(bench)).toEqual(['INV-1 feeds F-7', 'SO-1 feeds F-7']);
        seen.push(await bench.read());
      }
    }
    expect(seen[0]!.objects.find(({ type }) => type === 'run')!.attributes).toMatchObject({
      inputs: [
        'pg/ar',
        'throughline://erp/invoice/invoice-number/INV-1',
        'throughline://erp/sales-order/order-number/SO-1',
      ].join(', '),
      outputs: 'throughline://kyriba/cash-forecast/forecast-id/F-7',
    });
    for (const one of seen) expect(one).toEqual(seen[0]);
  });

  it('add up to the same when all is made again, and feed nothing any more once the run is known to have failed', async () => {
    const bench = await newPipelineBench(db);
    const runId = randomUUID();
    await send(
      bench,
      EVENTS.map((event) => signalOf(runId, event)),
    );
    await bench.settle();
    const before = await bench.read();
    await bench.inTenant((tx) => bench.rebuildWithin(tx));
    expect(await bench.read()).toEqual(before);
    await send(bench, [signalOf(runId, ['FAIL', 6, [], []])]);
    await bench.settle();
    expect(await flowsOf(bench)).toEqual([]);
    expect((await runOf(bench))?.attributes).toMatchObject({
      outputs: before.objects.find(({ type }) => type === 'run')?.attributes['outputs'],
    });
  });

  it('change what was gathered, however many came since: of a run that reports for ever the last events count', async () => {
    const bench = await newPipelineBench(db);
    const runId = randomUUID();
    await send(
      bench,
      EVENTS.map((event) => signalOf(runId, event)),
    );
    await bench.settle();
    expect(await flowsOf(bench)).toEqual(['INV-1 feeds F-7', 'SO-1 feeds F-7']);
    const later = Array.from({ length: 520 }, (_, second) => {
      const signal = signalOf(runId, ['RUNNING', 6, [TABLE], []]);
      const eventTime = new Date(Date.UTC(2026, 8, 30, 3) + second * 1_000).toISOString();
      return { ...signal, scopedKey: `${signal.scopedKey}:${second}`, body: { ...Object(signal.body), eventTime } };
    });
    await send(bench, later);
    await bench.settle();
    const after = await bench.read();
    // nothing of the last five hundred names an invoice, an order or a forecast
    expect(await flowsOf(bench)).toEqual([]);
    await bench.inTenant((tx) => bench.rebuildWithin(tx));
    expect(await bench.read()).toEqual(after);
  });
});
