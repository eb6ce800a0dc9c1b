/** An exact decimal: units × 10^-scale. */
export type Exact = { readonly units: bigint; readonly scale: number };

const DECIMAL = /^([+-]?)(\d{1,30})(?:\.(\d{0,12}))?$/;

/** Zero. */
export const ZERO: Exact = { units: 0n, scale: 0 };

/** Reads decimal text with a point ("-12.50", "8."); undefined for anything else. */
export function readExact(text: string): Exact | undefined {
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  const units = BigInt(whole + fraction);
  return { units: sign === '-' ? -units : units, scale: fraction.length };
}

/** Exact sum. */
export function addExact(left: Exact, right: Exact): Exact {
  const scale = Math.max(left.scale, right.scale);
  return { units: atScale(left, scale) + atScale(right, scale), scale };
}

/** The same with the other sign. */
export function negated(value: Exact): Exact {
  return { units: -value.units, scale: value.scale };
}

/** True when both are the same number, whatever their decimals. */
export function isSameNumber(left: Exact, right: Exact): boolean {
  const scale = Math.max(left.scale, right.scale);
  return atScale(left, scale) === atScale(right, scale);
}

/** Decimal text with the decimals it has. */
export function exactText({ units, scale }: Exact): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return `${units < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${digits.slice(digits.length - scale)}`}`;
}

function atScale(value: Exact, scale: number): bigint {
  return value.scale === scale ? value.units : value.units * 10n ** BigInt(scale - value.scale);
}
