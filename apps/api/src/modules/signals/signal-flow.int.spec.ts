import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { spanRecord, storeReceivedSpans } from '../../testing/stored-spans.js';
import { walkPages, type PageOf } from '../../testing/walk-pages.js';
import { insertSignal, type TestSignal } from './testing/insert-signal.js';

type Named = { externalId: string };
type Flow = Named & {
  correlationId: string | null;
  causedBy: Named | null;
  caused: PageOf<Named> & { totalCount: number };
};

describe('signals of a flow of business', () => {
  let api: ApiHarness;
  let analyst: Client;
  const now = new Date();
  const ids: Record<string, string> = {};

  const insert = (externalId: string, minutesAgo: number, more: TestSignal = {}) =>
    api.test.database.withTenant(api.test.tenantId, async (tx) => {
      const receivedAt = new Date(now.getTime() - minutesAgo * 60_000);
      ids[externalId] = await insertSignal(tx, { kind: 'cloud-event', externalId, receivedAt, ...more });
    });

  beforeAll(async () => {
    api = await startApi({ clock: () => now });
    await api.addPerson(api.test.tenantId, 'analyst@acme.example', 'analyst');
    analyst = await api.signIn('analyst@acme.example');
    // What is caused comes before its cause.
    await insert('posted', 9, { correlationId: 'o2c-1', causationId: 'ordered' });
    await insert('ordered', 8, { correlationId: 'o2c-1' });
    await insert('billed', 7, { correlationId: 'o2c-1', causationId: 'ordered' });
    await insert('paid', 6, { correlationId: 'o2c-1', causationId: 'never-sent' });
    await insert('itself', 5, { correlationId: 'o2c-1', causationId: 'itself' });
    await insert('of-another', 4, { correlationId: 'o2c-2', causationId: 'ordered' });
    await insert('alone', 3);
  });
  afterAll(() => api.close());

  const flowOf = async (externalId: string, page = ''): Promise<Flow> => {
    const { signal } = await analyst.ask<{ signal: Flow }>(
      `{ signal(id: "${ids[externalId]}") { externalId correlationId causedBy { externalId }
         caused${page} { totalCount edges { node { externalId } } pageInfo { hasNextPage endCursor } } } }`,
    );
    return signal;
  };
  const causedBy = async (externalId: string) =>
    (await flowOf(externalId)).caused.edges.map(({ node }) => node.externalId);

  it.each<[string, string | undefined, string[]]>([
    ['ordered', undefined, ['posted', 'billed']],
    ['posted', 'ordered', []],
    ['billed', 'ordered', []],
    ['paid', undefined, []],
    ['itself', undefined, []],
    ['of-another', undefined, []],
    ['alone', undefined, []],
  ])('%s was caused by %s, whichever came first, and caused %j', async (externalId, cause, caused) => {
    const { causedBy: found, caused: list } = await flowOf(externalId);
    expect(found?.externalId).toBe(cause);
    expect(list.totalCount).toBe(caused.length);
    expect(await causedBy(externalId)).toEqual(caused);
  });

  it('are caused page by page', async () => {
    const walked = await walkPages<Named>(
      async (after) => (await flowOf('ordered', `(first: 1${after === null ? '' : `, after: "${after}"`})`)).caused,
    );
    expect(walked.map(({ externalId }) => externalId)).toEqual(['posted', 'billed']);
  });

  it('are listed by it', async () => {
    const { signals } = await analyst.ask<{ signals: PageOf<Named> & { totalCount: number } }>(
      `{ signals(filter: { correlationId: "o2c-1" }, orderBy: RECEIVED_ASC) { totalCount edges { node { externalId } }
         pageInfo { hasNextPage endCursor } } }`,
    );
    expect([signals.totalCount, signals.edges.map(({ node }) => node.externalId)]).toEqual([
      5,
      ['posted', 'ordered', 'billed', 'paid', 'itself'],
    ]);
  });

  it('have the traces whose messages name the flow as their conversation', async () => {
    const [sent, other] = ['a'.repeat(32), 'b'.repeat(32)];
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      storeReceivedSpans(
        tx,
        [
          spanRecord({
            traceId: sent,
            spanId: '1'.repeat(16),
            attributes: { 'messaging.message.conversation_id': 'o2c-1' },
          }),
          spanRecord({
            traceId: other,
            spanId: '2'.repeat(16),
            attributes: { 'messaging.message.conversation_id': 'o2c-9' },
          }),
        ],
        now,
      ),
    );
    const tracesOf = async (externalId: string) =>
      (
        await analyst.ask<{ signal: { flowTraceIds: string[] } }>(
          `{ signal(id: "${ids[externalId]}") { flowTraceIds } }`,
        )
      ).signal.flowTraceIds;
    expect(await tracesOf('ordered')).toEqual([sent]);
    expect(await tracesOf('of-another')).toEqual([]);
    expect(await tracesOf('alone')).toEqual([]);
  });
});
