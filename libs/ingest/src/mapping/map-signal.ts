import type { Activity, SignalReference } from '@throughline/canonical';
import { activityTypeOfEvent } from '@throughline/canonical';
import type { MappingRegistry } from '../packs/mapping-registry.js';
import { runPack } from '../packs/run-pack.js';
import { mapCloudEvent } from './map-cloud-event.js';
import { mapDeadLetter } from './map-dead-letter.js';
import type { MappedSignal } from './mapped-signal.js';
import type { StoredSignal } from './stored-signal.js';

/** A mapping in code, for signals whose form no expression over one record can read. */
export type CodeMapping = (signal: StoredSignal, reference: SignalReference) => MappedSignal;

/**
 * Maps one stored signal: finance events by their own mapping, kinds with a mapping in code by that, all others by the
 * pack of their type or source system, and what none takes as a dead letter where it is one. Never throws for what a signal says; the signal stays whole whatever comes out.
 */
export async function mapSignal(
  signal: StoredSignal,
  reference: SignalReference,
  mappings: { registry: MappingRegistry; byKind: Readonly<Partial<Record<StoredSignal['kind'], CodeMapping>>> },
): Promise<MappedSignal> {
  if (signal.kind === 'cloud-event' && activityTypeOfEvent(signal.type) !== undefined)
    return mapCloudEvent(signal, reference);
  const inCode = mappings.byKind[signal.kind];
  if (inCode !== undefined) return inCode(signal, reference);
  const pack = mappings.registry.find(signal);
  const mapped = pack === undefined ? undefined : await runPack(pack, signal, reference);
  if (mapped !== undefined && !isTakenByNone(mapped)) return mapped;
  // What a broker gave up is no news of its sender, whatever else comes from there.
  const given = mapDeadLetter(signal, reference) ?? mapped;
  if (given !== undefined) return given;
  const sender =
    signal.sourceSystem === ''
      ? 'a sender without source system'
      : `source system ${JSON.stringify(signal.sourceSystem)}`;
  return {
    outcome: 'unmapped',
    unmapped: {
      code: 'no-mapping',
      reason: `no mapping takes the ${signal.kind} type ${JSON.stringify(signal.type.slice(0, 200))} of ${sender}`,
      // the context attribute; what the body of any other sender means by its type is not known without a mapping
      ...(signal.kind === 'cloud-event' && { place: '/type' }),
    },
  };
}

function isTakenByNone(mapped: MappedSignal): boolean {
  return mapped.outcome === 'unmapped' && mapped.unmapped.code === 'no-rule';
}

/** The activities of what was mapped. */
export function activitiesOf(mapped: MappedSignal): Activity[] {
  return mapped.outcome === 'mapped' ? mapped.activities : [];
}
