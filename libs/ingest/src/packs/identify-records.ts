import { createHash } from 'node:crypto';
import { isCanonicalInstant, toStorableText } from '@throughline/canonical';
import type { CloudEventAttribute } from '../cloudevents/cloud-event.js';
import type { CompiledPack } from './compiled-pack.js';
import { payloadFormatIn, payloadSteps } from './decode-payload.js';
import { inSteps, type Pause } from '../otlp/decode-in-steps.js';
import { OversizedRequest } from '../request-size.js';
import type { PayloadFormat } from './mapping-pack.js';
import { messageIdOf } from './message-id.js';
import { recordList } from './record-list.js';
import { ExpressionFault, type PackExpression } from './pack-expression.js';

/** One record of a request: what the intake needs to store it once. */
export type IdentifiedRecord = {
  /** The vendor's identity of it, else that of its message, or `sha256:<hash of its bytes>`. Scope it by the source system. */
  identity: string;
  type: string;
  /** Canonical instant, when the pack could tell. */
  occurredAt: string | null;
  /** JSON for one of several records, else the body as it came. */
  body: Uint8Array;
  contentType: string;
};

/** Each is asked three expressions while other requests wait. */
const MOST_RECORDS = 10_000;
const RECORDS_A_STEP = 50;
const BYTES_A_STEP = 256 * 1024;
const LONGEST_IDENTITY = 1_000;
const LONGEST_TYPE = 250;
const MEDIA_TYPES: Record<PayloadFormat, string> = {
  json: 'application/json',
  xml: 'application/xml',
  form: 'application/x-www-form-urlencoded',
};

/**
 * Cuts a webhook body into its records and identifies each, by the pack of its source system. A record that an expression
 * of the pack fails on is identified by its hash: it is stored, and found among the unmapped. Throws UnreadablePayload
 * when the bytes are not what their format says, OversizedRequest when there are too many. Waits for `pause` between some of
 * them: expressions are slow, and other requests have their turn.
 */
export async function identifyRecords(
  compiled: CompiledPack,
  request: {
    body: Uint8Array;
    format?: PayloadFormat;
    source: { name: string; kind: string };
    attributes: Record<string, CloudEventAttribute>;
  },
  pause: Pause = () => Promise.resolve(),
): Promise<IdentifiedRecord[]> {
  const format = request.format ?? payloadFormatIn(request.body) ?? compiled.pack.format;
  const payload = await inSteps(payloadSteps(request.body, format), pause);
  const list = recordList(compiled.pack.records, payload);
  const records = list ?? [payload];
  if (records.length > MOST_RECORDS) {
    throw new OversizedRequest(`a request may hold at most ${MOST_RECORDS} records; send fewer at once`);
  }
  // One record keeps the form in which it came; several are cut apart.
  const isCut = records.length !== 1;
  const messageId = messageIdOf(request.attributes);
  const identified: IdentifiedRecord[] = [];
  let [recordsOfStep, bytesOfStep] = [0, 0];
  for (const record of records) {
    if (recordsOfStep >= RECORDS_A_STEP || bytesOfStep >= BYTES_A_STEP) {
      [recordsOfStep, bytesOfStep] = [0, 0];
      await pause();
    }
    // Of each record its own: what is found of a record is kept by its bindings.
    const bindings = { source: request.source, attributes: request.attributes, envelope: payload };
    const body = !isCut ? request.body : Buffer.from(JSON.stringify(record));
    recordsOfStep += 1;
    bytesOfStep += body.byteLength;
    const valueIn = async (expression: PackExpression, of: unknown): Promise<unknown> => {
      if (body.byteLength >= BYTES_A_STEP) await pause();
      return valueOf(expression, of, bindings);
    };
    const seen = compiled.record === undefined ? record : await valueIn(compiled.record, record);
    const [identity, type, occurredAt] = [
      await valueIn(compiled.identity, seen),
      await valueIn(compiled.type, seen),
      await valueIn(compiled.occurredAt, seen),
    ];
    identified.push({
      identity: textOr(identity, LONGEST_IDENTITY, () => (isCut ? undefined : messageId) ?? hashOf(body)),
      type: toStorableText(textOr(type, LONGEST_TYPE, () => 'unknown')),
      occurredAt: typeof occurredAt === 'string' && isCanonicalInstant(occurredAt) ? occurredAt : null,
      body,
      contentType: !isCut ? MEDIA_TYPES[format] : 'application/json',
    });
  }
  return identified;
}

function hashOf(body: Uint8Array): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`;
}

async function valueOf(expression: PackExpression, record: unknown, bindings: Record<string, unknown>) {
  try {
    return await expression.evaluate(record, bindings);
  } catch (error) {
    if (error instanceof ExpressionFault) return undefined;
    throw error;
  }
}

function textOr(value: unknown, longest: number, fallback: () => string): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  return text === '' || text.length > longest ? fallback() : text;
}
