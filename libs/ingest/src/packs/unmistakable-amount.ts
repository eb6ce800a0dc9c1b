import { amountTextOf } from '../files/csv/csv-values.js';

/**
 * Decimal text of an amount written for people, where it can be read in one way only: "1,234.50", "1.234,50", "99,5",
 * "1'234.50", "(12.00)". Undefined for what is none, and for "1,234": a thousand in London is one and a bit in Rome.
 */
export function unmistakableAmount(text: string): string | undefined {
  const readings = new Set([amountTextOf(text, 'point'), amountTextOf(text, 'comma')]);
  readings.delete(undefined);
  return readings.size === 1 ? [...readings][0] : undefined;
}
