import { type Activity, type SignalReference, toStorableText } from '@throughline/canonical';
import {
  type AttributeNames,
  type MappedSignal,
  type SpanRecord,
  activitiesOf,
  contractViolation,
  mapSignal,
  mapSpan,
  spanSignalId,
} from '@throughline/ingest';
import { noteImplausibleTime } from '@throughline/lineage';
import type { ReceivedSignal, SignalOutcome, StoredSignals, StoredSpan } from '../../signals/index.js';
import type { TenantMappings } from './mappings-in-force.js';
import { unmappedActivity, unmappedSpanActivity } from './unmapped-activity.js';

/** What signals tell by the mappings in force. */
export type Interpretation = {
  activities: Activity[];
  /** Signals that became no activity of what they tell, and why. */
  outcomes: SignalOutcome[];
  /** All others, without the spans. */
  mapped: SignalReference[];
};

const LONGEST_REASON = 500;

/** Maps signals; never fails for what one of them says. */
export async function interpretSignals(signals: StoredSignals, mappings: TenantMappings): Promise<Interpretation> {
  const told: Interpretation = {
    activities: signals.spans.flatMap((span) => activitiesOfSpan(span, mappings.attributeNames)),
    outcomes: [],
    mapped: [],
  };
  for (const received of signals.signals) {
    const { reference } = received;
    const result = await interpret(received, mappings);
    if (result.outcome === 'mapped') {
      told.activities.push(...result.activities);
      told.mapped.push(reference);
    } else if (result.outcome === 'ignored') {
      const { reason, mapping } = result;
      told.outcomes.push({ reference, outcome: 'ignored', note: { reason: readable(reason), mapping } });
    } else {
      const note = { ...result.unmapped, reason: readable(result.unmapped.reason) };
      told.activities.push(unmappedActivity(received, note));
      told.outcomes.push({ reference, outcome: 'unmapped', note });
    }
  }
  return { ...told, activities: told.activities.map(noteImplausibleTime) };
}

function activitiesOfSpan(stored: StoredSpan, names: AttributeNames): Activity[] {
  const { span, receivedOn, copy } = stored;
  const reference: SignalReference = { kind: 'span', receivedOn, signalId: spanSignalId(span), copy };
  const mapped = mapSpanSafely(span, reference, names);
  if (mapped.outcome !== 'unmapped') return activitiesOf(mapped);
  const { unmapped } = mapped;
  return [unmappedSpanActivity(stored, reference, { ...unmapped, reason: readable(unmapped.reason) })];
}

/** A span stays in the waterfall whatever the mapping makes of it, and must not hold up its batch. */
function mapSpanSafely(span: SpanRecord, reference: SignalReference, names: AttributeNames): MappedSignal {
  try {
    return mapSpan(span, reference, names);
  } catch (error) {
    return failed(error);
  }
}

async function interpret(
  { signal, reference }: ReceivedSignal,
  { registry, byKind, contracts }: TenantMappings,
): Promise<MappedSignal> {
  try {
    const violation = contracts.isEmpty ? undefined : contractViolation(signal, contracts);
    if (violation !== undefined) return { outcome: 'unmapped', unmapped: violation };
    return await mapSignal(signal, reference, { registry, byKind });
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): MappedSignal {
  const reason = `the mapping failed: ${error instanceof Error ? error.message : 'for an unknown reason'}`;
  return { outcome: 'unmapped', unmapped: { code: 'invalid-output', reason } };
}

function readable(reason: string): string {
  return toStorableText(reason).slice(0, LONGEST_REASON);
}
