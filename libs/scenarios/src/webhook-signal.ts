import { type Activity, hashedUuid, parseInstant } from '@throughline/canonical';
import {
  type CloudEvent,
  type CloudEventAttribute,
  MappingRegistry,
  type StoredSignal,
  activitiesOf,
  eventScopedKey,
  loadShippedPacks,
  mapSignal,
  readWebhook,
  webhookScopedKey,
} from '@throughline/ingest';

/** A vendor's own webhook, as it comes to `POST /v1/webhooks/{source}`. */
export type WebhookSignal = {
  /** What it is, for people who read a failing test. */
  name: string;
  protocol: 'webhook';
  /** The source system in the path; it is named as its kind, as in demo mode. */
  source: string;
  /** In lower case, and none that proves who sends: the mapping sees all of them. */
  headers: Readonly<Record<string, string>>;
  body: string;
};

let shipped: MappingRegistry | null = null;

/** Compiled once, and only where a webhook is read: it takes longer than most tests. */
function shippedPacks(): MappingRegistry {
  return (shipped ??= new MappingRegistry(loadShippedPacks()));
}

/** Reads a webhook as the collector does, by the shipped pack of its source; throws when anything of it is refused. */
export async function readWebhookSignal({ name, source, headers, body }: WebhookSignal): Promise<StoredSignal[]> {
  const sender = { name: source, kind: source };
  const attributes = requestAttributes(headers);
  const request = { headers, body: new TextEncoder().encode(body), attributes };
  const read = await readWebhook(request, sender, shippedPacks().ofSourceKind(source));
  if (read.form === 'events') {
    const { events, rejected } = read.read;
    if (rejected.length > 0) throw new Error(`${name}: ${rejected.map(({ reason }) => reason).join('; ')}`);
    return events.map(({ event }) => eventOf(event, source));
  }
  return read.records.map((record) => {
    // The time of receipt would stand for it, which is no fact of the story.
    if (record.occurredAt === null) throw new Error(`${name}: ${record.type} does not say when it happened`);
    return {
      kind: 'webhook',
      scopedKey: webhookScopedKey(source, record.identity),
      sourceSystem: source,
      sourceKind: source,
      type: record.type,
      source,
      externalId: record.identity,
      occurredAt: record.occurredAt,
      attributes,
      contentType: record.contentType,
      body: record.body,
    };
  });
}

/** Maps a webhook by the shipped packs; throws when nothing takes a record of it. */
export async function mapWebhookSignal(signal: WebhookSignal, receivedOn: string): Promise<Activity[]> {
  const activities: Activity[] = [];
  for (const stored of await readWebhookSignal(signal)) {
    const signalId = hashedUuid(['signal', stored.scopedKey]);
    const reference = { kind: stored.kind, receivedOn, signalId };
    const mapped = await mapSignal(stored, reference, { registry: shippedPacks(), byKind: {} });
    if (mapped.outcome === 'unmapped') throw new Error(`${signal.name}: ${mapped.unmapped.reason}`);
    activities.push(...activitiesOf(mapped));
  }
  return activities;
}

function requestAttributes({ 'content-type': contentType, ...others }: WebhookSignal['headers']) {
  const attributes: Record<string, CloudEventAttribute> = { method: 'POST', ...others };
  if (contentType !== undefined) attributes['contenttype'] = contentType;
  return attributes;
}

function eventOf(event: CloudEvent, source: string): StoredSignal {
  const time = parseInstant(event.time);
  return {
    kind: 'cloud-event',
    scopedKey: eventScopedKey(source, event),
    type: event.type,
    source: event.source,
    externalId: event.id,
    sourceSystem: source,
    sourceKind: source,
    occurredAt: time.ok ? time.value : null,
    attributes: event.attributes,
    contentType: event.dataContentType ?? null,
    body: event.body,
  };
}
