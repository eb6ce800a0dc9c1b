import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createFileDecoder, CsvLayouts, fileRecordKey } from '@throughline/ingest';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { actsOnRecord } from '../../testing/catalog-audit.js';
import { allCsvLayouts } from '../catalog/index.js';
import { requestRemapping } from './pipeline/remapping/remapping.repository.js';
import { PipelineBench } from './pipeline/testing/pipeline-bench.js';
import { storeRawSignals } from './pipeline/testing/store-raw-signals.js';

const LAYOUT = `name: erp-invoices-de
version: 1
title: Invoices of the German ERP
delimiter: ';'
decimal: comma
date: DD.MM.YYYY
columns:
  - { name: Nr, field: no }
  - { name: Datum, field: day, form: date }
  - { name: Brutto, field: gross, form: amount }
activity:
  type: invoice.created
  occurredAt: day
  objects:
    - type: invoice
      keys: [{ kind: invoice-number, field: no }]
      attributes: { gross: gross }
`;
const FILE = 'Nr;Datum;Brutto\nR-1;30.09.2026;1.190,00\nR-2;01.10.2026;238,00\n';

type Saved = {
  layout: { name: string; version: number; columns: string[]; versions: { note: string; createdByName: string }[] };
  code: string;
  message: string;
  problems: string[];
};

describe('a CSV layout of a tenant', () => {
  let api: ApiHarness;
  let engineer: Client;
  let bench: PipelineBench;

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'engineer@acme.example', 'engineer');
    engineer = await api.signIn('engineer@acme.example');
    bench = new PipelineBench(api.test.database, api.test.tenantId);
  });
  afterAll(() => api.close());

  const save = async (definition: string, basedOn: number, name = 'erp-invoices-de'): Promise<Saved> =>
    (
      await engineer.ask<{ saveCsvLayout: Saved }>(
        `mutation ($name: String!, $basedOn: Int!, $definition: String!) {
           saveCsvLayout(name: $name, basedOn: $basedOn, definition: $definition, note: "as agreed") {
             ... on CsvLayoutSaved { layout { name version columns versions { note createdByName } } }
             ... on CatalogFailure { code message problems } } }`,
        { name, basedOn, definition },
      )
    ).saveCsvLayout;
  const activities = () =>
    bench.inTenant((tx) =>
      tx.query<{ type: string; value: string }>(
        `select type, objects #>> '{0,aliases,0,value}' as value from activity where tenant_id = $1 order by 2`,
        [tx.tenantId],
      ),
    );

  it('is declared, with a version, and everything that is wrong is named', async () => {
    expect(await save(LAYOUT.replace('field: no }', 'field: day }'), 0)).toMatchObject({
      code: 'INVALID',
      problems: [expect.stringMatching(/^activity: no column has the field no/), 'columns: two have the field day'],
    });
    expect(await save(LAYOUT, 0)).toEqual({
      layout: {
        name: 'erp-invoices-de',
        version: 1,
        columns: ['Nr', 'Datum', 'Brutto'],
        versions: [{ note: 'as agreed', createdByName: expect.any(String) }],
      },
    });
    expect(await save(LAYOUT, 0)).toMatchObject({ code: 'CONFLICT', message: 'There is a layout erp-invoices-de' });
    expect(await actsOnRecord(api, 'csv-layout.saved')).toMatchObject([{ after: { version: 1 }, note: 'as agreed' }]);
    const { csvLayouts } = await engineer.ask<{
      csvLayouts: { totalCount: number; edges: { node: { name: string; isShipped: boolean } }[] };
    }>('{ csvLayouts(first: 10) { totalCount edges { node { name isShipped } } } }');
    expect(csvLayouts.totalCount).toBe(4);
    expect(csvLayouts.edges.map(({ node }) => node)).toContainEqual({ name: 'erp-invoices-de', isShipped: false });
  });

  it('reads the rows of a file, and what was mended in it holds once they are mapped again', async () => {
    await bench.inTenant(async (tx) => {
      const layout = new CsvLayouts(await allCsvLayouts(tx)).inForce('erp-invoices-de');
      const decoder = createFileDecoder('csv', layout);
      const records = [...decoder.write(Buffer.from(FILE)), ...decoder.end().records];
      await storeRawSignals(
        tx,
        records.map(({ no, type, externalId, body }) => ({
          kind: 'file-record' as const,
          scopedKey: fileRecordKey('f', no),
          sourceSystem: 'erp',
          type,
          externalId,
          occurredAt: '2026-10-01T08:00:00.000Z',
          body,
        })),
      );
    });
    await bench.settle();
    expect(await activities()).toEqual([
      { type: 'invoice.created', value: 'R-1' },
      { type: 'invoice.created', value: 'R-2' },
    ]);
    expect((await save(LAYOUT.replace('invoice.created', 'invoice.posted'), 1)).layout.version).toBe(2);
    await bench.inTenant((tx) =>
      requestRemapping(tx, {
        selection: { mapping: { name: 'files' } },
        reason: 'mended',
        requestedBy: null,
        requestedAt: new Date(),
      }),
    );
    await bench.remapWith(100);
    await bench.settle();
    expect((await activities()).map(({ type }) => type)).toEqual(['invoice.posted', 'invoice.posted']);
  });
});
