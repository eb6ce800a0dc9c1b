import { createHash } from 'node:crypto';
import type { CloudEventAttribute } from '../cloudevents/cloud-event.js';
import type { HttpHeaders, ReadEvents } from '../cloudevents/read-events.js';
import type { CompiledPack } from '../packs/compiled-pack.js';
import { payloadFormatIn, payloadFormatOf, payloadSteps, UnreadablePayload } from '../packs/decode-payload.js';
import { identifyRecords, type IdentifiedRecord } from '../packs/identify-records.js';
import { messageIdOf } from '../packs/message-id.js';
import { inSteps, type Pause } from '../otlp/decode-in-steps.js';
import type { PayloadFormat } from '../packs/mapping-pack.js';
import { nestedTooDeeply, tooDeepSteps } from '../json-nesting.js';
import { limitJsonSteps, OversizedRequest } from '../request-size.js';
import { looseEventSteps } from './loose-events.js';

/** A media type that no vendor's webhook is read from (415). */
export class UnsupportedWebhookMediaType extends Error {
  override readonly name = 'UnsupportedWebhookMediaType';
}

/** What a webhook request holds: events by the specification, or records as the pack of its source cuts them. */
export type ReadWebhook = { form: 'events'; read: ReadEvents } | { form: 'records'; records: IdentifiedRecord[] };

/** A webhook is parsed several times over, and mapped as a whole. */
const MOST_OBJECTS = 500_000;
const MOST_FORM_FIELDS = 100_000;
const MEDIA_TYPES: Record<PayloadFormat, string> = {
  json: 'application/json',
  xml: 'application/xml',
  form: 'application/x-www-form-urlencoded',
};

/**
 * Reads the body of a vendor's webhook. Without a pack the body is one record, identified by the id of its message or its
 * bytes. Throws UnreadablePayload, UnsupportedWebhookMediaType, OversizedRequest, and what the reading of declared CloudEvents throws.
 */
export async function readWebhook(
  request: { headers: HttpHeaders; body: Uint8Array; attributes: Record<string, CloudEventAttribute> },
  source: { name: string; kind: string },
  pack: CompiledPack | undefined,
  pause: Pause = () => Promise.resolve(),
): Promise<ReadWebhook> {
  const { headers, body, attributes } = request;
  if (body.byteLength === 0 && headers['ce-id'] === undefined) throw new UnreadablePayload('the body is empty');
  await inSteps(limitJsonSteps(body, MOST_OBJECTS), pause);
  // XML, of which this finds nothing, has a limit of its own.
  const tooDeep = await inSteps(tooDeepSteps(body), pause);
  if (tooDeep !== undefined) throw new UnreadablePayload(`the body ${nestedTooDeeply(tooDeep)}`);
  const events = await inSteps(looseEventSteps(headers, body), pause);
  if (events !== undefined) return { form: 'events', read: events };
  const contentType = headers['content-type'];
  const format = formatOf(typeof contentType === 'string' ? contentType : undefined, body);
  if (format === 'form') limitFields(body);
  if (pack !== undefined)
    return { form: 'records', records: await identifyRecords(pack, { body, format, source, attributes }, pause) };
  await inSteps(payloadSteps(body, format), pause);
  const identity = messageIdOf(attributes) ?? `sha256:${createHash('sha256').update(body).digest('hex')}`;
  const record = { identity, type: 'unknown', occurredAt: null, body, contentType: MEDIA_TYPES[format] };
  return { form: 'records', records: [record] };
}

/** Scoped idempotency key of a record within its source system. */
export function webhookScopedKey(sourceSystem: string, identity: string): string {
  return `wh:${sourceSystem.replaceAll('%', '%25').replaceAll(':', '%3A')}:${identity}`;
}

function limitFields(body: Uint8Array): void {
  let fields = 0;
  for (const byte of body)
    if (byte === 0x26 && (fields += 1) > MOST_FORM_FIELDS)
      throw new OversizedRequest(`a form may have at most ${MOST_FORM_FIELDS} fields`);
}

function formatOf(contentType: string | undefined, body: Uint8Array): PayloadFormat {
  const format = payloadFormatOf(contentType) ?? payloadFormatIn(body);
  if (format !== undefined) return format;
  const sent = contentType === undefined || contentType.trim() === '' ? 'no Content-Type' : contentType.slice(0, 100);
  throw new UnsupportedWebhookMediaType(
    `a webhook is JSON, XML or a form; got ${sent}, and the body looks like none of them`,
  );
}
