import { type Activity, hashedUuid, parseInstant } from '@throughline/canonical';
import {
  type CloudEvent,
  type SpanRecord,
  type StoredSignal,
  activitiesOf,
  decodeTraces,
  eventScopedKey,
  mapCloudEvent,
  mapSpan,
  readEvents,
  spanSignalId,
} from '@throughline/ingest';
import { noteImplausibleTime } from '@throughline/lineage';
import { type DecodedFile, type FileSignal, decodeFile, mapFile } from './file-signal.js';
import { type WebhookSignal, mapWebhookSignal, readWebhookSignal } from './webhook-signal.js';

/** One thing that a system sends, as it goes over the wire. */
export type ScenarioSignal = RequestSignal | WebhookSignal | FileSignal;

/** What goes in a request of its protocol. */
export type RequestSignal = {
  /** What it is, for people who read a failing test. */
  name: string;
  protocol: 'cloudevents' | 'otlp';
  headers: Readonly<Record<string, string>>;
  /** JSON text. */
  body: string;
};

/** What the decoders made of signals. */
export type DecodedSignals = { spans: SpanRecord[]; events: CloudEvent[]; files: DecodedFile[] };

/** Receipt is no business fact; the stories take one day for all of it. */
const RECEIVED_ON = '2026-11-29';
const RECEIVED_AT_MS = Date.UTC(2026, 10, 29, 12);

/** Decodes events and traces as the collector does; throws when one is refused, which no story means to happen. */
export function decodeSignals(signals: readonly ScenarioSignal[]): DecodedSignals {
  const decoded: DecodedSignals = { spans: [], events: [], files: [] };
  for (const signal of signals) {
    if (signal.protocol === 'webhook') continue;
    if (signal.protocol === 'file') {
      decoded.files.push(decodeFile(signal));
      continue;
    }
    const bytes = new TextEncoder().encode(signal.body);
    if (signal.protocol === 'otlp') {
      const { spans, rejectedCount } = decodeTraces(bytes, 'json', RECEIVED_AT_MS);
      if (rejectedCount > 0) throw new Error(`${signal.name}: ${rejectedCount} spans were refused`);
      decoded.spans.push(...spans);
      continue;
    }
    const { events, rejected } = readEvents(signal.headers, bytes);
    if (rejected.length > 0) throw new Error(`${signal.name}: ${rejected.map((item) => item.reason).join('; ')}`);
    decoded.events.push(...events.map(({ event }) => event));
  }
  return decoded;
}

/** Reads the webhooks among signals as the collector does. */
export async function readWebhooks(signals: readonly ScenarioSignal[]): Promise<StoredSignal[]> {
  const stored: StoredSignal[] = [];
  for (const signal of signals) if (signal.protocol === 'webhook') stored.push(...(await readWebhookSignal(signal)));
  return stored;
}

/** Decodes and maps signals of every protocol, as collector and worker do one after the other. */
export async function mapAllSignals(signals: readonly ScenarioSignal[]): Promise<Activity[]> {
  const activities = mapSignals(signals.filter(({ protocol }) => protocol !== 'webhook'));
  for (const signal of signals)
    if (signal.protocol === 'webhook') activities.push(...(await mapWebhookSignal(signal, RECEIVED_ON)));
  return activities;
}

/** The same at once, of signals that a mapping in code reads; expressions of a pack take their turns. Throws on a webhook. */
export function mapSignals(signals: readonly ScenarioSignal[]): Activity[] {
  const webhook = signals.find(({ protocol }) => protocol === 'webhook');
  if (webhook !== undefined) throw new TypeError(`${webhook.name}: a webhook is mapped by mapAllSignals`);
  const { spans, events, files } = decodeSignals(signals);
  const activities = [
    ...spans.flatMap((span) =>
      activitiesOf(mapSpan(span, { kind: 'span', receivedOn: RECEIVED_ON, signalId: spanSignalId(span) })),
    ),
    ...events.flatMap((event) => {
      const stored = storedSignalOf(event);
      const signalId = hashedUuid(['signal', stored.scopedKey]);
      const mapped = mapCloudEvent(stored, { kind: 'cloud-event', receivedOn: RECEIVED_ON, signalId });
      if (mapped.outcome === 'unmapped') throw new Error(`${event.type} ${event.id}: ${mapped.unmapped.reason}`);
      return activitiesOf(mapped);
    }),
    ...files.flatMap((file) => mapFile(file, RECEIVED_ON)),
  ];
  return activities.map(noteImplausibleTime);
}

/** An event as it is stored when the ingest key is bound to no source system. */
export function storedSignalOf(event: CloudEvent): StoredSignal {
  const time = parseInstant(event.time);
  return {
    kind: 'cloud-event',
    scopedKey: eventScopedKey(null, event),
    type: event.type,
    source: event.source,
    externalId: event.id,
    sourceSystem: '',
    sourceKind: '',
    occurredAt: time.ok ? time.value : null,
    attributes: event.attributes,
    contentType: event.dataContentType ?? null,
    body: event.body,
  };
}
