import { spanSignalId } from '@throughline/ingest';
import type { Tx } from '@throughline/persistence';
import { type SignalSelection, type StoredSignals, readSelectedSignals, readSpanPage } from '../../../signals/index.js';
import { hasSpans } from '../../domain/spans-of-selection.js';
import type { RemappingPlace } from './remapping.repository.js';

/** Where every range begins. */
export const BEGINNING: RemappingPlace = { part: 'signals', after: null };

/** What of a range is mapped in one transaction. */
export type RangePage = {
  /** At most so many signals each. */
  parts: StoredSignals[];
  /** Null = these were the last. */
  next: RemappingPlace | null;
};

/** The next signals of a selection, and behind them its spans. */
export async function readRange(
  tx: Tx,
  selection: SignalSelection,
  place: RemappingPlace,
  { limit, isEverySpan }: { limit: number; isEverySpan: boolean },
): Promise<RangePage> {
  if (place.part === 'signals') {
    const { signals, next } = await readSelectedSignals(tx, selection, place.after, limit);
    return {
      parts: [{ spans: [], signals }],
      next: next === null ? { part: 'spans', after: null } : { part: 'signals', after: next },
    };
  }
  if (!hasSpans(selection)) return { parts: [], next: null };
  const { spans, next } = await readSpanPage(tx, place.after, {
    isEverySpan,
    ...(selection.from !== undefined && { from: new Date(selection.from) }),
    ...(selection.to !== undefined && { until: new Date(selection.to) }),
  });
  const parts: StoredSignals[] = [];
  for (let at = 0; at < spans.length; at += limit) parts.push({ spans: spans.slice(at, at + limit), signals: [] });
  return { parts, next: next === null ? null : { part: 'spans', after: next } };
}

/** What came after that instant is mapped by the mapping in force anyway. */
export function bounded(selection: SignalSelection, until: Date): SignalSelection {
  const end = until.toISOString();
  return { ...selection, to: selection.to !== undefined && selection.to < end ? selection.to : end };
}

/** Ids of signals and spans. */
export function idsOfSignals({ signals, spans }: StoredSignals): string[] {
  return [...signals.map(({ reference }) => reference.signalId), ...spans.map(({ span }) => spanSignalId(span))];
}
