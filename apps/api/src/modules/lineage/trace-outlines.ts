import { Injectable } from '@nestjs/common';
import { mergeSpanOutlines } from '@throughline/ingest';
import type { Tx } from '@throughline/persistence';
import {
  findChunksOfTraces,
  MOST_CHUNKS,
  readOutlines,
  type ChunkPlace,
  type StoredOutline,
} from '../signals/index.js';
import { traceOutline, type TraceOutline } from './domain/trace-outline.js';

/** OTLP: 16 bytes in hex, not all zero. */
const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/;
/** Spans of one trace that are looked at: the earliest. */
export const MOST_OUTLINES = 200_000;
/** Spans of all traces that are kept for the next window. */
const MOST_KEPT = 300_000;

/** A trace as it was stored in these chunks. */
type Kept = { places: string; outline: TraceOutline<StoredOutline> };

/**
 * Outlines of traces. The window of a waterfall is cut from the outline of the whole trace, so this is kept from one window
 * to the next as long as the spans of the trace stay where they were: one look-up tells.
 */
@Injectable()
export class TraceOutlines {
  // a Map keeps the order of insertion: the first is the one not asked for longest
  private readonly kept = new Map<string, Kept>();

  /** Null when nothing of the trace is stored. */
  async of(tx: Tx, traceId: string): Promise<TraceOutline<StoredOutline> | null> {
    if (!TRACE_ID.test(traceId)) return null;
    const key = `${tx.tenantId}/${traceId}`;
    const chunks = await findChunksOfTraces(tx, [traceId]);
    const places = chunks.map(({ receivedOn, chunkId }) => `${receivedOn}/${chunkId}`).join();
    const known = this.kept.get(key);
    this.kept.delete(key);
    if (known?.places === places) {
      this.kept.set(key, known);
      return known.outline;
    }
    const outline = await readOutline(tx, traceId, chunks);
    if (outline !== null) this.keep(key, { places, outline });
    return outline;
  }

  private keep(key: string, kept: Kept): void {
    this.kept.set(key, kept);
    let spans = [...this.kept.values()].reduce((sum, { outline }) => sum + outline.nodes.length, 0);
    for (const [oldest, { outline }] of this.kept) {
      if (spans <= MOST_KEPT || oldest === key) return;
      this.kept.delete(oldest);
      spans -= outline.nodes.length;
    }
  }
}

async function readOutline(
  tx: Tx,
  traceId: string,
  chunks: readonly ChunkPlace[],
): Promise<TraceOutline<StoredOutline> | null> {
  let spans: StoredOutline[] = [];
  let isCut = chunks.length > MOST_CHUNKS;
  for await (const outlines of readOutlines(tx, chunks.slice(0, MOST_CHUNKS), [traceId])) {
    for (const outline of outlines) spans.push(outline);
    if (spans.length <= 2 * MOST_OUTLINES) continue;
    [spans, isCut] = [mergeSpanOutlines(spans).slice(0, MOST_OUTLINES), true];
  }
  const merged = mergeSpanOutlines(spans);
  return traceOutline(merged.slice(0, MOST_OUTLINES), isCut || merged.length > MOST_OUTLINES);
}
