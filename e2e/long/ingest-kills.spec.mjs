import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { decodeSpanChunk } from '@throughline/ingest';
import { story } from '../browser/story.mjs';
import { eventually } from '../eventually.mjs';
import { pagesOf, rowsOf } from '../stack/sql.mjs';
import { kill, pidOf } from '../stack/victims.mjs';

const SPANS = Number(process.env.INGEST_KILLS_SPANS ?? 1_000_000);
const EVENTS = Number(process.env.INGEST_KILLS_EVENTS ?? 100_000);
const KILLS_OF_EACH = Number(process.env.INGEST_KILLS ?? 10);
const VICTIMS = ['collector', 'worker', 'database'];

const SPANS_OF_A_TRACE = 8;
const REQUESTS_OF_A_TRACE = 3;
const TRACES_OF_A_REQUEST = 300;
/** One span of a hundred tells of a business object. */
const SPANS_PER_ACTIVITY = 100;
const EVENTS_OF_A_REQUEST = 200;
const SENDERS = 3;
/** Longer than the launcher takes for a process that keeps dying. */
const LIVES_AT_LEAST_MS = 17_000;
const RECOVERS_WITHIN_MS = 90_000;
const WORKED_OFF_WITHIN_MS = 900_000;
const KEY = 'tl_demo_ingest_key';
const STARTED_AT = Date.parse('2026-09-30T08:00:00Z');

/** The same run of numbers every time, so that a failure can be looked at again. */
function seeded(seed) {
  let drawn = 0;
  return () =>
    createHash('sha256')
      .update(`${seed}:${String((drawn += 1))}`)
      .digest()
      .readUInt32BE() /
    2 ** 32;
}

const hex = (what, length) => createHash('sha256').update(what).digest('hex').slice(0, length);
const traceIdOf = (trace) => hex(`trace ${String(trace)}`, 32);
const spanIdOf = (number) => hex(`span ${String(number)}`, 16);

function spanOf(trace, position) {
  const number = trace * SPANS_OF_A_TRACE + position;
  const start = BigInt(STARTED_AT + number) * 1_000_000n;
  const attributes = { 'messaging.message.id': hex(`message ${String(number)}`, 24), 'http.request.method': 'POST' };
  if (number % SPANS_PER_ACTIVITY === 0) {
    Object.assign(attributes, {
      'finance.object.type': 'sales-order',
      'finance.object.key.system': 'load-erp',
      'finance.object.key.kind': 'order-number',
      'finance.object.key.value': `S-${String(number)}`,
      'finance.activity.type': 'sales-order.accepted',
      'finance.integration.name': 'salesforce-contract-to-order',
    });
  }
  return {
    traceId: traceIdOf(trace),
    spanId: spanIdOf(number),
    ...(position > 0 && { parentSpanId: spanIdOf(trace * SPANS_OF_A_TRACE) }),
    name: `step ${String(position)}`,
    kind: 2,
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + 1_500_000n),
    attributes: Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } })),
  };
}

/** Requests of spans: each trace is spread over three of them, as its services export it. */
function* spanRequests() {
  const traces = Math.ceil(SPANS / SPANS_OF_A_TRACE);
  for (let first = 0; first < traces; first += TRACES_OF_A_REQUEST) {
    const last = Math.min(first + TRACES_OF_A_REQUEST, traces);
    for (let part = 0; part < REQUESTS_OF_A_TRACE; part += 1) {
      const spans = [];
      for (let trace = first; trace < last; trace += 1) {
        for (let position = part; position < SPANS_OF_A_TRACE; position += REQUESTS_OF_A_TRACE) {
          if (trace * SPANS_OF_A_TRACE + position < SPANS) spans.push(spanOf(trace, position));
        }
      }
      const resource = { attributes: [{ key: 'service.name', value: { stringValue: `load-${String(part)}` } }] };
      const body = JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'load' }, spans }] }] });
      yield {
        path: '/v1/traces',
        headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
        body: gzipSync(body, { level: 1 }),
      };
    }
  }
}

function* eventRequests() {
  for (let first = 0; first < EVENTS; first += EVENTS_OF_A_REQUEST) {
    const numbers = Array.from(
      { length: Math.min(EVENTS_OF_A_REQUEST, EVENTS - first) },
      (_, offset) => first + offset,
    );
    const events = numbers.map((number) => ({
      specversion: '1.0',
      id: `load-${String(number)}`,
      source: '/load',
      type: 'finance.invoice.posted',
      time: new Date(STARTED_AT + number).toISOString(),
      datacontenttype: 'application/json',
      data: {
        system: 'load-erp',
        objects: [
          {
            type: 'invoice',
            keys: [{ kind: 'billing-document', value: `I-${String(number)}` }],
            amount: { amount: '12.50', currency: 'EUR' },
            direction: 'inflow',
          },
        ],
      },
    }));
    yield {
      path: '/v1/events',
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify(events),
    };
  }
}

/** Sends until it is acknowledged: what a sender with a queue on disk does. */
async function deliver(stack, request, counts) {
  for (;;) {
    try {
      const answer = await fetch(stack.collectorUrl + request.path, {
        method: 'POST',
        headers: { ...request.headers, authorization: `Bearer ${KEY}` },
        body: request.body,
        signal: AbortSignal.timeout(30_000),
      });
      const text = await answer.text();
      if (answer.status === 200) {
        assert.ok(!/"rejectedSpans":|"rejected":\[[^\]]/.test(text), `something was refused: ${text.slice(0, 300)}`);
        return;
      }
      assert.ok(
        [429, 502, 503, 504].includes(answer.status),
        `answered ${String(answer.status)}: ${text.slice(0, 300)}`,
      );
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
    }
    counts.retries += 1;
    await sleep(250);
  }
}

async function sendAll(stack, requests, counts) {
  const sender = async () => {
    for (const request of requests) {
      await deliver(stack, request, counts);
      counts.acknowledged += 1;
    }
  };
  // One generator shared by all senders: requests overtake one another, as they do in life.
  await Promise.all(Array.from({ length: SENDERS }, sender));
}

async function killAll(stack) {
  const random = seeded('ingest kills');
  const pause = LIVES_AT_LEAST_MS / VICTIMS.length;
  for (let round = 0; round < KILLS_OF_EACH; round += 1) {
    for (const victim of VICTIMS) {
      await sleep(pause * (0.6 + 0.8 * random()));
      const before = await kill(stack, victim);
      await eventually(
        `the ${victim} runs again`,
        async () => {
          const now = await pidOf(stack, victim).catch(() => null);
          return now !== null && now !== before;
        },
        RECOVERS_WITHIN_MS,
      );
    }
  }
}

story(
  'A million spans and a hundred thousand events, with every process killed ten times',
  async ({ step, newPage: _newPage, ...stack }) => {
    const counts = { acknowledged: 0, retries: 0 };

    await step(
      `${String(SPANS)} spans and ${String(EVENTS)} events are acknowledged while processes are killed`,
      async () => {
        const sending = Promise.all([sendAll(stack, spanRequests(), counts), sendAll(stack, eventRequests(), counts)]);
        await Promise.all([sending, killAll(stack)]);
        console.log(`${String(counts.acknowledged)} requests acknowledged, ${String(counts.retries)} sent again`);
      },
    );

    await step('what was received is worked off', async () => {
      await eventually(
        'nothing waits',
        async () => {
          const [{ waiting }] = await rowsOf(
            stack,
            'select (select count(*) from intake_batch) + (select count(*) from fresh_facts) + (select count(*) from dirty_alias) as waiting',
          );
          return Number(waiting) === 0;
        },
        WORKED_OFF_WITHIN_MS,
      );
    });

    await step('every event is there once, and so is its activity', async () => {
      const [events] = await rowsOf(
        stack,
        `select count(*) as rows, count(distinct external_id) as ids from signal where source = '/load'`,
      );
      assert.deepEqual(events, { rows: String(EVENTS), ids: String(EVENTS) });
      const [activities] = await rowsOf(
        stack,
        `select count(*) as rows, count(distinct objects->0->'aliases'->0->>'value') as objects
         from activity where system = 'load-erp' and type = 'invoice.posted'`,
      );
      assert.deepEqual(activities, { rows: String(EVENTS), objects: String(EVENTS) });
      const [{ objects }] = await rowsOf(
        stack,
        `select count(*) as objects from business_object where type = 'invoice' and key like 'I-%'`,
      );
      assert.equal(objects, String(EVENTS));
    });

    await step('every span is there for its readers, and every hundredth became one activity', async () => {
      const missing = new Set(Array.from({ length: SPANS }, (_, number) => spanIdOf(number)));
      let strangers = 0;
      await pagesOf(stack, 'select content, candidates from span_chunk', async ({ content, candidates }) => {
        for (const part of [content, candidates]) {
          if (part === null) continue;
          for (const group of await decodeSpanChunk(part)) {
            for (const span of group.spans) {
              if (span.serviceName.startsWith('load-')) missing.delete(span.spanId);
              else strangers += 1;
            }
          }
        }
      });
      assert.equal(
        missing.size,
        0,
        `${String(missing.size)} spans are missing (${String(strangers)} others are there)`,
      );
      const [activities] = await rowsOf(
        stack,
        `select count(*) as rows, count(distinct span_id) as spans
         from activity where system = 'load-erp' and signal_kind = 'span'`,
      );
      const expected = String(Math.ceil(SPANS / SPANS_PER_ACTIVITY));
      assert.deepEqual(activities, { rows: expected, spans: expected });
    });
  },
);
