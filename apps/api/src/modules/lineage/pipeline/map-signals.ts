import { type Activity, toStorableText } from '@throughline/canonical';
import { mapCloudEvent, mapSpan, spanSignalId } from '@throughline/ingest';
import type { Tx } from '@throughline/persistence';
import { type ReceivedEvent, type StoredSignals, type StoredSpan, markUnmapped } from '../../signals/index.js';
import { storeActivities } from './fact-writer.js';

/** What mapping a set of signals did. */
export type MappedSignals = { signals: number; activities: number; unmapped: number };

const LONGEST_REASON = 500;

type Unmapped = { signalId: string; receivedOn: string; reason: string };

/** Maps stored signals and stores what they tell as facts, marking what they name; one transaction with the claim. */
export async function mapSignals(tx: Tx, signals: StoredSignals): Promise<MappedSignals> {
  const unmapped: Unmapped[] = [];
  const activities = [
    ...signals.spans.flatMap(activitiesOfSpan),
    ...signals.events.flatMap((received) => activitiesOfEvent(received, unmapped)),
  ];
  const stored = await storeActivities(tx, activities);
  await markUnmapped(tx, unmapped);
  return { signals: signals.spans.length + signals.events.length, activities: stored, unmapped: unmapped.length };
}

function activitiesOfSpan({ span, receivedOn }: StoredSpan): Activity[] {
  try {
    return mapSpan(span, { kind: 'span', receivedOn, signalId: spanSignalId(span) });
  } catch {
    // A span stays in the waterfall whatever the mapping makes of it, and must not hold up its batch.
    return [];
  }
}

function activitiesOfEvent({ event, signalId, receivedOn }: ReceivedEvent, unmapped: Unmapped[]): Activity[] {
  const refuse = (reason: string) => {
    unmapped.push({ signalId, receivedOn, reason: toStorableText(reason).slice(0, LONGEST_REASON) });
    return [];
  };
  try {
    const mapped = mapCloudEvent(event, { kind: 'cloud-event', receivedOn, signalId });
    return 'activities' in mapped ? mapped.activities : refuse(mapped.unmappedReason);
  } catch (error) {
    return refuse(`the mapping failed: ${error instanceof Error ? error.message : 'for an unknown reason'}`);
  }
}
