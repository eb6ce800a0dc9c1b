import { describe, expect, it } from '@jest/globals';
import type { Alias, ObjectType } from '@throughline/canonical';
import { type StatedObject, identityProblem, isStatementFailure, linkOf } from './statement-rules.js';

const name = (system: string, value: string, scope = '', kind = 'number'): Alias => ({ system, kind, scope, value });

function object(type: ObjectType, key: string, changes: Partial<StatedObject> = {}): StatedObject {
  return { id: `${type}/${key}`, type, key, amount: null, names: [name('erp', key)], ...changes };
}

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const payment = object('payment', 'P1', { amount: eur('100.00') });
const invoice = object('invoice', 'I1', { amount: eur('250.00') });

describe('a link that a person states', () => {
  it.each([
    ['as it was named', invoice, payment],
    ['named the other way round', payment, invoice],
  ])('leads downstream, %s', (_name, one, other) => {
    expect(linkOf(one, other, null)).toEqual({ from: invoice, to: payment, qualifier: 'settles' });
  });

  it.each<[string, StatedObject, StatedObject, string | null, string]>([
    ['an object and itself', payment, payment, null, 'SAME_OBJECT'],
    ['types without a flow', payment, object('customer', 'C1'), null, 'CANNOT_BE_LINKED'],
    ['more than the payment has', payment, invoice, '100.01', 'CONTRADICTS_RECORD'],
    ['all that the payment has', payment, invoice, '100.00', 'taken'],
    ['an amount where none is known', payment, object('invoice', 'I2'), '99.00', 'taken'],
  ])('of %s: %5$s', (_name, one, other, amount, expected) => {
    const link = linkOf(one, other, amount === null ? null : eur(amount));
    expect(isStatementFailure(link) ? link.code : 'taken').toBe(expected);
  });

  it('is not compared with an amount in another currency', () => {
    expect(linkOf(payment, invoice, { amount: '900.00', currency: 'USD' })).toMatchObject({ qualifier: 'settles' });
  });
});

describe('an identity that a person states', () => {
  const inCrm = object('customer', 'A', { names: [name('crm', 'A')] });
  const inErp = object('customer', 'B', { names: [name('erp', 'B')] });
  it.each<[string, StatedObject, StatedObject, string | undefined]>([
    ['one customer in two systems', inCrm, inErp, undefined],
    ['an object and itself', inCrm, inCrm, 'SAME_OBJECT'],
    ['two types', inCrm, object('supplier', 'A'), 'CANNOT_BE_JOINED'],
    ['two runs', object('run', '1'), object('run', '2'), 'CANNOT_BE_JOINED'],
    ['two numbers of one system', object('customer', '1'), object('customer', '2'), 'CONTRADICTS_RECORD'],
    [
      'two numbers of one system in scopes of their own',
      object('customer', '1', { names: [name('erp', '1', 'DE01')] }),
      object('customer', '2', { names: [name('erp', '2', 'US01')] }),
      undefined,
    ],
    [
      'a number that both have beside others',
      object('customer', '1', { names: [name('erp', '7'), name('crm', 'A')] }),
      object('customer', '2', { names: [name('erp', '7'), name('mail', 'a@b')] }),
      undefined,
    ],
  ])('of %s: %4$s', (_name, one, other, code) => expect(identityProblem(one, other)?.code).toBe(code));
});
