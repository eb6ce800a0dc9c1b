import { describe, expect, it } from '@jest/globals';
import { readActivityDraft } from './activity-draft.js';

const FALLBACK = { system: 'erp', occurredAt: '2026-09-30T12:00:00.000Z' };
const order = { type: 'sales-order', keys: [{ kind: 'sales-order', value: '4501' }] };

function draftOf(value: unknown) {
  const read = readActivityDraft(value, FALLBACK);
  if (!read.ok) throw new Error(`${read.place}: ${read.reason}`);
  return read.draft;
}

describe('what a rule makes', () => {
  it('takes system and time from the signal where the rule names none', () => {
    expect(draftOf({ type: 'sales-order.accepted', objects: order })).toEqual({
      type: 'sales-order.accepted',
      occurredAt: FALLBACK.occurredAt,
      data: { system: 'erp', objects: [order], links: [] },
    });
  });

  it('leaves out keys that identify nothing, objects without keys, and their links', () => {
    const { objects, links } = draftOf({
      type: 'invoice.posted',
      objects: [
        {
          ref: 'invoice',
          type: 'invoice',
          keys: [
            { kind: 'billing-document', value: '90000017' },
            { kind: 'external', value: '0000000000' },
            { kind: 'other', value: null },
            { kind: 'third' },
          ],
        },
        { type: 'customer', keys: [{ kind: 'customer-number', value: '0000' }] },
        { ref: 'order', type: 'sales-order', keys: [{ kind: 'sales-order', value: 4501 }] },
        { ref: 'gone', type: 'delivery', keys: [] },
      ],
      links: [
        { from: 'customer', to: 'invoice', qualifier: 'placed-by' },
        { from: 'order', to: 'invoice', qualifier: 'bills' },
        { from: 'gone', to: 'invoice', qualifier: 'bills' },
      ],
    }).data;
    expect(objects.map(({ type, keys }) => [type, keys.map(({ value }) => value)])).toEqual([
      ['invoice', ['90000017']],
      ['sales-order', ['4501']],
    ]);
    expect(links).toEqual([{ from: 1, to: 0, qualifier: 'bills' }]);
  });

  it('takes links by type where an object has no ref, and by position', () => {
    const { links } = draftOf({
      type: 'sales-order.accepted',
      objects: [order, { type: 'contract', keys: [{ kind: 'contract-number', value: '7' }] }],
      links: [
        { from: 'contract', to: 'sales-order', qualifier: 'fulfils' },
        { from: 1, to: 0, qualifier: 'fulfils' },
      ],
    }).data;
    expect(links).toEqual([
      { from: 1, to: 0, qualifier: 'fulfils' },
      { from: 1, to: 0, qualifier: 'fulfils' },
    ]);
  });

  it('makes texts of attributes and discriminators, and cuts what is too long', () => {
    const { objects, problem, integration } = draftOf({
      type: 'run.failed',
      outcome: 'failure',
      integration: 'x'.repeat(300),
      objects: {
        type: 'run',
        keys: { kind: 'run-id', value: 17 },
        legalEntity: ' ',
        counterparty: 'c'.repeat(300),
        attributes: { number: 5, flag: true, none: null, empty: '', list: [1], long: 'y'.repeat(5_000) },
      },
      problem: { code: 'platform.time-out', discriminators: { status: 504, none: null }, message: '' },
    }).data;
    expect(objects[0]).toMatchObject({ attributes: { number: '5', flag: 'true', long: 'y'.repeat(4_000) } });
    expect(Object.keys(objects[0].attributes!)).toEqual(['number', 'flag', 'long']);
    expect(objects[0].counterparty).toHaveLength(256);
    expect(objects[0]).not.toHaveProperty('legalEntity');
    expect(integration).toHaveLength(256);
    expect(problem).toEqual({ code: 'platform.time-out', discriminators: { status: '504' }, message: 'Time-out' });
  });

  it('keeps run, requeue and trace of the rule', () => {
    expect(
      draftOf({ type: 'run.completed', objects: order, runKey: ' r1 ', requeueId: 'q', traceparent: '00-1-2-01' }),
    ).toMatchObject({ runKey: 'r1', requeueId: 'q', traceparent: '00-1-2-01' });
  });

  it.each<[string, unknown, string, RegExp]>([
    ['text', 'done', '', /expected an activity/],
    ['no type', { objects: order }, '/type', /past participle/],
    ['a time that is none', { type: 'a.b', occurredAt: '2024-05-02', objects: order }, '/occurredAt', /\$instant/],
    ['no objects', { type: 'a.b' }, '/objects', /names no business object/],
    ['a subject without a key', { type: 'a.b', objects: { type: 'invoice', keys: [] } }, '/objects/0/keys', /identify/],
    ['another object type', { type: 'a.b', objects: { ...order, type: 'order' } }, '/objects/0/type', /canonical/],
    [
      'a negative amount',
      { type: 'a.b', objects: { ...order, amount: { amount: '-1', currency: 'EUR' } } },
      '/objects/0/amount',
      /positive/,
    ],
    ['a failure that says nothing', { type: 'a.b', outcome: 'failure', objects: order }, '/problem', /required/],
    [
      'a code that is none',
      { type: 'a.b', outcome: 'failure', objects: order, problem: { code: 'E1' } },
      '/problem/code',
      /taxonomy/,
    ],
    ['an object that is text', { type: 'a.b', objects: [order, 'x'] }, '/objects/1', /expected an object/],
  ])('refuses %s and says where', (_name, value, place, reason) => {
    expect(readActivityDraft(value, FALLBACK)).toMatchObject({
      ok: false,
      place,
      reason: expect.stringMatching(reason),
    });
  });

  it('has no time when neither knows one', () => {
    expect(readActivityDraft({ type: 'a.b', objects: order }, { system: 'erp', occurredAt: null })).toMatchObject({
      ok: false,
      place: '/occurredAt',
    });
  });
});
