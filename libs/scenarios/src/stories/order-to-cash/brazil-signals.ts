import type { FinanceEventObject, FinanceEventProblem } from '@throughline/canonical';
import { type StoryOrder, keyOf, moneyOf } from '../../order-signals.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import { financeEvent } from '../../wire-forms.js';
import { contractOf, forecastOf, orderInCrm, paymentOf } from './documents.js';

/** The regional ERP: it takes orders as IDocs and writes files at night, and has numbers of its own. */
const LEGACY = 'legacy-erp-br';

export const BRAZIL_INTEGRATION = {
  orders: 'salesforce-contract-to-legacy-br',
  shipping: 'legacy-br-shipping-idocs',
  billing: 'legacy-br-billing-files',
  payments: 'legacy-br-payment-files',
  forecast: 's4hana-order-to-kyriba-forecast',
  invoiceForecast: 's4hana-invoice-to-kyriba-forecast',
} as const;

export const brazilKeyOf = {
  order: (order: StoryOrder) => `PV-${order.number}`,
  shipment: (order: StoryOrder) => `ROM-${order.number}`,
  invoice: (order: StoryOrder) => `NF-${order.number}`,
};

/** An order of the legal entity in Brazil. */
export function brazilianSale(number: string, amount: string): StoryOrder {
  return {
    ...{ number, amount, legalEntity: 'BR01', currency: 'BRL' },
    ...{ customer: 'Usina Boa Vista S.A.', sellingUnit: 'BR01-SANTOS' },
  };
}

/** IDoc ORDRSP: the order has a number in the regional ERP, beside that of CRM. */
export function acceptedByIdoc(order: StoryOrder, at: string): ScenarioSignal {
  const inCrm = orderInCrm(order);
  return financeEvent('sales-order.accepted', brazilKeyOf.order(order), at, {
    system: LEGACY,
    integration: BRAZIL_INTEGRATION.orders,
    objects: [{ ...inCrm, keys: [...inCrm.keys, ...orderOf(order).keys] }, contractOf(order)],
    links: [{ from: 1, to: 0, qualifier: 'fulfils' }],
  });
}

export function releasedByIdoc(order: StoryOrder, at: string): ScenarioSignal {
  return financeEvent('sales-order.released', brazilKeyOf.order(order), at, {
    system: LEGACY,
    integration: BRAZIL_INTEGRATION.orders,
    objects: [orderOf(order)],
  });
}

/** IDoc DESADV: the shipment, and later that it left. */
export function shipment(order: StoryOrder, at: string, type: 'created' | 'posted', deliveryDate?: string) {
  return financeEvent(`delivery.${type}`, brazilKeyOf.shipment(order), at, {
    system: LEGACY,
    integration: BRAZIL_INTEGRATION.shipping,
    objects: [
      { ...shipmentOf(order), ...(deliveryDate !== undefined && { attributes: { deliveryDate } }) },
      orderOf(order),
    ],
    links: [{ from: 1, to: 0, qualifier: 'delivers' }],
  });
}

/** The billing file of the day, CSV: each line an invoice that was posted, with its shipment and its order. */
export function billingFile(
  file: string,
  orders: readonly [StoryOrder, ...StoryOrder[]],
  at: string,
  dueDate: string,
): ScenarioSignal {
  const [first, ...others] = orders.map((order): FinanceEventObject => ({
    ...invoiceOf(order),
    qualifier: 'subject',
    attributes: { dueDate, file },
  }));
  if (first === undefined) throw new RangeError('a file has lines');
  const count = orders.length;
  return financeEvent('invoice.posted', file, at, {
    system: LEGACY,
    integration: BRAZIL_INTEGRATION.billing,
    objects: [first, ...others, ...orders.map(shipmentOf), ...orders.map(orderOf)],
    links: orders.flatMap((order, line) => [
      { from: count + line, to: line, qualifier: 'bills' },
      { from: 2 * count + line, to: line, qualifier: 'bills', amount: moneyOf(order) },
    ]),
  });
}

/** A line of the file that was not posted. */
export function lineRefused(file: string, order: StoryOrder, at: string, problem: FinanceEventProblem): ScenarioSignal {
  return financeEvent('invoice.refused', `${file}:${brazilKeyOf.invoice(order)}`, at, {
    system: LEGACY,
    integration: BRAZIL_INTEGRATION.billing,
    outcome: 'failure',
    objects: [invoiceOf(order), shipmentOf(order), orderOf(order)],
    links: [
      { from: 1, to: 0, qualifier: 'bills' },
      { from: 2, to: 0, qualifier: 'bills', amount: moneyOf(order) },
    ],
    problem,
  });
}

/** Kyriba: the forecast has the order, then its invoice, by the numbers of the regional ERP. */
export function forecastInBrazil(
  order: StoryOrder,
  at: string,
  month: string,
  of: 'order' | 'invoice',
): ScenarioSignal {
  const document = of === 'order' ? orderOf(order) : invoiceOf(order);
  return financeEvent('cash-forecast.updated', `${of} ${order.number}`, at, {
    system: 'kyriba',
    integration: of === 'order' ? BRAZIL_INTEGRATION.forecast : BRAZIL_INTEGRATION.invoiceForecast,
    objects: [forecastOf(order, month), document],
    links: [{ from: 1, to: 0, qualifier: 'projects', amount: moneyOf(order) }],
  });
}

/** Kyriba: the credit, with the number of the invoice that the customer gave. */
export function receivedInBrazil(order: StoryOrder, entry: FinanceEventObject, at: string): ScenarioSignal {
  return financeEvent('payment.received', keyOf.payment(order), at, {
    system: 'kyriba',
    integration: 'bank-credits-to-kyriba',
    objects: [paymentOf(order), entry, invoiceOf(order)],
    links: [
      { from: 0, to: 1, qualifier: 'books', amount: moneyOf(order) },
      { from: 2, to: 0, qualifier: 'settles', amount: moneyOf(order) },
    ],
  });
}

/** The payment file of the regional ERP, CSV: applied. */
export function paymentFile(order: StoryOrder, at: string): ScenarioSignal {
  return financeEvent('payment.applied', keyOf.payment(order), at, {
    system: LEGACY,
    integration: BRAZIL_INTEGRATION.payments,
    objects: [paymentOf(order), invoiceOf(order)],
    links: [{ from: 1, to: 0, qualifier: 'settles', amount: moneyOf(order) }],
  });
}

function orderOf(order: StoryOrder): FinanceEventObject {
  return legacy(order, 'sales-order', 'pedido', brazilKeyOf.order(order));
}

function shipmentOf(order: StoryOrder): FinanceEventObject {
  return legacy(order, 'delivery', 'romaneio', brazilKeyOf.shipment(order));
}

function invoiceOf(order: StoryOrder): FinanceEventObject {
  return { ...legacy(order, 'invoice', 'nota-fiscal', brazilKeyOf.invoice(order)), amount: moneyOf(order) };
}

function legacy(order: StoryOrder, type: FinanceEventObject['type'], kind: string, value: string): FinanceEventObject {
  const { legalEntity, customer } = order;
  return {
    ...{ type, legalEntity, counterparty: customer, direction: 'inflow' },
    keys: [{ system: LEGACY, kind, scope: 'BR01', value }],
  };
}
