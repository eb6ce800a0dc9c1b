import { toMinorUnits } from '@throughline/canonical';
import type { ScenarioSignal } from '../../scenario-signal.js';
import { financeEvent } from '../../wire-forms.js';
import { BILLING, ownedBy } from './billing-signals.js';
import { type BillingItem, type Deal, MINUTE, SECOND, iso, keyOf, objectOf } from './deal.js';
import { netsuiteRecord, stripeEvent, zuoraCallout } from './vendor-webhooks.js';

/** Stripe: the card was charged. It knows neither the invoice nor what others call the payment. */
export function cardCharged(deal: Deal, item: BillingItem, at: number, amount = item.amount): ScenarioSignal {
  const { chargeId, intentId } = stripeIds(deal, item);
  const cents = Number(toMinorUnits({ amount, currency: deal.currency }));
  return stripeEvent('charge.succeeded', `evt_${chargeId}`, at, {
    id: chargeId,
    object: 'charge',
    amount: cents,
    amount_captured: cents,
    captured: true,
    currency: deal.currency.toLowerCase(),
    payment_intent: intentId,
    created: Math.floor(at / SECOND),
    paid: true,
    status: 'succeeded',
  });
}

/** Zuora: its gateway processed the payment of the invoice. */
export function paymentProcessed(deal: Deal, item: BillingItem, at: number, amount = item.amount): ScenarioSignal {
  return zuoraCallout('1210', 'PaymentProcessed', at, {
    AccountNumber: keyOf.billingAccount(deal),
    AccountName: deal.customer,
    PaymentNumber: keyOf.payment(deal, item),
    PaymentAmount: amount,
    Currency: deal.currency,
    PaymentStatus: 'Processed',
    GatewayResponseCode: 'approved',
    PaymentReferenceID: stripeIds(deal, item).intentId,
    AppliedInvoiceNumber: keyOf.invoice(deal, item),
  });
}

/** The settlement reached NetSuite: its record of the payment, and the event that says which payment of whom it is. */
export function paymentSettled(deal: Deal, item: BillingItem, at: number, amount = item.amount): ScenarioSignal[] {
  const { intentId } = stripeIds(deal, item);
  const inBilling = objectOf.payment(deal, item);
  return [
    netsuiteRecord('customerpayment', at, {
      id: keyOf.erpPayment(deal, item),
      externalid: keyOf.payment(deal, item),
      ...ownedBy(deal),
      customer: { id: keyOf.erpCustomer(deal), refName: deal.customer },
      payment: amount,
      apply: [{ apply: true, doc: keyOf.erpInvoice(deal, item), amount }],
    }),
    financeEvent('payment.settled', keyOf.payment(deal, item), iso(at), {
      system: 'netsuite',
      integration: BILLING.settlement,
      objects: [
        {
          ...inBilling,
          keys: [
            ...inBilling.keys,
            { kind: 'payment-id', value: keyOf.erpPayment(deal, item) },
            { system: 'stripe', kind: 'payment-intent-id', value: intentId },
          ],
        },
      ],
    }),
  ];
}

/** Charged by Stripe, a minute later told by Zuora, five minutes after that settled in NetSuite. */
export function paid(deal: Deal, item: BillingItem, at: number, amount = item.amount): ScenarioSignal[] {
  return [
    cardCharged(deal, item, at, amount),
    paymentProcessed(deal, item, at + MINUTE, amount),
    ...paymentSettled(deal, item, at + 6 * MINUTE, amount),
  ];
}

/** Salesforce shows the account team what the ERP says of the invoice. */
export function statusInCrm(deal: Deal, item: BillingItem, at: number): ScenarioSignal {
  return financeEvent('invoice.synchronised', keyOf.invoice(deal, item), iso(at), {
    system: 'salesforce',
    integration: BILLING.status,
    objects: [{ ...objectOf.invoice(deal, item), attributes: { crmStatus: 'Paid' } }],
  });
}

/** Zuora: a credit memo over a part of the invoice was posted. */
export function creditMemoPosted(deal: Deal, item: BillingItem, at: number, amount: string): ScenarioSignal {
  return zuoraCallout('1410', 'CreditMemoPosted', at, {
    AccountNumber: keyOf.billingAccount(deal),
    AccountName: deal.customer,
    CreditMemoNumber: keyOf.creditMemo(deal, item),
    CreditMemoAmount: amount,
    CreditMemoStatus: 'Posted',
    ReasonCode: 'Service credit',
    Currency: deal.currency,
    ReferredInvoiceNumber: keyOf.invoice(deal, item),
  });
}

function stripeIds({ number }: Deal, { position }: BillingItem): { chargeId: string; intentId: string } {
  return { chargeId: `ch_3Q2c${number}x${position}`, intentId: `pi_3Q2c${number}x${position}` };
}
