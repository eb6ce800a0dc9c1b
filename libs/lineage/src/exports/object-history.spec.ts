import { describe, expect, it } from '@jest/globals';
import { aliasId, hashedUuid } from '@throughline/canonical';
import fc from 'fast-check';
import { describeObject } from '../object-facts.js';
import { attributeHistory, type HistoryStatement } from './object-history.js';

function statement(
  day: number,
  stated: HistoryStatement['stated'],
  isSubject = true,
  outcome: HistoryStatement['outcome'] = 'success',
): HistoryStatement {
  const occurredAt = `2026-03-${String(day).padStart(2, '0')}T09:00:00.000Z`;
  return {
    activityId: hashedUuid([String(day), JSON.stringify(stated), String(isSubject)]),
    occurredAt,
    outcome,
    isSubject,
    stated,
  };
}

const at = (day: number) => `2026-03-${String(day).padStart(2, '0')}T09:00:00.000Z`;

describe('the history of an object', () => {
  it.each<[string, HistoryStatement[], [string, string, number][]]>([
    ['nothing stated', [statement(1, {})], []],
    [
      'terms as known on 3 March',
      [
        statement(1, { attributes: { paymentTerms: 'net 30' } }),
        statement(5, { attributes: { paymentTerms: 'net 45' } }),
      ],
      [
        ['paymentTerms', 'net 30', 1],
        ['paymentTerms', 'net 45', 5],
      ],
    ],
    [
      'the same again is no change',
      [statement(1, { legalEntity: 'DE01' }), statement(2, { legalEntity: 'DE01' })],
      [['legalEntity', 'DE01', 1]],
    ],
    [
      'what is said in passing does not replace what was stated of it',
      [statement(1, { counterparty: 'Bremen Werft' }), statement(2, { counterparty: 'BW' }, false)],
      [['counterparty', 'Bremen Werft', 1]],
    ],
    [
      'what was said in passing first is replaced',
      [statement(1, { counterparty: 'BW' }, false), statement(2, { counterparty: 'Bremen Werft' })],
      [
        ['counterparty', 'BW', 1],
        ['counterparty', 'Bremen Werft', 2],
      ],
    ],
    [
      'what an attempt that failed would have set changes nothing',
      [statement(1, { counterparty: 'BW' }), statement(2, { counterparty: 'Bremen' }, true, 'failure')],
      [['counterparty', 'BW', 1]],
    ],
    [
      'a corrected amount',
      [
        statement(3, { amount: { amount: '90.00', currency: 'EUR' } }),
        statement(1, { amount: { amount: '100.00', currency: 'EUR' }, direction: 'inflow' }),
      ],
      [
        ['amount', '100.00', 1],
        ['currency', 'EUR', 1],
        ['direction', 'inflow', 1],
        ['amount', '90.00', 3],
      ],
    ],
    [
      'a free attribute that is named like a field',
      [statement(1, { attributes: { amount: 'large' } })],
      [['attribute.amount', 'large', 1]],
    ],
  ])('%s', (_name, statements, expected) => {
    expect(attributeHistory(statements)).toEqual(
      expected.map(([name, value, day]) => ({ name, value, time: at(day) })),
    );
  });

  it('ends in what the object is today, whatever order its statements came in', () => {
    const alias = { system: 'sap', kind: 'number', scope: '', value: '1' };
    const id = aliasId('invoice', alias);
    const stated = fc.record(
      {
        legalEntity: fc.constantFrom('DE01', 'US01'),
        counterparty: fc.constantFrom('A', 'B', 'C'),
        amount: fc.constantFrom({ amount: '1.00', currency: 'EUR' }, { amount: '2.00', currency: 'USD' }),
        attributes: fc.dictionary(fc.constantFrom('terms', 'incoterm'), fc.constantFrom('x', 'y')),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.tuple(
            fc.integer({ min: 1, max: 28 }),
            stated,
            fc.boolean(),
            fc.constantFrom('success' as const, 'failure' as const),
          ),
          {
            minLength: 1,
            maxLength: 12,
            selector: ([day]) => day,
          },
        ),
        (rows) => {
          const statements = rows.map((row) => statement(...row));
          const object = describeObject(
            { objectId: id, type: 'invoice', aliases: new Map([[id, alias]]), hasTooManyAliases: false },
            statements.map((one) => ({ ...one, activityType: 'invoice.posted', position: 0 })),
            new Map(),
          );
          const last = new Map(attributeHistory(statements).map(({ name, value }) => [name, value]));
          expect({
            legalEntity: last.get('legalEntity') ?? null,
            counterparty: last.get('counterparty') ?? null,
            amount: last.get('amount') ?? null,
            currency: last.get('currency') ?? null,
            terms: last.get('terms'),
            incoterm: last.get('incoterm'),
          }).toEqual({
            legalEntity: object.legalEntity,
            counterparty: object.counterparty,
            amount: object.amount?.amount ?? null,
            currency: object.amount?.currency ?? null,
            terms: object.attributes.terms,
            incoterm: object.attributes.incoterm,
          });
          expect(attributeHistory([...statements].reverse())).toEqual(attributeHistory(statements));
        },
      ),
    );
  });
});
