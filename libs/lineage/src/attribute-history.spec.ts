import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attributeHistory, attributesAsOf } from './attribute-history.js';
import { describeObject } from './object-facts.js';
import { type Said, saidOfObject } from './testing/said-of-object.js';

const valuesOf = (said: readonly Said[], until: Parameters<typeof attributesAsOf>[1]) =>
  Object.fromEntries(attributesAsOf(saidOfObject(said), until).map(({ name, value }) => [name, value]));
const endOf = (day: string) => `${day}T23:59:59.999Z`;

describe('attributes as of a time', () => {
  const TERMS: Said[] = [
    { on: '2026-02-01', by: 'sap-s4hana', says: { paymentTerms: 'Z030', region: 'north' } },
    { on: '2026-03-10', by: 'sap-s4hana', says: { paymentTerms: 'Z060' } },
  ];
  it.each<{ name: string; said: Said[]; until: Parameters<typeof attributesAsOf>[1]; values: Record<string, string> }>([
    { name: 'nothing is known before the first word', said: TERMS, until: { asOf: endOf('2026-01-31') }, values: {} },
    {
      name: 'terms as on 3 March, before they changed',
      said: TERMS,
      until: { asOf: endOf('2026-03-03') },
      values: { paymentTerms: 'Z030', region: 'north' },
    },
    { name: 'terms of today', said: TERMS, until: {}, values: { paymentTerms: 'Z060', region: 'north' } },
    {
      name: 'terms as known on 3 March: a change of 1 March that was received on 5 March does not count yet',
      said: [TERMS[0]!, { on: '2026-03-01', recordedOn: '2026-03-05', says: { paymentTerms: 'Z014' } }],
      until: { knownOn: '2026-03-03' },
      values: { paymentTerms: 'Z030', region: 'north' },
    },
    {
      name: 'a change of 1 March that was received on 5 March held on 3 March',
      said: [TERMS[0]!, { on: '2026-03-01', recordedOn: '2026-03-05', says: { paymentTerms: 'Z014' } }],
      until: { asOf: endOf('2026-03-03') },
      values: { paymentTerms: 'Z014', region: 'north' },
    },
    {
      name: 'what is said in passing does not change what was said of it as a subject',
      said: [TERMS[0]!, { on: '2026-04-01', inPassing: true, says: { paymentTerms: 'Z999', colour: 'red' } }],
      until: {},
      values: { paymentTerms: 'Z030', region: 'north', colour: 'red' },
    },
    {
      name: 'terms that an attempt which failed would have set do not hold',
      said: [TERMS[0]!, { on: '2026-04-01', fails: true, says: { paymentTerms: 'Z999', colour: 'red' } }],
      until: {},
      values: { paymentTerms: 'Z030', region: 'north', colour: 'red' },
    },
    {
      name: 'a success in passing replaces what a failed attempt said before',
      said: [
        { on: '2026-02-01', fails: true, says: { paymentTerms: 'Z999' } },
        { on: '2026-02-02', inPassing: true, says: { paymentTerms: 'Z030' } },
      ],
      until: {},
      values: { paymentTerms: 'Z030' },
    },
  ])('$name', ({ said, until, values }) => {
    expect(valuesOf(said, until)).toEqual(values);
  });

  it('tell since when, by whom and by which activity', () => {
    const statements = saidOfObject(TERMS);
    expect(attributesAsOf(statements, {})[0]).toEqual({
      name: 'paymentTerms',
      value: 'Z060',
      occurredAt: '2026-03-10T09:00:00.000Z',
      recordedOn: '2026-03-10',
      system: 'sap-s4hana',
      activityId: statements[1]?.activityId,
      activityType: 'customer.changed',
    });
  });
});

describe('the history of attributes', () => {
  it('has each change with the value before it, and no repetition', () => {
    const said: Said[] = [
      { on: '2026-02-01', says: { terms: 'Z030' } },
      { on: '2026-02-02', says: { terms: 'Z030' }, by: 'crm' },
      { on: '2026-02-03', says: { terms: 'Z060' } },
    ];
    expect(
      attributeHistory(saidOfObject(said)).map(({ value, previous, system }) => [value, previous, system]),
    ).toEqual([
      ['Z030', null, 'erp'],
      ['Z060', 'Z030', 'erp'],
    ]);
  });

  it('has the amount, the entity and the counterparty as attributes of their own', () => {
    const [statement] = saidOfObject([{ on: '2026-02-01' }]);
    const stated = { legalEntity: 'DE01', counterparty: 'Adler', amount: { amount: '10.50', currency: 'EUR' } };
    expect(attributeHistory([{ ...statement!, stated }]).map(({ name, value }) => [name, value])).toEqual([
      ['amount', '10.50 EUR'],
      ['counterparty', 'Adler'],
      ['legalEntity', 'DE01'],
    ]);
  });

  const anySaid = fc.array(
    fc.record({
      on: fc.constantFrom('2026-02-01', '2026-02-02', '2026-02-03'),
      by: fc.constantFrom('erp', 'crm'),
      inPassing: fc.boolean(),
      fails: fc.boolean(),
      says: fc.dictionary(fc.constantFrom('terms', 'region'), fc.constantFrom('1', '2', '3')),
    }),
    { maxLength: 8 },
  );

  it('does not depend on order or repetition', () => {
    const disordered = anySaid
      .map(saidOfObject)
      .chain((statements) =>
        fc.tuple(
          fc.constant(statements),
          fc.shuffledSubarray([...statements, ...statements], { minLength: statements.length * 2 }),
        ),
      );
    fc.assert(
      fc.property(disordered, ([statements, disorder]) =>
        expect(attributeHistory(disorder)).toEqual(attributeHistory(statements)),
      ),
    );
  });

  it('comes at every time to the values that the object itself has by then', () => {
    const alias = { system: 'erp', kind: 'number', scope: '', value: '1' };
    const identity = { objectId: 'x', type: 'customer' as const, aliases: new Map([['x', alias]]) };
    fc.assert(
      fc.property(anySaid, fc.constantFrom('2026-02-01', '2026-02-02', '2026-02-03'), (said, day) => {
        const statements = saidOfObject(said).filter(({ occurredAt }) => occurredAt <= endOf(day));
        if (statements.length === 0) return;
        const object = describeObject({ ...identity, hasTooManyAliases: false }, statements, new Map());
        expect(valuesOf(said, { asOf: endOf(day) })).toEqual({ ...object.attributes });
      }),
    );
  });
});
