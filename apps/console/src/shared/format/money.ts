export type Money = { amount: string; currency: string };

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

const grouping = new Intl.NumberFormat(typeof navigator === 'undefined' ? 'en' : navigator.language);
const parts = grouping.formatToParts(1234567.5);
const GROUP = parts.find((part) => part.type === 'group')?.value ?? ',';
const POINT = parts.find((part) => part.type === 'decimal')?.value ?? '.';

/** A decimal text with the thousands and the decimal sign of the locale; never through a binary float. */
export function formatAmount(amount: string): string {
  const match = DECIMAL.exec(amount);
  if (!match) return amount;
  const [, sign, whole = '0', fraction] = match;
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, GROUP);
  return `${sign === '-' ? '−' : ''}${grouped}${fraction === undefined ? '' : POINT + fraction}`;
}

/** How many decimals a currency has; 2 where the code is not known. */
export function minorUnitsOf(currency: string): number {
  try {
    const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
    return maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/**
 * Amounts that are held against each other, with one number of decimals: that of their currency, more only where one of
 * them has more that count. Without a currency two, where any has decimals at all. What is no number stays as it is.
 */
export function alignedAmounts(amounts: readonly string[], currency: string | null): string[] {
  const counting = amounts.map((amount) => (DECIMAL.exec(amount)?.[3] ?? '').replace(/0+$/, '').length);
  const haveDecimals = amounts.some((amount) => DECIMAL.exec(amount)?.[3] !== undefined);
  const usual = currency === null ? (haveDecimals ? 2 : 0) : minorUnitsOf(currency);
  const places = Math.max(usual, ...counting);
  return amounts.map((amount) => {
    const match = DECIMAL.exec(amount);
    if (!match) return amount;
    const fraction = (match[3] ?? '').slice(0, places).padEnd(places, '0');
    return formatAmount(`${match[1] ?? ''}${match[2] ?? '0'}${places === 0 ? '' : `.${fraction}`}`);
  });
}

/** "EUR 48,200.00" */
export function formatMoney(money: Money): string {
  return `${money.currency} ${formatAmount(money.amount)}`;
}

const SCALES: readonly { digits: number; unit: string }[] = [
  { digits: 9, unit: 'bn' },
  { digits: 6, unit: 'm' },
  { digits: 3, unit: 'k' },
];

/** "EUR 1.84 m": three significant digits, cut off and not rounded up, so that a sum never looks larger than it is. */
export function compactMoney(money: Money): string {
  const match = DECIMAL.exec(money.amount);
  if (!match) return formatMoney(money);
  const sign = match[1] === '-' ? '−' : '';
  const whole = (match[2] ?? '0').replace(/^0+(?=\d)/, '');
  const scale = SCALES.find(({ digits }) => whole.length > digits && whole.length > 4);
  if (!scale) return `${money.currency} ${sign}${formatAmount(whole)}`;
  const head = whole.slice(0, whole.length - scale.digits);
  const tail = whole.slice(head.length, head.length + Math.max(0, 3 - head.length));
  return `${money.currency} ${sign}${head}${/[1-9]/.test(tail) ? POINT + tail : ''} ${scale.unit}`;
}

/** True for 0, 0.00 and the like. */
export function isZero(amount: string): boolean {
  return !/[1-9]/.test(amount);
}

function toUnits(amount: string, places: number): bigint {
  const match = DECIMAL.exec(amount);
  if (!match) return 0n;
  const units = BigInt((match[2] ?? '0') + (match[3] ?? '').padEnd(places, '0'));
  return match[1] === '-' ? -units : units;
}

/** Exact order of two amounts of one currency, however many digits they are written with: below, at or above 0. */
export function compareAmounts(one: string, other: string): number {
  const places = Math.max(...[one, other].map((amount) => amount.split('.')[1]?.length ?? 0));
  const difference = toUnits(one, places) - toUnits(other, places);
  return difference < 0n ? -1 : Number(difference > 0n);
}

/** Exact sums per currency, in the order in which the currencies first appear. */
export function sumMoney(items: readonly (Money | null | undefined)[]): Money[] {
  const byCurrency = new Map<string, string[]>();
  for (const item of items) {
    if (!item) continue;
    byCurrency.set(item.currency, [...(byCurrency.get(item.currency) ?? []), item.amount]);
  }
  return [...byCurrency].map(([currency, amounts]) => {
    const places = Math.max(...amounts.map((amount) => amount.split('.')[1]?.length ?? 0));
    const sum = amounts.reduce((total, amount) => total + toUnits(amount, places), 0n);
    const digits = (sum < 0n ? -sum : sum).toString().padStart(places + 1, '0');
    const whole = digits.slice(0, digits.length - places);
    const fraction = places === 0 ? '' : `.${digits.slice(-places)}`;
    return { currency, amount: `${sum < 0n ? '-' : ''}${whole}${fraction}` };
  });
}

/** "EUR 1.84 m, USD 310 k and BRL 12 k" */
export function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
