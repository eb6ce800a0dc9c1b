import {
  EVENT_EXTENSIONS,
  FINANCE_EVENT_TYPE_PREFIX,
  sumMoney,
  type FinanceEventData,
  type FinanceEventObject,
  type Money,
} from '@throughline/canonical';
import { addDays, localDay } from './business-clock.js';
import { legalEntity } from './legal-entities.js';
import { missingMappingProblem } from './missing-mapping.js';
import type { Order } from './order.js';
import type { EventDraft, EventMode } from './signals.js';
import type { RequeueOrigin } from './step.js';

/** How each system names itself as a CloudEvents source, and the content mode that its publisher uses. */
const PUBLISHERS: Record<string, { source: string; mode: EventMode }> = {
  salesforce: { source: '/salesforce/production', mode: 'structured' },
  'sap-integration': { source: '/sap-integration/production', mode: 'binary' },
  'sap-s4hana': { source: '/sap-s4hana/client-100', mode: 'binary' },
  kyriba: { source: '/kyriba/production', mode: 'structured' },
};

/** The run in which something was published. */
export type EventOrigin = RunOrigin & { traceId: string; spanId: string };

/** A run that traced nothing of its own. */
export type RunOrigin = { run: number; requeue?: RequeueOrigin };

const moneyOf = (order: Order): Money => ({ amount: order.amount, currency: order.currency });

function object(order: Order, type: FinanceEventObject['type'], keys: FinanceEventObject['keys']): FinanceEventObject {
  return {
    type,
    keys,
    legalEntity: order.legalEntity,
    counterparty: order.customer.name,
    amount: moneyOf(order),
    direction: 'inflow',
  };
}

const contract = (order: Order): FinanceEventObject =>
  object(order, 'contract', [{ system: 'salesforce', kind: 'contract-number', value: order.contractNumber }]);

const customer = (order: Order): FinanceEventObject => ({
  type: 'customer',
  keys: [{ system: 'salesforce', kind: 'account-number', value: order.customer.number }],
  counterparty: order.customer.name,
  attributes: { country: order.customer.country },
});

const orderInSalesforce = { system: 'salesforce', kind: 'order-number' } as const;
const invoiceOf = (order: Order): FinanceEventObject =>
  object(order, 'invoice', [{ system: 'sap-s4hana', kind: 'billing-document', value: order.billingDocument }]);
const paymentOf = (order: Order): FinanceEventObject =>
  object(order, 'payment', [{ system: 'kyriba', kind: 'payment-reference', value: order.paymentReference }]);
const bankEntryOf = (order: Order): FinanceEventObject =>
  object(order, 'bank-entry', [
    {
      system: 'kyriba',
      kind: 'entry-reference',
      scope: legalEntity(order.legalEntity).accountId,
      value: order.bankEntry,
    },
  ]);

/** The contract was approved in Salesforce. */
export function contractApproved(order: Order, at: number): EventDraft {
  return draft(order, 'contract.approved', order.contractNumber, at, {
    system: 'salesforce',
    objects: [
      { ...contract(order), attributes: { region: order.region, sellingUnit: order.sellingUnit } },
      { ...customer(order), qualifier: 'customer' },
    ],
    links: [{ from: 1, to: 0, qualifier: 'placed-by' }],
  });
}

/** The order was cancelled where it came from, because somebody asked for that. */
export function salesOrderCancelled(order: Order, at: number, origin: RunOrigin): EventDraft {
  const cancelled = object(order, 'sales-order', [{ ...orderInSalesforce, value: order.orderNumber }]);
  const data: FinanceEventData = {
    system: 'sap-integration',
    integration: 'salesforce-contract-to-order',
    objects: [cancelled],
  };
  return draft(order, 'sales-order.cancelled', order.orderNumber, at, data, origin);
}

/** SAP S/4HANA took the order and gave it a number of its own. */
export function salesOrderAccepted(order: Order, at: number, origin: EventOrigin): EventDraft {
  const accepted = object(order, 'sales-order', [
    { ...orderInSalesforce, value: order.orderNumber },
    { system: 'sap-s4hana', kind: 'sales-order', value: order.salesOrder },
  ]);
  const data: FinanceEventData = {
    system: 'sap-s4hana',
    integration: 'salesforce-contract-to-order',
    objects: [accepted, contract(order)],
    links: [{ from: 1, to: 0, qualifier: 'fulfils' }],
  };
  return draft(order, 'sales-order.accepted', order.orderNumber, at, data, origin);
}

/** The middleware found no company code for the selling unit, so the order never reached the ERP. */
export function salesOrderRejected(order: Order, at: number, origin: EventOrigin): EventDraft {
  const problem = missingMappingProblem(order);
  const data: FinanceEventData = {
    system: 'sap-integration',
    integration: 'salesforce-contract-to-order',
    outcome: 'failure',
    objects: [object(order, 'sales-order', [{ ...orderInSalesforce, value: order.orderNumber }]), contract(order)],
    links: [{ from: 1, to: 0, qualifier: 'fulfils' }],
    problem: { ...problem, field: '/sellingUnit', payload: order.payload, payloadVersion: 1 },
  };
  return draft(order, 'sales-order.rejected', order.orderNumber, at, data, origin);
}

/** The invoice was posted to receivables; it is due so many days net as the order's terms say. */
export function invoicePosted(order: Order, at: number, origin: EventOrigin): EventDraft {
  const dueDate = addDays(localDay(legalEntity(order.legalEntity), at), netDaysOf(order.payload.paymentTerms));
  const data: FinanceEventData = {
    system: 'sap-s4hana',
    integration: 's4hana-billing',
    objects: [
      { ...invoiceOf(order), attributes: { dueDate, paymentTerms: order.payload.paymentTerms } },
      object(order, 'sales-order', [{ system: 'sap-s4hana', kind: 'sales-order', value: order.salesOrder }]),
    ],
    links: [{ from: 1, to: 0, qualifier: 'bills' }],
  };
  return draft(order, 'invoice.posted', order.billingDocument, at, data, origin);
}

/** The bank reported the credit and Kyriba recognised the payment. */
export function paymentReceived(order: Order, at: number, origin: EventOrigin): EventDraft {
  const data: FinanceEventData = {
    system: 'kyriba',
    integration: 'bank-credits-to-kyriba',
    objects: [paymentOf(order), bankEntryOf(order), invoiceOf(order)],
    links: [
      { from: 2, to: 0, qualifier: 'settles', amount: moneyOf(order) },
      { from: 0, to: 1, qualifier: 'books', amount: moneyOf(order) },
    ],
  };
  return draft(order, 'payment.received', order.paymentReference, at, data, origin);
}

/** The payment was applied to its invoice in SAP S/4HANA. */
export function paymentApplied(order: Order, at: number, origin: EventOrigin): EventDraft {
  const data: FinanceEventData = {
    system: 'sap-s4hana',
    integration: 'kyriba-payments-to-s4hana',
    objects: [paymentOf(order), invoiceOf(order)],
    links: [{ from: 1, to: 0, qualifier: 'settles', amount: moneyOf(order) }],
  };
  return draft(order, 'payment.applied', order.paymentReference, at, data, origin);
}

/** Payments of one account and value date whose bank entries a refresh of the cash position takes in. */
export type PositionEntries = { orders: readonly [Order, ...Order[]]; creditedAt: number };

/** Value of the key of a cash position: value date and currency; the account is its scope. */
export function cashPositionKey(order: Order, creditedAt: number): { scope: string; value: string } {
  const entity = legalEntity(order.legalEntity);
  return { scope: entity.accountId, value: `${localDay(entity, creditedAt)}/${entity.currency}` };
}

/** Kyriba refreshed the position of an account: a hub that takes in many bank entries at once. */
export function cashPositionUpdated(entries: PositionEntries, at: number, origin: EventOrigin): EventDraft {
  const [first] = entries.orders;
  const key = cashPositionKey(first, entries.creditedAt);
  const position: FinanceEventObject = {
    type: 'cash-position',
    keys: [{ system: 'kyriba', kind: 'cash-position', ...key }],
    legalEntity: first.legalEntity,
    amount: sumMoney(entries.orders.map(moneyOf), first.currency),
    direction: 'inflow',
  };
  const data: FinanceEventData = {
    system: 'kyriba',
    integration: 'kyriba-cash-position',
    objects: [position, ...entries.orders.map(bankEntryOf)],
    links: entries.orders.map((order, index) => ({
      from: index + 1,
      to: 0,
      qualifier: 'gathers',
      amount: moneyOf(order),
    })),
  };
  const event = draft(first, 'cash-position.updated', `${key.scope}/${key.value}`, at, data, origin);
  return { ...event, id: `${key.scope}/${key.value}:${origin.spanId}` };
}

function draft(
  order: Order,
  activityType: string,
  subject: string,
  at: number,
  data: FinanceEventData,
  origin?: EventOrigin | RunOrigin,
): EventDraft {
  const publisher = PUBLISHERS[data.system];
  if (publisher === undefined) throw new Error(`No publisher for ${data.system}`);
  const extensions: Record<string, string> = { [EVENT_EXTENSIONS.correlationId]: order.contractNumber };
  if (origin !== undefined && 'traceId' in origin) {
    extensions[EVENT_EXTENSIONS.traceparent] = `00-${origin.traceId}-${origin.spanId}-01`;
  }
  if (origin?.requeue !== undefined) extensions[EVENT_EXTENSIONS.requeueId] = origin.requeue.requeueId;
  return {
    id: `${subject}:${activityType}:${String(origin?.run ?? 1)}`,
    source: publisher.source,
    type: `${FINANCE_EVENT_TYPE_PREFIX}${activityType}`,
    subject,
    time: at,
    mode: publisher.mode,
    data,
    extensions,
  };
}

/** "10 days 2 %, 30 days net" is 30. */
function netDaysOf(terms: string): number {
  return Number(/(\d+) days net/.exec(terms)?.[1] ?? 0);
}
