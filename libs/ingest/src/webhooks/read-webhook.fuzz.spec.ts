import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MalformedEvents, UnsupportedEventMediaType } from '../cloudevents/read-events.js';
import { UnreadablePayload } from '../packs/decode-payload.js';
import { MappingRegistry } from '../packs/mapping-registry.js';
import { loadShippedPacks } from '../packs/shipped-packs.js';
import { OversizedRequest } from '../request-size.js';
import { damagedBytes, noiseBytes } from '../testing/damaged-bytes.js';
import { readWebhook, UnsupportedWebhookMediaType, webhookScopedKey } from './read-webhook.js';

const RUNS = 120;
const LONGEST_MS = 5_000;
const OWN_ERRORS = [
  UnreadablePayload,
  UnsupportedWebhookMediaType,
  OversizedRequest,
  MalformedEvents,
  UnsupportedEventMediaType,
];
const packs = new MappingRegistry(loadShippedPacks());
const fixture = (path: string): Buffer => readFileSync(new URL(`../../fixtures/${path}`, import.meta.url));

/** One of each form in which vendors send: SOAP, IDoc, other XML, JSON, a list, events, a form. */
const SENT: readonly [what: string, kind: string, contentType: string, body: Buffer][] = [
  ['SOAP', 'salesforce', 'text/xml', fixture('salesforce/constructed/outbound-message-two-opportunities.xml')],
  ['IDoc XML', 'sap-s4hana', 'application/xml', fixture('sap-s4hana/constructed/idoc-orders05-not-posted-51.xml')],
  ['Recurly XML', 'recurly', 'application/xml', fixture('recurly/charge-invoice-notification.xml')],
  ['Recurly JSON', 'recurly', 'application/json', fixture('recurly/constructed/json-webhook-invoice-paid.json')],
  ['change data capture', 'salesforce', 'application/json', fixture('salesforce/cdc-order-activated-cometd.json')],
  ['SAP event', 'sap-s4hana', 'application/json', fixture('sap-s4hana/event-salesorder-created.json')],
  ['SAP event of CAP', 'sap-s4hana', 'application/json', fixture('sap-s4hana/constructed/event-wrapped-by-cap.json')],
  ['JSON without a pack', 'homegrown', 'application/json', Buffer.from('[{"id":1,"a":[1.10,{"b":"c\\u0041"}]}]')],
  ['a form', 'zuora', 'application/x-www-form-urlencoded', Buffer.from('InvoiceId=1&Amount=1.10&Note=%C3%BC+x&&=')],
];

async function holds(kind: string, contentType: string | undefined, body: Buffer): Promise<void> {
  const headers = contentType === undefined ? {} : { 'content-type': contentType };
  const source = { name: kind, kind };
  const startedAt = performance.now();
  try {
    const read = await readWebhook({ headers, body, attributes: {} }, source, packs.ofSourceKind(kind));
    const records = read.form === 'records' ? read.records : [];
    for (const { identity, body: kept } of records) {
      expect(identity).not.toBe('');
      expect(kept.byteLength).toBeGreaterThan(0);
      expect(webhookScopedKey(kind, identity)).toMatch(/^wh:/);
    }
    // Read again it is the same: what is sent twice must be known again.
    const again = await readWebhook({ headers, body, attributes: {} }, source, packs.ofSourceKind(kind));
    if (again.form === 'records')
      expect(again.records.map((one) => one.identity)).toEqual(records.map((one) => one.identity));
  } catch (error) {
    if (!OWN_ERRORS.some((own) => error instanceof own)) throw error;
    expect((error as Error).message).not.toBe('');
  }
  expect(performance.now() - startedAt).toBeLessThan(LONGEST_MS);
}

describe('whatever the bytes of a webhook are, they are read or refused', () => {
  it.each(SENT)('%s, damaged', async (_what, kind, contentType, body) => {
    await fc.assert(
      fc.asyncProperty(damagedBytes(body), (bytes) => holds(kind, contentType, bytes)),
      { numRuns: RUNS },
    );
  });

  it.each(SENT)('anything else sent as %s', async (_what, kind, contentType) => {
    const anything = fc.oneof(
      noiseBytes,
      fc.json({ maxDepth: 8 }).map((text) => Buffer.from(text)),
      fc.string({ unit: fc.constantFrom(...'<>/&;!?[]{}":, ab=%\n') }).map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(anything, fc.constantFrom(contentType, undefined), (bytes, type) => holds(kind, type, bytes)),
      { numRuns: RUNS },
    );
  });

  it('and the undamaged ones are read', async () => {
    for (const [what, kind, contentType, body] of SENT) {
      const request = { headers: { 'content-type': contentType }, body, attributes: {} };
      const read = await readWebhook(request, { name: kind, kind }, packs.ofSourceKind(kind));
      expect([what, read.form === 'records' ? read.records.length : read.read.events.length]).not.toEqual([what, 0]);
    }
  });
});

describe('a webhook that costs more than its bytes', () => {
  it.each<[string, string, Buffer, RegExp]>([
    ['objects', 'application/json', Buffer.from(`[${'{},'.repeat(600_000)}{}]`), /send smaller batches/],
    ['form fields', 'application/x-www-form-urlencoded', Buffer.from('a=1&'.repeat(100_001)), /at most 100000 fields/],
    [
      'levels',
      'application/json',
      Buffer.from(`${'['.repeat(10_000)}${']'.repeat(10_000)}`),
      /deeper than 200 levels \(position 200\)/,
    ],
    ['elements', 'application/xml', Buffer.from(`<a>${'<b/>'.repeat(500_001)}</a>`), /more than 500000 elements/],
    ['levels of XML', 'application/xml', Buffer.from('<a>'.repeat(10_000)), /more than 100 levels deep/],
  ])('is refused for its %s', async (_what, contentType, body, reason) => {
    const request = { headers: { 'content-type': contentType }, body, attributes: {} };
    await expect(readWebhook(request, { name: 'x', kind: 'x' }, undefined)).rejects.toThrow(reason);
  });
});
