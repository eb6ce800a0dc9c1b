import type { FinanceEventObject } from '@throughline/canonical';
import type { Story } from '../../story.js';
import {
  APPLIED,
  BY,
  type Deal,
  PAID,
  STORY_START,
  cleared,
  documentOf,
  documentsOf,
  invoiced,
  linksOfReceipt,
  linksUntilInvoice,
  ordered,
  paidOnce,
  receiptOf,
  received,
  untilInvoice,
} from './deal.js';
import { DAY, HOUR, Telling } from './telling.js';

const tell = () => new Telling(Date.parse(STORY_START));
const signalsOf = (...tellings: Telling[]) =>
  tellings.flatMap((telling) => telling.signals()).map(({ signal }) => signal);
const erp = (kind: string, value: string, scope?: string): FinanceEventObject['keys'][0] => ({
  system: 'sap-s4hana',
  kind,
  ...(scope !== undefined && { scope }),
  value,
});

/** Two invoices in dollars against one bill, in one settlement, which the partner pays; the bank converts and takes a fee. */
const PARTNER: Pick<Deal, 'legalEntity' | 'customer'> = { legalEntity: 'DE01', customer: 'Great Lakes Steel Inc.' };
const [first, second] = [
  { ...PARTNER, number: 'MHA0', amount: '1000.00 USD' },
  { ...PARTNER, number: 'MHB0', amount: '600.00 USD' },
];
const [ofFirst, ofSecond] = [documentsOf(first), documentsOf(second)];
const owed = documentOf(
  PARTNER,
  'supplier-invoice',
  erp('supplier-invoice', 'VS-MHA0', 'LAKES'),
  '400.00 USD',
  'outflow',
);
const netted = documentOf(PARTNER, 'settlement', erp('clearing-document', 'NET-MHA0', 'DE01/2026'), '1200.00 USD');
const converted = receiptOf(first, '1104.00 EUR', { booked: '1096.00 EUR' });

const nettedTwoForOne: Story = {
  name: 'two invoices netted against one bill, paid in another currency less a fee',
  signals: signalsOf(
    received(
      invoiced(tell(), ofFirst)
        .says(DAY, { system: 'sap-s4hana', what: 'supplier-invoice.posted', to: owed })
        .says(2 * DAY, {
          system: 'sap-s4hana',
          what: 'settlement.posted',
          to: netted,
          links: [
            [ofFirst.invoice, 'nets', netted, '1000.00 USD'],
            [ofSecond.invoice, 'nets', netted, '600.00 USD'],
            [owed, 'nets', netted, '400.00 USD'],
          ],
        }),
      PAID,
      converted,
      '8.00 EUR',
    ).says(APPLIED, {
      system: 'sap-s4hana',
      integration: BY.application,
      what: 'payment.applied',
      to: converted.payment,
      links: [
        [netted, 'settles', converted.payment, '1200.00 USD'],
        [netted, 'converts', converted.payment, '1104.00 EUR'],
      ],
    }),
    invoiced(tell(), ofSecond),
  ),
  expected: {
    transactions: Object.fromEntries(
      ['MHA0', 'MHB0'].map((number) => [
        `order-to-cash C-${number}`,
        {
          ...paidOnce('MHA0'),
          members: [
            'bank-entry ENTRY-MHA0',
            `contract C-${number}`,
            `invoice 90${number}`,
            'payment PAY-MHA0',
            `sales-order SO-${number}`,
            'settlement NET-MHA0',
          ],
          milestones: { ...untilInvoice(number), ...cleared('MHA0') },
        },
      ]),
    ),
    problems: [],
  },
  lineage: [
    ...linksUntilInvoice('MHA0'),
    ...linksUntilInvoice('MHB0'),
    'invoice 90MHA0 ─nets 1000.00 USD→ settlement NET-MHA0',
    'invoice 90MHB0 ─nets 600.00 USD→ settlement NET-MHA0',
    'supplier-invoice VS-MHA0 ─nets 400.00 USD→ settlement NET-MHA0',
    'settlement NET-MHA0 ─settles 1200.00 USD→ payment PAY-MHA0',
    'settlement NET-MHA0 ─converts 1104.00 EUR→ payment PAY-MHA0',
    'payment PAY-MHA0 ─charges 8.00 EUR→ bank-entry ENTRY-MHA0',
    ...linksOfReceipt('MHA0', '1096.00 EUR'),
  ],
  // 1 000.00 + 600.00 - 400.00 = 1 200.00 USD at 0.92 = 1 104.00 EUR, less 8.00 = 1 096.00 booked.
  money: { 'payment PAY-MHA0': ['in 1104.00 EUR, balanced', 'out 1096.00 EUR + fee 8.00, balanced'] },
};

/**
 * 400.00 of 1 000.00 are paid with the order, 600.00 are billed, the deposit is applied and the rest paid; 150.00 are credited, and of
 * that so much is paid out.
 */
function creditedAfterDeposit(number: string, refunded: string): Telling {
  const deal: Deal = { number, legalEntity: 'DE01', amount: '1000.00 EUR', customer: 'Optik Jena GmbH' };
  const documents = documentsOf(deal, '600.00 EUR');
  const { order, invoice } = documents;
  const [down, rest] = [
    receiptOf(deal, '400.00 EUR', { suffix: '-D' }),
    receiptOf(deal, '200.00 EUR', { suffix: '-F' }),
  ];
  const memo = documentOf(deal, 'credit-memo', erp('billing-document', `CM-${number}`), '150.00 EUR', 'outflow');
  const refund = documentOf(deal, 'refund', erp('payment-document', `RF-${number}`), refunded, 'outflow');
  const applied = (
    telling: Telling,
    offset: number,
    [from, qualifier, to, amount]: readonly [FinanceEventObject, string, FinanceEventObject, string],
    what = 'payment.applied',
  ) =>
    telling.says(offset, {
      system: 'sap-s4hana',
      integration: BY.application,
      what,
      to,
      links: [[from, qualifier, to, amount]],
    });
  const prepaid = applied(received(ordered(tell(), documents), PAID, down), APPLIED, [
    order,
    'prepays',
    down.payment,
    '400.00 EUR',
  ]).says(4 * DAY + 7 * HOUR, {
    system: 'sap-s4hana',
    integration: BY.billing,
    what: 'invoice.posted',
    to: invoice,
    links: [[order, 'bills', invoice]],
  });
  const cleared400 = applied(
    prepaid,
    4 * DAY + 8 * HOUR,
    [invoice, 'settles', down.payment, '400.00 EUR'],
    'payment.deposit-cleared',
  );
  return applied(received(cleared400, 7 * DAY + HOUR, rest), 7 * DAY + 2 * HOUR, [
    invoice,
    'settles',
    rest.payment,
    '200.00 EUR',
  ])
    .says(8 * DAY, {
      system: 'sap-s4hana',
      what: 'credit-memo.posted',
      to: memo,
      links: [[invoice, 'credits', memo, '150.00 EUR']],
    })
    .says(9 * DAY, {
      system: 'sap-s4hana',
      what: 'refund.issued',
      to: refund,
      links: [[memo, 'refunds', refund, refunded]],
    });
}

const creditedStory = (
  name: string,
  number: string,
  refunded: string,
  money: Readonly<Record<string, readonly string[]>>,
): Story => ({
  name,
  signals: signalsOf(creditedAfterDeposit(number, refunded)),
  expected: {
    transactions: {
      [`order-to-cash C-${number}`]: {
        progress: 'completed',
        members: [
          `bank-entry ENTRY-${number}-D`,
          `bank-entry ENTRY-${number}-F`,
          `contract C-${number}`,
          `credit-memo CM-${number}`,
          `invoice 90${number}`,
          `payment PAY-${number}-D`,
          `payment PAY-${number}-F`,
          `refund RF-${number}`,
          `sales-order SO-${number}`,
        ],
        hubs: [`cash-position 2026-10-01/ENTRY-${number}-D`, `cash-position 2026-10-05/ENTRY-${number}-F`],
        milestones: {
          'contract-approved': '2026-09-28T07:00:00.000Z',
          [`order-accepted SO-${number}`]: '2026-09-28T07:05:00.000Z',
          ...cleared(`${number}-D`),
          [`invoice-posted 90${number}`]: '2026-10-02T14:00:00.000Z',
          [`payment-received PAY-${number}-F`]: '2026-10-05T08:00:00.000Z',
          [`cash-position-updated ENTRY-${number}-F`]: '2026-10-05T08:10:00.000Z',
          [`payment-applied PAY-${number}-F`]: ['2026-10-05T09:00:00.000Z', '2026-10-05T12:00:00.000Z'],
        },
      },
    },
    problems: [],
  },
  lineage: [
    `contract C-${number} ─fulfils→ sales-order SO-${number}`,
    `sales-order SO-${number} ─prepays 400.00 EUR→ payment PAY-${number}-D`,
    `sales-order SO-${number} ─bills→ invoice 90${number}`,
    `invoice 90${number} ─settles 400.00 EUR→ payment PAY-${number}-D`,
    `invoice 90${number} ─settles 200.00 EUR→ payment PAY-${number}-F`,
    `invoice 90${number} ─credits 150.00 EUR→ credit-memo CM-${number}`,
    `credit-memo CM-${number} ─refunds ${refunded}→ refund RF-${number}`,
    ...linksOfReceipt(`${number}-D`, '400.00 EUR'),
    ...linksOfReceipt(`${number}-F`, '200.00 EUR', '2026-10-05'),
  ],
  money: {
    // 1 000.00 - 600.00: the deposit counts for the invoice, and no more for the order.
    [`sales-order SO-${number}`]: ['in 1000.00 EUR, balanced', 'out 600.00 EUR, open 400.00'],
    ...money,
  },
});

/** DE01 sells to US01. What US01 sent is applied in Germany, and comes back from the bank; US01 hears of it or does not. */
function sentBack(number: string, isToldToBuyer: boolean): Telling {
  const deal: Deal = { number, legalEntity: 'DE01', amount: '1000.00 EUR', customer: 'Throughline Industries US Inc.' };
  const buyer = { legalEntity: 'US01', customer: 'Throughline Industries GmbH' } as const;
  const documents = documentsOf(deal);
  const receipt = receiptOf(deal, '1000.00 EUR');
  const bill = documentOf(
    buyer,
    'supplier-invoice',
    { system: 'netsuite', kind: 'vendor-bill', scope: 'DE01', value: `VB-${number}` },
    '1000.00 EUR',
    'outflow',
  );
  const sent = documentOf(
    buyer,
    'payment',
    { system: 'netsuite', kind: 'vendor-payment', value: `VP-${number}` },
    '1000.00 EUR',
    'outflow',
  );
  const debit = documentOf(
    buyer,
    'bank-entry',
    { system: 'kyriba', kind: 'entry-reference', scope: 'US01-OPERATING', value: `DEBIT-${number}` },
    '1000.00 EUR',
    'outflow',
  );
  const back = documentOf(
    deal,
    'return',
    { system: 'kyriba', kind: 'return-reference', value: `RET-${number}` },
    '1000.00 EUR',
    'outflow',
  );
  const telling = received(
    invoiced(tell(), documents)
      .says(DAY, {
        system: 'netsuite',
        what: 'supplier-invoice.posted',
        to: bill,
        links: [[documents.invoice, 'mirrors', bill]],
      })
      .says(2 * DAY, {
        system: 'netsuite',
        what: 'payment.sent',
        to: sent,
        links: [
          [bill, 'settles', sent, '1000.00 EUR'],
          [sent, 'books', debit, '1000.00 EUR'],
        ],
      }),
    PAID,
    receipt,
  )
    .says(APPLIED, {
      system: 'sap-s4hana',
      integration: BY.application,
      what: 'payment.applied',
      to: receipt.payment,
      links: [[documents.invoice, 'settles', receipt.payment, '1000.00 EUR']],
    })
    .says(PAID + DAY, {
      system: 'kyriba',
      what: 'payment.returned',
      to: receipt.payment,
      links: [[receipt.payment, 'returns', back, '1000.00 EUR']],
    });
  return isToldToBuyer
    ? telling.says(PAID + DAY + HOUR, { system: 'netsuite', what: 'payment.voided', to: sent })
    : telling;
}

const sentBackStory = (name: string, number: string, isToldToBuyer: boolean, ofBuyer: Story['money']): Story => ({
  name,
  signals: signalsOf(sentBack(number, isToldToBuyer)),
  expected: {
    transactions: {
      [`order-to-cash C-${number}`]: {
        ...paidOnce(number),
        progress: 'running',
        members: [...paidOnce(number).members.slice(0, 4), `return RET-${number}`, `sales-order SO-${number}`],
        milestones: {
          ...untilInvoice(number),
          [`payment-received PAY-${number}`]: 'pending',
          [`cash-position-updated ENTRY-${number}`]: '2026-10-01T08:10:00.000Z',
          [`payment-applied PAY-${number}`]: 'pending',
        },
      },
    },
    problems: [],
  },
  lineage: [
    ...linksUntilInvoice(number),
    `invoice 90${number} ─mirrors→ supplier-invoice VB-${number}`,
    `supplier-invoice VB-${number} ─settles 1000.00 EUR→ payment VP-${number}`,
    `payment VP-${number} ─books 1000.00 EUR→ bank-entry DEBIT-${number}`,
    `invoice 90${number} ─settles 1000.00 EUR→ payment PAY-${number}`,
    `payment PAY-${number} ─returns 1000.00 EUR→ return RET-${number}`,
    ...linksOfReceipt(number, '1000.00 EUR'),
  ],
  money: { [`invoice 90${number}`]: ['in 1000.00 EUR, balanced', 'out 0.00 EUR, open 1000.00'], ...ofBuyer },
});

/** Histories that were worked out by hand first, as an accountant would, and then told. */
export const WORKED_BY_HAND: readonly Story[] = [
  nettedTwoForOne,
  // 400.00 + 200.00 + 150.00 - 150.00 = 600.00: the credit was paid out, so that it does not pay for the invoice.
  creditedStory('a deposit, a part bill, a credit that is paid out', 'MHC0', '150.00 EUR', {}),
  creditedStory('a deposit, a part bill, a credit of which a part is paid out', 'MHD0', '100.00 EUR', {
    // 400.00 + 200.00 + 150.00 - 100.00 = 650.00 of 600.00: 50.00 are the customer's, and still to be paid out.
    'invoice 90MHD0': ['in 600.00 EUR, balanced', 'out 650.00 EUR, over -50.00', 'BREAK 50.00'],
    'credit-memo CM-MHD0': ['in 150.00 EUR, balanced', 'out 100.00 EUR, open 50.00'],
  }),
  // In Germany it is open again; in America it is paid as far as the books there know.
  sentBackStory('an intercompany payment that comes back after application', 'MHE0', false, {}),
  sentBackStory('an intercompany payment that comes back, and is voided by who sent it', 'MHF0', true, {
    'supplier-invoice VB-MHF0': ['out 0.00 EUR, open 1000.00', 'pair 1000.00 EUR, balanced'],
  }),
];
