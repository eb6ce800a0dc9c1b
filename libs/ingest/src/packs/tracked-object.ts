import { CONTEXT_TYPES, isObjectType } from '@throughline/canonical';

/** What integrations commonly write before the number, besides the canonical object types. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  order: 'sales-order',
  po: 'purchase-order',
  bill: 'supplier-invoice',
  'vendor-bill': 'supplier-invoice',
  'vendor-invoice': 'supplier-invoice',
  vendor: 'supplier',
  'credit-note': 'credit-memo',
  journal: 'journal-entry',
};

/** One object with its key, as a draft of an activity names it. */
export type TrackedObject = { type: string; keys: [{ system?: string; kind: string; value: string }] };

/** System, name of one to three words, number. The longest name that is one counts: "purchase order 45001", "invoice INV-7". */
const TRACKED = [2, 1, 0].map(
  (more) =>
    new RegExp(
      `^(?:([a-z0-9]+(?:-[a-z0-9]+)*)\\.)?([A-Za-z]+(?:[- ][A-Za-z]+){${more}})(?:[-:/]| #?|#)([0-9A-Za-z][0-9A-Za-z._/-]{0,199})$`,
    ),
);

/**
 * The business object that a tracking id or title names by convention: `order-00000101`, `invoice:4711`,
 * `purchase-order/45001`, `Order 00000101`, `Invoice #INV-7`; with the source system that the number is of before it:
 * `salesforce.order-00000101`. Undefined for what follows no convention (a uuid, a run id, a sentence): nothing is guessed.
 */
export function trackedObject(text: string): TrackedObject | undefined {
  for (const pattern of TRACKED) {
    const [, system, name = '', value = ''] = pattern.exec(text.trim()) ?? [];
    const folded = name.toLowerCase().replaceAll(' ', '-');
    const type = SHORT_NAMES[folded] ?? folded;
    if (!isObjectType(type) || !/\d/.test(value)) continue;
    return { type, keys: [{ ...(system !== undefined && { system }), kind: kindOf(type), value }] };
  }
  return undefined;
}

/** Member names of payloads that carry a number of a business object, by the type that they name. */
const MEMBERS: readonly (readonly [type: string, names: readonly string[]])[] = [
  ['sales-order', ['orderNumber', 'order_number', 'orderId', 'order_id', 'salesOrder', 'salesOrderNumber']],
  ['credit-memo', ['creditMemoNumber', 'credit_memo_number', 'creditNoteNumber']],
  ['supplier-invoice', ['supplierInvoiceNumber', 'supplierInvoice', 'vendorInvoiceNumber', 'vendorBill', 'billNumber']],
  ['invoice', ['invoiceNumber', 'invoice_number', 'invoiceId', 'invoice_id', 'billingDocument']],
  ['payment', ['paymentNumber', 'payment_number', 'paymentId', 'payment_id', 'paymentReference']],
  ['purchase-order', ['purchaseOrder', 'purchaseOrderNumber', 'purchase_order_number', 'poNumber', 'po_number']],
  ['expense-report', ['expenseReportNumber', 'expenseReportId', 'expense_report_id']],
  ['journal-entry', ['journalEntryNumber', 'journalEntry', 'journal_entry']],
  ['subscription', ['subscriptionId', 'subscription_id', 'subscriptionNumber']],
  ['contract', ['contractNumber', 'contract_number', 'contractId', 'contract_id']],
  ['opportunity', ['opportunityId', 'opportunity_id']],
  ['customer', ['customerNumber', 'customer_number', 'customerId', 'customer_id']],
  ['supplier', ['supplierNumber', 'supplier_number', 'supplierId', 'vendorNumber', 'vendorId']],
];

/**
 * The business objects that the members of a payload name by their usual names. Read are its own members and those of the
 * objects directly in it (`{ "order": { "orderNumber": … } }`), where the name of the member may say the type: `order.number`.
 */
export function namedObjects(payload: unknown): TrackedObject[] {
  if (!isMembers(payload)) return [];
  const inner = Object.entries(payload).filter((entry): entry is [string, Members] => isMembers(entry[1]));
  return [
    ...membersNaming(payload),
    ...inner.flatMap(([name, value]) => {
      const found = membersNaming(value);
      return [...found, ...numberOf(name, value).filter(({ type }) => found.every((one) => one.type !== type))];
    }),
  ];
}

/**
 * The objects of an activity about a run: the run, and the documents that it worked on. What failed is the first document,
 * where one is named: it is what people look for and send again. A customer or supplier is that only if there is no other.
 */
export function objectsOfRun(run: unknown, documents: unknown, hasFailed: unknown): unknown[] {
  const named = [...new Map([documents].flat(3).filter(isMembers).map(withIdentity)).values()];
  const subject = hasFailed === true ? (named.find((one) => !isContext(one)) ?? named[0]) : undefined;
  return [
    { ...(isMembers(run) ? run : {}), ref: 'run', qualifier: subject === undefined ? 'subject' : 'run' },
    ...named.map((one) => ({ ...one, qualifier: one === subject ? 'subject' : 'related' })),
  ];
}

type Members = Readonly<Record<string, unknown>>;

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isContext({ type }: Members): boolean {
  return typeof type === 'string' && CONTEXT_TYPES.has(type);
}

function withIdentity(object: Members): [string, Members] {
  return [JSON.stringify([object.type, object.keys]), object];
}

function membersNaming(payload: Members): TrackedObject[] {
  return MEMBERS.flatMap(([type, names]) => {
    const value = names.map((name) => valueIn(payload, name)).find((one) => one !== undefined);
    return value === undefined ? [] : [{ type, keys: [{ kind: kindOf(type), value }] } satisfies TrackedObject];
  });
}

/** `order: { number: "00000101" }`, `purchaseOrder: { id: "45001" }`. */
function numberOf(name: string, value: Members): TrackedObject[] {
  const folded = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll('_', '-');
  const type = SHORT_NAMES[folded] ?? folded;
  const number = valueIn(value, 'number') ?? valueIn(value, 'id');
  return number === undefined || !isObjectType(type) ? [] : [{ type, keys: [{ kind: kindOf(type), value: number }] }];
}

function valueIn(members: Members, name: string): string | undefined {
  const value = Object.hasOwn(members, name) ? members[name] : undefined;
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  return text === '' ? undefined : text;
}

function kindOf(type: string): string {
  return type === 'sales-order' ? 'order-number' : `${type}-number`;
}
