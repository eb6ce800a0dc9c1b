import { describe, expect, it } from '@jest/globals';
import type { Activity } from '@throughline/canonical';
import { type AttributeStatement, attributeHistory, attributesAsOf } from '@throughline/lineage';
import { mapSignals } from '../../scenario-signal.js';
import { amendedContract } from './amended-contract.js';

type KnownUntil = Parameters<typeof attributesAsOf>[1];

/** CRM was down for two days: what it said on the 2nd was received on the 4th. */
const RECEIVED_ON = new Map([['contract.amended', '2026-09-04']]);

const statements = mapSignals(amendedContract.signals).flatMap((activity: Activity): AttributeStatement[] =>
  activity.objects.flatMap((stated, position) => {
    if (stated.type !== 'contract') return [];
    const { activityId, type: activityType, outcome, occurredAt, system } = activity;
    const isSubject = stated.qualifier === 'subject';
    const recordedOn = RECEIVED_ON.get(activityType) ?? occurredAt.slice(0, 10);
    return [{ activityId, activityType, outcome, occurredAt, system, position, isSubject, recordedOn, stated }];
  }),
);

const termsOf = (until: KnownUntil) =>
  Object.fromEntries(
    attributesAsOf(statements, until)
      .filter(({ name }) => ['amount', 'paymentTerms'].includes(name))
      .map(({ name, value }) => [name, value]),
  );

const FIRST = { amount: '48200.00 EUR', paymentTerms: 'NET14' };
const AMENDED = { amount: '52000.00 EUR', paymentTerms: 'NET30' };

describe('the terms of an amended contract', () => {
  it.each<{ name: string; until: KnownUntil; expected: Record<string, string> }>([
    { name: 'before the amendment', until: { asOf: '2026-09-02T07:59:59.000Z' }, expected: FIRST },
    { name: 'from the amendment on', until: { asOf: '2026-09-02T08:00:00.000Z' }, expected: AMENDED },
    {
      name: 'as known on the day after it, of which nobody had heard',
      until: { knownOn: '2026-09-03' },
      expected: FIRST,
    },
    { name: 'as known on the day on which it was received', until: { knownOn: '2026-09-04' }, expected: AMENDED },
    {
      name: 'of the first day, as known today',
      until: { asOf: '2026-09-01T12:00:00.000Z', knownOn: '2026-11-30' },
      expected: FIRST,
    },
    { name: 'today', until: {}, expected: AMENDED },
  ])('are told $name', ({ until, expected }) => expect(termsOf(until)).toEqual(expected));

  it('change twice, each time by what was agreed', () => {
    const changes = attributeHistory(statements).filter(({ name }) => ['amount', 'paymentTerms'].includes(name));
    expect(
      changes.map(({ name, previous, value, occurredAt }) => [occurredAt.slice(0, 10), name, previous, value]),
    ).toEqual([
      ['2026-09-01', 'amount', null, '48200.00 EUR'],
      ['2026-09-01', 'paymentTerms', null, 'NET14'],
      ['2026-09-02', 'amount', '48200.00 EUR', '52000.00 EUR'],
      ['2026-09-02', 'paymentTerms', 'NET14', 'NET30'],
    ]);
  });
});
