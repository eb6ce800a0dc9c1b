import { describe, expect, it } from '@jest/globals';
import type { Money } from '@throughline/canonical';
import { approverLimitOf, beyondApproverLimit, type SumsOfCounterparty } from './approver-limits.js';

const eur = (amount: string): Money => ({ amount, currency: 'EUR' });
const sums = (before: string, together: string): SumsOfCounterparty => ({
  before: eur(before),
  together: eur(together),
});

describe('the limit of who approves', () => {
  it.each<[string, string[], Money | null]>([
    ['of an approver', ['approver'], eur('1000000.00')],
    ['of a controller: none', ['controller'], null],
    ['the highest of several roles', ['approver', 'controller'], null],
    ['of who has no such role: nothing', ['analyst'], eur('0.00')],
  ])('%s', (_name, roles, limit) => {
    expect(approverLimitOf(roles)).toEqual(limit);
  });

  const LIMIT = eur('100.00');
  it.each<[string, [string, string | null | undefined][], Record<string, SumsOfCounterparty>, boolean[]]>([
    [
      'all that fits goes',
      [
        ['a', '60.00'],
        ['a', '40.00'],
      ],
      { a: sums('0.00', '100.00') },
      [false, false],
    ],
    [
      'one cent more stays',
      [
        ['a', '60.00'],
        ['a', '40.01'],
      ],
      { a: sums('0.00', '100.01') },
      [false, true],
    ],
    [
      'what is behind it may fit again',
      [
        ['a', '60.00'],
        ['a', '50.00'],
        ['a', '40.00'],
      ],
      { a: sums('0.00', '150.00') },
      [false, true, false],
    ],
    ['what was approved before counts', [['a', '60.00']], { a: sums('50.00', '110.00') }, [true]],
    [
      'each counterparty by itself',
      [
        ['a', '90.00'],
        ['b', '90.00'],
      ],
      { a: sums('20.00', '110.00'), b: sums('0.00', '90.00') },
      [true, false],
    ],
    [
      'the same money twice counts once',
      [
        ['a', '90.00'],
        ['a', '90.00'],
      ],
      { a: sums('0.00', '90.00') },
      [false, false],
    ],
    ['no money is never beyond it', [['a', null]], { a: sums('100.00', '100.00') }, [false]],
    ['money that nobody knows is', [['a', undefined]], {}, [true]],
    ['a counterparty that is called like something else', [['constructor', '90.00']], {}, [false]],
  ])('%s', (_name, asked, known, beyond) => {
    const toApprove = asked.map(([counterparty, amount]) => ({
      counterparty,
      money: amount === null || amount === undefined ? (amount as null | undefined) : eur(amount),
    }));
    expect(beyondApproverLimit(LIMIT, toApprove, new Map(Object.entries(known)))).toEqual(beyond);
    expect(beyondApproverLimit(null, toApprove, new Map())).toEqual(asked.map(() => false));
  });
});
