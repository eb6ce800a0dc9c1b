import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { spanRecord, storeReceivedSpans } from '../../testing/stored-spans.js';
import { compactSpans } from '../../worker/span-compaction.js';

const NOW = new Date();
const START = 1_790_000_000_000_000_000n;
const MS = 1_000_000n;
const SPANS = 6_000;

type Row = { spanId: string; depth: number; children: number; criticalMs: number; offsetMs: number };
type Share = { serviceName: string; nanos: string };
type TraceAnswer = {
  trace: {
    spanCount: number;
    errorCount: number;
    isTruncated: boolean;
    isPartial: boolean;
    durationMs: number;
    spans: { spanId: string }[];
    root: Row;
    firstCause: Row | null;
    criticalPath: {
      segmentCount: number;
      startUnixNano: string;
      endUnixNano: string;
      services: Share[];
      segments: unknown[];
    };
    window: { rowCount: number; skip: number; rows: Row[] };
    span: { name: string; attributes: Record<string, unknown>; status: string } | null;
  };
};

const spanId = (number: number) => number.toString(16).padStart(16, '0');

/** A root with steps of a millisecond back to back, each below the root; every tenth calls another service. */
function longRun(traceId: string) {
  const at = (index: number) => START + BigInt(index) * MS;
  const root = spanRecord({
    traceId,
    spanId: spanId(1),
    name: 'run',
    startUnixNano: String(START),
    endUnixNano: String(at(SPANS)),
  });
  const steps = Array.from({ length: SPANS - 1 }, (_one, index) =>
    spanRecord({
      traceId,
      spanId: spanId(index + 2),
      parentSpanId: spanId(1),
      name: `step ${index}`,
      serviceName: index % 10 === 0 ? 'erp' : 'sync',
      startUnixNano: String(at(index)),
      endUnixNano: String(at(index + 1)),
      statusCode: index === 4_321 ? 2 : 0,
      attributes: { 'step.number': index, iban: 'DE89370400440532013000' },
    }),
  );
  return [root, ...steps];
}

describe('the waterfall of a long trace', () => {
  let api: ApiHarness;
  let approver: Client;
  let treasurer: Client;
  const traceId = 'ab'.repeat(16);

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'approver');
    await api.addPerson(api.test.tenantId, 'tom@acme.example', 'treasurer');
    approver = await api.signIn('ana@acme.example');
    treasurer = await api.signIn('tom@acme.example');
    const spans = longRun(traceId);
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      for (let at = 0; at < spans.length; at += 1_000) await storeReceivedSpans(tx, spans.slice(at, at + 1_000), NOW);
    });
  });
  afterAll(() => api.close());

  const ask = async (fields: string, client = approver) =>
    (await client.ask<TraceAnswer>(`{ trace(traceId: "${traceId}") { ${fields} } }`)).trace;
  const window = (args: string) =>
    `window(${args}) { rowCount skip rows { spanId depth children criticalMs offsetMs } }`;

  it('is counted whole, and comes page by page', async () => {
    const trace = await ask(`spanCount errorCount isTruncated isPartial durationMs ${window('first: 3, skip: 4000')}`);
    expect(trace).toMatchObject({
      spanCount: SPANS,
      errorCount: 1,
      isTruncated: true,
      isPartial: false,
      durationMs: SPANS,
    });
    expect(trace.window).toMatchObject({ rowCount: SPANS, skip: 4_000 });
    expect(trace.window.rows).toEqual(
      [3_999, 4_000, 4_001].map((offsetMs) => ({
        spanId: spanId(offsetMs + 2),
        depth: 1,
        children: 0,
        criticalMs: 1,
        offsetMs,
      })),
    );
  });

  it('has windows of time, and folds', async () => {
    const [from, until] = [START + 100n * MS + 1n, START + 102n * MS - 1n];
    const inTime = await ask(window(`fromUnixNano: "${from}", untilUnixNano: "${until}"`));
    expect(inTime.window.rows.map((row) => row.offsetMs)).toEqual([0, 100, 101]);
    const folded = await ask(window(`collapsed: ["${spanId(1)}"]`));
    expect(folded.window).toMatchObject({ rowCount: 1, rows: [{ spanId: spanId(1), children: SPANS - 1 }] });
  });

  it('tells the critical path: every step, back to back, adding up to the root', async () => {
    const { criticalPath, root, firstCause } = await ask(
      `root { spanId } firstCause { spanId }
       criticalPath { segmentCount startUnixNano endUnixNano services { serviceName nanos } segments { spanId } }`,
    );
    expect([root.spanId, firstCause?.spanId]).toEqual([spanId(1), spanId(4_323)]);
    expect(criticalPath.segmentCount).toBe(SPANS);
    expect(criticalPath.segments).toHaveLength(2_000);
    const whole = BigInt(criticalPath.endUnixNano) - BigInt(criticalPath.startUnixNano);
    expect(whole).toBe(BigInt(SPANS) * MS);
    expect(criticalPath.services).toEqual([
      { serviceName: 'sync', nanos: String(5_400n * MS) },
      { serviceName: 'erp', nanos: String(600n * MS) },
    ]);
  });

  it('shows the whole of one span, masked for those who may not see account numbers', async () => {
    const one = `span(spanId: "${spanId(4_323).toUpperCase()}") { name status attributes }`;
    expect((await ask(one)).span).toEqual({
      name: 'step 4321',
      status: 'ERROR',
      attributes: { 'step.number': 4_321, iban: 'DE89370400440532013000' },
    });
    expect(JSON.stringify((await ask(one, treasurer)).span)).not.toContain('370400440532013');
    expect((await ask(`span(spanId: "${'f'.repeat(16)}") { name }`)).span).toBeNull();
  });

  it('stays the same when compaction moves its spans, and sees what arrives later', async () => {
    const fields = `spanCount ${window('first: 2, skip: 10')} span(spanId: "${spanId(12)}") { name }`;
    const before = await ask(fields);
    const policy = { youngestMs: 0, enoughSpans: 1, longestWaitMs: 0 };
    const later = new Date(NOW.getTime() + 86_400_000);
    const compact = () => api.test.database.withTenant(api.test.tenantId, (tx) => compactSpans(tx, later, policy));
    while ((await compact()) !== null);
    expect(await ask(fields)).toEqual(before);
    const late = spanRecord({ traceId, spanId: spanId(9_999), parentSpanId: spanId(1), startUnixNano: String(START) });
    await api.test.database.withTenant(api.test.tenantId, (tx) => storeReceivedSpans(tx, [late], NOW));
    expect((await ask('spanCount')).spanCount).toBe(SPANS + 1);
  });

  it.each(['first: 501', 'first: 0', 'skip: -1', 'fromUnixNano: "soon"'])('refuses %s', async (args) => {
    const { errors } = await approver.send(`{ trace(traceId: "${traceId}") { ${window(args)} } }`);
    expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });
});
