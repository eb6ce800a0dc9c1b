import { encodeGroups, type EncodedChunk } from './encode-spans.js';
import { decodeSpanChunk } from './span-chunk.js';
import { groupHash, mergeTraceGroups, type GroupReference, type TraceGroup } from './trace-groups.js';
import type { SpanRecord } from '../otlp/span-record.js';

/** A stored chunk as it is read. */
export type CompactableChunk = { chunkId: string; content: Uint8Array | null; candidates: Uint8Array | null };
/** That spans of a trace are found in a chunk, also by a business key (its hash). */
export type TraceInChunk = { chunkId: string; traceId: string; keyHash: string | null };

type ChunkGroup = { chunkId: string; group: TraceGroup };

/** The spans of many small chunks on the way into few large ones, by trace. */
export class SpanCompaction {
  private readonly groups: ChunkGroup[] = [];
  private readonly candidates = new Set<string>();

  /** Reads a chunk that is to be replaced. */
  async add({ chunkId, content, candidates }: CompactableChunk): Promise<void> {
    for (const group of candidates === null ? [] : await decodeSpanChunk(candidates)) {
      this.groups.push({ chunkId, group });
      for (const span of group.spans) this.candidates.add(idOf(span));
    }
    for (const group of content === null ? [] : await decodeSpanChunk(content)) this.groups.push({ chunkId, group });
  }

  /** Of which traces each chunk holds spans. */
  traces(): { chunkId: string; traceId: string }[] {
    const places = this.groups.map(({ chunkId, group: { traceId } }) => ({ chunkId, traceId }));
    return [...new Map(places.map((place) => [`${place.chunkId}:${place.traceId}`, place])).values()];
  }

  /**
   * The chunks that take the place of those read. A group that is not among `found` is a copy of what another chunk holds,
   * and dropped; so is the second copy of a span.
   */
  async encode(found: readonly TraceInChunk[]): Promise<EncodedChunk[]> {
    const references = new Set(found.map(({ chunkId, traceId }) => `${chunkId}:${traceId}`));
    const keys = new Map<string, Set<string>>();
    for (const { traceId, keyHash } of found) {
      if (keyHash !== null) keys.set(traceId, (keys.get(traceId) ?? new Set()).add(keyHash));
    }
    const kept = this.groups.filter(({ chunkId, group }) => references.has(`${chunkId}:${group.traceId}`));
    const reference = ({ traceId, spans }: TraceGroup): GroupReference => ({
      groupHash: groupHash(spans),
      keyHashes: [...(keys.get(traceId) ?? [])].sort(),
    });
    const merged = mergeTraceGroups(kept.map(({ group }) => group));
    return encodeGroups(merged, (span) => this.candidates.has(idOf(span)), reference, 'thorough');
  }
}

function idOf(span: Pick<SpanRecord, 'traceId' | 'spanId'>): string {
  return span.traceId + span.spanId;
}
