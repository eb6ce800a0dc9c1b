import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startCollectorHarness, type CollectorHarness } from '../testing/collector-harness.js';
import { jsonEvent, jsonSpan, jsonTraces, post } from '../testing/signals.js';

let harness: CollectorHarness;
beforeAll(async () => {
  harness = await startCollectorHarness();
  await harness.rows(
    `insert into source_system (tenant_id, name, kind, title, is_active)
     values ($1, 'salesforce', 'salesforce', 'Salesforce', true), ($1, 'kyriba', 'kyriba', 'Kyriba', true),
            ($1, 'sap-us', 'sap-s4hana', 'SAP US', true), ($1, 'sap-de', 'sap-s4hana', 'SAP DE', true),
            ($1, 'retired', 'netsuite', 'Retired', false)`,
  );
});
afterAll(() => harness.close());

const send = (events: object[]) =>
  post(`${harness.httpUrl}/v1/events`, JSON.stringify(events), {
    'content-type': 'application/cloudevents-batch+json',
  });
const finance = (id: string, source: string, system = 'erp-of-nobody') =>
  jsonEvent({ id, source, data: { system, objects: [{ type: 'invoice', keys: [{ kind: 'number', value: id }] }] } });
const systemOf = async (id: string) => {
  const [row] = await harness.rows<{ source_system: string; source_kind: string }>(
    'select source_system, source_kind from signal where tenant_id = $1 and external_id = $2',
    id,
  );
  return [row!.source_system, row!.source_kind];
};
const usage = () =>
  harness.rows<{ source_system: string; items: string }>(
    `select source_system, sum(items) as items from ingest_usage where tenant_id = $1 and items > 0
     group by source_system order by source_system`,
  );

describe('what comes with a key that is bound to no source system', () => {
  it.each<[string, object, [string, string]]>([
    ['a part of the path of its source', finance('path', '/salesforce/production'), ['salesforce', 'salesforce']],
    ['a part of the host of its source', finance('host', 'https://kyriba.example.com/treasury'), ['kyriba', 'kyriba']],
    ['the system that its data names', finance('data', '/publisher/7', 'kyriba'), ['kyriba', 'kyriba']],
    ['nobody where the source names two', finance('two', '/kyriba/from/salesforce'), ['', '']],
    ['nobody where nothing is named', finance('none', '/publisher/7'), ['', '']],
    ['nobody where who is named is switched off', finance('off', '/retired/production'), ['', '']],
    [
      'of two of the kind of its type the one that its source names',
      jsonEvent({
        id: 'kind',
        type: 'sap.s4.beh.salesorder.v1.SalesOrder.Created.v1',
        source: '/sap-us/ER9CLNT001',
      }),
      ['sap-us', 'sap-s4hana'],
    ],
  ])('an event is of %s', async (_name, event, [name, kind]) => {
    expect((await send([event])).json()).toMatchObject({ accepted: 1, rejected: [] });
    expect(await systemOf((event as { id: string }).id)).toEqual([name, kind]);
  });

  it('is counted for each source system, and none of it twice', async () => {
    await harness.collector.flush();
    const before = new Map((await usage()).map((row) => [row.source_system, Number(row.items)]));
    const spans = [jsonSpan(), jsonSpan(), jsonSpan()];
    await post(`${harness.httpUrl}/v1/traces`, jsonTraces(spans, { 'service.name': 'kyriba' }));
    await post(`${harness.httpUrl}/v1/traces`, jsonTraces([jsonSpan()], { 'service.name': 'somebody' }));
    await send([finance('a', '/salesforce/x'), finance('b', '/salesforce/x'), finance('c', '/nobody'), { id: 'bad' }]);
    await harness.collector.flush();
    const after = await usage();
    const added = after.map((row) => [row.source_system, Number(row.items) - (before.get(row.source_system) ?? 0)]);
    expect(Object.fromEntries(added)).toMatchObject({ '': 3, kyriba: 3, salesforce: 2 });
  });
});
