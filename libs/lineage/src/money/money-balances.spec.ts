import { describe, expect, it } from '@jest/globals';
import { moneyLinks, moneyNodes, type LinkDraft, type NodeDraft } from '../testing/money-builder.js';
import { describeBalances } from './describe-balances.js';
import { balanceMoney } from './money-balances.js';
import { tolerancesOf } from './money-tolerance.js';

/** What a case leaves open or unexplained; every other object of it is balanced on all its sides. */
type Case = {
  name: string;
  objects: Record<string, NodeDraft>;
  links: LinkDraft[];
  expected: Record<string, string[]>;
};

const EUR_1000 = { amount: '1000.00 EUR' };

const SETTLING: Case[] = [
  {
    // 1 000.00 less 3 % = 970.00
    name: 'cash discount',
    objects: { 'invoice I': EUR_1000, 'payment P': { amount: '970.00 EUR' }, 'bank-entry B': { amount: '970.00 EUR' } },
    links: [
      ['invoice I', 'settles', 'payment P', '970.00 EUR'],
      ['invoice I', 'discounts', 'payment P', '30.00 EUR'],
      ['payment P', 'books', 'bank-entry B'],
    ],
    expected: {
      'invoice I': ['out 970.00 EUR + cash-discount 30.00, balanced'],
      'payment P': ['in 970.00 EUR, balanced', 'out 970.00 EUR, balanced'],
      'bank-entry B': ['in 970.00 EUR, balanced'],
    },
  },
  {
    name: 'short payment: open as long as more may come',
    objects: { 'invoice I': EUR_1000, 'payment P': { amount: '950.00 EUR' } },
    links: [['invoice I', 'settles', 'payment P', '950.00 EUR']],
    expected: {
      'invoice I': ['out 950.00 EUR, open 50.00'],
      'payment P': ['in 950.00 EUR, balanced', 'out 0.00 EUR, open 950.00'],
    },
  },
  {
    name: 'short payment: a break of the invoice once the source says that nothing more is to come',
    objects: { 'invoice I': { ...EUR_1000, isSettled: true }, 'payment P': { amount: '950.00 EUR' } },
    links: [['invoice I', 'settles', 'payment P', '950.00 EUR']],
    expected: {
      'invoice I': ['out 950.00 EUR, short 50.00', 'BREAK 50.00'],
      'payment P': ['in 950.00 EUR, balanced', 'out 0.00 EUR, open 950.00'],
    },
  },
  {
    name: 'over payment: the payment has more than invoices explain',
    objects: { 'invoice I': EUR_1000, 'payment P': { amount: '1100.00 EUR' } },
    links: [['invoice I', 'settles', 'payment P', '1000.00 EUR']],
    expected: {
      'invoice I': ['out 1000.00 EUR, balanced'],
      'payment P': ['in 1000.00 EUR, unapplied 100.00', 'out 0.00 EUR, open 1100.00'],
    },
  },
  {
    // 1 000.00 less 15 % withheld for the tax office
    name: 'withholding tax',
    objects: { 'invoice I': EUR_1000, 'payment P': { amount: '850.00 EUR' } },
    links: [
      ['invoice I', 'settles', 'payment P', '850.00 EUR'],
      ['invoice I', 'withholds', 'payment P', '150.00 EUR'],
    ],
    expected: {
      'invoice I': ['out 850.00 EUR + withholding-tax 150.00, balanced'],
      'payment P': ['in 850.00 EUR, balanced', 'out 0.00 EUR, open 850.00'],
    },
  },
  {
    name: 'bank fee: kept by the bank between payment and entry',
    objects: { 'payment P': EUR_1000, 'invoice I': EUR_1000, 'bank-entry B': { amount: '985.00 EUR' } },
    links: [
      ['invoice I', 'settles', 'payment P'],
      ['payment P', 'books', 'bank-entry B', '985.00 EUR'],
      ['payment P', 'charges', 'bank-entry B', '15.00 EUR'],
    ],
    expected: {
      'invoice I': ['out 1000.00 EUR, balanced'],
      'payment P': ['in 1000.00 EUR, balanced', 'out 985.00 EUR + fee 15.00, balanced'],
      'bank-entry B': ['in 985.00 EUR, balanced'],
    },
  },
  {
    name: 'bank fee that nobody stated: the payment is where 15.00 are missing',
    objects: {
      'payment P': { ...EUR_1000, isSettled: true },
      'invoice I': EUR_1000,
      'bank-entry B': { amount: '985.00 EUR' },
    },
    links: [
      ['invoice I', 'settles', 'payment P'],
      ['payment P', 'books', 'bank-entry B', '985.00 EUR'],
    ],
    expected: {
      'invoice I': ['out 1000.00 EUR, balanced'],
      'payment P': ['in 1000.00 EUR, balanced', 'out 985.00 EUR, short 15.00', 'BREAK 15.00'],
      'bank-entry B': ['in 985.00 EUR, balanced'],
    },
  },
  {
    // carried at 915.00, 920.00 came in
    name: 'FX difference: a gain arrives and left nowhere',
    objects: { 'invoice I': { amount: '915.00 EUR' }, 'payment P': { amount: '920.00 EUR' } },
    links: [
      ['invoice I', 'settles', 'payment P', '915.00 EUR'],
      ['invoice I', 'gains-on-exchange', 'payment P', '5.00 EUR'],
    ],
    expected: {
      'invoice I': ['out 915.00 EUR, balanced'],
      'payment P': ['in 915.00 EUR + fx-gain 5.00, balanced', 'out 0.00 EUR, open 920.00'],
    },
  },
  {
    // carried at 915.00, 912.50 came in
    name: 'FX difference: a loss left and arrived nowhere',
    objects: { 'invoice I': { amount: '915.00 EUR' }, 'payment P': { amount: '912.50 EUR' } },
    links: [
      ['invoice I', 'settles', 'payment P', '912.50 EUR'],
      ['invoice I', 'loses-on-exchange', 'payment P', '2.50 EUR'],
    ],
    expected: {
      'invoice I': ['out 912.50 EUR + fx-loss 2.50, balanced'],
      'payment P': ['in 912.50 EUR, balanced', 'out 0.00 EUR, open 912.50'],
    },
  },
  {
    name: 'paid in another currency: each end in its own',
    objects: { 'invoice I': { amount: '1000.00 USD' }, 'payment P': { amount: '920.00 EUR' } },
    links: [
      ['invoice I', 'settles', 'payment P', '1000.00 USD'],
      ['invoice I', 'converts', 'payment P', '920.00 EUR'],
    ],
    expected: {
      'invoice I': ['out 1000.00 USD, balanced'],
      'payment P': ['in 920.00 EUR, balanced', 'out 0.00 EUR, open 920.00'],
    },
  },
  {
    name: 'paid in another currency without a stated conversion: said, never counted as nothing',
    objects: { 'invoice I': { amount: '1000.00 USD' }, 'payment P': { amount: '920.00 EUR' } },
    links: [['invoice I', 'settles', 'payment P', '1000.00 USD']],
    expected: {
      'invoice I': ['out 1000.00 USD, balanced'],
      'payment P': ['in 0.00 EUR, no-rate', 'out 0.00 EUR, open 920.00', 'in 1000.00 USD, no-rate'],
    },
  },
  {
    // cash rounding to 0.05: 100.03 becomes 100.05, 100.02 becomes 100.00
    name: 'rounding, up and down',
    objects: {
      'invoice U': { amount: '100.03 CHF' },
      'invoice D': { amount: '100.02 CHF' },
      'payment P': { amount: '100.05 CHF' },
      'payment Q': { amount: '100.00 CHF' },
    },
    links: [
      ['invoice U', 'settles', 'payment P', '100.03 CHF'],
      ['invoice U', 'rounds-up', 'payment P', '0.02 CHF'],
      ['invoice D', 'settles', 'payment Q', '100.00 CHF'],
      ['invoice D', 'rounds-down', 'payment Q', '0.02 CHF'],
    ],
    expected: {
      'invoice U': ['out 100.03 CHF, balanced'],
      'invoice D': ['out 100.00 CHF + rounding 0.02, balanced'],
      'payment P': ['in 100.03 CHF + rounding 0.02, balanced', 'out 0.00 CHF, open 100.05'],
      'payment Q': ['in 100.00 CHF, balanced', 'out 0.00 CHF, open 100.00'],
    },
  },
  {
    name: 'tolerance per legal entity: DE01 lets 5.00 go, US01 does not',
    objects: {
      'invoice D': { ...EUR_1000, entity: 'DE01', isSettled: true },
      'invoice U': { ...EUR_1000, entity: 'US01', isSettled: true },
      'invoice Z': { ...EUR_1000, entity: 'DE01', isSettled: true },
      'payment P': { amount: '2985.00 EUR' },
    },
    links: [
      ['invoice D', 'settles', 'payment P', '995.00 EUR'],
      ['invoice U', 'settles', 'payment P', '995.00 EUR'],
      ['invoice Z', 'settles', 'payment P', '994.99 EUR'],
    ],
    expected: {
      'invoice D': ['out 995.00 EUR, within-tolerance 5.00'],
      'invoice U': ['out 995.00 EUR, short 5.00', 'BREAK 5.00'],
      'invoice Z': ['out 994.99 EUR, short 5.01', 'BREAK 5.01'],
      'payment P': ['in 2984.99 EUR, unapplied 0.01', 'out 0.00 EUR, open 2985.00'],
    },
  },
  {
    // 500.00 + 300.00 + 200.00
    name: 'one payment over many invoices',
    objects: {
      'invoice A': { amount: '500.00 EUR' },
      'invoice B': { amount: '300.00 EUR' },
      'invoice C': { amount: '250.00 EUR' },
      'payment P': EUR_1000,
    },
    links: [
      ['invoice A', 'settles', 'payment P', '500.00 EUR'],
      ['invoice B', 'settles', 'payment P', '300.00 EUR'],
      ['invoice C', 'settles', 'payment P', '200.00 EUR'],
    ],
    expected: {
      'invoice A': ['out 500.00 EUR, balanced'],
      'invoice B': ['out 300.00 EUR, balanced'],
      'invoice C': ['out 200.00 EUR, open 50.00'],
      'payment P': ['in 1000.00 EUR, balanced', 'out 0.00 EUR, open 1000.00'],
    },
  },
  {
    // 400.00 + 350.00 of 1 000.00
    name: 'partial payments',
    objects: { 'invoice I': EUR_1000, 'payment P': { amount: '400.00 EUR' }, 'payment Q': { amount: '350.00 EUR' } },
    links: [
      ['invoice I', 'settles', 'payment P', '400.00 EUR'],
      ['invoice I', 'settles', 'payment Q', '350.00 EUR'],
    ],
    expected: {
      'invoice I': ['out 750.00 EUR, open 250.00'],
      'payment P': ['in 400.00 EUR, balanced', 'out 0.00 EUR, open 400.00'],
      'payment Q': ['in 350.00 EUR, balanced', 'out 0.00 EUR, open 350.00'],
    },
  },
  {
    // one payment of 985.00 at the bank for 400.00 + 300.00 + 320.00 less 20.00 discount and 15.00 fee
    name: 'one payment settling three invoices less a bank fee and a cash discount',
    objects: {
      'invoice A': { amount: '400.00 EUR' },
      'invoice B': { amount: '300.00 EUR' },
      'invoice C': { amount: '320.00 EUR' },
      'payment P': EUR_1000,
      'bank-entry B': { amount: '985.00 EUR' },
    },
    links: [
      ['invoice A', 'settles', 'payment P', '400.00 EUR'],
      ['invoice B', 'settles', 'payment P', '300.00 EUR'],
      ['invoice C', 'settles', 'payment P', '300.00 EUR'],
      ['invoice C', 'discounts', 'payment P', '20.00 EUR'],
      ['payment P', 'books', 'bank-entry B', '985.00 EUR'],
      ['payment P', 'charges', 'bank-entry B', '15.00 EUR'],
    ],
    expected: {
      'invoice A': ['out 400.00 EUR, balanced'],
      'invoice B': ['out 300.00 EUR, balanced'],
      'invoice C': ['out 300.00 EUR + cash-discount 20.00, balanced'],
      'payment P': ['in 1000.00 EUR, balanced', 'out 985.00 EUR + fee 15.00, balanced'],
      'bank-entry B': ['in 985.00 EUR, balanced'],
    },
  },
];

const OTHER_WAYS: Case[] = [
  {
    // order 1 000.00, 300.00 paid before anything is billed
    name: 'deposit: open at the order is what is neither billed nor prepaid',
    objects: { 'sales-order O': EUR_1000, 'payment D': { amount: '300.00 EUR' } },
    links: [['sales-order O', 'prepays', 'payment D', '300.00 EUR']],
    expected: {
      'sales-order O': ['out 300.00 EUR, open 700.00'],
      'payment D': ['in 300.00 EUR, balanced', 'out 0.00 EUR, open 300.00'],
    },
  },
  {
    // billed in full, 300.00 of the deposit applied, 700.00 to come
    name: 'deposit: once applied it counts at the invoice and no longer at the order',
    objects: { 'sales-order O': EUR_1000, 'invoice I': EUR_1000, 'payment D': { amount: '300.00 EUR' } },
    links: [
      ['sales-order O', 'prepays', 'payment D', '300.00 EUR'],
      ['sales-order O', 'bills', 'invoice I'],
      ['invoice I', 'settles', 'payment D', '300.00 EUR'],
    ],
    expected: {
      'sales-order O': ['out 1000.00 EUR, balanced'],
      'invoice I': ['in 1000.00 EUR, balanced', 'out 300.00 EUR, open 700.00'],
      'payment D': ['in 300.00 EUR, balanced', 'out 0.00 EUR, open 300.00'],
    },
  },
  {
    // 1 000.00 owed to us, 600.00 owed by us: 400.00 change hands
    name: 'netting of receivables against payables',
    objects: {
      'invoice R': { ...EUR_1000, direction: 'inflow' },
      'supplier-invoice S': { amount: '600.00 EUR', direction: 'outflow' },
      'settlement N': { amount: '400.00 EUR', direction: 'inflow' },
      'payment P': { amount: '400.00 EUR', direction: 'inflow' },
    },
    links: [
      ['invoice R', 'nets', 'settlement N', '1000.00 EUR'],
      ['supplier-invoice S', 'nets', 'settlement N', '600.00 EUR'],
      ['settlement N', 'settles', 'payment P', '400.00 EUR'],
    ],
    expected: {
      'invoice R': ['out 1000.00 EUR, balanced'],
      'supplier-invoice S': ['out 600.00 EUR, balanced'],
      'settlement N': ['in 400.00 EUR, balanced', 'out 400.00 EUR, balanced'],
      'payment P': ['in 400.00 EUR, balanced', 'out 0.00 EUR, open 400.00'],
    },
  },
  {
    // the other side booked 990.00 of 1 000.00
    name: 'intercompany pair: the difference stands at the document of the other side',
    objects: {
      'invoice R': EUR_1000,
      'supplier-invoice S': { amount: '990.00 EUR' },
      'invoice R2': EUR_1000,
      'supplier-invoice S2': EUR_1000,
    },
    links: [
      ['invoice R', 'mirrors', 'supplier-invoice S', '1000.00 EUR'],
      ['invoice R2', 'mirrors', 'supplier-invoice S2'],
    ],
    expected: {
      'invoice R': ['out 0.00 EUR, open 1000.00'],
      'supplier-invoice S': ['out 0.00 EUR, open 990.00', 'pair 1000.00 EUR, differs -10.00', 'BREAK 10.00'],
      'invoice R2': ['out 0.00 EUR, open 1000.00'],
      'supplier-invoice S2': ['out 0.00 EUR, open 1000.00', 'pair 1000.00 EUR, balanced'],
    },
  },
  {
    name: 'return after application: the invoice is open again, with its discount',
    objects: {
      'invoice I': EUR_1000,
      'payment P': { amount: '970.00 EUR' },
      'bank-entry B': { amount: '970.00 EUR' },
      'return R': { amount: '970.00 EUR' },
      'bank-entry C': { amount: '970.00 EUR' },
    },
    links: [
      ['invoice I', 'settles', 'payment P', '970.00 EUR'],
      ['invoice I', 'discounts', 'payment P', '30.00 EUR'],
      ['payment P', 'books', 'bank-entry B'],
      ['payment P', 'returns', 'return R', '970.00 EUR'],
      ['return R', 'books', 'bank-entry C'],
    ],
    expected: {
      'invoice I': ['out 0.00 EUR, open 1000.00'],
      'payment P': ['in 0.00 EUR, balanced', 'out 970.00 EUR, balanced'],
      'bank-entry B': ['in 970.00 EUR, balanced'],
      'return R': ['in 970.00 EUR, balanced', 'out 970.00 EUR, balanced'],
      'bank-entry C': ['in 970.00 EUR, balanced'],
    },
  },
  {
    // 500.00 + 300.00 applied in that order, 200.00 not applied; 350.00 come back: 200.00 unapplied, 150.00 of the later
    name: 'part of a payment comes back: first what was not applied, then the latest application',
    objects: {
      'invoice A': { amount: '500.00 EUR' },
      'invoice B': { amount: '300.00 EUR' },
      'payment P': EUR_1000,
      'refund R': { amount: '350.00 EUR' },
    },
    links: [
      ['invoice A', 'settles', 'payment P', '500.00 EUR'],
      ['invoice B', 'settles', 'payment P', '300.00 EUR'],
      ['payment P', 'refunds', 'refund R', '350.00 EUR'],
    ],
    expected: {
      'invoice A': ['out 500.00 EUR, balanced'],
      'invoice B': ['out 150.00 EUR, open 150.00'],
      'payment P': ['in 650.00 EUR, balanced', 'out 0.00 EUR, open 1000.00'],
      'refund R': ['in 350.00 EUR, balanced'],
    },
  },
  {
    // 100.00 + 50.00 + 30.00 less 2.90 + 1.75 + 1.17 = 174.18
    name: 'processor payout net of fees, fees by charge',
    objects: {
      'payment A': { amount: '100.00 EUR' },
      'payment B': { amount: '50.00 EUR' },
      'payment C': { amount: '30.00 EUR' },
      'settlement S': { amount: '174.18 EUR' },
      'bank-entry B': { amount: '174.18 EUR' },
    },
    links: [
      ['payment A', 'settles', 'settlement S', '97.10 EUR'],
      ['payment A', 'charges', 'settlement S', '2.90 EUR'],
      ['payment B', 'settles', 'settlement S', '48.25 EUR'],
      ['payment B', 'charges', 'settlement S', '1.75 EUR'],
      ['payment C', 'settles', 'settlement S', '28.83 EUR'],
      ['payment C', 'charges', 'settlement S', '1.17 EUR'],
      ['settlement S', 'books', 'bank-entry B'],
    ],
    expected: {
      'payment A': ['in 0.00 EUR, unapplied 100.00', 'out 97.10 EUR + fee 2.90, balanced'],
      'payment B': ['in 0.00 EUR, unapplied 50.00', 'out 48.25 EUR + fee 1.75, balanced'],
      'payment C': ['in 0.00 EUR, unapplied 30.00', 'out 28.83 EUR + fee 1.17, balanced'],
      'settlement S': ['in 174.18 EUR, balanced', 'out 174.18 EUR, balanced'],
      'bank-entry B': ['in 174.18 EUR, balanced'],
    },
  },
  {
    name: 'processor payout net of fees, one fee for all',
    objects: {
      'invoice I': { amount: '180.00 EUR' },
      'payment A': { amount: '180.00 EUR' },
      'settlement S': { amount: '180.00 EUR' },
      'bank-entry B': { amount: '174.18 EUR' },
    },
    links: [
      ['invoice I', 'settles', 'payment A'],
      ['payment A', 'settles', 'settlement S'],
      ['settlement S', 'books', 'bank-entry B', '174.18 EUR'],
      ['settlement S', 'charges', 'bank-entry B', '5.82 EUR'],
    ],
    expected: {
      'invoice I': ['out 180.00 EUR, balanced'],
      'payment A': ['in 180.00 EUR, balanced', 'out 180.00 EUR, balanced'],
      'settlement S': ['in 180.00 EUR, balanced', 'out 174.18 EUR + fee 5.82, balanced'],
      'bank-entry B': ['in 174.18 EUR, balanced'],
    },
  },
  {
    name: 'credit memo applied to the invoice',
    objects: {
      'invoice I': EUR_1000,
      'credit-memo C': { amount: '200.00 EUR' },
      'payment P': { amount: '800.00 EUR' },
    },
    links: [
      ['invoice I', 'credits', 'credit-memo C', '200.00 EUR'],
      ['invoice I', 'settles', 'payment P', '800.00 EUR'],
    ],
    expected: {
      'invoice I': ['out 1000.00 EUR, balanced'],
      'credit-memo C': ['in 200.00 EUR, balanced'],
      'payment P': ['in 800.00 EUR, balanced', 'out 0.00 EUR, open 800.00'],
    },
  },
  {
    name: 'credit memo refunded after the invoice was paid in full',
    objects: {
      'invoice I': EUR_1000,
      'payment P': EUR_1000,
      'credit-memo C': { amount: '200.00 EUR' },
      'refund R': { amount: '200.00 EUR' },
    },
    links: [
      ['invoice I', 'settles', 'payment P', '1000.00 EUR'],
      ['invoice I', 'credits', 'credit-memo C', '200.00 EUR'],
      ['credit-memo C', 'refunds', 'refund R', '200.00 EUR'],
    ],
    expected: {
      'invoice I': ['out 1000.00 EUR, balanced'],
      'payment P': ['in 1000.00 EUR, balanced', 'out 0.00 EUR, open 1000.00'],
      'credit-memo C': ['in 200.00 EUR, balanced', 'out 200.00 EUR, balanced'],
      'refund R': ['in 200.00 EUR, balanced'],
    },
  },
  {
    name: 'reversal: the order is unbilled again, and the invoice asks for nothing',
    objects: { 'sales-order O': EUR_1000, 'invoice I': EUR_1000, 'invoice X': EUR_1000 },
    links: [
      ['sales-order O', 'bills', 'invoice I', '1000.00 EUR'],
      ['invoice I', 'reverses', 'invoice X', '1000.00 EUR'],
    ],
    expected: {
      'sales-order O': ['out 0.00 EUR, open 1000.00'],
      'invoice I': ['in 0.00 EUR, balanced', 'out 0.00 EUR, balanced'],
      'invoice X': ['in 1000.00 EUR, balanced'],
    },
  },
  {
    name: 'reversal of a reversal: the invoice stands',
    objects: { 'sales-order O': EUR_1000, 'invoice I': EUR_1000, 'invoice X': EUR_1000, 'invoice Y': EUR_1000 },
    links: [
      ['sales-order O', 'bills', 'invoice I', '1000.00 EUR'],
      ['invoice I', 'reverses', 'invoice X', '1000.00 EUR'],
      ['invoice X', 'reverses', 'invoice Y', '1000.00 EUR'],
    ],
    expected: {
      'sales-order O': ['out 1000.00 EUR, balanced'],
      'invoice I': ['in 1000.00 EUR, balanced', 'out 0.00 EUR, open 1000.00'],
      'invoice X': ['in 0.00 EUR, balanced'],
      'invoice Y': ['in 1000.00 EUR, balanced'],
    },
  },
  {
    name: 'the order is billed for more than it is: a break of the order, not of the invoice',
    objects: { 'sales-order O': EUR_1000, 'invoice I': { amount: '1010.00 EUR' } },
    links: [['sales-order O', 'bills', 'invoice I']],
    expected: {
      'sales-order O': ['out 1010.00 EUR, over -10.00', 'BREAK 10.00'],
      'invoice I': ['in 1010.00 EUR, balanced', 'out 0.00 EUR, open 1010.00'],
    },
  },
  {
    name: 'the invoice says more than was billed of the order: a break of the invoice',
    objects: { 'sales-order O': EUR_1000, 'invoice I': { amount: '1010.00 EUR' } },
    links: [['sales-order O', 'bills', 'invoice I', '1000.00 EUR']],
    expected: {
      'sales-order O': ['out 1000.00 EUR, balanced'],
      'invoice I': ['in 1000.00 EUR, unfounded 10.00', 'out 0.00 EUR, open 1010.00', 'BREAK 10.00'],
    },
  },
  {
    name: 'a delivery without an amount is no station: the direct link counts, once',
    objects: { 'sales-order O': EUR_1000, 'delivery D': {}, 'invoice I': EUR_1000 },
    links: [
      ['sales-order O', 'delivers', 'delivery D'],
      ['delivery D', 'bills', 'invoice I', '1000.00 EUR'],
      ['sales-order O', 'bills', 'invoice I', '1000.00 EUR'],
    ],
    expected: {
      'sales-order O': ['out 1000.00 EUR, balanced'],
      'invoice I': ['in 1000.00 EUR, balanced', 'out 0.00 EUR, open 1000.00'],
    },
  },
  {
    // 400.00 of 1 000.00 delivered, all of that billed
    name: 'a delivery with an amount is a station: the way over it counts, once',
    objects: {
      'sales-order O': EUR_1000,
      'delivery D': { amount: '400.00 EUR' },
      'invoice I': { amount: '400.00 EUR' },
    },
    links: [
      ['sales-order O', 'delivers', 'delivery D'],
      ['delivery D', 'bills', 'invoice I', '400.00 EUR'],
      ['sales-order O', 'bills', 'invoice I', '400.00 EUR'],
    ],
    expected: {
      'sales-order O': ['out 400.00 EUR, open 600.00'],
      'delivery D': ['in 400.00 EUR, balanced', 'out 400.00 EUR, balanced'],
      'invoice I': ['in 400.00 EUR, balanced', 'out 0.00 EUR, open 400.00'],
    },
  },
  {
    // 1 000.00 planned in two items of 500.00; the invoice of one of them refers to the item and to the order.
    name: 'a billing plan: what is not billed yet is open at its item, once',
    objects: {
      'sales-order O': EUR_1000,
      'billing-schedule A': { amount: '500.00 EUR' },
      'billing-schedule B': { amount: '500.00 EUR' },
      'invoice I': { amount: '500.00 EUR' },
    },
    links: [
      ['sales-order O', 'plans', 'billing-schedule A', '500.00 EUR'],
      ['sales-order O', 'plans', 'billing-schedule B', '500.00 EUR'],
      ['billing-schedule A', 'bills', 'invoice I', '500.00 EUR'],
      ['sales-order O', 'bills', 'invoice I', '500.00 EUR'],
    ],
    expected: {
      'sales-order O': ['out 1000.00 EUR, balanced'],
      'billing-schedule A': ['in 500.00 EUR, balanced', 'out 500.00 EUR, balanced'],
      'billing-schedule B': ['in 500.00 EUR, balanced', 'out 0.00 EUR, open 500.00'],
      'invoice I': ['in 500.00 EUR, balanced', 'out 0.00 EUR, open 500.00'],
    },
  },
  {
    name: 'a link without an amount into a payment of two invoices: not known, and said so',
    objects: { 'invoice A': EUR_1000, 'invoice B': { amount: '500.00 EUR' }, 'payment P': EUR_1000 },
    links: [
      ['invoice A', 'settles', 'payment P'],
      ['invoice B', 'settles', 'payment P', '300.00 EUR'],
    ],
    expected: {
      'invoice A': ['out 0.00 EUR, unknown'],
      'invoice B': ['out 300.00 EUR, open 200.00'],
      'payment P': ['in 300.00 EUR, unknown', 'out 0.00 EUR, open 1000.00'],
    },
  },
  {
    name: 'an unidentified receipt: the whole of it is unapplied',
    objects: { 'bank-entry B': EUR_1000 },
    links: [],
    expected: { 'bank-entry B': ['in 0.00 EUR, unapplied 1000.00'] },
  },
  {
    name: 'a cash position is a balance, no sum of its entries',
    objects: { 'bank-entry B': EUR_1000, 'payment P': EUR_1000, 'cash-position H': { amount: '77.00 EUR' } },
    links: [
      ['payment P', 'books', 'bank-entry B'],
      ['bank-entry B', 'gathers', 'cash-position H'],
    ],
    expected: {
      'payment P': ['in 0.00 EUR, unapplied 1000.00', 'out 1000.00 EUR, balanced'],
      'bank-entry B': ['in 1000.00 EUR, balanced'],
    },
  },
];

const TOLERANCES = tolerancesOf([{ legalEntity: 'DE01', currency: 'EUR', amount: '5.00', basisPoints: 50 }]);

describe('what flows in and out of each object, and what is left', () => {
  it.each([...SETTLING, ...OTHER_WAYS])('$name', ({ objects, links, expected }) => {
    const nodes = moneyNodes(objects);
    const stated = moneyLinks(links);
    for (const order of [stated, stated.toReversed(), [...stated, ...stated]]) {
      expect(describeBalances(balanceMoney(nodes, order, TOLERANCES))).toEqual(expected);
    }
  });

  it('a circle of reversals ends, and says the same whichever link comes first', () => {
    const nodes = moneyNodes({ 'invoice A': EUR_1000, 'invoice B': EUR_1000, 'sales-order O': EUR_1000 });
    const links = moneyLinks([
      ['sales-order O', 'bills', 'invoice A', '1000.00 EUR'],
      ['invoice A', 'reverses', 'invoice B', '1000.00 EUR'],
      ['invoice B', 'reverses', 'invoice A', '1000.00 EUR'],
    ]);
    expect(balanceMoney(nodes, links.toReversed())).toEqual(balanceMoney(nodes, links));
  });
});
