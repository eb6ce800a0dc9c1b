import { type Journey, signalsOf } from '../../journey.js';
import type { Story } from '../../story.js';
import {
  APPLIED,
  BY,
  type Deal,
  PAID,
  STORY_START,
  documentsOf,
  invoiced,
  linksOfReceipt,
  linksUntilInvoice,
  paidOnce,
  receiptOf,
  received,
} from './deal.js';
import { Telling } from './telling.js';

/** What an ERP says of a clearing in which invoice and payment differ. */
type Difference = {
  invoice: string;
  payment: string;
  /** Of the invoice, in its currency. */
  settles: string;
  /** The same at the rate at which the invoice was posted, where the payment is in another currency. */
  converts?: string;
  explained: readonly [qualifier: string, amount: string];
};

function clearing(name: string, share: number, deal: Omit<Deal, 'amount'>, difference: Difference): Journey {
  return {
    name,
    share,
    play(number, startsAt) {
      const { invoice: amount, payment, settles, converts, explained } = difference;
      const sale = { ...deal, amount, number: `${deal.number}${number}` };
      const { invoice, ...documents } = documentsOf(sale);
      const receipt = receiptOf(sale, payment);
      return received(invoiced(new Telling(startsAt), { invoice, ...documents }), PAID, receipt)
        .says(APPLIED, {
          system: 'sap-s4hana',
          integration: BY.application,
          what: 'payment.applied',
          to: receipt.payment,
          links: [
            [invoice, 'settles', receipt.payment, settles],
            ...(converts === undefined ? [] : [[invoice, 'converts', receipt.payment, converts] as const]),
            [invoice, explained[0], receipt.payment, explained[1]],
          ],
        })
        .signals();
    },
  };
}

const EXPORTER = { legalEntity: 'DE01', customer: 'Great Lakes Pumps Inc.' } as const;
const RETAILER = { legalEntity: 'SG01', customer: 'Orchard Hardware Pte. Ltd.' } as const;

/** Posted at 0.9150 EUR for a dollar, credited at 0.9200. */
export const fxGain = clearing(
  'money/fx-gain',
  8,
  { ...EXPORTER, number: 'MFG' },
  {
    invoice: '10000.00 USD',
    payment: '9200.00 EUR',
    settles: '10000.00 USD',
    converts: '9150.00 EUR',
    explained: ['gains-on-exchange', '50.00 EUR'],
  },
);

/** Posted at 0.9150 EUR for a dollar, credited at 0.9125. */
export const fxLoss = clearing(
  'money/fx-loss',
  8,
  { ...EXPORTER, number: 'MFL' },
  {
    invoice: '10000.00 USD',
    payment: '9125.00 EUR',
    settles: '10000.00 USD',
    converts: '9150.00 EUR',
    explained: ['loses-on-exchange', '25.00 EUR'],
  },
);

/** Cash in Singapore is rounded to five cents. */
export const roundedUp = clearing(
  'money/rounding-up',
  3,
  { ...RETAILER, number: 'MRU' },
  {
    invoice: '512.43 SGD',
    payment: '512.45 SGD',
    settles: '512.43 SGD',
    explained: ['rounds-up', '0.02 SGD'],
  },
);

export const roundedDown = clearing(
  'money/rounding-down',
  3,
  { ...RETAILER, number: 'MRD' },
  {
    invoice: '512.42 SGD',
    payment: '512.40 SGD',
    settles: '512.40 SGD',
    explained: ['rounds-down', '0.02 SGD'],
  },
);

export const exchangeGained: Story = {
  name: 'a gain on exchange',
  signals: signalsOf(fxGain, '0', STORY_START),
  expected: { transactions: { 'order-to-cash C-MFG0': paidOnce('MFG0') }, problems: [] },
  lineage: [
    ...linksUntilInvoice('MFG0'),
    'invoice 90MFG0 ─settles 10000.00 USD→ payment PAY-MFG0',
    'invoice 90MFG0 ─converts 9150.00 EUR→ payment PAY-MFG0',
    'invoice 90MFG0 ─gains-on-exchange 50.00 EUR→ payment PAY-MFG0',
    ...linksOfReceipt('MFG0', '9200.00 EUR'),
  ],
  // 10 000.00 USD × 0.9150 = 9 150.00; credited 10 000.00 × 0.9200 = 9 200.00; 9 200.00 - 9 150.00 = 50.00
  money: { 'payment PAY-MFG0': ['in 9150.00 EUR + fx-gain 50.00, balanced', 'out 9200.00 EUR, balanced'] },
};

export const exchangeLost: Story = {
  name: 'a loss on exchange',
  signals: signalsOf(fxLoss, '0', STORY_START),
  expected: { transactions: { 'order-to-cash C-MFL0': paidOnce('MFL0') }, problems: [] },
  lineage: [
    ...linksUntilInvoice('MFL0'),
    'invoice 90MFL0 ─settles 10000.00 USD→ payment PAY-MFL0',
    'invoice 90MFL0 ─converts 9150.00 EUR→ payment PAY-MFL0',
    'invoice 90MFL0 ─loses-on-exchange 25.00 EUR→ payment PAY-MFL0',
    ...linksOfReceipt('MFL0', '9125.00 EUR'),
  ],
  // Credited 10 000.00 × 0.9125 = 9 125.00; 9 150.00 - 9 125.00 = 25.00. The dollars of the invoice are all there.
  money: { 'payment PAY-MFL0': ['in 9150.00 EUR + fx-loss -25.00, balanced', 'out 9125.00 EUR, balanced'] },
};

// Thursday 08:00 UTC is 16:00 in Singapore: two hours until 18:00, two from Friday 09:00: 11:00 = 03:00 UTC.
const BY_FRIDAY_MORNING = '2026-10-02T03:00:00.000Z';

export const centsRoundedUp: Story = {
  name: 'cents that are rounded up',
  signals: signalsOf(roundedUp, '0', STORY_START),
  expected: { transactions: { 'order-to-cash C-MRU0': paidOnce('MRU0', BY_FRIDAY_MORNING) }, problems: [] },
  lineage: [
    ...linksUntilInvoice('MRU0'),
    'invoice 90MRU0 ─settles 512.43 SGD→ payment PAY-MRU0',
    'invoice 90MRU0 ─rounds-up 0.02 SGD→ payment PAY-MRU0',
    ...linksOfReceipt('MRU0', '512.45 SGD'),
  ],
  // 512.43 + 0.02 = 512.45: arrived and left nowhere.
  money: { 'payment PAY-MRU0': ['in 512.43 SGD + rounding 0.02, balanced', 'out 512.45 SGD, balanced'] },
};

export const centsRoundedDown: Story = {
  name: 'cents that are rounded down',
  signals: signalsOf(roundedDown, '0', STORY_START),
  expected: { transactions: { 'order-to-cash C-MRD0': paidOnce('MRD0', BY_FRIDAY_MORNING) }, problems: [] },
  lineage: [
    ...linksUntilInvoice('MRD0'),
    'invoice 90MRD0 ─settles 512.40 SGD→ payment PAY-MRD0',
    'invoice 90MRD0 ─rounds-down 0.02 SGD→ payment PAY-MRD0',
    ...linksOfReceipt('MRD0', '512.40 SGD'),
  ],
  // 512.42 - 0.02 = 512.40: left and arrived nowhere.
  money: { 'invoice 90MRD0': ['in 512.42 SGD, balanced', 'out 512.40 SGD + rounding 0.02, balanced'] },
};
