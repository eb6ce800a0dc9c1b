import type { FinanceEventObject, Money } from '@throughline/canonical';
import { type StoryOrder, keyOf, moneyOf } from '../../order-signals.js';

/** Names of what the long form has beside the documents of the short one. */
export const longKeyOf = {
  delivery: (part: StoryOrder) => `80${part.number}`,
  forecast: (order: StoryOrder, month: string) => `${order.legalEntity}/${order.currency}/${month}`,
  statement: (payment: StoryOrder) => `STMT-${payment.number}`,
  position: (payment: StoryOrder) => `POS-${payment.number}`,
  creditAccount: (order: StoryOrder) => `${order.legalEntity}/${order.customer}`,
};

type Facts = { amount?: Money; attributes?: Record<string, string> };

/** The contract as CRM names it, which every system that is asked about it repeats. */
export function contractOf(order: StoryOrder, facts: Facts = {}): FinanceEventObject {
  return document(order, 'contract', 'salesforce', 'contract-number', keyOf.contract(order), {
    amount: moneyOf(order),
    ...facts,
  });
}

/** The order by the number of CRM. */
export function orderInCrm(order: StoryOrder, facts: Facts = {}): FinanceEventObject {
  return document(order, 'sales-order', 'salesforce', 'order-number', keyOf.salesOrder(order), {
    amount: moneyOf(order),
    ...facts,
  });
}

/** The order by the number of the ERP alone, in passing: what the sender of a follow-on document knows of it. */
export function orderInErp(order: StoryOrder, facts: Facts = {}): FinanceEventObject {
  return document(order, 'sales-order', 'sap-s4hana', 'sales-order', keyOf.erpOrder(order), facts);
}

/** A delivery: goods, no money. */
export function deliveryOf(part: StoryOrder, facts: Facts = {}): FinanceEventObject {
  return document(part, 'delivery', 'sap-s4hana', 'delivery-document', longKeyOf.delivery(part), facts);
}

export function invoiceOf(part: StoryOrder, facts: Facts = {}): FinanceEventObject {
  return document(part, 'invoice', 'sap-s4hana', 'billing-document', keyOf.invoice(part), {
    amount: moneyOf(part),
    ...facts,
  });
}

export function creditMemoOf(part: StoryOrder): FinanceEventObject {
  return document(part, 'credit-memo', 'sap-s4hana', 'billing-document', `91${part.number}`, { amount: moneyOf(part) });
}

export function paymentOf(part: StoryOrder, facts: Facts = {}): FinanceEventObject {
  return document(part, 'payment', 'kyriba', 'payment-reference', keyOf.payment(part), {
    amount: moneyOf(part),
    ...facts,
  });
}

export function bankEntryOf(part: StoryOrder): FinanceEventObject {
  const keys: FinanceEventObject['keys'] = [
    { system: 'kyriba', kind: 'entry-reference', scope: accountOf(part), value: keyOf.bankEntry(part) },
  ];
  return { ...party(part), type: 'bank-entry', keys, amount: moneyOf(part) };
}

/** The forecast of an entity, a currency and a month. */
export function forecastOf(order: StoryOrder, month: string): FinanceEventObject {
  return {
    type: 'cash-forecast',
    keys: [{ system: 'kyriba', kind: 'forecast', value: longKeyOf.forecast(order, month) }],
    legalEntity: order.legalEntity,
  };
}

export function statementOf(payment: StoryOrder): FinanceEventObject {
  return {
    type: 'bank-statement',
    keys: [{ system: 'kyriba', kind: 'statement', scope: accountOf(payment), value: longKeyOf.statement(payment) }],
    legalEntity: payment.legalEntity,
  };
}

export function positionOf(payment: StoryOrder): FinanceEventObject {
  return {
    type: 'cash-position',
    keys: [{ system: 'kyriba', kind: 'cash-position', scope: accountOf(payment), value: longKeyOf.position(payment) }],
    legalEntity: payment.legalEntity,
  };
}

/** What the customer of an order may owe at most, and owes with this order, in the currency of the entity. */
export type CreditFigures = { limit: string; exposure: string };

export function creditExposureOf(order: StoryOrder, { limit, exposure }: CreditFigures): FinanceEventObject {
  return {
    type: 'credit-exposure',
    keys: [{ system: 'sap-s4hana', kind: 'credit-account', value: longKeyOf.creditAccount(order) }],
    legalEntity: order.legalEntity,
    counterparty: order.customer,
    amount: { amount: exposure, currency: order.currency },
    attributes: { creditLimit: limit, currency: order.currency },
  };
}

export function accountOf(order: StoryOrder): string {
  return `${order.legalEntity}-${order.currency}-OPERATING`;
}

function document(
  order: StoryOrder,
  type: FinanceEventObject['type'],
  system: string,
  kind: string,
  value: string,
  facts: Facts,
): FinanceEventObject {
  return { ...party(order), type, keys: [{ system, kind, value }], ...facts };
}

function party(order: StoryOrder): Pick<FinanceEventObject, 'legalEntity' | 'counterparty' | 'direction'> {
  return { legalEntity: order.legalEntity, counterparty: order.customer, direction: 'inflow' };
}
