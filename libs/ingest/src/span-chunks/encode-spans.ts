import { type AttributeNames, NO_ATTRIBUTE_NAMES } from '../mapping/attribute-names.js';
import { mayBecomeActivity } from '../mapping/map-span.js';
import type { SpanRecord } from '../otlp/span-record.js';
import { packSpanChunk, writeSpanChunk, type ChunkEffort, type WrittenChunk } from './span-chunk.js';
import { linksOf, type EncodedLink } from './span-links.js';
import { groupByTrace, referenceOf, type GroupReference, type TraceGroup } from './trace-groups.js';

/** A group of spans of one trace and by what it is found; hashes are decimal text. */
export type EncodedGroup = { traceId: string; groupHash: string; keyHashes: readonly string[]; spans: number };

/** A chunk that is ready to be stored. `candidates` are the spans that can become activities. */
export type EncodedChunk = {
  spans: number;
  /** Latest receipt of its spans, epoch milliseconds. */
  receivedAtMs: number;
  content: Buffer | null;
  candidates: Buffer | null;
  candidateSpans: number;
  groups: readonly EncodedGroup[];
  links: readonly EncodedLink[];
};

/** The spans of one request; `received` counts also those that it holds twice. */
export type EncodedSpans = { receivedAt: Date; received: number; chunks: readonly EncodedChunk[] };

/** Most spans of a chunk, so that whoever looks for one trace never unpacks much more than that. */
const MOST_SPANS = 2_000;

/**
 * The spans of a request as chunks. Done before a transaction is opened: it takes longer than storing them. `names` are
 * those that the tenant's teams use for the finance attributes. The spans of an ordinary request are read before this returns,
 * so that nothing of them need be held while they are compressed and stored.
 */
export function encodeSpans(
  spans: readonly SpanRecord[],
  receivedAt: Date,
  names: AttributeNames = NO_ATTRIBUTE_NAMES,
  effort: ChunkEffort = 'fast',
): Promise<EncodedSpans> {
  const isCandidate = (span: SpanRecord): boolean => mayBecomeActivity(span, names);
  const reference = (group: TraceGroup): GroupReference => referenceOf(group.spans, names);
  const groups = groupByTrace(spans, receivedAt.getTime());
  const received = spans.length;
  if (received > MOST_SPANS) {
    return encodeGroups(groups, isCandidate, reference, effort).then((chunks) => ({ receivedAt, received, chunks }));
  }
  const chunks = [...chunksOf(groups)].map((part) => packed(written(part, isCandidate, reference), effort));
  return Promise.all(chunks).then((done) => ({ receivedAt, received, chunks: done }));
}

/** Groups as chunks, candidates apart; `reference` tells under what a group is found. */
export async function encodeGroups(
  groups: readonly TraceGroup[],
  isCandidate: (span: SpanRecord) => boolean,
  reference: (group: TraceGroup) => GroupReference,
  effort: ChunkEffort,
): Promise<EncodedChunk[]> {
  const chunks: EncodedChunk[] = [];
  // One after another: a large request must not hold all its columns at the same time.
  for (const part of chunksOf(groups)) chunks.push(await packed(written(part, isCandidate, reference), effort));
  return chunks;
}

type WrittenSpans = Omit<EncodedChunk, 'content' | 'candidates'> & {
  content: WrittenChunk | null;
  candidates: WrittenChunk | null;
};

function written(
  groups: readonly TraceGroup[],
  isCandidate: (span: SpanRecord) => boolean,
  reference: (group: TraceGroup) => GroupReference,
): WrittenSpans {
  const { candidates, others } = split(groups, isCandidate);
  return {
    spans: countSpans(groups),
    receivedAtMs: groups.reduce((latest, group) => Math.max(latest, ...group.receivedAtMs), 0),
    candidateSpans: countSpans(candidates),
    candidates: candidates.length === 0 ? null : writeSpanChunk(candidates),
    content: others.length === 0 ? null : writeSpanChunk(others),
    groups: groups.map((group) => ({ traceId: group.traceId, spans: group.spans.length, ...reference(group) })),
    links: linksOf(groups),
  };
}

async function packed({ content, candidates, ...rest }: WrittenSpans, effort: ChunkEffort): Promise<EncodedChunk> {
  const pack = (chunk: WrittenChunk | null): Promise<Buffer> | null =>
    chunk === null ? null : packSpanChunk(chunk, effort);
  const [packedContent, packedCandidates] = await Promise.all([pack(content), pack(candidates)]);
  return { ...rest, content: packedContent, candidates: packedCandidates };
}

function* chunksOf(groups: readonly TraceGroup[]): Generator<TraceGroup[]> {
  let chunk: TraceGroup[] = [];
  let spans = 0;
  for (const group of groups.flatMap(bounded)) {
    if (spans > 0 && spans + group.spans.length > MOST_SPANS) {
      yield chunk;
      [chunk, spans] = [[], 0];
    }
    chunk.push(group);
    spans += group.spans.length;
  }
  if (spans > 0) yield chunk;
}

/** A trace of which one request brings very many spans goes into several chunks. */
function bounded(group: TraceGroup): TraceGroup[] {
  if (group.spans.length <= MOST_SPANS) return [group];
  return Array.from({ length: Math.ceil(group.spans.length / MOST_SPANS) }, (_, part) => {
    const [from, to] = [part * MOST_SPANS, (part + 1) * MOST_SPANS];
    return { ...group, spans: group.spans.slice(from, to), receivedAtMs: group.receivedAtMs.slice(from, to) };
  });
}

function split(
  groups: readonly TraceGroup[],
  isCandidate: (span: SpanRecord) => boolean,
): { candidates: TraceGroup[]; others: TraceGroup[] } {
  const candidates: TraceGroup[] = [];
  const others: TraceGroup[] = [];
  for (const group of groups) {
    const isOf = group.spans.map(isCandidate);
    if (!isOf.includes(true)) others.push(group);
    else if (!isOf.includes(false)) candidates.push(group);
    else {
      candidates.push(only(group, (index) => isOf[index] === true));
      others.push(only(group, (index) => isOf[index] === false));
    }
  }
  return { candidates, others };
}

function only({ traceId, spans, receivedAtMs }: TraceGroup, isWanted: (index: number) => boolean): TraceGroup {
  return {
    traceId,
    spans: spans.filter((_, index) => isWanted(index)),
    receivedAtMs: receivedAtMs.filter((_, index) => isWanted(index)),
  };
}

function countSpans(groups: readonly { spans: readonly unknown[] }[]): number {
  return groups.reduce((sum, group) => sum + group.spans.length, 0);
}
