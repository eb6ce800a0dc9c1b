import { type StoryOrder, INTEGRATION, keyOf, moneyOf } from '../../order-signals.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import { financeEvent } from '../../wire-forms.js';
import {
  type CreditFigures,
  bankEntryOf,
  contractOf,
  creditExposureOf,
  deliveryOf,
  forecastOf,
  invoiceOf,
  longKeyOf,
  orderInErp,
  paymentOf,
  positionOf,
  statementOf,
} from './documents.js';

/** Integrations of the long form, beside those of the short one. */
export const LONG_INTEGRATION = {
  creditCheck: 'salesforce-credit-check',
  orderForecast: 's4hana-order-to-kyriba-forecast',
  release: 's4hana-order-release',
  goodsIssue: 's4hana-goods-issue',
  invoiceForecast: 's4hana-invoice-to-kyriba-forecast',
  bankStatements: 'bank-statements-to-kyriba',
  crmStatus: 's4hana-payment-status-to-salesforce',
} as const;

/** Salesforce asks whether the customer may owe this much more. */
export function creditCheckRequested(order: StoryOrder, at: string): ScenarioSignal {
  return financeEvent('contract.credit-check-requested', keyOf.contract(order), at, {
    system: 'salesforce',
    integration: LONG_INTEGRATION.creditCheck,
    objects: [contractOf(order)],
  });
}

/** SAP answers with the figures of the customer's credit account; it happened to the account and to the contract. */
export function creditChecked(order: StoryOrder, at: string, figures: CreditFigures): ScenarioSignal {
  return financeEvent('credit-exposure.checked', keyOf.contract(order), at, {
    system: 'sap-s4hana',
    integration: LONG_INTEGRATION.creditCheck,
    objects: [
      { ...creditExposureOf(order, figures), qualifier: 'subject' },
      { ...contractOf(order), qualifier: 'subject' },
    ],
    links: [{ from: 0, to: 1, qualifier: 'weighs-on' }],
  });
}

/** Kyriba: the month's forecast has the order now, which it knows by the number of the ERP. */
export function orderForecast(order: StoryOrder, at: string, month: string): ScenarioSignal {
  return financeEvent('cash-forecast.updated', keyOf.erpOrder(order), at, {
    system: 'kyriba',
    integration: LONG_INTEGRATION.orderForecast,
    objects: [forecastOf(order, month), orderInErp(order)],
    links: [{ from: 1, to: 0, qualifier: 'projects', amount: moneyOf(order) }],
  });
}

/** SAP: the order may be delivered. */
export function orderReleased(order: StoryOrder, at: string): ScenarioSignal {
  return financeEvent('sales-order.released', keyOf.erpOrder(order), at, {
    system: 'sap-s4hana',
    integration: LONG_INTEGRATION.release,
    objects: [orderInErp(order)],
  });
}

/** SAP: a delivery of the order was created, to leave on a day. */
export function deliveryPlanned(
  order: StoryOrder,
  at: string,
  deliveryDate: string,
  part: StoryOrder = order,
): ScenarioSignal {
  return financeEvent('delivery.created', longKeyOf.delivery(part), at, {
    system: 'sap-s4hana',
    integration: LONG_INTEGRATION.goodsIssue,
    objects: [deliveryOf(part, { attributes: { deliveryDate } }), orderInErp(order)],
    links: [{ from: 1, to: 0, qualifier: 'delivers' }],
  });
}

/** SAP: the goods left. */
export function goodsIssued(part: StoryOrder, at: string): ScenarioSignal {
  return financeEvent('delivery.posted', longKeyOf.delivery(part), at, {
    system: 'sap-s4hana',
    integration: LONG_INTEGRATION.goodsIssue,
    objects: [deliveryOf(part)],
  });
}

/** SAP: the delivery was billed; the invoice knows both delivery and order, and says when it is due. */
export function deliveryBilled(
  order: StoryOrder,
  at: string,
  dueDate: string,
  part: StoryOrder = order,
  delivery: StoryOrder = part,
): ScenarioSignal {
  return financeEvent('invoice.posted', keyOf.invoice(part), at, {
    system: 'sap-s4hana',
    integration: INTEGRATION.billing,
    objects: [invoiceOf(part, { attributes: { dueDate } }), deliveryOf(delivery), orderInErp(order)],
    links: [
      { from: 1, to: 0, qualifier: 'bills' },
      { from: 2, to: 0, qualifier: 'bills', amount: moneyOf(part) },
    ],
  });
}

/** Kyriba: the invoice takes the place of its order in the forecast. */
export function invoiceForecast(part: StoryOrder, at: string, month: string): ScenarioSignal {
  return financeEvent('cash-forecast.updated', keyOf.invoice(part), at, {
    system: 'kyriba',
    integration: LONG_INTEGRATION.invoiceForecast,
    objects: [forecastOf(part, month), invoiceOf(part)],
    links: [{ from: 1, to: 0, qualifier: 'projects', amount: moneyOf(part) }],
  });
}

/** Salesforce: the account team sees that the payment was applied. */
export function statusInCrm(payment: StoryOrder, at: string): ScenarioSignal {
  return financeEvent('payment.synchronised', `${keyOf.payment(payment)}:${at}`, at, {
    system: 'salesforce',
    integration: LONG_INTEGRATION.crmStatus,
    objects: [paymentOf(payment)],
  });
}

/** Kyriba: the statement of the day came with these entries. */
export function statementReceived(payments: readonly [StoryOrder, ...StoryOrder[]], at: string): ScenarioSignal {
  const [first] = payments;
  return financeEvent('bank-statement.received', longKeyOf.statement(first), at, {
    system: 'kyriba',
    integration: LONG_INTEGRATION.bankStatements,
    objects: [statementOf(first), ...payments.map(bankEntryOf)],
    links: payments.map((payment, index) => ({
      from: index + 1,
      to: 0,
      qualifier: 'lists',
      amount: moneyOf(payment),
    })),
  });
}

/** Kyriba: the position of the account was made of the statement. */
export function positionFromStatement(payment: StoryOrder, at: string): ScenarioSignal {
  return financeEvent('cash-position.updated', longKeyOf.position(payment), at, {
    system: 'kyriba',
    integration: INTEGRATION.cashPosition,
    objects: [positionOf(payment), statementOf(payment)],
    links: [{ from: 1, to: 0, qualifier: 'gathers' }],
  });
}
