import { setImmediate as nextTurn } from 'node:timers/promises';
import { UnredactableBody, type Redaction, type SpanRecord } from '@throughline/ingest';
import type { NewSignal } from './new-signal.js';

/** A signal that must not be stored: its position among those given, and why. */
export type RefusedSignal = { position: number; reason: string };

/** Signals as they may be stored, and those that must not be. */
export type RedactedSignals = { signals: readonly NewSignal[]; refused: RefusedSignal[] };

/** Bodies, and spans, that are redacted at a stretch: some tens of milliseconds. */
const BYTES_A_TURN = 512 * 1024;
export const SPANS_A_TURN = 2_000;

/** Applies the rules to each signal; one that cannot be read although a rule is in force for it is not stored. */
export function redactSignals(signals: readonly NewSignal[], redaction: Redaction): RedactedSignals {
  if (redaction.isEmpty) return { signals, refused: [] };
  const kept: NewSignal[] = [];
  const refused: RefusedSignal[] = [];
  for (const [position, signal] of signals.entries()) {
    try {
      kept.push(redaction.signal(signal));
    } catch (error) {
      if (!(error instanceof UnredactableBody)) throw error;
      refused.push({ position, reason: `a redaction rule is in force for it, and ${error.message}` });
    }
  }
  return { signals: kept, refused };
}

/** As redactSignals; other requests have their turn meanwhile. */
export async function redactInTurns(signals: readonly NewSignal[], redaction: Redaction): Promise<RedactedSignals> {
  if (redaction.isEmpty) return { signals, refused: [] };
  const redacted = { signals: [] as NewSignal[], refused: [] as RefusedSignal[] };
  for (let start = 0; start < signals.length;) {
    let end = start;
    for (let bytes = 0; end < signals.length && bytes < BYTES_A_TURN; end += 1) bytes += signals[end]!.body.byteLength;
    const part = redactSignals(signals.slice(start, end), redaction);
    redacted.signals.push(...part.signals);
    for (const { position, reason } of part.refused) redacted.refused.push({ position: start + position, reason });
    start = end;
    if (start < signals.length) await nextTurn();
  }
  return redacted;
}

/** Applies the rules to the spans of a sender that is bound to the source system, or to none (''); in turns as well. */
export async function redactSpans(
  spans: readonly SpanRecord[],
  sourceSystem: string,
  redaction: Redaction,
): Promise<readonly SpanRecord[]> {
  if (redaction.isEmpty || spans.length <= SPANS_A_TURN) return redaction.spans(spans, sourceSystem);
  const redacted: SpanRecord[] = [];
  for (let start = 0; start < spans.length; start += SPANS_A_TURN) {
    redacted.push(...redaction.spans(spans.slice(start, start + SPANS_A_TURN), sourceSystem));
    await nextTurn();
  }
  return redacted;
}
