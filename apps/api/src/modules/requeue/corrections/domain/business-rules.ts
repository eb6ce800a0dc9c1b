import {
  addMoney,
  compareMoney,
  isIban,
  isNegative,
  minorDigitsOf,
  money,
  parseLocalDate,
  parseMoney,
  readPointer,
  writePointer,
  zeroMoney,
  type Money,
  type PointerPath,
} from '@throughline/canonical';
import { rolesOf } from './field-roles.js';
import type { EditFault } from './json-changes.js';
import { isList, isObject, isScalar, scalarText, valueAt, type JsonTree } from './json-tree.js';

/** A sum in a currency; not a price, a rate or a number of pieces, which have finer digits. */
const SUM_NAME = /amount|amt|betrag|wrbtr|dmbtr|total|sum$|gross|debit|credit/i;
const CODE = /^[A-Z]{3}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const SIDES = ['debit', 'credit'] as const;

/** What a schema does not say and finance does: about the places that were changed, and about the whole. */
export function businessFaults(base: JsonTree, after: JsonTree, pointers: readonly string[]): EditFault[] {
  const faults = pointers.flatMap((pointer) => {
    const path = readPointer(pointer) ?? [];
    const reason = fieldFault(base, after, path);
    return reason === undefined ? [] : [{ pointer, reason }];
  });
  return [...faults, ...balanceFaults(base, after, [])];
}

function fieldFault(base: JsonTree, after: JsonTree, path: PointerPath): string | undefined {
  const [from, to] = [textAt(base, path), textAt(after, path)];
  if (to === undefined) return undefined;
  const roles = rolesOf(path);
  if (roles.has('currency') && (from === undefined || CODE.test(from))) {
    if (minorDigitsOf(to) === undefined) return `is no currency code of ISO 4217: ${to}`;
  }
  if (from !== undefined && isIban(from) && !isIban(to)) return 'is no IBAN: its check digits do not agree';
  if (DAY.test(from ?? '') && !parseLocalDate(to).ok) return `is no day of the calendar: ${to}`;
  return roles.has('amount') ? amountFault(after, path, from, to) : undefined;
}

function amountFault(after: JsonTree, path: PointerPath, from: string | undefined, to: string): string | undefined {
  if (!SUM_NAME.test(path.at(-1) ?? '')) return undefined;
  const before = parseMoney(from, 'EUR');
  const now = parseMoney(to, 'EUR');
  if (from !== undefined && !before.ok) return undefined;
  if (!now.ok) return from === undefined ? undefined : `is no decimal number: ${to}`;
  if (before.ok && isNegative(before.value) !== isNegative(now.value))
    return 'changes its sign: that is another document, made at its source';
  const currency = currencyBeside(after, path);
  const digits = currency === undefined ? undefined : minorDigitsOf(currency);
  const decimals = /\.(\d*?)0*$/.exec(to)?.[1]?.length ?? 0;
  return digits !== undefined && decimals > digits ? `has more decimals than ${String(currency)} has` : undefined;
}

/** The currency that stands beside an amount, or above it. */
function currencyBeside(tree: JsonTree, path: PointerPath): string | undefined {
  for (let depth = path.length - 1; depth >= 0; depth -= 1) {
    const holder = valueAt(tree, path.slice(0, depth));
    if (!isObject(holder)) continue;
    for (const [name, member] of holder) {
      const text = isScalar(member) ? scalarText(member) : '';
      if (rolesOf([name]).has('currency') && minorDigitsOf(text) !== undefined) return text;
    }
  }
  return undefined;
}

function textAt(tree: JsonTree, path: PointerPath): string | undefined {
  const value = valueAt(tree, path);
  return value === undefined || value === null || !isScalar(value) ? undefined : scalarText(value);
}

/** Lists of lines whose debits and credits agreed, and do not any more. */
function balanceFaults(base: JsonTree | undefined, after: JsonTree, path: PointerPath): EditFault[] {
  const below = childrenOf(after).flatMap(([name, child]) => {
    const before = base === undefined ? undefined : valueAt(base, [name]);
    return balanceFaults(before, child, [...path, name]);
  });
  const [before, now] = [sidesOf(base), sidesOf(after)];
  const isOut = before !== undefined && now !== undefined && isEven(before) && !isEven(now);
  return isOut
    ? [{ pointer: writePointer(path), reason: 'does not balance any more: debits and credits differ' }, ...below]
    : below;
}

function childrenOf(tree: JsonTree): [string, JsonTree][] {
  if (isList(tree)) return tree.map((element, index) => [String(index), element]);
  return isObject(tree) ? [...tree] : [];
}

type Sides = Record<(typeof SIDES)[number], Money>;

function isEven({ debit, credit }: Sides): boolean {
  return compareMoney(debit, credit) === 0;
}

/** Sums of both sides of a list of lines; the currency is not looked at, one entry has one. */
function sidesOf(tree: JsonTree | undefined): Sides | undefined {
  if (!isList(tree)) return undefined;
  const sums: Sides = { debit: zeroMoney('EUR'), credit: zeroMoney('EUR') };
  let lines = 0;
  for (const line of tree) {
    for (const side of SIDES) {
      const text = textAt(line, [side]);
      const read = text === undefined ? undefined : parseMoney(text, 'EUR');
      if (read?.ok !== true) continue;
      sums[side] = addMoney(sums[side], money(read.value.amount, 'EUR'));
      lines += 1;
    }
  }
  return lines === 0 ? undefined : sums;
}
