import { describe, expect, it } from '@jest/globals';
import { describeTaxonomy, money } from '@throughline/canonical';
import type { Residual } from '@throughline/lineage';
import { faultsOfStatements } from '../stated-problem.js';
import { residualProblem, TELLING, withoutToldRests, type ResidualSubject } from './residual-problems.js';

const FIRST = new Date('2026-09-28T08:00:00.000Z');
const SUBJECT: ResidualSubject = {
  objectId: '00000000-0000-4000-8000-000000000001',
  type: 'invoice',
  key: '9001',
  legalEntity: 'DE01',
  counterparty: 'Bremen Werft',
  direction: null,
  firstOccurredAt: FIRST,
  progress: 'complete',
};
const eur = (amount: string) => money(amount, 'EUR');
const rest = (over: Partial<Residual>): Residual => ({
  objectId: SUBJECT.objectId,
  kind: 'short-payment',
  side: 'out',
  standing: 'open',
  amount: eur('50.00'),
  whole: eur('1000.00'),
  flows: eur('950.00'),
  since: '2026-09-30T08:00:00.000Z',
  ...over,
});

describe('a rest of money in words', () => {
  it.each<[string, Partial<Residual>, string, string | null]>([
    [
      'cash-and-payment.short-payment',
      {},
      'Of 1000.00 EUR only 950.00 EUR went on; 50.00 EUR are missing, and nothing explains them.',
      null,
    ],
    [
      'cash-and-payment.short-payment',
      { standing: 'short' },
      'Of 1000.00 EUR only 950.00 EUR went on; 50.00 EUR are missing, and nothing explains them. Its source says that nothing more is to come.',
      null,
    ],
    [
      'cash-and-payment.over-payment',
      {
        kind: 'over-payment',
        side: 'in',
        standing: 'unapplied',
        whole: eur('1100.00'),
        flows: eur('1000.00'),
        amount: eur('100.00'),
      },
      'Documents explain 1000.00 EUR of 1100.00 EUR; 100.00 EUR are left.',
      null,
    ],
    [
      'cash-and-payment.duplicate-payment',
      { kind: 'duplicate-payment', standing: 'over', flows: eur('2000.00'), amount: eur('1000.00') },
      'More than one payment pays the whole of it: 1000.00 EUR came once too often.',
      null,
    ],
    [
      'data-quality.amount-mismatch',
      { kind: 'amount-mismatch', standing: 'over', flows: eur('1200.00'), amount: eur('200.00') },
      'Of 1000.00 EUR there went on 1200.00 EUR: 200.00 EUR too much.',
      'Amount differs from what follows from it',
    ],
    [
      'data-quality.amount-mismatch',
      { kind: 'amount-mismatch', side: 'in', standing: 'unfounded', whole: eur('1050.00'), flows: eur('1000.00') },
      'It says 1050.00 EUR, and what it follows from 1000.00 EUR: 50.00 EUR differ.',
      'Amount differs from what it follows from',
    ],
    [
      'data-quality.amount-mismatch',
      { kind: 'amount-mismatch', side: 'in', standing: 'overdrawn', whole: eur('950.00'), flows: eur('1000.00') },
      'It comes to 950.00 EUR, and 1000.00 EUR were taken for it: 50.00 EUR too little.',
      'Amount differs from what it follows from',
    ],
    [
      'data-quality.amount-mismatch',
      {
        kind: 'amount-mismatch',
        side: 'pair',
        standing: 'differs',
        whole: eur('990.00'),
        flows: eur('1000.00'),
        amount: eur('10.00'),
      },
      'It says 990.00 EUR, and the document of the other side 1000.00 EUR: 10.00 EUR differ.',
      'Amount differs from the document of the other side',
    ],
  ])('%s: %j', (taxonomy, over, message, headline) => {
    const residual = rest(over);
    expect(residualProblem(residual, SUBJECT)).toMatchObject({
      taxonomy,
      message,
      headline,
      amount: residual.amount,
      direction: 'inflow',
      since: new Date('2026-09-30T08:00:00.000Z'),
    });
    expect(describeTaxonomy(taxonomy).isKnown).toBe(true);
  });

  it('began with its object where nothing moved', () => {
    expect(residualProblem(rest({ since: null }), SUBJECT).since).toEqual(FIRST);
  });

  it('of both sides of one object is two problems, and can be stated', () => {
    const problems = [rest({ kind: 'amount-mismatch' }), rest({ kind: 'amount-mismatch', side: 'in' })].map((one) =>
      residualProblem(one, SUBJECT),
    );
    expect(faultsOfStatements('residuals', [{ scope: SUBJECT.objectId, problems }])).toEqual([]);
  });

  it('is not told once more where a rule says which money is wrong', () => {
    const rests = ['a', 'b'].map((objectId) => ({ objectId, hop: residualProblem(rest({}), SUBJECT).hop }));
    const failure = { objectId: 'a', hop: 'crm-to-erp' };
    const violations = [
      { objectId: 'a', taxonomy: 'data-quality.price-mismatch' },
      { objectId: 'b', taxonomy: 'business-control.approval-missing' },
    ];
    expect(withoutToldRests([...rests, failure], violations)).toEqual([rests[1], failure]);
  });

  it('is told by problems of the taxonomy', () => {
    expect(TELLING.filter((code) => !describeTaxonomy(code).isKnown)).toEqual([]);
  });
});
