import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import Papa from 'papaparse';
import { csvHead, csvLine } from './csv-text.js';
import { decimalColumn, type ExportTable, instantColumn, textColumn, wholeColumn } from './export-table.js';
import { workbookParts } from './workbook-parts.js';
import { dayNumber, isExactNumber, sheetEnd, sheetHead, sheetRow, xmlText } from './worksheet-text.js';

type Row = { key: string | null; amount: string | null; at: Date | null; count: number };

const TABLE: ExportTable<Row> = {
  name: 'rows',
  title: 'Rows',
  columns: [
    textColumn('Key', (row) => row.key),
    decimalColumn('Amount', (row) => row.amount),
    instantColumn('At', (row) => row.at),
    wholeColumn('Count', (row) => row.count),
  ],
};
const asIs = (text: string) => text;
const row = (change: Partial<Row>): Row => ({ key: null, amount: null, at: null, count: 0, ...change });
const keyOf = (key: string) => csvLine(TABLE, row({ key }), asIs).slice(0, -',,,0\r\n'.length);

describe('CSV', () => {
  it('has headings, empty cells for nothing, and lines that end as RFC 4180 has it', () => {
    expect(csvHead(TABLE)).toBe('Key,Amount,At (UTC),Count\r\n');
    expect(csvLine(TABLE, row({}), asIs)).toBe(',,,0\r\n');
    expect(csvLine(TABLE, row({ key: 'a', amount: '1.50', at: new Date(0), count: 2 }), asIs)).toBe(
      'a,1.50,1970-01-01T00:00:00.000Z,2\r\n',
    );
  });

  it.each([
    ['=cmd|" /C calc"!A0', `"'=cmd|"" /C calc""!A0"`],
    ['+49 40 123', "'+49 40 123"],
    ['-5', "'-5"],
    ['@SUM(A1)', "'@SUM(A1)"],
    [' =1+1', "' =1+1"],
    ['\t=1', "'\t=1"],
    ['\r=1', `"'\r=1"`],
    ['＝1+1', "'＝1+1"],
    ['INV-1', 'INV-1'],
    ['00012', '00012'],
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['two\nlines', '"two\nlines"'],
    [' padded ', '" padded "'],
  ])('writes the text %j as %j', (text, written) => {
    expect(keyOf(text)).toBe(written);
  });

  it('leaves amounts as they are, also negative ones', () => {
    expect(csvLine(TABLE, row({ amount: '-1234567890123456789.00' }), asIs)).toBe(',-1234567890123456789.00,,0\r\n');
  });

  it('filters text, and text alone', () => {
    const line = csvLine(TABLE, row({ key: 'DE1', amount: '1' }), () => 'x');
    expect(line).toBe('x,1,,0\r\n');
  });

  it('is read back by another reader as it was, but for the apostrophe before a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 }), (keys) => {
        const text = csvHead(TABLE) + keys.map((key) => csvLine(TABLE, row({ key, amount: '-1' }), asIs)).join('');
        const { data, errors } = Papa.parse<string[]>(text.replace(/\r\n$/, ''), { newline: '\r\n' });
        expect(errors).toEqual([]);
        expect(data.slice(1).map(([key, amount]) => [key?.replace(/^'(?=[\s=+\-@＝＋－＠])/, ''), amount])).toEqual(
          keys.map((key) => [key.replace(/^'(?=[\s=+\-@＝＋－＠])/, ''), '-1']),
        );
        for (const [key = ''] of data.slice(1)) expect(key).not.toMatch(/^\s*[=+\-@]/);
      }),
    );
  });
});

describe('sheets', () => {
  it.each([
    ['1234.50', true],
    ['-0.01', true],
    ['0', true],
    ['123456789012345', true],
    ['1234567890123.45', true],
    ['12345678901234.56', false],
    ['1000000000000000000.00', true],
    ['0.000000000001', true],
    ['0.0000000000001', false],
    ['1e5', false],
    ['', false],
  ])('take %s for a number: %s', (text, isNumber) => {
    expect(isExactNumber(text)).toBe(isNumber);
  });

  it('take as numbers only what comes back with all its digits', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
        fc.integer({ min: 1, max: 8 }),
        (units, scale) => {
          const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
          const text = `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
          if (!isExactNumber(text)) return;
          // what a spreadsheet keeps: the double, shown with 15 digits
          const kept = BigInt(Number(Number(text).toPrecision(15)).toFixed(scale).replace('.', ''));
          expect(kept).toBe(units);
        },
      ),
    );
  });

  it.each([
    ['1970-01-01T00:00:00.000Z', '25569.000000000'],
    ['2026-09-30T12:00:00.000Z', '46295.500000000'],
    ['1900-03-01T00:00:00.000Z', '61.000000000'],
    ['1900-02-28T00:00:00.000Z', undefined],
    ['9999-12-31T23:59:59.999Z', '2958465.999999988'],
  ])('count %s as day %s', (instant, day) => {
    expect(dayNumber(instant)).toBe(day);
  });

  it('write amounts as numbers in a format of their decimals, instants as dates, keys of digits as text', () => {
    expect(sheetRow(TABLE, row({ key: '00012', amount: '-1234.50', at: new Date(0), count: 3 }), asIs)).toBe(
      '<row><c s="0" t="inlineStr"><is><t xml:space="preserve">00012</t></is></c><c s="5"><v>-1234.50</v></c>' +
        '<c s="2"><v>25569.000000000</v></c><c s="0"><v>3</v></c></row>\n',
    );
    expect(sheetRow(TABLE, row({ amount: '12345678901234567.89' }), asIs)).toContain(
      't="inlineStr"><is><t xml:space="preserve">12345678901234567.89<',
    );
  });

  it('write text that is none of theirs', () => {
    expect(xmlText('a<b & "c"\u0000\uD800 _x0041_')).toBe('a&lt;b &amp; &quot;c&quot;\uFFFD\uFFFD _x005F_x0041_');
    expect(sheetRow(TABLE, row({ key: '=1+1' }), asIs)).not.toContain('<f>');
  });

  it('stand in a workbook whose parts name each of them', () => {
    const parts = new Map(workbookParts(['Transactions', 'A & B']).map(({ path, text }) => [path, text]));
    expect(parts.get('xl/workbook.xml')).toContain('<sheet name="A &amp; B" sheetId="2" r:id="rId2"/>');
    expect(parts.get('[Content_Types].xml')).toContain('/xl/worksheets/sheet2.xml');
    expect(parts.get('xl/_rels/workbook.xml.rels')).toContain('Target="worksheets/sheet2.xml"');
    expect(sheetHead(TABLE) + sheetEnd()).toContain('At (UTC)');
  });
});
