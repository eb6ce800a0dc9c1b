import { encodeGroups, type EncodedChunk } from './encode-spans.js';
import { decodeSpanChunk } from './span-chunk.js';
import { gatherTraceGroups, groupHash, type GroupReference, type TraceGroup } from './trace-groups.js';
import type { SpanRecord } from '../otlp/span-record.js';

/** A stored chunk as it is read. */
export type CompactableChunk = { content: Uint8Array | null; candidates: Uint8Array | null };
/** That spans of a trace are found in one of the chunks, also by a business key (its hash). */
export type TraceInChunk = { traceId: string; keyHash: string | null };

/** The spans of many small chunks on the way into few large ones, by trace. */
export class SpanCompaction {
  private readonly groups: TraceGroup[] = [];
  private readonly candidates = new Set<string>();

  /** Reads a chunk that is to be replaced; answers of which traces it holds spans. */
  async add({ content, candidates }: CompactableChunk): Promise<string[]> {
    const traceIds = new Set<string>();
    for (const part of [candidates, content]) {
      for (const group of part === null ? [] : await decodeSpanChunk(part)) {
        this.groups.push(group);
        traceIds.add(group.traceId);
        if (part === candidates) for (const span of group.spans) this.candidates.add(idOf(span));
      }
    }
    return [...traceIds];
  }

  /**
   * The chunks that take the place of those read; `found` says by which keys. Dropped are copies of a span that say what
   * another one says, also where a group is not found because it was sent a second time.
   */
  async encode(found: readonly TraceInChunk[]): Promise<EncodedChunk[]> {
    const keys = new Map<string, Set<string>>();
    for (const { traceId, keyHash } of found) {
      if (keyHash !== null) keys.set(traceId, (keys.get(traceId) ?? new Set()).add(keyHash));
    }
    const reference = ({ traceId, spans }: TraceGroup): GroupReference => ({
      groupHash: groupHash(spans),
      keyHashes: [...(keys.get(traceId) ?? [])].sort(),
    });
    const gathered = gatherTraceGroups(this.groups);
    return encodeGroups(gathered, (span) => this.candidates.has(idOf(span)), reference, 'thorough');
  }
}

function idOf(span: Pick<SpanRecord, 'traceId' | 'spanId'>): string {
  return span.traceId + span.spanId;
}
