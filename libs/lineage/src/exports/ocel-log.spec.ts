import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { OCEL_SCHEMA, ocelFaults, type OcelJson } from '../testing/ocel-schema.js';
import { type OcelActivity, OcelLog, type OcelSubject } from './ocel-log.js';

const ajv = new Ajv2020({ allowUnionTypes: true });
addFormats.default(ajv);
const isOcel = ajv.compile(OCEL_SCHEMA);

const POSTED: OcelActivity = {
  activityId: 'e1',
  type: 'invoice.posted',
  occurredAt: '2026-03-01T09:00:00.000Z',
  outcome: 'success',
  system: 'sap',
  integration: '',
  traceId: null,
  requeueId: null,
  problem: null,
  objects: [
    { objectId: 'o1', qualifier: 'subject' },
    { objectId: 'o1', qualifier: 'subject' },
    { objectId: 'o2', qualifier: 'upstream' },
  ],
};
const REJECTED: OcelActivity = {
  ...POSTED,
  activityId: 'e2',
  type: 'payment.rejected',
  outcome: 'failure',
  integration: 'pay',
  problem: { taxonomy: 'cash-and-payment.rejected-by-bank', message: 'account DE1' },
  objects: [{ objectId: 'o3', qualifier: 'subject' }],
};
const ORDER: OcelSubject = {
  objectId: 'o2',
  type: 'sales-order',
  key: 'SO-1',
  firstOccurredAt: '2026-02-01T09:00:00.000Z',
  statements: [],
  follows: [],
};
const INVOICE: OcelSubject = {
  objectId: 'o1',
  type: 'invoice',
  key: 'INV-1',
  firstOccurredAt: '2026-03-01T09:00:00.000Z',
  statements: [
    {
      activityId: 'e1',
      occurredAt: '2026-03-01T09:00:00.000Z',
      outcome: 'success',
      isSubject: true,
      stated: { amount: { amount: '1234567890123456.78', currency: 'EUR' } },
    },
  ],
  follows: [{ objectId: 'o2', qualifier: 'bills' }],
};
const PAYMENT: OcelSubject = { ...ORDER, objectId: 'o3', type: 'payment', key: 'P-1' };

function written(events: readonly OcelActivity[], objects: readonly OcelSubject[], shown = (text: string) => text) {
  const log = new OcelLog(shown);
  const text = [
    log.begin(),
    ...events.map((event) => log.event(event)),
    log.turn(),
    ...objects.map((object) => log.object(object)),
    log.end(),
  ].join('');
  return JSON.parse(text) as OcelJson;
}

describe('an OCEL log', () => {
  it.each<[string, OcelActivity[], OcelSubject[]]>([
    ['of nothing', [], []],
    ['of objects alone', [], [ORDER]],
    ['of two types', [POSTED, REJECTED], [INVOICE, ORDER, PAYMENT]],
  ])('%s has the form of OCEL 2.0', (_name, events, objects) => {
    const log = written(events, objects);
    expect({ isOcel: isOcel(log), errors: isOcel.errors, faults: ocelFaults(log) }).toEqual({
      isOcel: true,
      errors: null,
      faults: [],
    });
  });

  it('says of events, objects and links what is known, amounts as they are', () => {
    const log = written([POSTED, REJECTED], [INVOICE, ORDER, PAYMENT], (text) => text.replace('DE1', 'DE••••'));
    expect(log.events[0]?.relationships).toEqual([
      { objectId: 'o1', qualifier: 'subject' },
      { objectId: 'o2', qualifier: 'upstream' },
    ]);
    expect(log.events[1]?.attributes).toEqual([
      { name: 'outcome', value: 'failure' },
      { name: 'system', value: 'sap' },
      { name: 'integration', value: 'pay' },
      { name: 'problem', value: 'cash-and-payment.rejected-by-bank' },
      { name: 'message', value: 'account DE••••' },
    ]);
    expect(log.objects[0]).toEqual({
      id: 'o1',
      type: 'invoice',
      attributes: [
        { name: 'key', value: 'INV-1', time: '2026-03-01T09:00:00.000Z' },
        { name: 'amount', value: '1234567890123456.78', time: '2026-03-01T09:00:00.000Z' },
        { name: 'currency', value: 'EUR', time: '2026-03-01T09:00:00.000Z' },
      ],
      relationships: [{ objectId: 'o2', qualifier: 'bills' }],
    });
    expect(log.objectTypes.map(({ name }) => name)).toEqual(['invoice', 'payment', 'sales-order']);
  });

  it('is found faulty by the checks where it is', () => {
    const log = written([POSTED], [INVOICE]);
    expect(ocelFaults(log)).toEqual(['e1: no object o2', 'o1: no object o2']);
    expect(isOcel({ ...log, events: [{ ...log.events[0], time: 'yesterday' }] })).toBe(false);
  });
});
