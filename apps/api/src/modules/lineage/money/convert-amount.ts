import { convertMoney, minorDigitsOf, type Money, type RateUsed } from '@throughline/canonical';
import { CodedError } from '../../../graphql/coded-error.js';
import type { Operation } from '../../../graphql/operation.js';
import { loadRates } from '../../catalog/index.js';
import type { ConversionArgs, ConvertedMoneyType } from '../graphql/converted-money.types.js';

/** What an amount is to be converted to, with the defaults filled in. */
export type ConversionTarget = { currency: string; rateType: string; on: string };

/** Checks the arguments; the day is today in UTC unless one is asked for. */
export function conversionTarget(operation: Operation, { currency, rateType, on }: ConversionArgs): ConversionTarget {
  if (minorDigitsOf(currency) === undefined)
    throw new CodedError('INVALID_INPUT', `currency must be an ISO 4217 code, got "${currency.slice(0, 20)}"`);
  return { currency, rateType: rateType ?? 'ecb-reference', on: on ?? operation.now().toISOString().slice(0, 10) };
}

type Rate = { date: string; base: string; rate: string; source: string };

/** Converts one amount; the rates of all amounts of an operation are read together. */
export async function convertAmount(
  operation: Operation,
  amount: Money | null,
  { currency, rateType, on }: ConversionTarget,
): Promise<ConvertedMoneyType | null> {
  if (amount === null) return null;
  const loader = operation.loader<string, Rate>(`exchange rates ${rateType}`, async (tx, keys) => {
    const needs = keys.map((key) => ({ currency: key.slice(0, 3), date: key.slice(4) }));
    const rateOf = await loadRates(tx, rateType, needs);
    return needs.map((need) => rateOf(need.currency, need.date));
  });
  const rates = new Map<string, Rate | null>();
  for (const code of new Set([amount.currency, currency])) rates.set(code, await loader.load(`${code} ${on}`));
  const result = convertMoney(amount, currency, rateType, on, (code) => rates.get(code) ?? null);
  return result.ok
    ? { amount: result.amount, rateType, ...usedRate(result.used), missing: null }
    : { amount: null, rateType, ...usedRate(null), missing: result.message };
}

function usedRate(used: RateUsed | null): Pick<ConvertedMoneyType, 'rateDate' | 'rate' | 'source'> {
  return { rateDate: used?.date ?? null, rate: used?.rate ?? null, source: used?.source ?? null };
}
