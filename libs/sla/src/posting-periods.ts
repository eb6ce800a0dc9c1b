/** A calendar month; 1 is January. */
export type Month = { year: number; month: number };

const NAMES = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const YEAR_FIRST = /^(\d{4})[-/.]?0?(\d{2})(?:[-/.]?\d{2})?$/;
const MONTH_FIRST = /^0?(\d{1,2})[-/.](\d{4})$/;
const NAMED = /^([a-z]{3})[a-z]*[-/. ](\d{2}|\d{4})$/;

/**
 * The month of a posting period as ledgers write it: "2026-09", "202609", "2026/009", "009/2026", "Sep-26", "Sep 2026", or a date
 * in it. Undefined for anything else, among it the periods 13 to 16 that are there for adjustments alone.
 */
export function monthOfPeriod(text: string): Month | undefined {
  const folded = text.trim().toLowerCase();
  const [, year, month] =
    YEAR_FIRST.exec(folded) ?? swapped(MONTH_FIRST.exec(folded)) ?? named(NAMED.exec(folded)) ?? [];
  const found = { year: Number(year), month: Number(month) };
  return found.month >= 1 && found.month <= 12 ? found : undefined;
}

/** The month after a month. */
export function monthAfter({ year, month }: Month): Month {
  return month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 };
}

function swapped(match: RegExpExecArray | null): (string | undefined)[] | undefined {
  return match ? [match[0], match[2], match[1]] : undefined;
}

function named(match: RegExpExecArray | null): (string | undefined)[] | undefined {
  if (!match) return undefined;
  const year = match[2]?.length === 2 ? `20${match[2]}` : match[2];
  return [match[0], year, String(NAMES.indexOf(match[1] ?? '') + 1)];
}
