import { describe, expect, it } from '@jest/globals';
import type { ObjectIdentity } from './identity.js';
import { type ObjectStatement, describeObject, displayKey } from './object-facts.js';
import { at } from './testing/activity-builder.js';

const identity: ObjectIdentity = {
  objectId: 'o',
  type: 'sales-order',
  aliases: new Map([
    ['1', { system: 'sap', kind: 'sales-order', scope: '', value: '4500' }],
    ['2', { system: 'crm', kind: 'order-number', scope: '', value: 'SO-1' }],
  ]),
  hasTooManyAliases: false,
};

const statement = (fields: Partial<ObjectStatement>): ObjectStatement => ({
  activityId: 'a',
  activityType: 'sales-order.accepted',
  outcome: 'success',
  position: 0,
  occurredAt: at('08:00'),
  isSubject: true,
  stated: {},
  ...fields,
});

const euros = (amount: string) => ({ amount, currency: 'EUR' });

describe('facts of an object', () => {
  it.each<{ name: string; statements: ObjectStatement[]; amount: string | null }>([
    { name: 'nobody states it', statements: [statement({})], amount: null },
    {
      name: 'the latest statement counts',
      statements: [
        statement({ occurredAt: at('09:00'), stated: { amount: euros('2') } }),
        statement({ activityId: 'b', occurredAt: at('08:00'), stated: { amount: euros('1') } }),
      ],
      amount: '2',
    },
    {
      name: 'a later statement that says nothing of it takes nothing away',
      statements: [
        statement({ stated: { amount: euros('1') } }),
        statement({ activityId: 'b', occurredAt: at('09:00') }),
      ],
      amount: '1',
    },
    {
      name: 'of two of one time the later record restates, whatever its activity',
      statements: [
        statement({ activityId: 'a', recordedAt: at('09:00'), stated: { amount: euros('2') } }),
        statement({ activityId: 'c', recordedAt: at('08:30'), stated: { amount: euros('1') } }),
        statement({ activityId: 'd', stated: { amount: euros('3') } }),
      ],
      amount: '2',
    },
    {
      name: 'a later record of what occurred earlier restates nothing',
      statements: [
        statement({ occurredAt: at('07:00'), recordedAt: at('12:00'), stated: { amount: euros('2') } }),
        statement({ activityId: 'b', stated: { amount: euros('1') } }),
      ],
      amount: '1',
    },
    {
      name: 'what is said of a subject beats what is said in passing, even later',
      statements: [
        statement({ stated: { amount: euros('1') } }),
        statement({ activityId: 'b', occurredAt: at('09:00'), isSubject: false, stated: { amount: euros('2') } }),
      ],
      amount: '1',
    },
    {
      name: 'what a failed attempt says later overwrites nothing that a success established',
      statements: [
        statement({ stated: { amount: euros('1') } }),
        statement({ activityId: 'b', occurredAt: at('09:00'), outcome: 'failure', stated: { amount: euros('2') } }),
      ],
      amount: '1',
    },
    {
      name: 'a success in passing counts before an attempt on the object itself that failed',
      statements: [
        statement({ isSubject: false, stated: { amount: euros('1') } }),
        statement({ activityId: 'b', occurredAt: at('09:00'), outcome: 'failure', stated: { amount: euros('2') } }),
      ],
      amount: '1',
    },
    {
      name: 'failed attempts are the only source while nothing succeeded: the latest of them counts',
      statements: [
        statement({ outcome: 'failure', stated: { amount: euros('1') } }),
        statement({ activityId: 'b', occurredAt: at('09:00'), outcome: 'failure', stated: { amount: euros('2') } }),
      ],
      amount: '2',
    },
    {
      name: 'a failed attempt fills in what no success says',
      statements: [
        statement({}),
        statement({ activityId: 'b', occurredAt: at('09:00'), outcome: 'failure', stated: { amount: euros('2') } }),
      ],
      amount: '2',
    },
    {
      name: 'at the same time the higher activity id counts',
      statements: [
        statement({ activityId: 'b', stated: { amount: euros('2') } }),
        statement({ stated: { amount: euros('1') } }),
      ],
      amount: '2',
    },
    {
      name: 'of two places of one activity the first speaks',
      statements: [
        statement({ position: 1, stated: { amount: euros('2') } }),
        statement({ stated: { amount: euros('1') } }),
      ],
      amount: '1',
    },
  ])('$name', ({ statements, amount }) => {
    for (const order of [statements, [...statements].reverse()]) {
      expect(describeObject(identity, order, new Map()).amount?.amount ?? null).toBe(amount);
    }
  });

  it('merges attributes one by one and spans the times', () => {
    const state = describeObject(
      identity,
      [
        statement({ occurredAt: at('10:00'), stated: { attributes: { region: 'north' } } }),
        statement({ activityId: 'b', stated: { attributes: { region: 'south', plant: '7' } } }),
      ],
      new Map(),
    );
    expect(state).toMatchObject({
      attributes: { plant: '7', region: 'north' },
      firstOccurredAt: at('08:00'),
      lastOccurredAt: at('10:00'),
      isPlaceholder: false,
    });
  });

  it('is a placeholder while it is only referred to', () => {
    expect(describeObject(identity, [statement({ isSubject: false })], new Map()).isPlaceholder).toBe(true);
  });

  it.each([
    [
      'the first preferred name it has',
      [
        { system: 'billing', kind: 'order' },
        { system: 'sap', kind: 'sales-order' },
      ],
      '4500',
    ],
    ['the lowest name in text order when it has none of them', [{ system: 'billing', kind: 'order' }], 'SO-1'],
  ])('shows %s', (_name, preferred, expected) => {
    expect(displayKey(identity, new Map([['sales-order', preferred]]))).toBe(expected);
  });
});
