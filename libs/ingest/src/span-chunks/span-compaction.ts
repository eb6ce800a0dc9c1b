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

  /** Reads a chunk that is to be replaced. */
  async add({ content, candidates }: CompactableChunk): Promise<void> {
    for (const group of candidates === null ? [] : await decodeSpanChunk(candidates)) {
      this.groups.push(group);
      for (const span of group.spans) this.candidates.add(idOf(span));
    }
    for (const group of content === null ? [] : await decodeSpanChunk(content)) this.groups.push(group);
  }

  /** The traces of which the chunks hold spans. */
  traceIds(): string[] {
    return [...new Set(this.groups.map((group) => group.traceId))];
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
