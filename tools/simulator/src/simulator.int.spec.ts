import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mapCloudEvent, mapSpan, type StoredSignal } from '@throughline/ingest';
import { ALL_JOURNEYS } from '@throughline/scenarios';
import { Webhook } from 'standardwebhooks';
import { parseConfig } from './config.js';
import type { Log } from './log.js';
import { startSimulator, type Simulator } from './simulator.js';
import { startCapturingCollector, type CapturedEvent, type CapturingCollector } from './testing/capturing-collector.js';

const SECRET = 'whsec_dGhyb3VnaGxpbmUtZGVtby1zZWNyZXQtMDE=';
const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const JOURNEY_NAMES = ALL_JOURNEYS.map(({ name }) => name);
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

let collector: CapturingCollector;
let dataDir: string;
let simulator: Simulator | undefined;

async function start(more: Record<string, string> = {}): Promise<Simulator> {
  const config = parseConfig({
    SIMULATOR_PORT: '0',
    THROUGHLINE_DATA_DIR: dataDir,
    COLLECTOR_HTTP_URL: collector.httpUrl,
    COLLECTOR_GRPC_URL: collector.grpcUrl,
    DEMO_HISTORY_DAYS: '0',
    DEMO_ORDERS_PER_MINUTE: '0',
    DEMO_JOURNEYS_PER_HOUR: '0',
    DEMO_FAULT_PERCENT: '0',
    ...more,
  });
  return startSimulator(config, silent);
}

beforeEach(async () => {
  collector = await startCapturingCollector();
  dataDir = await mkdtemp(join(tmpdir(), 'throughline-simulator-'));
});

afterEach(async () => {
  await simulator?.close();
  simulator = undefined;
  await collector.close();
  await rm(dataDir, { recursive: true, force: true });
});

const url = (path: string): string => `http://127.0.0.1:${String(simulator?.port)}${path}`;

async function post(path: string, body: unknown): Promise<Record<string, string>> {
  const response = await fetch(url(path), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, string>;
}

async function until(what: string, isTrue: () => boolean | Promise<boolean>, withinMs = 8_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}`);
    await sleep(20);
  }
}

/** Types of the events about an order, each delivery once. */
function told(orderNumbers: Record<string, string>): string[] {
  const numbers = Object.values(orderNumbers);
  const about = collector.events.filter((event) => numbers.some((number) => Buffer.from(event.body).includes(number)));
  return [...new Map(about.map((event) => [`${event.source} ${event.id}`, event])).values()].map((event) => event.type);
}

function dataOf(event: CapturedEvent | undefined): Record<string, unknown> {
  return JSON.parse(Buffer.from(event?.body ?? '{}').toString('utf8')) as Record<string, unknown>;
}

async function requeue(order: Record<string, string>, id: string, attempt = 1, action?: string): Promise<Response> {
  const object = { type: 'sales-order', key: order['orderNumber'], aliases: [] };
  const body = JSON.stringify({
    requeueId: '6f2d9b1e-0000-8000-8000-000000000001',
    attempt,
    integration: 'salesforce-contract-to-order',
    object,
    payload: { orderNumber: order['orderNumber'] },
    payloadVersion: 1,
    reason: 'test',
    ...(action !== undefined && { action }),
  });
  const now = new Date();
  return fetch(url('/requeue/salesforce-contract-to-order'), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      'webhook-signature': new Webhook(SECRET).sign(id, now, body),
      'idempotency-key': id,
      traceparent: TRACEPARENT,
    },
    body,
  });
}

const COMPLETE = [
  'finance.cash-position.updated',
  'finance.contract.approved',
  'finance.invoice.posted',
  'finance.payment.applied',
  'finance.payment.received',
  'finance.sales-order.accepted',
];

describe('the simulated estate', () => {
  it('tells an order from contract to applied payment with real clients', async () => {
    simulator = await start();
    const order = await post('/control/order', { legalEntity: 'BR01', pace: 'fast' });
    await until('the whole order is told', () => told(order).length === COMPLETE.length);
    expect(told(order).sort()).toEqual(COMPLETE);
    await until('all spans arrived', () => collector.spans.some((span) => span.name === 'apply payment'));
    expect(new Set(collector.spans.map((span) => span.via))).toEqual(new Set(['grpc', 'http']));
    expect(new Set(collector.events.map((event) => event.mode))).toEqual(new Set(['structured', 'binary']));
    expect(collector.authorizations).toEqual(new Set(['Bearer tl_demo_ingest_key']));
  });

  it('sends signals that the mappings of the collector understand', async () => {
    simulator = await start({ DEMO_HISTORY_DAYS: '12', DEMO_FAULT_PERCENT: '14' });
    await until('the history is told', async () => (await stepsDue()) === 0, 20_000);
    const reference = {
      kind: 'cloud-event',
      receivedOn: '2026-11-20',
      signalId: '00000000-0000-8000-8000-000000000000',
    } as const;
    for (const event of collector.events) {
      const stored: StoredSignal = {
        kind: 'cloud-event',
        sourceSystem: '',
        sourceKind: '',
        occurredAt: null,
        scopedKey: `ce:-:${event.source}:${event.id}`,
        type: event.type,
        source: event.source,
        externalId: event.id,
        attributes: event.attributes,
        contentType: event.dataContentType ?? null,
        body: event.body,
      };
      expect(mapCloudEvent(stored, reference)).toHaveProperty('activities');
    }
    const failed = collector.spans.filter((span) => span.name === 'sync order' && span.statusCode === 2);
    const mapped = failed.map((span) => mapSpan(span, { ...reference, kind: 'span' }));
    const activities = mapped.flatMap((signal) => (signal.outcome === 'mapped' ? signal.activities : []));
    expect(activities.length).toBe(failed.length);
    expect(activities[0]).toMatchObject({ type: 'integration.run-failed', outcome: 'failure' });
  });

  it('dates its spans back', async () => {
    simulator = await start();
    await post('/control/order', { legalEntity: 'DE01', fault: 'unapplied', pace: 'fast' });
    await until('the credit is told', () => collector.spans.some((span) => span.name === 'take in bank credit'));
    const credit = collector.spans.find((span) => span.name === 'take in bank credit');
    const endedAt = Number(BigInt(credit?.endUnixNano ?? '0') / 1_000_000n);
    expect(endedAt).toBeLessThan(Date.now() - 3 * 3_600_000);
    expect(endedAt).toBeGreaterThan(Date.now() - 13 * 86_400_000);
  });

  it('fails without a mapping, again on request, and runs to the end once it is mended', async () => {
    simulator = await start();
    const order = await post('/control/order', { legalEntity: 'DE01', fault: 'missing-mapping', pace: 'fast' });
    await until('the order failed', () => told(order).includes('finance.sales-order.rejected'));
    expect(dataOf(collector.events.find((event) => event.type === 'finance.sales-order.rejected'))).toMatchObject({
      outcome: 'failure',
      problem: { discriminators: { sellingUnit: order['sellingUnit'] } },
    });
    expect((await requeue(order, 'msg_1')).status).toBe(202);
    await until(
      'it failed again',
      () => told(order).filter((type) => type === 'finance.sales-order.rejected').length === 2,
    );
    const again = collector.events.filter((event) => event.type === 'finance.sales-order.rejected').at(-1);
    expect(again?.attributes['throughlinerequeueid']).toBe('6f2d9b1e-0000-8000-8000-000000000001');
    expect(String(again?.attributes['traceparent'])).toContain('4bf92f3577b34da6a3ce929d0e0e4736');
    await until('its span arrived', () =>
      collector.spans.some((span) => span.traceId === '4bf92f3577b34da6a3ce929d0e0e4736'),
    );
    await post('/erp/mappings', { unit: order['sellingUnit'], companyCode: 'DE01' });
    expect((await requeue(order, 'msg_2', 2)).status).toBe(202);
    await until('the rest follows', () => told(order).includes('finance.payment.applied'));
    expect((await requeue(order, 'msg_2', 2)).status).toBe(409);
    const state = (await (await fetch(url('/erp/state'))).json()) as {
      requeues: { outcome: string; status: number }[];
    };
    expect(state.requeues.map((record) => record.outcome)).toEqual(['failed-again', 'succeeded', 'already-processed']);
  });

  it('cancels an order that is stuck, takes a notice, and says what it cannot undo', async () => {
    simulator = await start();
    const order = await post('/control/order', { legalEntity: 'DE01', fault: 'missing-mapping', pace: 'fast' });
    await until('the order failed', () => told(order).includes('finance.sales-order.rejected'));
    expect((await requeue(order, 'msg_r', 1, 'reverse')).status).toBe(422);
    expect((await requeue(order, 'msg_n', 1, 'notify')).status).toBe(202);
    expect((await requeue(order, 'msg_c', 2, 'cancel')).status).toBe(202);
    await until('it was cancelled', () => told(order).includes('finance.sales-order.cancelled'));
    const cancelled = collector.events.find((event) => event.type === 'finance.sales-order.cancelled');
    expect(cancelled?.attributes['throughlinerequeueid']).toBe('6f2d9b1e-0000-8000-8000-000000000001');
    expect(told(order)).not.toContain('finance.invoice.posted');
  });

  it('refuses what is not signed, too old, or about nothing it knows', async () => {
    simulator = await start();
    const unsigned = await fetch(url('/requeue/salesforce-contract-to-order'), { method: 'POST', body: '{}' });
    expect(unsigned.status).toBe(401);
    expect((await requeue({ orderNumber: 'SO-2026-999999' }, 'msg_x')).status).toBe(422);
    expect((await fetch(url('/requeue/s4hana-billing'), { method: 'POST', body: '{}' })).status).toBe(404);
  });

  it('loses nothing while the collector is away', async () => {
    simulator = await start();
    collector.isAway = true;
    const order = await post('/control/order', { legalEntity: 'US01', pace: 'fast' });
    await until('it was turned away some times', () => collector.turnedAway > 8, 15_000);
    collector.isAway = false;
    await until('the whole order is told', () => told(order).length === COMPLETE.length, 15_000);
    const roots = () => new Set(collector.spans.filter((span) => span.parentSpanId === null).map((span) => span.name));
    await until('the spans of all five runs arrived', () => roots().size === 5, 15_000);
  }, 30_000);

  it('goes on after a restart with what was not delivered, and with new numbers', async () => {
    simulator = await start();
    collector.isAway = true;
    const before = await post('/control/order', { legalEntity: 'SG01', pace: 'fast' });
    await until('it was turned away', () => collector.turnedAway > 0);
    await simulator.close();
    collector.isAway = false;
    simulator = await start();
    await until('the rest is told', () => told(before).length === COMPLETE.length, 15_000);
    const after = await post('/control/order', { legalEntity: 'SG01', pace: 'fast' });
    expect(after['orderNumber']).not.toBe(before['orderNumber']);
    const file = await readFile(join(dataDir, 'simulator', 'estate.json'), 'utf8');
    expect(JSON.parse(file)).toMatchObject({ version: 1 });
  }, 30_000);

  it('tells a journey of the past whole, and only once more after a restart what was not taken', async () => {
    simulator = await start();
    collector.isAway = true;
    const [name] = JOURNEY_NAMES;
    const startsAt = new Date(Date.now() - 100 * 86_400_000).toISOString();
    const journey = await post('/control/journeys', { name, startsAt });
    await until('it was turned away', () => collector.turnedAway > 0);
    await simulator.close();
    collector.isAway = false;
    simulator = await start();
    const events = ALL_JOURNEYS[0]!
      .play(String(journey['number']), Date.parse(startsAt))
      .filter(({ signal }) => signal.protocol === 'cloudevents');
    const ids = () => new Set(collector.events.map((event) => event.id)).size;
    await until('all of it is told', () => ids() === events.length, 15_000);
    await until('nothing of it is left', async () => {
      const file = await readFile(join(dataDir, 'simulator', 'estate.json'), 'utf8');
      return (JSON.parse(file) as { journeys: unknown[] }).journeys.length === 0;
    });
  }, 30_000);

  it('keeps what of a journey is still to come', async () => {
    simulator = await start();
    await post('/control/journeys', { name: JOURNEY_NAMES[0] });
    await until('its first signals are told', () => collector.events.length > 0);
    await simulator.close();
    simulator = undefined;
    const file = await readFile(join(dataDir, 'simulator', 'estate.json'), 'utf8');
    expect(JSON.parse(file)).toMatchObject({ journeys: [{ name: JOURNEY_NAMES[0] }] });
    const refused = await start().then((started) => {
      simulator = started;
      return post('/control/journeys', { name: 'nothing/of-this-name' });
    });
    expect(refused['message']).toBe('name is no journey of this estate');
  });

  it('shows what came to the chat, and fails as told', async () => {
    simulator = await start();
    await fetch(url('/chat/fail?times=2&status=429'), { method: 'POST' });
    const statuses = [];
    for (let times = 0; times < 3; times += 1) {
      const response = await fetch(url('/chat/hook'), {
        method: 'POST',
        body: JSON.stringify({ text: 'EUR 10.00 stuck' }),
      });
      statuses.push(`${String(response.status)} ${response.headers.get('retry-after') ?? '-'}`);
    }
    expect(statuses).toEqual(['429 1', '429 1', '200 -']);
    expect(await (await fetch(url('/chat'))).text()).toContain('EUR 10.00 stuck');
  });

  it('applies a forgotten payment on request, once', async () => {
    simulator = await start();
    const order = await post('/control/order', { legalEntity: 'SG01', fault: 'unapplied', pace: 'fast' });
    await until('the credit is told', () => told(order).includes('finance.payment.received'));
    const apply = (): Promise<Response> =>
      fetch(url('/erp/applications'), {
        method: 'POST',
        body: new URLSearchParams({ paymentReference: order['paymentReference'] ?? '' }),
        redirect: 'manual',
      });
    expect((await apply()).status).toBe(303);
    await until('the application is told', () => told(order).includes('finance.payment.applied'));
    expect((await apply()).status).toBe(409);
  });

  it('takes a mapping through the form and says what is wrong with it', async () => {
    simulator = await start();
    const form = (fields: Record<string, string>): Promise<Response> =>
      fetch(url('/erp/mappings'), { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
    const taken = await form({ unit: ' de01-bremen ', companyCode: 'DE01' });
    expect(taken.status).toBe(303);
    expect(taken.headers.get('location')).toBe('/erp?added=DE01-BREMEN');
    const refused = await form({ unit: '<b>', companyCode: 'DE01' });
    expect(refused.status).toBe(400);
    const page = await refused.text();
    expect(page).toContain('must be 3 to 40 letters');
    expect(page).not.toContain('<b>');
  });
});

async function stepsDue(): Promise<number> {
  const { steps } = (await (await fetch(url('/erp/state'))).json()) as { steps: { underWay: number; due: number } };
  return steps.underWay + steps.due;
}
