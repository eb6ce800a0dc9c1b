import type { FinanceEventKey, FinanceEventLink, FinanceEventObject, Money } from '@throughline/canonical';
import type { ScenarioSignal } from '../../scenario-signal.js';
import { financeEvent } from '../../wire-forms.js';
import type { PaymentBatch } from './payment-files.js';

/** An invoice of ours. */
export type Receivable = { number: string; amount: string; customer: string };

/** What of an invoice a payment settles, and the cash discount that was taken. */
export type Settled = { invoice: Receivable; paid: string; discount?: string };

/** How banks know a payment: by its UETR. */
export function uetrKey(uetr: string): FinanceEventKey {
  return { system: 'bank', kind: 'uetr', value: uetr };
}

/** SAP: an invoice was posted; banks name it by the number that is printed on it. */
export function receivablePosted(invoice: Receivable, at: string): ScenarioSignal {
  return financeEvent('invoice.posted', invoice.number, at, {
    system: 'sap-s4hana',
    integration: 's4hana-billing',
    objects: [{ ...invoiceObject(invoice), amount: euro(invoice.amount), direction: 'inflow' }],
  });
}

/** SAP: a payment was applied to invoices. SAP knows it by its clearing document and by the bank's UETR. */
export function receiptApplied(uetr: string, settled: readonly Settled[], at: string): ScenarioSignal {
  const links = settled.flatMap(({ paid, discount }, index): FinanceEventLink[] => [
    { from: index + 1, to: 0, qualifier: 'settles', amount: euro(paid) },
    ...(discount === undefined ? [] : [{ from: index + 1, to: 0, qualifier: 'discounts', amount: euro(discount) }]),
  ]);
  return financeEvent('payment.applied', `${uetr}:applied`, at, {
    system: 'sap-s4hana',
    integration: 'kyriba-payments-to-s4hana',
    objects: [paymentObject(uetr), ...settled.map(({ invoice }) => invoiceObject(invoice))],
    links,
  });
}

/** SAP: nobody can tell whose payment it is. */
export function receiptUnidentified(uetr: string, at: string): ScenarioSignal {
  return financeEvent('payment.application-failed', `${uetr}:${at}`, at, {
    system: 'sap-s4hana',
    integration: 'kyriba-payments-to-s4hana',
    outcome: 'failure',
    objects: [paymentObject(uetr)],
    problem: {
      code: 'cash-and-payment.unidentified-receipt',
      discriminators: { reason: 'no-remittance-information' },
      message: 'The payment names no invoice and its payer is not known',
    },
  });
}

/** Kyriba: a batch was approved; it knows it by its own number alone. */
export function batchApproved(batch: PaymentBatch, at: string): ScenarioSignal {
  return financeEvent('payment-batch.approved', `${kyribaBatch(batch)}:approved`, at, {
    system: 'kyriba',
    integration: 'payment-batch-approval',
    objects: [batchObject(batch)],
  });
}

/** Kyriba: the batch went to the bank under the bank's names for it. */
export function batchSent(batch: PaymentBatch, at: string): ScenarioSignal {
  const { messageId, paymentInformationId } = batch;
  const object = batchObject(batch);
  const bankKey = { system: 'bank', kind: 'payment-information-id', scope: messageId, value: paymentInformationId };
  return financeEvent('payment-batch.sent', `${kyribaBatch(batch)}:sent`, at, {
    system: 'kyriba',
    integration: 'payment-batch-to-bank',
    objects: [{ ...object, keys: [...object.keys, bankKey] }],
  });
}

/** Name of a batch in Kyriba. */
export function kyribaBatch({ paymentInformationId }: PaymentBatch): string {
  return `KB-${paymentInformationId}`;
}

function batchObject(batch: PaymentBatch): FinanceEventObject {
  return {
    type: 'payment-batch',
    keys: [{ kind: 'batch-number', value: kyribaBatch(batch) }],
    legalEntity: batch.account.legalEntity,
    amount: { amount: batch.total, currency: batch.account.currency },
    direction: 'outflow',
  };
}

function paymentObject(uetr: string): FinanceEventObject {
  return { type: 'payment', keys: [{ kind: 'clearing-document', value: `CLR-${uetr}` }, uetrKey(uetr)] };
}

function invoiceObject({ number, customer }: Receivable): FinanceEventObject {
  return {
    type: 'invoice',
    // What the bank passes on of the remittance information is read with Kyriba's files.
    keys: [
      { kind: 'billing-document', value: number },
      { system: 'kyriba', kind: 'invoice-number', value: number },
    ],
    legalEntity: 'DE01',
    counterparty: customer,
  };
}

function euro(amount: string): Money {
  return { amount, currency: 'EUR' };
}
