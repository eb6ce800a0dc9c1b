import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SpanRecord } from '@throughline/ingest';
import { connected, createTenant } from '@throughline/persistence/testing';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { spanRecord, storeReceivedSpans } from '../../testing/stored-spans.js';
import { walkPages, type PageOf } from '../../testing/walk-pages.js';
import { compactSpans } from '../../worker/span-compaction.js';

const NOW = new Date();
const DAY_MS = 86_400_000;
const IBAN = 'DE89370400440532013000';

type LinkingSpan = {
  traceId: string;
  spanId: string;
  serviceName: string;
  name: string;
  startedAt: string;
  linkedSpanId: string;
  attributes: Record<string, unknown>;
};
type Answer = { trace: { linkedFrom: PageOf<LinkingSpan> & { totalCount: number; totalCountIsEstimate: boolean } } };

const QUERY = `query ($traceId: String!, $first: Int, $after: String, $spanId: String) {
  trace(traceId: $traceId) {
    linkedFrom(first: $first, after: $after, spanId: $spanId) {
      totalCount totalCountIsEstimate pageInfo { hasNextPage endCursor }
      edges { cursor node { traceId spanId serviceName name startedAt linkedSpanId attributes } }
    }
  }
}`;

let lastTrace = 0;
const newTraceId = () => (lastTrace += 1).toString(16).padStart(32, 'c');
const spanId = (number: number) => number.toString(16).padStart(16, '0');

describe('spans of other traces that link to a trace', () => {
  let api: ApiHarness;
  let approver: Client;
  let treasurer: Client;
  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'approver');
    await api.addPerson(api.test.tenantId, 'tom@acme.example', 'treasurer');
    approver = await api.signIn('ana@acme.example');
    treasurer = await api.signIn('tom@acme.example');
  });
  afterAll(() => api.close());

  const store = (spans: readonly SpanRecord[], receivedAt = NOW, tenantId = api.test.tenantId) =>
    api.test.database.withTenant(tenantId, (tx) => storeReceivedSpans(tx, spans, receivedAt));
  const compactAll = async () => {
    const policy = { youngestMs: 0, enoughSpans: 1, longestWaitMs: 0 };
    const later = new Date(NOW.getTime() + DAY_MS);
    while ((await api.test.database.withTenant(api.test.tenantId, (tx) => compactSpans(tx, later, policy))) !== null);
  };
  const ask = async (traceId: string, variables: Record<string, unknown> = {}, client = approver) =>
    (await client.ask<Answer>(QUERY, { traceId, ...variables })).trace.linkedFrom;
  const linking = async (traceId: string): Promise<string[]> => (await ask(traceId)).edges.map(({ node }) => node.name);
  const link = (traceId: string, to = 1, attributes = {}) => ({
    traceId,
    spanId: spanId(to),
    traceState: '',
    attributes,
    droppedAttributesCount: 0,
    flags: 0,
  });
  const linkingSpan = (traceId: string, name: string, change: Partial<SpanRecord> = {}) =>
    spanRecord({ traceId: newTraceId(), spanId: spanId(10), name, links: [link(traceId)], ...change });
  const linked = (traceId: string) => spanRecord({ traceId, spanId: spanId(1) });

  it('are found whichever came first', async () => {
    const [linkedFirst, linkerFirst, together] = [newTraceId(), newTraceId(), newTraceId()];
    await store([linked(linkedFirst)]);
    await store([linkingSpan(linkedFirst, 'came later')]);
    await store([linkingSpan(linkerFirst, 'came first')]);
    expect(await approver.ask(QUERY, { traceId: linkerFirst })).toEqual({ trace: null });
    await store([linked(linkerFirst)]);
    await store([linkingSpan(together, 'in one request'), linked(together)]);
    expect(await Promise.all([linkedFirst, linkerFirst, together].map(linking))).toEqual([
      ['came later'],
      ['came first'],
      ['in one request'],
    ]);
  });

  it('tell what they are, and what the link says', async () => {
    const traceId = newTraceId();
    const span = linkingSpan(traceId, 'process order', {
      serviceName: 'billing',
      startUnixNano: '1790000000123456789',
      links: [link(traceId, 1, { 'messaging.message.id': 'm-1', iban: IBAN })],
    });
    await store([linked(traceId), span]);
    const known = {
      traceId: span.traceId,
      spanId: spanId(10),
      serviceName: 'billing',
      name: 'process order',
      startedAt: '2026-09-21T14:13:20.123Z',
      linkedSpanId: spanId(1),
    };
    expect((await ask(traceId)).edges[0]?.node).toEqual({
      ...known,
      attributes: { 'messaging.message.id': 'm-1', iban: IBAN },
    });
    const masked = (await ask(traceId, {}, treasurer)).edges[0]?.node;
    expect(masked).toMatchObject({ ...known, attributes: { 'messaging.message.id': 'm-1' } });
    expect(JSON.stringify(masked)).not.toContain('370400440532013');
    const forward = await treasurer.ask(`{ trace(traceId: "${span.traceId}") { spans { links } } }`);
    expect(JSON.stringify(forward)).toContain(traceId);
    expect(JSON.stringify(forward)).not.toContain('370400440532013');
  });

  it('are shown once, however often and in what company they were sent, also after compaction', async () => {
    const traceId = newTraceId();
    const span = linkingSpan(traceId, 'process order');
    const beside = spanRecord({ traceId: span.traceId, spanId: spanId(11) });
    const third = spanRecord({ traceId: span.traceId, spanId: spanId(12) });
    await store([linked(traceId)]);
    await store([span], new Date(NOW.getTime() - DAY_MS));
    await store([span]);
    await store([span]);
    await store([beside, span]);
    await store([{ ...span, name: 'with another start', startUnixNano: '1790000000500000000' }, third]);
    for (const _state of ['as received', 'compacted']) {
      expect(await linking(traceId)).toEqual(['process order']);
      expect((await ask(traceId)).totalCount).toBe(1);
      await compactAll();
    }
  });

  it('are entered by compaction where an earlier version stored the chunk', async () => {
    const traceId = newTraceId();
    await store([linked(traceId), linkingSpan(traceId, 'stored before')]);
    await connected(api.test.ownerUrl, (owner) =>
      owner.query('delete from span_link where linked_trace_id = $1', [traceId]),
    );
    expect(await linking(traceId)).toEqual([]);
    await compactAll();
    expect(await linking(traceId)).toEqual(['stored before']);
  });

  it('are those of the own tenant alone', async () => {
    const [traceId, other] = [newTraceId(), randomUUID()];
    await createTenant(api.test.ownerUrl, other);
    await store([linked(traceId), linkingSpan(traceId, 'ours')]);
    await store([linkingSpan(traceId, 'theirs')], NOW, other);
    expect(await linking(traceId)).toEqual(['ours']);
  });

  it('come by linked span and latest first, page by page, and can be asked for of one span', async () => {
    const traceId = newTraceId();
    const many = Array.from({ length: 25 }, (_, index) =>
      linkingSpan(traceId, `run ${index}`, {
        startUnixNano: String(1_790_000_000_000_000_000n + BigInt(index >> 1) * 1_000_000_000n),
        links: [link(traceId, 1 + (index % 2)), link(newTraceId(), 7)],
      }),
    );
    await store([linked(traceId), ...many]);
    // the ends of the range of span ids, which are kept as signed numbers
    await store([linkingSpan(traceId, 'to the last', { links: [{ ...link(traceId), spanId: 'f'.repeat(16) }] })]);
    const walked = await walkPages<LinkingSpan>(async (after) => ask(traceId, { first: 4, after }));
    expect(walked).toHaveLength(26);
    expect(new Set(walked.map((node) => node.traceId)).size).toBe(26);
    const bySpan = (id: string) => walked.filter((node) => node.linkedSpanId === id).map((node) => node.startedAt);
    for (const id of [spanId(1), spanId(2)]) expect(bySpan(id)).toEqual(bySpan(id).toSorted().toReversed());
    expect((await ask(traceId, { first: 1 })).totalCount).toBe(26);
    const ofOne = await ask(traceId, { spanId: spanId(2).toUpperCase(), first: 5 });
    expect(ofOne.totalCount).toBe(12);
    expect(new Set(ofOne.edges.map(({ node }) => node.linkedSpanId))).toEqual(new Set([spanId(2)]));
  });

  it('of a hub are counted and paged, not gathered', async () => {
    const traceId = newTraceId();
    await store([linked(traceId)]);
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query(
        `insert into span_link (tenant_id, linked_trace_id, linked_span_id, trace_id, span_id, received_on, started_at, service_name, name)
         select $1, $2, 1, md5('hub' || i)::uuid, i, $3, now(), 'sync', 'run' from generate_series(1, 12000) i`,
        [tx.tenantId, traceId, NOW],
      ),
    );
    const page = await ask(traceId, { first: 200 });
    expect(page.edges).toHaveLength(200);
    expect(page.totalCount).toBeGreaterThan(10_000);
    expect(page.totalCountIsEstimate).toBe(true);
  });

  it.each([
    ['a span id that is none', { spanId: 'zz' }],
    ['a cursor of another list', { after: 'e30' }],
    ['a page that is too long', { first: 201 }],
  ])('are refused to %s', async (_what, variables) => {
    const traceId = newTraceId();
    await store([linked(traceId)]);
    const { errors } = await approver.send(QUERY, { traceId, ...variables });
    expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  it('and what a sender threw away itself is told', async () => {
    const traceId = newTraceId();
    await store([{ ...linked(traceId), dropped: { attributes: 3, events: 0, links: 4_294_967_295 } }]);
    const answer = await approver.ask(
      `{ trace(traceId: "${traceId}") { spans { dropped { attributes events links } } } }`,
    );
    expect(answer).toEqual({ trace: { spans: [{ dropped: { attributes: 3, events: 0, links: 4_294_967_295 } }] } });
  });
});
