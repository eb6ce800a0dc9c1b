import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { missingMappingMended } from '@throughline/scenarios';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { spanRecord, storeReceivedSpans } from '../../testing/stored-spans.js';
import { PipelineBench } from './pipeline/testing/pipeline-bench.js';

const BEFORE = 'b'.repeat(32);
const AFTER = 'c'.repeat(32);

type Trace = {
  traceId: string;
  tie: string;
  via: string | null;
  spanCount: number;
  errorCount: number;
  hasFailed: boolean;
  isRetry: boolean;
  requeueId: string | null;
  integrations: string[];
};
type Answer = {
  transactions: {
    edges: { node: { traces: { spanCount: number; retries: number; isTruncated: boolean; traces: Trace[] } } }[];
  };
};

const QUERY = `{ transactions(first: 1) { edges { node { traces {
  spanCount retries isTruncated
  traces { traceId tie via spanCount errorCount hasFailed isRetry requeueId integrations }
} } } } }`;

describe('the traces of a transaction', () => {
  let api: ApiHarness;
  let client: Client;

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
    client = await api.signIn('ana@acme.example');
    const bench = new PipelineBench(api.test.database, api.test.tenantId);
    await bench.addEntities();
    await bench.store(missingMappingMended.signals);
    await bench.settle();
  });
  afterAll(() => api.close());

  const ask = async () => (await client.ask<Answer>(QUERY)).transactions.edges[0]!.node.traces;
  const link = (traceId: string) => ({
    traceId,
    spanId: '0000000000000001',
    traceState: '',
    attributes: {},
    droppedAttributesCount: 0,
    flags: 0,
  });

  it('are those of each try, with what failed and what was sent again', async () => {
    const { traces, ...rest } = await ask();
    // failed, failed again after it was sent again, accepted after the mapping was added
    expect(traces.map(({ tie, hasFailed, isRetry, errorCount }) => [tie, hasFailed, isRetry, errorCount])).toEqual([
      ['ACTIVITY', true, false, 2],
      ['ACTIVITY', true, true, 2],
      ['ACTIVITY', false, true, 0],
    ]);
    expect(traces.map(({ requeueId }) => requeueId !== null)).toEqual([false, true, true]);
    expect(traces[0]?.integrations).toEqual(['salesforce-contract-to-order']);
    expect(rest).toEqual({ spanCount: 6, retries: 2, isTruncated: false });
  });

  it('are also those one link away, in either direction', async () => {
    const [first] = (await ask()).traces;
    const linking = spanRecord({ traceId: AFTER, spanId: '0000000000000001', links: [link(first!.traceId)] });
    // a further span of the first trace came from a queue that another trace had filled
    const taken = spanRecord({ traceId: first!.traceId, spanId: 'e'.repeat(16), links: [link(BEFORE)] });
    const filled = spanRecord({ traceId: BEFORE, spanId: '0000000000000001' });
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      storeReceivedSpans(tx, [linking, taken, filled], new Date()),
    );
    const { traces } = await ask();
    const byId = Object.fromEntries(traces.map(({ traceId, tie, via, spanCount }) => [traceId, [tie, via, spanCount]]));
    expect(byId[BEFORE]).toEqual(['LINKED_TO', first!.traceId, 1]);
    expect(byId[AFTER]).toEqual(['LINKED_FROM', first!.traceId, 1]);
    expect(traces).toHaveLength(5);
  });

  it('are told to nobody who is not signed in', async () => {
    const { errors } = await api.anonymous.send(QUERY);
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
