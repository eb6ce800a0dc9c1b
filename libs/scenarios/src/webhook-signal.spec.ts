import { describe, expect, it } from '@jest/globals';
import { mapAllSignals, mapSignals, readWebhooks } from './scenario-signal.js';
import type { WebhookSignal } from './webhook-signal.js';

const JSON_TYPE = { 'content-type': 'application/json' };

const callout = (change: object, source = 'zuora'): WebhookSignal => ({
  name: 'a callout',
  protocol: 'webhook',
  source,
  headers: JSON_TYPE,
  body: JSON.stringify({
    EventCategory: '1110',
    EventName: 'InvoicePosted',
    EventTimestamp: '2026-09-01T03:05:00-0700',
    TenantId: '10002',
    InvoiceNumber: 'INV-W1',
    InvoiceAmount: '1200.00',
    Currency: 'EUR',
    ...change,
  }),
});

describe('a webhook of a story', () => {
  it('is read by the pack of its source, as the collector stores it', async () => {
    expect(await readWebhooks([callout({})])).toMatchObject([
      {
        kind: 'webhook',
        sourceSystem: 'zuora',
        sourceKind: 'zuora',
        type: 'InvoicePosted',
        scopedKey: expect.stringMatching(/^wh:zuora:10002:1110:INV-W1:/),
        occurredAt: '2026-09-01T10:05:00.000Z',
        attributes: { method: 'POST', contenttype: 'application/json' },
      },
    ]);
  });

  it('is mapped by that pack; told again it is the same activity', async () => {
    const [first, again, ...others] = await mapAllSignals([callout({}), callout({})]);
    expect(others).toEqual([]);
    expect(again).toEqual(first);
    expect(first).toMatchObject({
      type: 'invoice.posted',
      system: 'zuora',
      occurredAt: '2026-09-01T10:05:00.000Z',
      objects: [{ type: 'invoice', amount: { amount: '1200.00', currency: 'EUR' } }],
    });
  });

  it('may hold several records, or events of the specification', async () => {
    const history = (createTime: string) => ({
      ...{ attemptedNum: 1, createTime, eventCategory: 1110, notification: 'Invoice posted', responseCode: '200' },
      ...{ eventContext: '{"InvoiceNumber":"INV-W1"}', requestUrl: 'https://erp.example/zuora' },
    });
    const body = { calloutHistories: [history('2026-09-01T10:00:00Z'), history('2026-09-01T11:00:00Z')] };
    const event = {
      ...{ specversion: '1.0', id: '1', source: '/erp', type: 'finance.invoice.synchronised' },
      ...{ time: '2026-09-01T10:00:00Z', datacontenttype: 'application/json' },
      data: { system: 'netsuite', objects: [{ type: 'invoice', keys: [{ kind: 'invoice-number', value: 'INV-W1' }] }] },
    };
    const activities = await mapAllSignals([
      { ...callout({}), body: JSON.stringify(body) },
      { ...callout({}, 'netsuite'), body: JSON.stringify(event) },
    ]);
    expect(activities.map(({ type, occurredAt }) => `${type} ${occurredAt.slice(11, 16)}`)).toEqual([
      'run.completed 10:00',
      'run.completed 11:00',
      'invoice.synchronised 10:00',
    ]);
  });

  it.each<[string, WebhookSignal, RegExp]>([
    ['is not what it says', { ...callout({}), body: '{' }, /body/],
    ['is of a time that nobody knows', callout({ EventTimestamp: undefined }), /does not say when it happened/],
    [
      'is taken by no rule',
      callout({ object: 'event', type: 'of.tomorrow', created: 1 }, 'stripe'),
      /no rule of stripe/,
    ],
  ])('that %s is refused', async (_name, signal, reason) => {
    await expect(mapAllSignals([signal])).rejects.toThrow(reason);
  });

  it('is nothing that a mapping in code reads', () => {
    expect(() => mapSignals([callout({})])).toThrow(/mapAllSignals/);
  });
});
