import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { TextFilter } from '@throughline/lineage';
import { EXCEPTION_TABLE, type ExportedException } from './exception-table.js';
import { readExportRequest } from './export-request.js';
import { statementLines, type StatedExport } from './export-statement.js';
import { csvText, workbook, type ExportText } from './export-text.js';

const AT = new Date('2026-09-30T08:00:00Z');

function exported(over: Partial<ExportedException> = {}): ExportedException {
  return {
    ...{
      exceptionId: 'e1',
      groupId: 'g1',
      objectId: 'o1',
      firstObjectId: 'o1',
      hop: 'contract-to-order',
      signature: 's',
    },
    ...{ taxonomy: 'platform.unclassified', title: 'It failed', message: 'm', integration: 'contract-to-order' },
    ...{ state: 'OPEN' as const, resolution: null, duplicateOf: null, stateBeforeDuplicate: null },
    ...{
      isDuplicateByHand: false,
      ownerId: null,
      occurrences: 2,
      openedAt: AT,
      lastOccurredAt: AT,
      lastActivityId: null,
    },
    ...{ resolvedAt: null, version: 1, objectType: 'sales-order', objectKey: 'O-1', legalEntity: 'DE01' },
    ...{
      counterparty: 'Bremen, Werft',
      amount: '1234.5',
      currency: 'EUR',
      direction: 'inflow',
      queue: 'platform' as const,
    },
    ...{ isQueueStated: false, priorityPoints: 10, priorityBand: 'P2' as const, statedBand: null, statedReason: null },
    ...{ statedBy: null, statedAt: null, reportingMinor: '123450', isMoneyUnknown: false, nextDueAt: null },
    ...{
      nextDueStep: null,
      missedDueAt: null,
      missedDueStep: null,
      blocks: 0,
      statutory: null,
      ownerName: null,
      region: 'EMEA',
    },
    ...over,
  } as ExportedException;
}

const STATED: StatedExport = {
  exportId: 'x1',
  view: 'Month end',
  filter: [{ what: 'Queues', values: 'platform, tax' }],
  orderedBy: 'amount, the largest first',
  asOf: AT,
  exportedBy: '=Anna',
  rows: 2,
  totals: [{ currency: 'EUR', inflow: '1234.50', outflow: '0.00', count: 2 }],
  reporting: { inflow: '1234.50', outflow: '0.00', withoutFigure: 0 },
  rowsHash: '',
};

function textOf(rows: readonly (readonly ExportedException[])[], shown: TextFilter = (words) => words) {
  const hashes: string[] = [];
  async function* pages() {
    yield* rows;
  }
  const text: ExportText = {
    pages: pages(),
    shown,
    written: { rows: 0 },
    stated: (rowsHash) => {
      hashes.push(rowsHash);
      return statementLines({ ...STATED, rowsHash });
    },
  };
  return { text, hashes };
}

async function written(pieces: AsyncIterable<string | Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(Buffer.from(piece));
  return Buffer.concat(all);
}

const csvOf = async (rows: readonly (readonly ExportedException[])[], isMarked = false) => {
  const { text, hashes } = textOf(rows);
  return { csv: (await written(csvText(text, isMarked))).toString('utf8'), hash: hashes[0], text };
};

const ROWS = [[exported()], [exported({ exceptionId: 'e2', title: '=HYPERLINK("x")', amount: '-0.000001' })]];

describe('an export of exceptions', () => {
  it('states the hash of its heading and rows, whatever stands around them', async () => {
    const { csv, hash, text } = await csvOf(ROWS);
    const marked = await csvOf(ROWS, true);
    const rows = csv.slice(0, csv.indexOf('# '));
    expect(createHash('sha256').update(rows, 'utf8').digest('hex')).toBe(hash);
    expect(marked.hash).toBe(hash);
    expect(marked.csv).toBe(`\uFEFF${csv.replace(hash!, marked.hash!)}`);
    expect(csv).toContain(`# SHA-256 of the rows,${hash}`);
    expect(text.written.rows).toBe(2);
  });

  it('is another one as soon as anything in a row is', async () => {
    const { hash } = await csvOf(ROWS);
    const other = await csvOf([
      [exported()],
      [exported({ exceptionId: 'e2', title: '=HYPERLINK("x")', amount: '-0.00000' })],
    ]);
    expect(other.hash).not.toBe(hash);
    // pages are how it is read, not what it says
    expect((await csvOf([ROWS.flat()])).hash).toBe(hash);
  });

  it('holds amounts as they are and no formula, in as many fields on every line', async () => {
    const { csv } = await csvOf(ROWS);
    const lines = csv.split('\r\n').slice(0, -1);
    expect(lines[1]).toContain(',"Bremen, Werft",DE01,1234.5,EUR,inflow,1234.50,2026-09-30T08:00:00.000Z,');
    expect(lines[2]).toContain(`,"'=HYPERLINK(""x"")",`);
    expect(lines[2]).toContain(',-0.000001,EUR,');
    expect(csv).toContain(`# Exported by,'=Anna,`);
    const fields = (line: string) => line.replace(/"(?:[^"]|"")*"/g, '').split(',').length;
    expect(new Set(lines.map(fields))).toEqual(new Set([EXCEPTION_TABLE.columns.length]));
  });

  it('says what it is: view, filters, order, moment, who, rows and totals', async () => {
    const { csv } = await csvOf(ROWS);
    const said = csv
      .split('\r\n')
      .filter((line) => line.startsWith('# '))
      .map((line) => line.replace(/,+$/, ''));
    expect(said.slice(0, 12)).toEqual([
      '# Export,x1',
      '# View,Month end',
      '# Filter: Queues,"platform, tax"',
      '# Order,"amount, the largest first"',
      '# As of (UTC),2026-09-30T08:00:00.000Z',
      `# Exported by,'=Anna`,
      '# Rows,2',
      '# Inflow at risk in EUR,1234.50',
      '# Outflow at risk in EUR,0.00',
      '# Rows with an amount in EUR,2',
      '# All inflow at risk in EUR,1234.50',
      '# All outflow at risk in EUR,0.00',
    ]);
  });

  it('has in a workbook the hash that it has as CSV, and shows no more than the viewer may see', async () => {
    const { text, hashes } = textOf(ROWS);
    const file = await written(workbook(text));
    expect(hashes).toEqual([(await csvOf(ROWS)).hash]);
    expect(file.subarray(0, 2).toString()).toBe('PK');
    for (const path of ['xl/worksheets/sheet1.xml', 'xl/worksheets/sheet2.xml', 'xl/workbook.xml']) {
      expect(file.includes(path)).toBe(true);
    }
    const masked = textOf(ROWS, (words) => words.replace('O-1', '…'));
    expect((await written(csvText(masked.text, false))).includes('O-1')).toBe(false);
  });

  it.each([
    ['a view', { view: 'mine' }, { of: { viewId: 'mine' } }],
    ['a filter', { filter: '{"text":"O-1"}', bom: '1' }, { isMarked: true, of: { filter: { text: 'O-1' } } }],
    ['everything', {}, { isMarked: false, of: { filter: {}, orderBy: 'PRIORITY_DESC' } }],
  ])('is asked for by %s', (_name, query, request) => {
    expect(readExportRequest('csv', query)).toMatchObject(request);
  });

  it.each([
    ['another parameter', { colour: 'red' }, 'colour is no parameter'],
    ['a view beside a filter', { view: 'mine', filter: '{}' }, 'cannot stand beside'],
    ['a view that is none', { view: 'everything' }, 'view must be an id'],
    ['what is no JSON', { filter: '{' }, 'as JSON'],
    ['a list', { filter: '[]' }, 'as JSON'],
    ['a filter twice', { filter: ['{}', '{}'] }, 'filter may be given once'],
    ['another order', { orderBy: 'NAME' }, 'orderBy must be one of PRIORITY_DESC'],
  ])('is refused for %s', (_name, query, message) => {
    expect(() => readExportRequest('xlsx', query)).toThrow(message);
  });
});
