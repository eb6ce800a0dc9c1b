import { createHash } from 'node:crypto';
import type { CloudEventAttribute } from '../cloudevents/cloud-event.js';
import type { HttpHeaders, ReadEvents } from '../cloudevents/read-events.js';
import type { CompiledPack } from '../packs/compiled-pack.js';
import { decodePayload, payloadFormatIn, payloadFormatOf, UnreadablePayload } from '../packs/decode-payload.js';
import { identifyRecords, type IdentifiedRecord } from '../packs/identify-records.js';
import type { PayloadFormat } from '../packs/mapping-pack.js';
import { limitJsonMessages } from '../request-size.js';
import { readLooseEvents } from './loose-events.js';

/** A media type that no vendor's webhook is read from (415). */
export class UnsupportedWebhookMediaType extends Error {
  override readonly name = 'UnsupportedWebhookMediaType';
}

/** What a webhook request holds: events by the specification, or records as the pack of its source cuts them. */
export type ReadWebhook = { form: 'events'; read: ReadEvents } | { form: 'records'; records: IdentifiedRecord[] };

const DEEPEST = 200;
const MEDIA_TYPES: Record<PayloadFormat, string> = {
  json: 'application/json',
  xml: 'application/xml',
  form: 'application/x-www-form-urlencoded',
};

/**
 * Reads the body of a vendor's webhook. Without a pack the body is one record, identified by its bytes. Throws
 * UnreadablePayload, UnsupportedWebhookMediaType, OversizedRequest, and what the reading of declared CloudEvents throws.
 */
export async function readWebhook(
  request: { headers: HttpHeaders; body: Uint8Array; attributes: Record<string, CloudEventAttribute> },
  source: { name: string; kind: string },
  pack: CompiledPack | undefined,
): Promise<ReadWebhook> {
  const { headers, body, attributes } = request;
  if (body.byteLength === 0 && headers['ce-id'] === undefined) throw new UnreadablePayload('the body is empty');
  limitJsonMessages(body);
  limitNesting(body);
  const events = readLooseEvents(headers, body);
  if (events !== undefined) return { form: 'events', read: events };
  const contentType = headers['content-type'];
  const format = formatOf(typeof contentType === 'string' ? contentType : undefined, body);
  if (pack !== undefined)
    return { form: 'records', records: await identifyRecords(pack, { body, format, source, attributes }) };
  decodePayload(body, format);
  const identity = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  const record = { identity, type: 'unknown', occurredAt: null, body, contentType: MEDIA_TYPES[format] };
  return { form: 'records', records: [record] };
}

/** Scoped idempotency key of a record within its source system. */
export function webhookScopedKey(sourceSystem: string, identity: string): string {
  return `wh:${sourceSystem.replaceAll('%', '%25').replaceAll(':', '%3A')}:${identity}`;
}

function formatOf(contentType: string | undefined, body: Uint8Array): PayloadFormat {
  const format = payloadFormatOf(contentType) ?? payloadFormatIn(body);
  if (format !== undefined) return format;
  const sent = contentType === undefined || contentType.trim() === '' ? 'no Content-Type' : contentType.slice(0, 100);
  throw new UnsupportedWebhookMediaType(
    `a webhook is JSON, XML or a form; got ${sent}, and the body looks like none of them`,
  );
}

/** Refuses JSON that is nested so deeply that walking it would end the process. XML has a limit of its own. */
function limitNesting(body: Uint8Array): void {
  let depth = 0;
  let isInText = false;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at];
    if (byte === 0x22) isInText = !isInText;
    else if (isInText && byte === 0x5c) at += 1;
    else if (!isInText && (byte === 0x7b || byte === 0x5b)) {
      if ((depth += 1) > DEEPEST) throw new UnreadablePayload(`the body is nested deeper than ${DEEPEST} levels`);
    } else if (!isInText && (byte === 0x7d || byte === 0x5d)) depth -= 1;
  }
}
