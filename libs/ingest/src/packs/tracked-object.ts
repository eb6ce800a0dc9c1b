import { isObjectType } from '@throughline/canonical';

/** What integrations commonly write before the number, besides the canonical object types. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  order: 'sales-order',
  po: 'purchase-order',
  bill: 'supplier-invoice',
};

/** One object with its key, as a draft of an activity names it. */
export type TrackedObject = { type: string; keys: [{ kind: string; value: string }] };

/**
 * The business object that a tracking id names by convention: `order-00000101`, `invoice:4711`, `purchase-order/45001`.
 * Undefined for ids that follow no convention (a uuid, a run id): nothing is guessed from them.
 */
export function trackedObject(text: string): TrackedObject | undefined {
  const [, name = '', value = ''] =
    /^([a-z]+(?:-[a-z]+)*)[-:/]([0-9A-Za-z][0-9A-Za-z._/-]{0,199})$/.exec(text.trim()) ?? [];
  const type = SHORT_NAMES[name] ?? name;
  if (value === '' || !isObjectType(type) || !/\d/.test(value)) return undefined;
  return { type, keys: [{ kind: type === 'sales-order' ? 'order-number' : `${type}-number`, value }] };
}

/** Member names of payloads that carry a number of a business object, by the type that they name. */
const MEMBERS: readonly (readonly [type: string, kind: string, names: readonly string[]])[] = [
  [
    'sales-order',
    'order-number',
    ['orderNumber', 'order_number', 'orderId', 'order_id', 'salesOrder', 'salesOrderNumber'],
  ],
  ['invoice', 'invoice-number', ['invoiceNumber', 'invoice_number', 'invoiceId', 'invoice_id']],
  ['payment', 'payment-number', ['paymentNumber', 'payment_number', 'paymentId', 'payment_id']],
  ['purchase-order', 'purchase-order-number', ['purchaseOrder', 'purchaseOrderNumber', 'poNumber', 'po_number']],
  ['customer', 'customer-number', ['customerNumber', 'customerId', 'customer_id', 'accountNumber']],
];

/** The business objects that the members of a payload name by their usual names; only the top level is read. */
export function namedObjects(payload: unknown): TrackedObject[] {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return [];
  const members = new Map<string, unknown>(Object.entries(payload));
  return MEMBERS.flatMap(([type, kind, names]) => {
    const value = names
      .map((name) => members.get(name))
      .find((one) => typeof one === 'string' || typeof one === 'number');
    const text = value === undefined ? '' : String(value).trim();
    return text === '' ? [] : [{ type, keys: [{ kind, value: text }] as TrackedObject['keys'] }];
  });
}
