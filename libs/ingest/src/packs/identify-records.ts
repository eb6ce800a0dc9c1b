import { createHash } from 'node:crypto';
import type { CloudEventAttribute } from '../cloudevents/cloud-event.js';
import type { CompiledPack } from './compiled-pack.js';
import { decodePayload } from './decode-payload.js';
import type { PayloadFormat } from './mapping-pack.js';

/** One record of a request: what the intake needs to store it once. */
export type IdentifiedRecord = {
  /** The vendor's identity of it, or `sha256:<hash of its bytes>`. Scope it by the source system. */
  identity: string;
  type: string;
  /** Canonical instant, when the pack could tell. */
  occurredAt: string | null;
  /** JSON for a record that was cut out of a list, else the body as it came. */
  body: Uint8Array;
  contentType: string;
};

const LONGEST_IDENTITY = 1_000;
const LONGEST_TYPE = 250;
const MEDIA_TYPES: Record<PayloadFormat, string> = {
  json: 'application/json',
  xml: 'application/xml',
  form: 'application/x-www-form-urlencoded',
};

/**
 * Cuts a webhook body into its records and identifies each, by the pack of its source system. Throws UnreadablePayload
 * when the bytes are not what their format says, ExpressionFault when the pack itself fails.
 */
export async function identifyRecords(
  compiled: CompiledPack,
  request: {
    body: Uint8Array;
    format?: PayloadFormat;
    source: { name: string; kind: string };
    attributes: Record<string, CloudEventAttribute>;
  },
): Promise<IdentifiedRecord[]> {
  const format = request.format ?? compiled.pack.format;
  const payload = decodePayload(request.body, format);
  const list = recordList(compiled.pack.records, payload);
  const bindings = { source: request.source, attributes: request.attributes, envelope: payload };
  const records = list ?? [payload];
  const identified: IdentifiedRecord[] = [];
  for (const record of records) {
    const body = list === undefined ? request.body : Buffer.from(JSON.stringify(record));
    const [identity, type, occurredAt] = [
      await compiled.identity.evaluate(record, bindings),
      await compiled.type.evaluate(record, bindings),
      await compiled.occurredAt.evaluate(record, bindings),
    ];
    identified.push({
      identity: textOr(identity, LONGEST_IDENTITY, () => `sha256:${createHash('sha256').update(body).digest('hex')}`),
      type: textOr(type, LONGEST_TYPE, () => 'unknown'),
      occurredAt: typeof occurredAt === 'string' ? occurredAt : null,
      body,
      contentType: list === undefined ? MEDIA_TYPES[format] : 'application/json',
    });
  }
  return identified;
}

/** The list that the first pointer that is there leads to; a single element stands for a list of one (XML). */
function recordList(pointers: readonly string[], payload: unknown): unknown[] | undefined {
  for (const pointer of pointers) {
    const found = pointer.slice(1).split('/').reduce<unknown>(member, payload);
    if (found !== undefined && found !== null) return Array.isArray(found) ? found : [found];
  }
  return Array.isArray(payload) ? payload : undefined;
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

function textOr(value: unknown, longest: number, fallback: () => string): string {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' || text.length > longest ? fallback() : text;
}
