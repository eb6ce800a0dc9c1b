/** The canonical finance object types of the vocabulary (DESIGN), kebab-case. */
export const OBJECT_TYPES = [
  'customer',
  'supplier',
  'legal-entity',
  'product',
  'cost-center',
  'person',
  'price-agreement',
  'opportunity',
  'quote',
  'contract',
  'booking',
  'pipeline-snapshot',
  'subscription',
  'sales-order',
  'delivery',
  'billing-schedule',
  'invoice',
  'credit-memo',
  'revenue-schedule',
  'dispute',
  'dunning-notice',
  'purchase-order',
  'goods-receipt',
  'supplier-invoice',
  'expense-report',
  'payment',
  'payment-batch',
  'settlement',
  'refund',
  'return',
  'bank-account',
  'bank-entry',
  'bank-statement',
  'cash-position',
  'cash-forecast',
  'credit-limit',
  'credit-exposure',
  'fx-exposure',
  'tax-determination',
  'journal-entry',
  'accounting-period',
  'forecast-version',
  'actuals-batch',
  'report',
  'approval',
  'control-evidence',
  'signal',
  'file',
  'run',
  'integration',
] as const;

export type ObjectType = (typeof OBJECT_TYPES)[number];

/** What an exception is about when no business object is concerned: something received, a file, a run, an integration. */
export const TECHNICAL_TYPES: ReadonlySet<string> = new Set<ObjectType>(['signal', 'file', 'run', 'integration']);

/** Object types that gather thousands of others: linked to a transaction, never members of it. */
export const HUB_TYPES: ReadonlySet<string> = new Set<ObjectType>([
  'bank-statement',
  'cash-position',
  'cash-forecast',
  'payment-batch',
  'actuals-batch',
  'forecast-version',
  'report',
]);

/** Object types that are attached one step as context and are never traversed. */
export const CONTEXT_TYPES: ReadonlySet<string> = new Set<ObjectType>([
  'customer',
  'supplier',
  'legal-entity',
  'product',
  'cost-center',
  'bank-account',
  'price-agreement',
  'credit-limit',
  'credit-exposure',
  'fx-exposure',
  'tax-determination',
  'approval',
  'control-evidence',
  'accounting-period',
  'person',
  'signal',
  'file',
  'run',
  'integration',
]);

/** True when the text names a canonical object type. */
export function isObjectType(value: string): value is ObjectType {
  return (OBJECT_TYPES as readonly string[]).includes(value);
}
