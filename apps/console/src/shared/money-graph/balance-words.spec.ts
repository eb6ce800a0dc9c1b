import { describe, expect, it } from '@jest/globals';
import { balanceSentence, explainedWords, transactionSentence, type Balance } from './balance-words.js';

const eur = (amount: string) => ({ amount, currency: 'EUR' });

function balance(standing: string, residual: string | null = '0.00', isBreak = false): Balance {
  const side = { side: 'out', flows: eur('0.00'), explained: [], residual: residual === null ? null : eur(residual) };
  return {
    currency: 'EUR',
    amount: eur('100.00'),
    undone: eur('0.00'),
    sides: [{ ...side, standing, isBreak }],
    unexplained: eur(isBreak ? (residual ?? '0.00') : '0.00'),
    isBreak,
  };
}

describe('the answer for an object', () => {
  it.each<[string, Balance[], string]>([
    ['no amount', [], 'It has no amount that could be added up.'],
    ['balanced', [balance('balanced')], 'It adds up: what flows in and out is explained.'],
    ['open', [balance('open', '250.00')], 'EUR 250.00 has not gone on yet.'],
    [
      'a break, before what is open',
      [balance('open', '250.00'), balance('short', '5.00', true)],
      'EUR 5.00 does not add up here.',
    ],
    [
      'not known',
      [balance('no-rate', null)],
      'It cannot be added up: what a link carries is not known, or is in another currency without a rate.',
    ],
  ])('%s', (_name, balances, sentence) => {
    expect(balanceSentence(balances)).toBe(sentence);
  });
});

describe('the answer for a transaction', () => {
  const invoice = { type: 'invoice', key: '9001' };
  const order = { type: 'sales-order', key: '4501' };
  it.each<[string, { object: typeof order; balance: Balance }[], string]>([
    ['adds up', [{ object: order, balance: balance('balanced') }], 'The money adds up at each document.'],
    [
      'open where it is furthest down',
      [
        { object: order, balance: balance('open', '10.00') },
        { object: invoice, balance: balance('open', '250.00') },
      ],
      'The money adds up; EUR 250.00 is still open at invoice 9001.',
    ],
    [
      'breaks, at the first',
      [
        { object: invoice, balance: balance('short', '5.00', true) },
        { object: order, balance: balance('over', '2.50', true) },
      ],
      'EUR 7.50 does not add up, at invoice 9001 and 1 more.',
    ],
  ])('%s', (_name, objects, sentence) => {
    expect(transactionSentence(objects)).toBe(sentence);
  });
});

it('explanations are named in the words of finance', () => {
  expect(
    explainedWords([
      { kind: 'cash-discount', amount: eur('30.00') },
      { kind: 'fee', amount: eur('5.00') },
    ]),
  ).toBe('EUR 30.00 cash discount and EUR 5.00 fee');
});
