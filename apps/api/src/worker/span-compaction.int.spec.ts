import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SpanRecord } from '@throughline/ingest';
import type { Tx } from '@throughline/persistence';
import { type TestDatabase, createTenant, createTestDatabase } from '@throughline/persistence/testing';
import { findSpans } from '../modules/lineage/trace.repository.js';
import { type StoredSpan, findTracesByKey, readAllSpans, readBatchSpans } from '../modules/signals/index.js';
import { spanRecord, storeReceivedSpans } from '../testing/stored-spans.js';
import { type CompactionPolicy, compactSpans, createSpanCompactionStage } from './span-compaction.js';

/** Noon of today: minutes before it are of the same day whenever this runs. */
const NOW = new Date(`${new Date().toISOString().slice(0, 10)}T12:00:00Z`);
const MINUTE_MS = 60_000;
/** Takes whatever is there. */
const ALL: CompactionPolicy = { youngestMs: 0, enoughSpans: 1, longestWaitMs: 0 };
const TRACES = ['1', '2', '3'].map((digit) => digit.repeat(32));
const finance = (key: string) => ({ 'finance.object.type': 'sales-order', 'finance.object.key.value': key });

let db: TestDatabase;
let tenantId: string;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  tenantId = randomUUID();
  await createTenant(db.ownerUrl, tenantId);
});

const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.withTenant(tenantId, work);
const minutesAgo = (minutes: number): Date => new Date(NOW.getTime() - minutes * MINUTE_MS);
const span = (trace: number, number: number, change: Partial<SpanRecord> = {}): SpanRecord =>
  spanRecord({ traceId: TRACES[trace]!, spanId: number.toString(16).padStart(16, '0'), ...change });
const store = (spans: readonly SpanRecord[], receivedAt: Date) =>
  within((tx) => storeReceivedSpans(tx, spans, receivedAt));
const compact = (policy = ALL) => within((tx) => compactSpans(tx, NOW, policy));
const spanIds = async (trace: number): Promise<string[]> =>
  (await within((tx) => findSpans(tx, TRACES[trace]!))).map((one) => one.spanId);
const rowsOf = async (table: 'span_chunk' | 'span_trace' | 'span_arrival'): Promise<number> => {
  const [row] = await within((tx) =>
    tx.query<{ rows: number }>(`select count(*)::int as rows from ${table} where tenant_id = $1`, [tx.tenantId]),
  );
  return row!.rows;
};
const allSpans = async (isEverySpan: boolean): Promise<StoredSpan[]> =>
  within(async (tx) => {
    const read: StoredSpan[] = [];
    for await (const page of readAllSpans(tx, 2, { isEverySpan })) {
      expect(page.length).toBeLessThanOrEqual(2);
      read.push(...page);
    }
    return read;
  });

/** Three requests with parts of three traces. */
async function storeThree(): Promise<void> {
  await store([span(0, 1), span(1, 11), span(2, 21)], minutesAgo(0.3));
  await store([span(0, 2, { attributes: finance('SO-1') }), span(1, 12)], minutesAgo(0.2));
  await store([span(0, 3), span(1, 13, { attributes: finance('SO-2') })], minutesAgo(0.1));
}

describe('stored spans', () => {
  it('sent again are not counted again, also in another order, and are read once', async () => {
    const spans = [span(0, 1), span(0, 2), span(1, 11)];
    expect(await store(spans, NOW)).toMatchObject({ spans: 3 });
    expect(await store(spans.toReversed(), NOW)).toMatchObject({ spans: 0, candidateSpans: 0 });
    expect(await store([...spans, span(2, 21)], NOW)).toMatchObject({ spans: 1 });
    expect([await spanIds(0), await spanIds(2)].map((ids) => ids.length)).toEqual([2, 1]);
  });

  it('sent again in other company, or after midnight, are stored again and read once', async () => {
    await store([span(0, 1, { name: 'first' }), span(0, 2)], minutesAgo(24 * 60));
    await store([span(0, 1, { name: 'second' }), span(0, 2)], NOW);
    await store([span(0, 1, { name: 'third' }), span(0, 3)], NOW);
    const spans = await within((tx) => findSpans(tx, TRACES[0]!));
    expect(spans.map((one) => one.name)).toEqual(['first', 'span 02', 'span 03']);
  });

  it('closed take the place of the same span still open, whichever came first', async () => {
    const open = span(0, 1, { endUnixNano: '0' });
    await store([open], minutesAgo(3));
    expect(await within((tx) => findSpans(tx, TRACES[0]!))).toMatchObject([{ endUnixNano: '0' }]);
    await store([span(0, 1)], minutesAgo(2));
    await store([{ ...open, name: 'still open' }], minutesAgo(1));
    expect(await within((tx) => findSpans(tx, TRACES[0]!))).toMatchObject([{ endUnixNano: span(0, 1).endUnixNano }]);
    await compact();
    expect(await within((tx) => findSpans(tx, TRACES[0]!))).toMatchObject([{ endUnixNano: span(0, 1).endUnixNano }]);
  });

  it('are found by every business key that a span of the trace carries', async () => {
    await store([span(0, 1, { attributes: finance('SO-1') }), span(0, 2, { attributes: finance('SO-9') })], NOW);
    await store([span(1, 11, { attributes: finance('SO-1') })], NOW);
    const found = async (key: string) =>
      (await within((tx) => findTracesByKey(tx, key))).map((trace) => trace.traceId).sort();
    for (const _state of ['as received', 'compacted']) {
      expect(await found(' SO-1 ')).toEqual([TRACES[0], TRACES[1]]);
      expect(await found('SO-9')).toEqual([TRACES[0]]);
      expect(await found('SO-10')).toEqual([]);
      await compact();
    }
  });

  it('are read for mapping only where they can become activities', async () => {
    const { batchId } = await store([span(0, 1), span(0, 2, { attributes: finance('SO-1') })], NOW);
    const receivedOn = NOW.toISOString().slice(0, 10);
    const read = await within((tx) => readBatchSpans(tx, [{ batchId, receivedOn }]));
    expect(read).toMatchObject([{ span: span(0, 2, { attributes: finance('SO-1') }), receivedOn }]);
    expect((await allSpans(false)).map((one) => one.span.spanId)).toEqual([span(0, 2).spanId]);
    expect(await allSpans(true)).toHaveLength(2);
  });

  it('of a batch that waits are left to the live workers by who reads all', async () => {
    const { batchId } = await store([span(0, 1, { attributes: finance('SO-1') })], NOW);
    await within((tx) =>
      tx.query(
        `insert into intake_batch (tenant_id, batch_id, kind, received_on, received_at, items) values ($1, $2, 'spans', $3::timestamptz::date, $3, 1)`,
        [tx.tenantId, batchId, NOW],
      ),
    );
    expect(await allSpans(false)).toEqual([]);
    expect(await compact()).toBeNull();
  });
});

describe('compaction', () => {
  it('leaves one row per trace and loses no span', async () => {
    await storeThree();
    const before = await Promise.all([0, 1, 2].map(spanIds));
    const [mapped, every] = [await allSpans(false), await allSpans(true)];
    expect(await compact()).toEqual({ chunksBefore: 3, chunksAfter: 1, spans: 7 });
    expect([await rowsOf('span_chunk'), await rowsOf('span_arrival'), await rowsOf('span_trace')]).toEqual([1, 0, 3]);
    expect(await Promise.all([0, 1, 2].map(spanIds))).toEqual(before);
    const byId = (spans: readonly StoredSpan[]) => spans.toSorted((a, b) => (a.span.spanId < b.span.spanId ? -1 : 1));
    expect(byId(await allSpans(false))).toEqual(byId(mapped));
    expect(byId(await allSpans(true))).toEqual(byId(every));
    expect(await compact()).toBeNull();
  });

  it('keeps days apart', async () => {
    await store([span(0, 1)], minutesAgo(24 * 60));
    await store([span(0, 2)], minutesAgo(0.1));
    while ((await compact()) !== null);
    expect([await rowsOf('span_chunk'), await rowsOf('span_trace')]).toEqual([2, 2]);
    expect(await spanIds(0)).toHaveLength(2);
  });

  it('drops the second copy of a span, and a copy that nothing refers to', async () => {
    await store([span(0, 1), span(0, 2)], minutesAgo(3));
    await store([span(0, 1), span(0, 2), span(1, 11)], minutesAgo(2));
    await store([span(0, 2), span(0, 3)], minutesAgo(1));
    expect(await compact()).toMatchObject({ chunksBefore: 3, chunksAfter: 1 });
    const every = await allSpans(true);
    expect(every.map((one) => one.span.spanId).sort()).toEqual([1, 2, 3, 11].map((n) => span(0, n).spanId));
  });

  it('leaves alone what is young, and what is little until it is old', async () => {
    const policy = { youngestMs: 10 * MINUTE_MS, enoughSpans: 100, longestWaitMs: 60 * MINUTE_MS };
    await store([span(0, 1)], minutesAgo(0));
    const at = (minutes: number) =>
      within((tx) => compactSpans(tx, new Date(NOW.getTime() + minutes * MINUTE_MS), policy));
    expect(await at(9)).toBeNull();
    expect(await at(69)).toBeNull();
    expect(await at(71)).toMatchObject({ spans: 1 });
  });

  it.each([
    ['has taken the old chunks out', /delete from span_arrival/],
    ['is about to write the new rows', /insert into span_trace/],
    ['is about to write the new chunks', /insert into span_chunk/],
  ])('that is killed when it %s leaves everything as it was', async (_when, statement) => {
    await storeThree();
    const before = await Promise.all([0, 1, 2].map(spanIds));
    const killed = within((tx) =>
      compactSpans(
        {
          ...bound(tx),
          query: async (sql, params) => {
            if (!statement.test(sql)) return tx.query(sql, params);
            await tx.query('select pg_terminate_backend(pg_backend_pid())');
            throw new Error('not reached');
          },
        },
        NOW,
        ALL,
      ),
    );
    await expect(killed).rejects.toThrow(/terminat/);
    expect([await rowsOf('span_chunk'), await rowsOf('span_arrival'), await rowsOf('span_trace')]).toEqual([3, 7, 0]);
    expect(await Promise.all([0, 1, 2].map(spanIds))).toEqual(before);
    expect(await compact()).toMatchObject({ chunksBefore: 3 });
    expect(await Promise.all([0, 1, 2].map(spanIds))).toEqual(before);
  });

  it('is done by one of many workers at a time, while spans come in and are read', async () => {
    const stage = createSpanCompactionStage(
      db.database,
      () => new Date(NOW.getTime() + 24 * 60 * MINUTE_MS),
      () => undefined,
    );
    const sent: SpanRecord[] = [];
    const seen: number[] = [];
    let isSending = true;
    const sender = async () => {
      for (let number = 1; number <= 60; number += 1) {
        const one = span(0, number, { attributes: finance(`SO-${number}`) });
        await store([one], NOW);
        sent.push(one);
      }
      isSending = false;
    };
    const reader = async () => {
      while (isSending) {
        const acknowledged = sent.length;
        const found = await spanIds(0);
        expect(found.length).toBeGreaterThanOrEqual(acknowledged);
        seen.push(found.length);
      }
    };
    const worker = async () => {
      while (isSending) await stage.run(tenantId);
    };
    await Promise.all([sender(), reader(), worker(), worker(), worker()]);
    while (await stage.run(tenantId));
    expect(seen.length).toBeGreaterThan(3);
    expect(await spanIds(0)).toHaveLength(60);
    expect((await allSpans(false)).map((one) => one.span.spanId).sort()).toEqual(sent.map((one) => one.spanId).sort());
    expect(await rowsOf('span_chunk')).toBeLessThan(60);
  });

  it('moves spans only to where a reader of all, from transaction to transaction, has not been', async () => {
    for (let number = 1; number <= 40; number += 1) {
      await store([span(number % 3, number, { attributes: finance(`SO-${number}`) })], minutesAgo(0.5));
    }
    const seen = new Set<string>();
    await within(async (tx) => {
      let pages = 0;
      for await (const page of readAllSpans(tx, 5)) {
        for (const one of page) seen.add(one.span.spanId);
        if ((pages += 1) === 2) await compact();
      }
    });
    expect(seen.size).toBe(40);
  });
});

/** Methods of a transaction that survive being spread. */
function bound(tx: Tx): Tx {
  return {
    tenantId: tx.tenantId,
    manager: tx.manager,
    query: (sql, params) => tx.query(sql, params),
    copyRows: (...given) => tx.copyRows(...given),
    notify: (...given) => tx.notify(...given),
    enqueue: (...given) => tx.enqueue(...given),
    enqueueAll: (...given) => tx.enqueueAll(...given),
  };
}
