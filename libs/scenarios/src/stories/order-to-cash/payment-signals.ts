import type { Money } from '@throughline/canonical';
import { type StoryOrder, INTEGRATION, keyOf, moneyOf } from '../../order-signals.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import { financeEvent } from '../../wire-forms.js';
import { bankEntryOf, creditMemoOf, invoiceOf, paymentOf } from './documents.js';

/** An invoice, and how much of it a payment settles. */
export type Settled = readonly [invoice: StoryOrder, amount: string];

/** Kyriba: the bank reported a credit that settles these invoices, each by so much. */
export function receiptOf(payment: StoryOrder, at: string, settled: readonly Settled[]): ScenarioSignal {
  return financeEvent('payment.received', keyOf.payment(payment), at, {
    system: 'kyriba',
    integration: INTEGRATION.bankCredits,
    objects: [paymentOf(payment), bankEntryOf(payment), ...settled.map(([invoice]) => invoiceOf(invoice))],
    links: [
      { from: 0, to: 1, qualifier: 'books', amount: moneyOf(payment) },
      ...settled.map(([, amount], index) => ({
        from: index + 2,
        to: 0,
        qualifier: 'settles',
        amount: inCurrencyOf(payment, amount),
      })),
    ],
  });
}

/** SAP: the payment was applied to these invoices. */
export function applicationOf(
  payment: StoryOrder,
  at: string,
  settled: readonly Settled[],
  document = '1',
): ScenarioSignal {
  return financeEvent('payment.applied', `${keyOf.payment(payment)}/${document}`, at, {
    system: 'sap-s4hana',
    integration: INTEGRATION.payments,
    objects: [paymentOf(payment), ...settled.map(([invoice]) => invoiceOf(invoice))],
    links: settled.map(([, amount], index) => ({
      from: index + 1,
      to: 0,
      qualifier: 'settles',
      amount: inCurrencyOf(payment, amount),
    })),
  });
}

/** SAP: the application was taken back. */
export function applicationReversed(payment: StoryOrder, at: string): ScenarioSignal {
  return financeEvent('payment.application-reversed', keyOf.payment(payment), at, {
    system: 'sap-s4hana',
    integration: INTEGRATION.payments,
    objects: [paymentOf(payment)],
  });
}

/** SAP: something of the invoice is still open after a payment was applied. */
export function partlyPaid(invoice: StoryOrder, at: string): ScenarioSignal {
  return financeEvent('invoice.partially-paid', keyOf.invoice(invoice), at, {
    system: 'sap-s4hana',
    integration: INTEGRATION.payments,
    objects: [invoiceOf(invoice)],
  });
}

/** SAP: part of the invoice was credited. */
export function creditMemoPosted(invoice: StoryOrder, memo: StoryOrder, at: string): ScenarioSignal {
  return financeEvent('credit-memo.posted', keyOf.invoice(memo), at, {
    system: 'sap-s4hana',
    integration: INTEGRATION.billing,
    objects: [creditMemoOf(memo), invoiceOf(invoice)],
    links: [{ from: 1, to: 0, qualifier: 'credits', amount: moneyOf(memo) }],
  });
}

/** SAP: the invoice was reversed by a document of its own. */
export function invoiceReversed(invoice: StoryOrder, reversal: StoryOrder, at: string): ScenarioSignal {
  return financeEvent('invoice.reversed', keyOf.invoice(invoice), at, {
    system: 'sap-s4hana',
    integration: INTEGRATION.billing,
    objects: [invoiceOf(invoice), invoiceOf(reversal)],
    links: [{ from: 0, to: 1, qualifier: 'reverses', amount: moneyOf(invoice) }],
  });
}

function inCurrencyOf({ currency }: StoryOrder, amount: string): Money {
  return { amount, currency };
}
