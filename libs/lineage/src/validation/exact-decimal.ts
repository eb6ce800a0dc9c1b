/** Decimals that are compared exactly: as many as an amount may have. */
const SCALE = 12;
const DECIMAL = /^(-?)(\d{1,30})(?:\.(\d{1,12}))?$/;
const PERCENT_SCALE = 10n ** BigInt(SCALE);

/** A decimal text as a whole number of 10^-12; undefined = it is none. */
export function readDecimal(text: string): bigint | undefined {
  const match = DECIMAL.exec(text.trim());
  if (match === null) return undefined;
  const [, sign, whole, fraction = ''] = match;
  const units = BigInt(`${whole}${fraction.padEnd(SCALE, '0')}`);
  return sign === '-' ? -units : units;
}

/** The text of such a number, without trailing zeros. */
export function decimalText(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(SCALE + 1, '0');
  const fraction = digits.slice(-SCALE).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -SCALE)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** A number and so many percent of its size more (or less, where the percentage is negative), times 10^14: compare it with `scaled`. */
export function withPercent(units: bigint, percent: bigint): bigint {
  const size = units < 0n ? -units : units;
  return units * 100n * PERCENT_SCALE + size * percent;
}

export function scaled(units: bigint): bigint {
  return units * 100n * PERCENT_SCALE;
}
