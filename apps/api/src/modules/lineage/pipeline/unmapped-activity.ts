import {
  type Activity,
  type SignalKind,
  type SignalReference,
  activityId,
  instantFromUnixNano,
} from '@throughline/canonical';
import { type StoredSignal, type UnmappedReason, spanScopedKey } from '@throughline/ingest';
import type { ReceivedSignal, StoredSpan } from '../../signals/index.js';

/** Type of the activity that says that a signal could not be mapped. */
export const SIGNAL_UNMAPPED = 'signal.unmapped';

/** Who reports it when no source system is known. */
const OURSELVES = 'throughline';
const NO_MAPPING = { name: '', version: 1, rule: '' } as const;
const LONGEST_ATTRIBUTE = 256;

/** What is told of a signal that cannot be mapped. */
type Unmapped = Pick<ReceivedSignal, 'reference'> & {
  signal: Pick<StoredSignal, 'type' | 'source' | 'sourceSystem' | 'externalId' | 'scopedKey'> & { kind: SignalKind };
  occurredAt: string;
};

/**
 * A signal that cannot be mapped, as a failure of the signal itself, so that it opens an exception with the exact place and
 * reason, grouped with what fails alike at the same sender. Mapping again replaces it by what the signal tells.
 */
export function unmappedActivity({ signal, reference, receivedAt }: ReceivedSignal, reason: UnmappedReason): Activity {
  return failureOf({ signal, reference, occurredAt: signal.occurredAt ?? receivedAt }, reason, {
    activityId: activityId(`unmapped:${signal.scopedKey}`, 0),
    name: { kind: 'signal-id', value: reference.signalId },
  });
}

/** The same of a span, of its service. It is known by its place in its trace, which is where people look at it. */
export function unmappedSpanActivity(
  { span, receivedOn }: Pick<StoredSpan, 'span' | 'receivedOn'>,
  reference: SignalReference,
  reason: UnmappedReason,
): Activity {
  const { traceId, spanId, name: type, serviceName: source } = span;
  const scopedKey = spanScopedKey(span);
  const ended = instantFromUnixNano(span.endUnixNano);
  const told: Unmapped = {
    signal: { kind: 'span', type, source, sourceSystem: '', externalId: spanId, scopedKey },
    reference,
    occurredAt: ended.ok ? ended.value : `${receivedOn}T00:00:00.000Z`,
  };
  return {
    // The id that it has when it can be mapped: of copies that differ in that, the first received counts.
    ...failureOf(told, reason, {
      activityId: activityId(scopedKey, 0),
      name: { kind: 'span-id', value: `${traceId}/${spanId}` },
    }),
    runKey: traceId,
    traceId,
    spanId,
  };
}

function failureOf(
  { signal, reference, occurredAt }: Unmapped,
  { code, reason, place, mapping }: UnmappedReason,
  { activityId, name }: Pick<Activity, 'activityId'> & { name: { kind: string; value: string } },
): Activity {
  const system = signal.sourceSystem === '' ? OURSELVES : signal.sourceSystem;
  return {
    activityId,
    type: SIGNAL_UNMAPPED,
    occurredAt,
    outcome: 'failure',
    system,
    // What cannot be read of one sender belongs together, whichever integration it may come from.
    integration: signal.sourceSystem === '' ? nameOr(signal.source, OURSELVES) : signal.sourceSystem,
    objects: [
      {
        type: 'signal',
        qualifier: 'subject',
        aliases: [{ system, scope: '', ...name }],
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
