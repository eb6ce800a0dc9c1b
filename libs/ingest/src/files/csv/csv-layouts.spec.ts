import { describe, expect, it } from '@jest/globals';
import { CsvLayoutError, readCsvLayout } from './csv-layout.js';
import { CsvLayouts } from './csv-layouts.js';

const layout = (over: { version?: number; columns?: string; type?: string; more?: string } = {}): string =>
  `name: stock
version: ${over.version ?? 1}
title: Stock list
columns: ${over.columns ?? '[{ name: No, field: no }, { name: On, field: on, form: date }]'}
activity:
  type: ${over.type ?? 'product.created'}
  occurredAt: on
  objects: [{ type: product, keys: [{ kind: product-no, field: no }] }]
${over.more ?? ''}`;

const declared = (version: number, over: Parameters<typeof layout>[0] = {}) => ({
  name: 'stock',
  version,
  definition: layout({ version, ...over }),
});

describe('the layouts of a tenant', () => {
  const wider = '[{ name: No, field: no }, { name: On, field: on, form: date }, { name: More, field: more }]';
  const layouts = new CsvLayouts([
    declared(1),
    declared(3, { columns: wider }),
    declared(2, { type: 'product.changed' }),
    { name: 'broken', version: 1, definition: 'rows: [' },
  ]);

  it('stand beside the shipped ones, the latest version in force', () => {
    expect(layouts.names).toEqual(['bank-entries', 'erp-invoices', 'pigment-actuals', 'stock']);
    expect(layouts.inForce('stock')?.version).toBe(3);
    expect(layouts.inForce('erp-invoices')?.version).toBe(1);
    expect(layouts.inForce('broken')).toBeUndefined();
  });

  it.each<[taken: number, read: number | undefined]>([
    [1, 2],
    [2, 2],
    [3, 3],
    [4, undefined],
  ])('read a row that was taken by version %s by version %s', (taken, read) => {
    expect(layouts.ofRow('stock', taken)?.version).toBe(read);
  });
});

describe('a shipped layout', () => {
  it('reads the rows of its earlier versions, which are not kept', () => {
    expect(new CsvLayouts([]).ofRow('erp-invoices', 0)?.version).toBe(1);
  });

  it('gives way to the same version of a tenant that has its name', () => {
    const own = { name: 'erp-invoices', version: 1, definition: layout() };
    expect(new CsvLayouts([own]).inForce('erp-invoices')?.title).toBe('Stock list');
  });
});

describe('a layout that is wrong names everything that is wrong', () => {
  it.each<[string, string, string[]]>([
    ['no YAML', 'name: [', [expect.stringMatching(/^layout: is no YAML: /) as unknown as string]],
    ['no layout', '7', [expect.stringMatching(/^layout: /) as unknown as string]],
    [
      'a column twice',
      layout({ columns: '[{ name: No, field: no }, { name: no, field: no }, { name: On, field: on }]' }),
      ['columns: no stands there twice', 'columns: two have the field no'],
    ],
    [
      'unknown fields, dates and zones',
      layout({ columns: '[{ name: No, field: no }]', more: 'date: D.M.Y\nzone: Mars/Olympus\n' }),
      [
        'activity: no column has the field on',
        'date: must be one of YYYY-MM-DD, YYYY-MM, DD.MM.YYYY, MM/DD/YYYY, DD/MM/YYYY, YYMMDD',
        'zone: is no time zone such as Europe/Berlin',
      ],
    ],
  ])('%s', (_name, yaml, problems) => {
    let thrown: unknown;
    try {
      readCsvLayout(yaml, 'stock');
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(CsvLayoutError);
    expect(thrown).toMatchObject({ problems });
  });
});
