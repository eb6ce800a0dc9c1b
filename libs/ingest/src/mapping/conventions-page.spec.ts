import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Activity } from '@throughline/canonical';
import { readEvents } from '../cloudevents/read-events.js';
import type { Attributes } from '../otlp/span-record.js';
import { mapCloudEvent } from './map-cloud-event.js';
import { activitiesOf } from './map-signal.js';
import { mapSpan } from './map-span.js';
import type { StoredSignal } from './stored-signal.js';

const page = readFileSync(new URL('../../../../docs/semantic-conventions.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, text]) => ({ language, text: text! }));
const blockOf = (language: string, word: string): string =>
  blocks.find((one) => one.language === language && one.text.includes(word))!.text;

const REFERENCE = { kind: 'span', receivedOn: '2026-09-30', signalId: '00000000-0000-8000-8000-000000000001' } as const;
const WHAT_BECOMES = JSON.parse(blockOf('json', 'invoice.posted')) as unknown;

/** What an activity says of the step: without ids, times and where it came from. */
function shown({ type, outcome, system, integration, objects, links }: Activity): unknown {
  return { type, outcome, system, integration, objects, links };
}

/** The attributes that a program sets, whatever its language: a name in quotes and the text behind it. */
function attributesSetBy(program: string): Attributes {
  return Object.fromEntries(
    [...program.matchAll(/["'](finance\.[\w.]+)["'][:,]\s*["']([^"']*)["']/g)].map(([, name, value]) => [
      name!,
      value!,
    ]),
  );
}

function spanWith(attributes: Attributes): Activity {
  const [activity] = activitiesOf(
    mapSpan(
      {
        traceId: '0af7651916cd43dd8448eb211c80319c',
        spanId: 'b7ad6b7169203331',
        parentSpanId: null,
        name: 'post invoice',
        kind: 1,
        startUnixNano: '1790780400000000000',
        endUnixNano: '1790780401000000000',
        statusCode: 0,
        statusMessage: '',
        traceState: '',
        flags: 0,
        resource: { attributes: {}, droppedAttributesCount: 0, schemaUrl: '' },
        scope: { name: '', version: '', attributes: {}, droppedAttributesCount: 0, schemaUrl: '' },
        attributes,
        events: [],
        links: [],
        dropped: { attributes: 0, events: 0, links: 0 },
        serviceName: 'billing-to-sap',
        isClockSuspect: false,
      },
      REFERENCE,
    ),
  );
  return activity!;
}

const eventOf = (type: string, data: string): StoredSignal => ({
  kind: 'cloud-event',
  scopedKey: 'ce:1',
  sourceSystem: '',
  sourceKind: '',
  type,
  source: '/billing-to-sap',
  externalId: '1',
  occurredAt: null,
  attributes: { time: '2026-09-30T15:00:00Z' },
  contentType: 'application/json',
  body: Buffer.from(data),
});

describe('the page about the semantic conventions', () => {
  it.each(['js', 'python', 'java'])('shows a program in %s whose span becomes what the page says', (language) => {
    const { 'finance.problem.code': code, ...attributes } = attributesSetBy(blockOf(language, 'post invoice'));
    expect(shown(spanWith(attributes))).toEqual(WHAT_BECOMES);
    expect(code).toBe('business-control.posting-period-closed');
  });

  it('shows an event that becomes the same', () => {
    const sent = /-d '([\s\S]*)'\s*$/.exec(blockOf('sh', 'curl'))![1]!;
    const { events, rejected } = readEvents({ 'content-type': 'application/cloudevents+json' }, Buffer.from(sent));
    expect(rejected).toEqual([]);
    const { event } = events[0]!;
    const mapped = mapCloudEvent(
      {
        kind: 'cloud-event',
        scopedKey: 'ce:1',
        sourceSystem: '',
        sourceKind: '',
        type: event.type,
        source: event.source,
        externalId: event.id,
        occurredAt: null,
        attributes: event.attributes,
        contentType: event.dataContentType ?? null,
        body: event.body,
      },
      REFERENCE,
    );
    expect(activitiesOf(mapped).map(shown)).toEqual([WHAT_BECOMES]);
  });

  it('shows a dead letter, whose headers stand beside its payload', () => {
    const mapped = mapCloudEvent(eventOf('finance.integration.run-failed', blockOf('json', 'x-death')), REFERENCE);
    expect(activitiesOf(mapped)).toMatchObject([
      {
        type: 'integration.run-failed',
        outcome: 'failure',
        problem: {
          payload: { invoice: '90000001' },
          headers: { 'x-first-death-queue': 'sap.invoices', 'x-death': expect.stringContaining('"count":3') },
        },
      },
    ]);
  });

  it('shows a problem that an event may carry', () => {
    const problem = /`("problem": \{.*?\})`/.exec(page)![1]!;
    const data = {
      system: 'sap-s4hana',
      outcome: 'failure',
      objects: [{ type: 'invoice', keys: [{ kind: 'billing-document', value: '90000001' }] }],
      ...(JSON.parse(`{${problem}}`) as object),
    };
    const mapped = mapCloudEvent(eventOf('finance.invoice.posted', JSON.stringify(data)), REFERENCE);
    expect(activitiesOf(mapped)[0]).toMatchObject({
      outcome: 'failure',
      problem: { taxonomy: 'business-control.posting-period-closed' },
    });
  });
});
