import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type TestDatabase, createTenant, createTestDatabase } from '../testing/index.js';
import type { Tx } from '../tx.js';
import { ensurePartitions } from '../partitions.js';
import { chooseSmallChunks, forgetEmptySlots, takeChunks, tryCompactionLock } from './compact-chunks.js';
import { CHUNKS_OF_TRACE, TRACES_OF_KEY } from './received-slot.js';
import { type StorableChunk, type StorableGroup, storeCompactedChunks, storeSpanChunks } from './store-span-chunks.js';
import { spanIdNumber, spanIdText, type StorableLink } from './store-span-links.js';

const NOON = new Date(new Date().setUTCHours(12, 0, 0, 0));
const group = (trace: number, groupHash: string, keyHashes: string[] = []): StorableGroup => ({
  traceId: trace.toString(16).padStart(32, '0'),
  groupHash,
  keyHashes,
  spans: 3,
});
const chunk = (groups: StorableGroup[], change: Partial<StorableChunk> = {}): StorableChunk => ({
  spans: groups.length * 3,
  receivedAtMs: NOON.getTime(),
  content: Buffer.from('content'),
  candidates: null,
  candidateSpans: 0,
  groups,
  links: [],
  ...change,
});
const link = (linkedSpanId: string, spanId: string, change: Partial<StorableLink> = {}): StorableLink => ({
  linkedTraceId: 'f'.repeat(32),
  linkedSpanId,
  traceId: group(1, '').traceId,
  spanId,
  serviceName: 'sync',
  name: 'process order',
  startedAt: NOON.toISOString(),
  attributes: null,
  ...change,
});

describe('the span store', () => {
  let test: TestDatabase;
  let tenantId: string;
  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenantId = randomUUID();
    await createTenant(test.ownerUrl, tenantId);
  });

  const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => test.database.withTenant(tenantId, work);
  const store = (chunks: StorableChunk[], receivedAt = NOON) =>
    within((tx) => storeSpanChunks(tx, { batchId: randomUUID(), receivedAt }, chunks));
  const chunks = () =>
    within((tx) =>
      tx.query<{ spans: number; content: Buffer | null; batch_id: string | null }>(
        'select spans, content, batch_id from span_chunk where tenant_id = $1 order by chunk_id',
        [tx.tenantId],
      ),
    );
  const traces = () =>
    within((tx) =>
      tx.query<{ key_hash: string | null }>(
        'select key_hash from span_arrival where tenant_id = $1 order by key_hash',
        [tx.tenantId],
      ),
    );

  it('keeps a chunk as it is, and a row for each group and each further key', async () => {
    const stored = await store([
      chunk([group(1, '-7', ['5', '-6']), group(2, '9223372036854775807')], {
        candidates: Buffer.from([1, 2]),
        candidateSpans: 2,
      }),
    ]);
    expect(stored).toEqual({ spans: 6, candidateSpans: 2 });
    expect(await chunks()).toMatchObject([{ spans: 6, content: Buffer.from('content') }]);
    expect((await traces()).map((row) => row.key_hash)).toEqual(['-6', '5', null]);
  });

  it('counts a group that is there already as stored before, and keeps the chunk only for what is new', async () => {
    await store([chunk([group(1, '1', ['4', '5']), group(2, '2')])]);
    expect(await store([chunk([group(1, '1', ['4', '5']), group(2, '2')])])).toEqual({ spans: 0, candidateSpans: 0 });
    expect(await chunks()).toHaveLength(1);
    expect(await store([chunk([group(1, '1', ['4', '5'])]), chunk([group(2, '2'), group(3, '3')])])).toMatchObject({
      spans: 3,
    });
    expect(await chunks()).toHaveLength(2);
    expect(await traces()).toHaveLength(4);
  });

  it.each([
    ['within five minutes', NOON, 299, 0],
    ['within five minutes, across midnight', new Date('2026-09-30T23:58:00Z'), 299, 0],
    ['within two slots', new Date('2026-09-30T12:00:01Z'), 598, 0],
    ['later', NOON, 600, 6],
  ])('counts groups that come again %s only where they are stored again', async (_when, first, seconds, spans) => {
    const again = new Date(first.getTime() + seconds * 1_000);
    await ensurePartitions(test.ownerUrl, first, 2);
    const groups = [group(1, '1', ['4', '5']), group(2, '2')];
    expect(await store([chunk(groups, { receivedAtMs: first.getTime() })], first)).toMatchObject({ spans: 6 });
    expect(await store([chunk(groups, { receivedAtMs: again.getTime() })], again)).toMatchObject({ spans });
  });

  it('finds traces by id and by key, whenever they came, and forgets the slots that compaction has emptied', async () => {
    const at = (minutes: number) => new Date(NOON.getTime() - minutes * 60_000);
    const storeAt = (minutes: number, trace: number) =>
      store([chunk([group(trace, String(minutes), ['7'])], { receivedAtMs: at(minutes).getTime() })], at(minutes));
    await storeAt(200, 1);
    await storeAt(100, 1);
    await storeAt(100, 2);
    await storeAt(1, 1);
    const count = async (sql: string, ...params: string[]) =>
      (await within((tx) => tx.query(sql, [tx.tenantId, ...params]))).length;
    const figures = async () => ({
      trace: await count(CHUNKS_OF_TRACE, group(1, '').traceId),
      noTrace: await count(CHUNKS_OF_TRACE, group(3, '').traceId),
      key: await count(TRACES_OF_KEY, '7'),
      noKey: await count(TRACES_OF_KEY, '8'),
      slots: await count('select 1 from span_slot where tenant_id = $1'),
    });
    await within((tx) => forgetEmptySlots(tx, NOON));
    expect(await figures()).toEqual({ trace: 3, noTrace: 0, key: 4, noKey: 0, slots: 3 });
    await within(async (tx) => {
      const bounds = { receivedBefore: at(50), mostSpans: 100, mostChunks: 10 };
      const { receivedOn, chunks: chosen } = (await chooseSmallChunks(tx, bounds, () => true))!;
      const traces = [1, 2].map((trace) => group(trace, '').traceId);
      await takeChunks(
        tx,
        receivedOn,
        chosen,
        chosen.flatMap(({ chunkId }) => traces.map((traceId) => ({ chunkId, traceId }))),
      );
      await storeCompactedChunks(tx, receivedOn, [chunk([group(1, '0', ['7']), group(2, '0', ['7'])])]);
      await forgetEmptySlots(tx, NOON);
    });
    expect(await figures()).toEqual({ trace: 2, noTrace: 0, key: 3, noKey: 0, slots: 1 });
  });

  it('stores one of many copies that are sent at the same time', async () => {
    const copies = await Promise.all(
      Array.from({ length: 8 }, () => store([chunk(Array.from({ length: 20 }, (_, trace) => group(trace, '1')))])),
    );
    expect(copies.map((copy) => copy.spans).sort((a, b) => a - b)).toEqual([0, 0, 0, 0, 0, 0, 0, 60]);
    expect(await chunks()).toHaveLength(1);
  });

  it('stores nothing of a request without spans', async () => {
    expect(await store([])).toEqual({ spans: 0, candidateSpans: 0 });
  });

  describe('enters links to other traces', () => {
    const links = () =>
      within((tx) =>
        tx.query<{ linked_span_id: string; span_id: string; name: string; attributes: unknown }>(
          'select linked_span_id, span_id, name, attributes from span_link where tenant_id = $1 order by span_id, linked_span_id',
          [tx.tenantId],
        ),
      );
    const [one, two] = ['00000000000000a1', 'ffffffffffffffff'];

    it('once a day, as the first copy said it', async () => {
      await store([chunk([group(1, '1')], { links: [link(one, two, { attributes: { batch: 7 } }), link(two, two)] })]);
      await store([chunk([group(1, '1')], { links: [link(one, two, { name: 'again' })] })]);
      await store([chunk([group(1, '2')], { links: [link(one, two, { name: 'again' }), link(one, one)] })]);
      expect(await links()).toEqual([
        { linked_span_id: '-1', span_id: '-1', name: 'process order', attributes: null },
        { linked_span_id: '161', span_id: '-1', name: 'process order', attributes: { batch: 7 } },
        { linked_span_id: '161', span_id: '161', name: 'process order', attributes: null },
      ]);
    });

    it('of more of them than one statement takes', async () => {
      const many = Array.from({ length: 12_000 }, (_, index) => link(spanIdText(String(index + 1)), one));
      await store([chunk([group(1, '1')], { links: many })]);
      expect(await links()).toHaveLength(12_000);
    });

    it('with the chunks that compaction writes, where they are not there yet', async () => {
      const day = NOON.toISOString().slice(0, 10);
      await store([chunk([group(1, '1')], { links: [link(one, two)] })]);
      await within((tx) =>
        storeCompactedChunks(tx, day, [chunk([group(1, '3')], { links: [link(one, two), link(two, two)] })]),
      );
      expect(await links()).toHaveLength(2);
    });

    it('for nothing where there are none', async () => {
      const asked: string[] = [];
      await within((tx) => {
        const query: Tx['query'] = (sql, params) => {
          asked.push(sql);
          return tx.query(sql, params);
        };
        const watched = Object.create(tx, { query: { value: query } }) as Tx;
        return storeSpanChunks(watched, { batchId: randomUUID(), receivedAt: NOON }, [chunk([group(1, '1')])]);
      });
      expect(asked.map((sql) => /insert into (\w+)/.exec(sql)?.[1])).toEqual(['span_arrival', 'span_chunk']);
    });

    it.each([
      ['0000000000000001', '1'],
      ['7fffffffffffffff', '9223372036854775807'],
      ['8000000000000000', '-9223372036854775808'],
      ['ffffffffffffffff', '-1'],
    ])('with the span id %s as the number %s, and back', (id, number) => {
      expect(spanIdNumber(id)).toBe(number);
      expect(spanIdText(number)).toBe(id);
    });
  });

  describe('gives out chunks to compact', () => {
    const bounds = { receivedBefore: new Date(NOON.getTime() + 1), mostSpans: 9, mostChunks: 10 };
    const choose = (change = {}) => within((tx) => chooseSmallChunks(tx, { ...bounds, ...change }, () => true));

    it('within bounds, the oldest first, one at least, and of one day', async () => {
      const minutes = (count: number) => NOON.getTime() + count * 60_000;
      const yesterday = new Date(NOON.getTime() - 86_400_000);
      await store([chunk([group(9, '9')], { receivedAtMs: yesterday.getTime() })], yesterday);
      for (const trace of [1, 2, 3, 4]) {
        await store([chunk([group(trace, '1')], { receivedAtMs: minutes(trace - 10), content: Buffer.from([trace]) })]);
      }
      expect(await choose()).toMatchObject({ spans: 3, receivedOn: yesterday.toISOString().slice(0, 10) });
      const first = (await choose())!;
      await within((tx) =>
        takeChunks(
          tx,
          first.receivedOn,
          first.chunks,
          first.chunks.map(({ chunkId }) => ({ chunkId, traceId: group(9, '9').traceId })),
        ),
      );
      const contents = async (change = {}) => (await choose(change))?.chunks.map((one) => one.content![0]);
      expect(await contents()).toEqual([1, 2, 3]);
      expect(await contents({ mostSpans: 1 })).toEqual([1]);
      expect(await contents({ mostChunks: 2 })).toEqual([1, 2]);
      expect(await contents({ receivedBefore: new Date(minutes(-8)) })).toEqual([1]);
      expect(await within((tx) => chooseSmallChunks(tx, bounds, ({ spans }) => spans > 9))).toBeNull();
    });

    it('not those of which a batch waits, nor those that were compacted', async () => {
      await store([chunk([group(1, '1')])]);
      const [waiting] = await chunks();
      await within((tx) =>
        tx.query(
          `insert into intake_batch (tenant_id, batch_id, kind, received_on, received_at, items) values ($1, $2, 'spans', $3::timestamptz::date, $3, 1)`,
          [tx.tenantId, waiting!.batch_id, NOON],
        ),
      );
      await within((tx) => storeCompactedChunks(tx, NOON.toISOString().slice(0, 10), [chunk([group(2, '2')])]));
      expect(await choose()).toBeNull();
    });

    it('and says where their traces are found, with their keys', async () => {
      await store([chunk([group(1, '1', ['5', '6']), group(2, '2')])]);
      const chosen = (await choose())!;
      const chunkId = chosen.chunks[0]!.chunkId;
      const held = [1, 2, 3].map((trace) => ({ chunkId, traceId: group(trace, '').traceId }));
      const found = await within((tx) => takeChunks(tx, chosen.receivedOn, chosen.chunks, held));
      expect(found.toSorted((a, b) => `${a.traceId}${a.keyHash}`.localeCompare(`${b.traceId}${b.keyHash}`))).toEqual([
        { chunkId, traceId: group(1, '').traceId, keyHash: '5' },
        { chunkId, traceId: group(1, '').traceId, keyHash: '6' },
        { chunkId, traceId: group(2, '').traceId, keyHash: null },
      ]);
      await expect(within((tx) => takeChunks(tx, chosen.receivedOn, chosen.chunks, []))).rejects.toThrow('are gone');
    });

    it('to one at a time', async () => {
      await within(async (mine) => {
        expect(await tryCompactionLock(mine)).toBe(true);
        expect(await within((theirs) => tryCompactionLock(theirs))).toBe(false);
      });
      expect(await within((tx) => tryCompactionLock(tx))).toBe(true);
    });
  });
});
