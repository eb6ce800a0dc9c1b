import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { type RateFormat, readRateFile } from './read-rate-file.js';

const fixture = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../fixtures/exchange-rates/${name}`, import.meta.url)), 'utf8');

const rates = (format: RateFormat, text: string, source = '') => {
  const read = readRateFile(format, text, source);
  return read.ok ? read.rates : read.problems;
};

describe("the ECB's own files", () => {
  it('XML of a day', () => {
    const read = rates('ecb-xml', fixture('ecb-daily.xml'));
    expect(read).toHaveLength(31);
    expect(read[0]).toEqual({
      type: 'ecb-reference',
      date: '2022-07-08',
      base: 'EUR',
      currency: 'USD',
      rate: '1.0163',
      source: 'European Central Bank',
    });
  });

  it('CSV of a day, with its date in words', () => {
    const read = rates('ecb-csv', fixture('ecb-daily.csv'));
    expect(read).toHaveLength(29);
    expect(read[3]).toMatchObject({ date: '2026-02-06', currency: 'DKK', rate: '7.4672' });
  });

  it('CSV of the history: what was not quoted that day is no rate', () => {
    const read = rates('ecb-csv', fixture('ecb-historical.csv'));
    // 41 columns, 11 of them "N/A" on each of 5 days
    expect(read).toHaveLength(150);
    expect(read.at(-1)).toMatchObject({ date: '2025-04-17', currency: 'ZAR', rate: '21.3927' });
  });
});

describe('a plain file of group rates', () => {
  it('has the columns in any order, and several types', () => {
    const text =
      'Currency;Date;Rate;Base;Type\r\nUSD;2026-10-31;1.1500;EUR;group-month-end\r\nUSD;2026-10-31;1.1620;EUR;average\r\n';
    expect(rates('csv', text, 'Group treasury')).toEqual([
      {
        type: 'group-month-end',
        date: '2026-10-31',
        base: 'EUR',
        currency: 'USD',
        rate: '1.1500',
        source: 'Group treasury',
      },
      { type: 'average', date: '2026-10-31', base: 'EUR', currency: 'USD', rate: '1.1620', source: 'Group treasury' },
    ]);
  });
});

describe('a file is taken whole or not at all, and says why', () => {
  const row = (line: string) => `type,date,base,currency,rate\n${line}\n`;
  it.each<[name: string, format: RateFormat, text: string, problem: string]>([
    [
      'decimal comma in XML',
      'ecb-xml',
      fixture('ecb-daily.xml').replace('1.0163', '1,0163'),
      'day 2022-07-08: rate "1,0163" of USD is not a decimal number above zero',
    ],
    ['broken XML', 'ecb-xml', '<Envelope><Cube>', 'unclosed tag: Cube (line 1, column 16)'],
    ['other XML', 'ecb-xml', '<Document/>', 'the file holds no rate'],
    ['not an ECB file', 'ecb-csv', 'USD,JPY\n1,2', 'line 1: the first column of an ECB file is "Date"'],
    [
      'a day that does not exist',
      'ecb-csv',
      'Date, USD, \n31 February 2026, 1.1, \n',
      'line 2: "2026-02-31" is not a date such as "2026-09-30"',
    ],
    ['no rates', 'ecb-csv', 'Date,USD\n', 'the file holds no rate'],
    ['a column missing', 'csv', 'type,date,rate\n', 'line 1: there is no column base, currency'],
    [
      'zero',
      'csv',
      row('average,2026-10-31,EUR,USD,0.00'),
      'line 2: rate "0.00" of USD is not a decimal number above zero',
    ],
    [
      'a type in words',
      'csv',
      row('Month End,2026-10-31,EUR,USD,1.1'),
      'line 2: type "Month End" is not in kebab-case, such as "group-month-end"',
    ],
    [
      'a currency that is none',
      'csv',
      row('average,2026-10-31,EUR,Dollar,1.1'),
      'line 2: "Dollar" or "EUR" is not a currency code',
    ],
    ['a currency to itself', 'csv', row('average,2026-10-31,EUR,EUR,1'), 'line 2: EUR has no rate to itself'],
    [
      'two bases',
      'csv',
      row('average,2026-10-31,EUR,USD,1.1\naverage,2026-10-31,GBP,JPY,190'),
      'line 3: the rates of type average have the bases EUR and GBP',
    ],
    [
      'two rates of a day',
      'csv',
      row('average,2026-10-31,EUR,USD,1.1\naverage,2026-10-31,EUR,USD,1.2'),
      'line 3: USD has two rates of 2026-10-31',
    ],
  ])('%s', (_name, format, text, problem) => {
    expect(rates(format, text)).toEqual([problem]);
  });

  it('names at most twenty problems', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `average,2026-10-31,EUR,USD,x${index}`).join('\n');
    expect(rates('csv', row(lines))).toHaveLength(20);
  });
});
