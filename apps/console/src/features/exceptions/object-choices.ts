import { titleWords } from '../../shared/format/words.js';

const choices = (types: readonly string[]) => types.map((type) => ({ value: type, label: titleWords(type) }));

/** Documents that are posted. */
export const DOCUMENT_TYPES = choices([
  'invoice',
  'credit-memo',
  'journal-entry',
  'supplier-invoice',
  'delivery',
  'goods-receipt',
  'settlement',
]);

/** Objects that an exception may wait for. */
export const OBJECT_TYPES = choices([
  'customer',
  'supplier',
  'legal-entity',
  'product',
  'cost-center',
  'price-agreement',
  'contract',
  'sales-order',
  'invoice',
  'credit-memo',
  'payment',
  'purchase-order',
  'supplier-invoice',
  'journal-entry',
  'bank-statement',
]);

/** Documents by which something is corrected by hand. */
export const CORRECTING_TYPES = choices([
  'journal-entry',
  'invoice',
  'credit-memo',
  'sales-order',
  'payment',
  'refund',
  'settlement',
  'supplier-invoice',
  'purchase-order',
  'customer',
]);
