import { UnredactableBody, type Redaction } from '@throughline/ingest';
import type { NewSignal } from './new-signal.js';

/** A signal that must not be stored: its position among those given, and why. */
export type RefusedSignal = { position: number; reason: string };

/** Applies the rules to each signal; one that cannot be read although a rule is in force for it is not stored. */
export function redactSignals(
  signals: readonly NewSignal[],
  redaction: Redaction,
): { signals: readonly NewSignal[]; refused: RefusedSignal[] } {
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
