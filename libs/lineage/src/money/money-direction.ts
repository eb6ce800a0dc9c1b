import type { Direction } from '@throughline/canonical';

/** Objects whose money comes in, or goes out, by what they are; others must say it. */
const INFLOW: ReadonlySet<string> = new Set([
  'opportunity',
  'quote',
  'contract',
  'booking',
  'subscription',
  'sales-order',
  'delivery',
  'billing-schedule',
  'invoice',
]);
const OUTFLOW: ReadonlySet<string> = new Set([
  'purchase-order',
  'goods-receipt',
  'supplier-invoice',
  'expense-report',
  'payment-batch',
  'credit-memo',
  'refund',
]);

/** The direction that the source stated, else the one that the kind of object implies; null = not known. */
export function directionOf(objectType: string, stated: Direction | null): Direction | null {
  if (stated !== null) return stated;
  if (INFLOW.has(objectType)) return 'inflow';
  return OUTFLOW.has(objectType) ? 'outflow' : null;
}
