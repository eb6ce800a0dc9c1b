import { type Activity, activityId } from '@throughline/canonical';
import type { UnmappedReason } from '@throughline/ingest';
import type { ReceivedSignal } from '../../signals/index.js';

/** Type of the activity that says that a signal could not be mapped. */
export const SIGNAL_UNMAPPED = 'signal.unmapped';

/** Who reports it when no source system is known. */
const OURSELVES = 'throughline';
const NO_MAPPING = { name: '', version: 1, rule: '' } as const;
const LONGEST_ATTRIBUTE = 256;

/**
 * A signal that cannot be mapped, as a failure of the signal itself, so that it opens an exception with the exact place and
 * reason, grouped with what fails alike at the same sender. Mapping again replaces it by what the signal tells.
 */
export function unmappedActivity(
  { signal, reference, receivedAt }: ReceivedSignal,
  { code, reason, place, mapping }: UnmappedReason,
): Activity {
  const system = signal.sourceSystem === '' ? OURSELVES : signal.sourceSystem;
  return {
    activityId: activityId(`unmapped:${signal.scopedKey}`, 0),
    type: SIGNAL_UNMAPPED,
    occurredAt: signal.occurredAt ?? receivedAt,
    outcome: 'failure',
    system,
    // What cannot be read of one sender belongs together, whichever integration it may come from.
    integration: signal.sourceSystem === '' ? nameOr(signal.source, OURSELVES) : signal.sourceSystem,
    objects: [
      {
        type: 'signal',
        qualifier: 'subject',
        aliases: [{ system, kind: 'signal-id', scope: '', value: reference.signalId }],
        attributes: withoutBlank({
          kind: signal.kind,
          type: signal.type,
          source: signal.source,
          id: signal.externalId,
        }),
      },
    ],
    links: [],
    problem: {
      taxonomy: code === 'contract-violation' ? 'data-quality.contract-violation' : 'data-quality.unmapped-signal',
      discriminators: withoutBlank({ mapping: mapping?.name ?? '', code, place: place ?? '' }),
      message: place === undefined || place === '' || reason.includes(place) ? reason : `${place}: ${reason}`,
      ...(place !== undefined && place !== '' && { field: place }),
    },
    runKey: signal.scopedKey,
    signal: reference,
    mapping: mapping ?? NO_MAPPING,
  };
}

function nameOr(name: string, fallback: string): string {
  return name.trim() === '' ? fallback : name.slice(0, LONGEST_ATTRIBUTE);
}

function withoutBlank(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === '' ? [] : [[name, value.slice(0, LONGEST_ATTRIBUTE)] as const],
    ),
  );
}
