import { type Journey, signalsOf } from '../../journey.js';
import type { Story } from '../../story.js';
import { SMALL, SMALLER, inPayout, linksOfPayout, paidOut, sold } from './card-sales.js';
import { STORY_START } from './deal.js';
import { Telling } from './telling.js';

/** Two card payments are paid out at once, less 3.20 and 1.75. */
function payoutNetOfFees(name: string, code: string, share: number, booked: string): Journey {
  return {
    name: `money/${name}`,
    share,
    play(number, startsAt) {
      const payout = { number: `${code}${number}`, sales: [SMALL, SMALLER], amount: '145.05', booked };
      return [
        ...payout.sales.flatMap((sale) => sold(startsAt, payout.number, sale)),
        ...paidOut(new Telling(startsAt), payout, []).signals(),
      ].sort((left, right) => left.at - right.at);
    },
  };
}

export const payout = payoutNetOfFees('processor-payout', 'MPO', 20, '145.05');
export const payoutShort = payoutNetOfFees('processor-payout-short', 'MPS', 2, '140.05');

const bothInPayout = (number: string) => ({
  [`order-to-cash C-${number}A`]: inPayout(number, 'A'),
  [`order-to-cash C-${number}B`]: inPayout(number, 'B'),
});

/** 96.80 + 3.20 = 100.00 and 48.25 + 1.75 = 50.00 */
const feesOfPayout = (number: string) => ({
  [`payment ch_${number}A`]: ['in 100.00 USD, balanced', 'out 96.80 USD + fee 3.20, balanced'],
  [`payment ch_${number}B`]: ['in 50.00 USD, balanced', 'out 48.25 USD + fee 1.75, balanced'],
});

export const payouts: readonly Story[] = [
  {
    name: 'a processor payout net of fees',
    signals: signalsOf(payout, '0', STORY_START),
    expected: { transactions: bothInPayout('MPO0'), problems: [] },
    lineage: linksOfPayout('MPO0', [SMALL, SMALLER], '145.05'),
    // 96.80 + 48.25 = 145.05
    money: feesOfPayout('MPO0'),
  },
  {
    name: 'a processor payout of which a part is missing at the bank',
    signals: signalsOf(payoutShort, '0', STORY_START),
    expected: { transactions: bothInPayout('MPS0'), problems: [] },
    lineage: linksOfPayout('MPS0', [SMALL, SMALLER], '140.05'),
    money: {
      ...feesOfPayout('MPS0'),
      // 145.05 - 140.05: the payments are right, and so is the entry; the payout is where 5.00 are lost.
      'settlement po_MPS0': ['in 145.05 USD, balanced', 'out 140.05 USD, short 5.00', 'BREAK 5.00'],
    },
    pending: [{ line: 'the payouts of a day disagree with what the bank booked for them', needs: 'reconciliation' }],
  },
];
