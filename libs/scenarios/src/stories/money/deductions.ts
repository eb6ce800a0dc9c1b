import { type Journey, signalsOf } from '../../journey.js';
import type { Story } from '../../story.js';
import {
  APPLIED,
  BY,
  PAID,
  STORY_START,
  documentsOf,
  entityOf,
  invoiced,
  linksOfReceipt,
  linksUntilInvoice,
  paidOnce,
  receiptOf,
  received,
} from './deal.js';
import { Telling } from './telling.js';

/** 1 000.00 less 3 % for paying within ten days. */
export const cashDiscount: Journey = {
  name: 'money/cash-discount',
  share: 25,
  play(number, startsAt) {
    const { legalEntity, currency } = entityOf(number, ['DE01', 'US01']);
    const deal = {
      number: `MCD${number}`,
      legalEntity,
      amount: `1000.00 ${currency}`,
      customer: 'Brandt Armaturen GmbH',
    };
    const documents = documentsOf(deal);
    const receipt = receiptOf(deal, `970.00 ${currency}`);
    return received(invoiced(new Telling(startsAt), documents), PAID, receipt)
      .says(APPLIED, {
        system: 'sap-s4hana',
        integration: BY.application,
        what: 'payment.applied',
        to: receipt.payment,
        links: [
          [documents.invoice, 'settles', receipt.payment, `970.00 ${currency}`],
          [documents.invoice, 'discounts', receipt.payment, `30.00 ${currency}`],
        ],
      })
      .signals();
  },
};

export const cashDiscountTaken: Story = {
  name: 'a cash discount',
  signals: signalsOf(cashDiscount, '0', STORY_START),
  expected: { transactions: { 'order-to-cash C-MCD0': paidOnce('MCD0') }, problems: [] },
  lineage: [
    ...linksUntilInvoice('MCD0'),
    'invoice 90MCD0 ─settles 970.00 EUR→ payment PAY-MCD0',
    'invoice 90MCD0 ─discounts 30.00 EUR→ payment PAY-MCD0',
    ...linksOfReceipt('MCD0', '970.00 EUR'),
  ],
  // 970.00 + 30.00 = 1 000.00
  money: { 'invoice 90MCD0': ['in 1000.00 EUR, balanced', 'out 970.00 EUR + cash-discount 30.00, balanced'] },
};

/** A Brazilian customer keeps 1.5 % income tax of 10 000.00 back for the tax office. */
export const withholdingTax: Journey = {
  name: 'money/withholding-tax',
  share: 10,
  play(number, startsAt) {
    const deal = {
      number: `MWT${number}`,
      legalEntity: 'BR01' as const,
      amount: '10000.00 BRL',
      customer: 'Siderurgica Rio Doce S.A.',
    };
    const documents = documentsOf(deal);
    const receipt = receiptOf(deal, '9850.00 BRL');
    return received(invoiced(new Telling(startsAt), documents), PAID, receipt)
      .says(APPLIED, {
        system: 'sap-s4hana',
        integration: BY.application,
        what: 'payment.applied',
        to: receipt.payment,
        links: [
          [documents.invoice, 'settles', receipt.payment, '9850.00 BRL'],
          [documents.invoice, 'withholds', receipt.payment, '150.00 BRL'],
        ],
      })
      .signals();
  },
};

export const withholdingTaxKept: Story = {
  name: 'a withholding tax',
  signals: signalsOf(withholdingTax, '0', STORY_START),
  expected: {
    // Thursday 08:00 UTC is 05:00 in São Paulo: four hours from the opening at 09:00 are 13:00 = 16:00 UTC.
    transactions: { 'order-to-cash C-MWT0': paidOnce('MWT0', '2026-10-01T16:00:00.000Z') },
    problems: [],
  },
  lineage: [
    ...linksUntilInvoice('MWT0'),
    'invoice 90MWT0 ─settles 9850.00 BRL→ payment PAY-MWT0',
    'invoice 90MWT0 ─withholds 150.00 BRL→ payment PAY-MWT0',
    ...linksOfReceipt('MWT0', '9850.00 BRL'),
  ],
  // 10 000.00 × 1.5 % = 150.00; 9 850.00 + 150.00 = 10 000.00
  money: { 'invoice 90MWT0': ['in 10000.00 BRL, balanced', 'out 9850.00 BRL + withholding-tax 150.00, balanced'] },
};

/** The bank keeps 15.00 of a payment from abroad. `isStated`: the entry says so, as charges beside its amount. */
function bankFee(name: string, code: string, share: number, isStated: boolean): Journey {
  return {
    name,
    share,
    play(number, startsAt) {
      const { legalEntity, currency } = entityOf(number, ['DE01', 'US01']);
      const deal = {
        number: `${code}${number}`,
        legalEntity,
        amount: `1000.00 ${currency}`,
        customer: 'Alpine Tools SA',
      };
      const documents = documentsOf(deal);
      const receipt = receiptOf(deal, `1000.00 ${currency}`, { booked: `985.00 ${currency}` });
      // The ERP clears the invoice with the whole payment, which is then done with.
      const settled = { ...receipt.payment, attributes: { isSettled: 'true' } };
      return received(
        invoiced(new Telling(startsAt), documents),
        PAID,
        receipt,
        isStated ? `15.00 ${currency}` : undefined,
      )
        .says(APPLIED, {
          system: 'sap-s4hana',
          integration: BY.application,
          what: 'payment.applied',
          to: settled,
          links: [[documents.invoice, 'settles', settled, `1000.00 ${currency}`]],
        })
        .signals();
    },
  };
}

export const bankFeeStated = bankFee('money/bank-fee', 'MBF', 15, true);
export const bankFeeUnstated = bankFee('money/bank-fee-that-nobody-stated', 'MBU', 3, false);

export const bankFeeKept: Story = {
  name: 'a bank fee',
  signals: signalsOf(bankFeeStated, '0', STORY_START),
  expected: { transactions: { 'order-to-cash C-MBF0': paidOnce('MBF0') }, problems: [] },
  lineage: [
    ...linksUntilInvoice('MBF0'),
    'invoice 90MBF0 ─settles 1000.00 EUR→ payment PAY-MBF0',
    'payment PAY-MBF0 ─charges 15.00 EUR→ bank-entry ENTRY-MBF0',
    ...linksOfReceipt('MBF0', '985.00 EUR'),
  ],
  // 985.00 + 15.00 = 1 000.00: the customer paid all of it.
  money: { 'payment PAY-MBF0': ['in 1000.00 EUR, balanced', 'out 985.00 EUR + fee 15.00, balanced'] },
};

export const bankFeeMissing: Story = {
  name: 'a bank fee that nobody stated',
  signals: signalsOf(bankFeeUnstated, '0', STORY_START),
  expected: { transactions: { 'order-to-cash C-MBU0': paidOnce('MBU0') }, problems: [] },
  lineage: [
    ...linksUntilInvoice('MBU0'),
    'invoice 90MBU0 ─settles 1000.00 EUR→ payment PAY-MBU0',
    ...linksOfReceipt('MBU0', '985.00 EUR'),
  ],
  // 1 000.00 - 985.00: neither the invoice nor the entry is wrong, the money is lost between payment and entry.
  money: { 'payment PAY-MBU0': ['in 1000.00 EUR, balanced', 'out 985.00 EUR, short 15.00', 'BREAK 15.00'] },
  pending: [
    {
      line: 'the sum of the payments of a day disagrees with the entries that the bank booked',
      needs: 'reconciliation',
    },
  ],
};
