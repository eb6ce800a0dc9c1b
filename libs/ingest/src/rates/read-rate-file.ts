import { type ExchangeRate, ECB_REFERENCE_RATES, isRate, minorDigitsOf, parseLocalDate } from '@throughline/canonical';
import { InvalidXml, parseXml, type XmlNode, type XmlTree } from '../packs/xml-tree.js';

/** Forms in which exchange rates come: the ECB's XML and CSV (daily and historical), and plain rows for a group's own rates. */
export const RATE_FORMATS = ['ecb-xml', 'ecb-csv', 'csv'] as const;

export type RateFormat = (typeof RATE_FORMATS)[number];

/** Rates of a file, or every reason why it is not taken; a file is taken whole or not at all. */
export type ReadRates = { ok: true; rates: ExchangeRate[] } | { ok: false; problems: string[] };

/** Columns of a plain file: type,date,base,currency,rate with a header, separated by commas or semicolons. */
const PLAIN_COLUMNS = ['type', 'date', 'base', 'currency', 'rate'] as const;

const RATE_TYPE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const ECB = { type: ECB_REFERENCE_RATES, base: 'EUR', source: 'European Central Bank' };
const MOST_PROBLEMS = 20;
/** The whole history of the ECB is a third of it. */
const MOST_RATES = 1_000_000;

/** Reads a file of rates. `source` is what a plain file is from, in words. */
export function readRateFile(format: RateFormat, text: string, source: string): ReadRates {
  const reader = new RateReader();
  if (format === 'ecb-xml') reader.ecbXml(text);
  else if (format === 'ecb-csv') reader.ecbCsv(text);
  else reader.plain(text, source);
  return reader.result();
}

class RateReader {
  private readonly rates = new Map<string, ExchangeRate>();
  private readonly problems: string[] = [];
  private readonly bases = new Map<string, string>();

  result(): ReadRates {
    if (this.problems.length === 0 && this.rates.size === 0) this.problems.push('the file holds no rate');
    return this.problems.length > 0
      ? { ok: false, problems: this.problems.slice(0, MOST_PROBLEMS) }
      : { ok: true, rates: [...this.rates.values()] };
  }

  ecbXml(text: string): void {
    let tree: XmlTree;
    try {
      tree = parseXml(text);
    } catch (error) {
      if (!(error instanceof InvalidXml)) throw error;
      this.problems.push(error.message);
      return;
    }
    const days = childrenOf(childrenOf(tree, 'Envelope')[0], 'Cube').flatMap((outer) => childrenOf(outer, 'Cube'));
    for (const day of days) {
      const date = textOf(day, '@time');
      for (const rate of childrenOf(day, 'Cube')) {
        this.add({ ...ECB, date, currency: textOf(rate, '@currency'), rate: textOf(rate, '@rate') }, `day ${date}`);
      }
    }
  }

  /** "Date, USD, …" over one line a day; the daily file says "06 February 2026", the historical one "2026-02-06" and "N/A". */
  ecbCsv(text: string): void {
    const [header = [], ...lines] = rowsOf(text, ',');
    const [first, ...currencies] = header;
    if (first !== 'Date') {
      this.problems.push('line 1: the first column of an ECB file is "Date"');
      return;
    }
    for (const [index, [day = '', ...rates]] of lines.entries()) {
      const date = isoDateOf(day);
      for (const [column, currency] of currencies.entries()) {
        const rate = rates[column] ?? '';
        if (currency === '' || rate === '' || rate === 'N/A') continue;
        this.add({ ...ECB, date, currency, rate }, `line ${index + 2}`);
      }
    }
  }

  plain(text: string, source: string): void {
    const separator = text.slice(0, text.indexOf('\n')).includes(';') ? ';' : ',';
    const [header = [], ...lines] = rowsOf(text, separator);
    const places = PLAIN_COLUMNS.map((name) => header.findIndex((cell) => cell.toLowerCase() === name));
    const absent = PLAIN_COLUMNS.filter((_, index) => places[index] === -1);
    if (absent.length > 0) {
      this.problems.push(`line 1: there is no column ${absent.join(', ')}`);
      return;
    }
    for (const [index, cells] of lines.entries()) {
      const [type = '', date = '', base = '', currency = '', rate = ''] = places.map((place) => cells[place] ?? '');
      this.add({ type, date, base, currency, rate, source }, `line ${index + 2}`);
    }
  }

  private add(rate: ExchangeRate, where: string): void {
    const identity = `${rate.type}/${rate.currency}/${rate.date}`;
    const known = this.rates.get(identity);
    const base = this.bases.get(rate.type) ?? rate.base;
    const problem =
      this.rates.size >= MOST_RATES
        ? `a file holds at most ${MOST_RATES} rates`
        : !RATE_TYPE.test(rate.type)
          ? `type "${rate.type}" is not in kebab-case, such as "group-month-end"`
          : !parseLocalDate(rate.date).ok
            ? `"${rate.date}" is not a date such as "2026-09-30"`
            : // The ECB's history has currencies that are none any more, such as the Cyprus pound; the code is what counts.
              !/^[A-Z]{3}$/.test(rate.currency) || minorDigitsOf(rate.base) === undefined
              ? `"${rate.currency}" or "${rate.base}" is not a currency code`
              : !isRate(rate.rate)
                ? `rate "${rate.rate}" of ${rate.currency} is not a decimal number above zero`
                : rate.currency === rate.base
                  ? `${rate.base} has no rate to itself`
                  : base !== rate.base
                    ? `the rates of type ${rate.type} have the bases ${base} and ${rate.base}`
                    : known !== undefined && known.rate !== rate.rate
                      ? `${rate.currency} has two rates of ${rate.date}`
                      : null;
    if (problem === null) {
      this.rates.set(identity, rate);
      this.bases.set(rate.type, rate.base);
    } else if (this.problems.length < MOST_PROBLEMS) {
      this.problems.push(`${where}: ${problem}`);
    }
  }
}

/** Cells are codes, dates and numbers, so none holds the separator. */
function rowsOf(text: string, separator: string): string[][] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')));
}

function isoDateOf(day: string): string {
  const [, dayOfMonth, monthName = '', year] = /^(\d{1,2}) ([A-Za-z]+) (\d{4})$/.exec(day) ?? [];
  const month = MONTHS.indexOf(monthName) + 1;
  return dayOfMonth === undefined || month === 0
    ? day
    : `${year}-${String(month).padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`;
}

function childrenOf(node: XmlNode | undefined, name: string): XmlNode[] {
  if (node === undefined || typeof node === 'string' || Array.isArray(node)) return [];
  const child = node[name];
  if (child === undefined) return [];
  return Array.isArray(child) ? child : [child];
}

function textOf(node: XmlNode, name: string): string {
  const value = typeof node === 'string' || Array.isArray(node) ? undefined : node[name];
  return typeof value === 'string' ? value : '';
}
