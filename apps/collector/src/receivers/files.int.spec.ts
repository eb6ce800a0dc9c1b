import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startCollectorHarness, type CollectorHarness } from '../testing/collector-harness.js';
import { post, type Answer } from '../testing/signals.js';

const FIXTURES = new URL('../../../../libs/ingest/fixtures/files/', import.meta.url);
const fixture = (path: string): Buffer => readFileSync(new URL(path, FIXTURES));
const camt = (id: string, closing = '27.00'): string => `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>${id}</MsgId><CreDtTm>2026-09-30T06:00:00Z</CreDtTm></GrpHdr>
<Stmt><Id>S-${id}</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">18.15</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-09-28</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${closing}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-09-29</Dt></Dt></Bal>
<Ntry><Amt Ccy="EUR">8.85</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><AcctSvcrRef>R-${id}</AcctSvcrRef></Ntry>
</Stmt></BkToCstmrStmt></Document>`;

const OWN_LAYOUT = `name: stock-list
version: 1
title: Stock list
columns: [{ name: No, field: no }]
activity: { type: product.created, occurredAt: receivedAt, objects: [{ type: product, keys: [{ kind: no, field: no }] }] }
`;

let harness: CollectorHarness;
beforeAll(async () => {
  harness = await startCollectorHarness();
  await harness.test.database.withTenant(harness.tenantId, async (tx) => {
    await tx.query(
      `insert into source_system (tenant_id, name, kind, title) values ($1, 'kyriba', 'kyriba', 'Kyriba')`,
      [harness.tenantId],
    );
    for (const [version, definition] of [OWN_LAYOUT, OWN_LAYOUT.replace('{ name: No', '{ name: Number')].entries())
      await tx.query(
        `insert into csv_layout (tenant_id, name, version, definition, note, created_by, created_by_name, created_at)
         values ($1, 'stock-list', $2, $3, '', gen_random_uuid(), '', now())`,
        [harness.tenantId, version + 1, definition],
      );
  });
});
afterAll(() => harness.close());

type Taken = { fileId: string; records: number; duplicate: boolean; controls: { checked: number; broken: number } };
const XML = { 'content-type': 'application/xml' };
const send = (path: string, body: string | Buffer, headers: Record<string, string> = XML): Promise<Answer> =>
  post(`${harness.httpUrl}/v1/files/${path}`, body, headers);
const count = async (sql: string, ...params: unknown[]): Promise<number> =>
  Number((await harness.rows<{ count: string }>(sql, ...params))[0]!.count);
const ofFile = (fileId: string): Promise<number> =>
  count('select count(*) from signal where tenant_id = $1 and file_id = $2', fileId);

describe('a file that is taken', () => {
  it('is stored with all its records, its header and its control totals, and announced to the worker', async () => {
    const answer = await send('camt.053?source=kyriba&name=stmt.xml', camt('one'));
    expect(answer.status).toBe(200);
    const taken = answer.json<Taken>();
    expect(taken).toEqual({
      fileId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      records: 4,
      duplicate: false,
      controls: { checked: 1, broken: 0 },
    });
    const records = await harness.rows<{ record_no: number; type: string; scoped_key: string; source_system: string }>(
      'select record_no, type, scoped_key, source_system from signal where tenant_id = $1 and file_id = $2 order by record_no',
      taken.fileId,
    );
    expect(records.map(({ type }) => type)).toEqual([
      'camt.053.file',
      'camt.053.statement',
      'camt.053.balance',
      'camt.053.balance',
      'camt.053.entry',
    ]);
    expect(records[4]).toMatchObject({ scoped_key: `file:${taken.fileId}:4`, source_system: 'kyriba' });
    const [file] = await harness.rows(
      `select format, name, records, has_control_break, header->'messageIds' as ids, jsonb_array_length(controls) as controls
         from received_file where tenant_id = $1 and file_id = $2`,
      taken.fileId,
    );
    expect(file).toEqual({
      format: 'camt.053',
      name: 'stmt.xml',
      records: 4,
      has_control_break: false,
      ids: ['one'],
      controls: 1,
    });
    const work = `select count(*) from intake_batch b where b.tenant_id = $1 and b.kind = 'events' and exists
      (select from signal s where s.tenant_id = b.tenant_id and s.batch_id = b.batch_id and s.file_id = $2)`;
    expect(await count(work, taken.fileId)).toBeGreaterThan(0);
  });

  it('changes nothing when it is sent again, gzipped or side by side', async () => {
    const answers = await Promise.all([
      send('camt.053', camt('again')),
      send('camt.053', gzipSync(camt('again')), { ...XML, 'content-encoding': 'gzip' }),
      send('camt.053', gzipSync(camt('again')), { 'content-type': 'application/octet-stream' }),
    ]);
    const taken = answers.map((answer) => answer.json<Taken>());
    expect(new Set(taken.map(({ fileId }) => fileId)).size).toBe(1);
    expect(taken.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(await ofFile(taken[0]!.fileId)).toBe(5);
    const work = `select count(*) from received_file where tenant_id = $1 and header->'messageIds' = '["again"]'`;
    expect(await count(work)).toBe(1);
  });

  it('the same bytes of another source system are another file', async () => {
    const first = (await send('camt.053?source=kyriba', camt('two-sources'))).json<Taken>();
    const second = (await send('camt.053', camt('two-sources'))).json<Taken>();
    expect(second).toMatchObject({ duplicate: false });
    expect(second.fileId).not.toBe(first.fileId);
  });

  it('with a wrong control total is accepted, and says so', async () => {
    const taken = (await send('camt.053', camt('broken', '26.99'))).json<Taken>();
    expect(taken.controls).toEqual({ checked: 1, broken: 1 });
    const [file] = await harness.rows<{ controls: unknown[]; has_control_break: boolean }>(
      'select controls, has_control_break from received_file where tenant_id = $1 and file_id = $2',
      taken.fileId,
    );
    expect(file).toMatchObject({
      has_control_break: true,
      controls: [{ name: 'closing-balance', expected: '26.99', actual: '27.00', isMet: false, currency: 'EUR' }],
    });
  });

  it.each([
    ['mt940', 'bank-swift-mt940/mt940-postfinance-chf-page-continuation.sta', 'text/plain'],
    ['mt942', 'bank-swift-mt940/mt942-interim-report.sta', 'text/plain'],
    ['bai2', 'bank-bai2/bai2-usd-ach-settlement-oddly-wrapped.txt', 'text/plain'],
    ['pain.001', 'bank-iso20022/pain001-v03-iso-example-three-payments.xml', 'text/xml'],
    ['csv?layout=pigment-actuals', 'fpa-pigment/actuals-load.csv', 'text/csv'],
  ])('of format %s', async (path, name, contentType) => {
    const answer = await send(path, fixture(name), { 'content-type': contentType });
    const taken = answer.json<Taken>();
    expect(answer.status).toBe(200);
    expect(taken.records).toBeGreaterThan(1);
    expect(await ofFile(taken.fileId)).toBe(taken.records + 1);
  });

  it('is read by the latest version of a layout that the tenant declared', async () => {
    const csv = { 'content-type': 'text/csv' };
    const old = await send('csv?layout=stock-list', 'No\nP-1\n', csv);
    expect([old.status, old.json()['detail']]).toEqual([400, expect.stringContaining('expected "Number"')]);
    const { fileId } = (await send('csv?layout=stock-list', 'Number\nP-1\n', csv)).json<Taken>();
    const [row] = await harness.rows<{ body: string }>(
      `select convert_from(body, 'utf8') as body from signal where tenant_id = $1 and file_id = $2 and record_no = 1`,
      fileId,
    );
    expect(JSON.parse(row!.body)).toMatchObject({
      context: { layout: 'stock-list', layoutVersion: 2 },
      record: { Number: 'P-1' },
    });
  });

  it('of more records than one batch is visible in one commit', async () => {
    const rows = Array.from(
      { length: 5_000 },
      (_, index) => `L-1,V,DE10,CC-1,400000,2024-04,${index}.50,EUR,INV-${index}`,
    );
    const header = 'Load Id,Version,Legal Entity,Cost Center,Account,Period,Amount,Currency,Source Document';
    const sending = send('csv?layout=pigment-actuals', [header, ...rows].join('\n'), { 'content-type': 'text/csv' });
    const seen = new Set<number>();
    let isDone = false;
    void sending.then(() => (isDone = true));
    while (!isDone) seen.add(await count(`select count(*) from signal where tenant_id = $1 and type = 'csv.row'`));
    const { fileId } = (await sending).json<Taken>();
    expect(await ofFile(fileId)).toBe(5_001);
    expect([...seen].filter((number) => number > 10 && number < 5_000)).toEqual([]);
    const batches = await harness.rows<{ items: number }>(
      `select items from intake_batch b where b.tenant_id = $1 and exists
        (select from signal s where s.tenant_id = b.tenant_id and s.batch_id = b.batch_id and s.file_id = $2)`,
      fileId,
    );
    expect(Math.max(...batches.map(({ items }) => items))).toBeLessThanOrEqual(2_000);
    expect(batches.reduce((sum, { items }) => sum + items, 0)).toBe(5_001);
  });
});

describe('a file that is refused', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><Document>&b;</Document>`;
  const external = `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><Document>&a;</Document>`;
  const csv = { 'content-type': 'text/csv' };
  // What its header says is repeated in each of its records.
  const swollen = `01,A,B,250930,1200,1,,,2/\n02,B,${'A'.repeat(900_000)},1,250930,,EUR,/\n03,123,EUR,/\n${'16,475,1,,,,/\n'.repeat(20_000)}`;

  it.each<[string, string, string | Buffer, Record<string, string>, number, RegExp]>([
    ['without a key', 'camt.053', camt('x'), { ...XML, authorization: '' }, 401, /ingest key/],
    ['of an unknown format', 'camt.060', '<a/>', XML, 404, /known are camt.052, camt.053.*csv/],
    ['of an unknown source', 'camt.053?source=nobody', camt('x'), XML, 400, /"nobody".*not configured/],
    ['of a wrong media type', 'camt.053', '{}', { 'content-type': 'application/json' }, 415, /application\/xml/],
    ['as a form', 'mt940', 'x', { 'content-type': 'multipart/form-data; boundary=b' }, 415, /itself as the body/],
    ['CSV without a layout', 'csv', 'a,b', csv, 400, /needs \?layout=; known are bank-entries/],
    ['CSV of an unknown layout', 'csv?layout=mine', 'a,b', csv, 400, /no CSV layout "mine"/],
    [
      'CSV with other columns',
      'csv?layout=bank-entries',
      'Account,Sum\n1,2',
      csv,
      400,
      /expected "Account".*found "Account", "Sum".*line 1/,
    ],
    ['of another message', 'camt.054', camt('x'), XML, 400, /is a camt.053 message, sent as camt.054/],
    ['cut off', 'camt.053', camt('x').slice(0, -30), XML, 400, /line \d+, column \d+/],
    ['an entity bomb', 'camt.053', bomb, XML, 400, /document type/],
    ['an external entity', 'camt.053', external, XML, 400, /document type/],
    ['no file at all', 'camt.053', '', XML, 400, /line 1|no camt.053/],
    ['broken gzip', 'camt.053', gzipSync(camt('x')).subarray(0, 200), XML, 400, /gzip/],
    ['gzip within gzip', 'camt.053', gzipSync(gzipSync(camt('x'))), XML, 400, /gzip within gzip/],
    ['a zip archive', 'camt.053', Buffer.from('PK\u0003\u0004 and more'), XML, 400, /zip archive/],
    ['a small file that becomes a large one', 'bai2', swollen, { 'content-type': 'text/plain' }, 400, /too much room/],
    [
      'a tag of very many attributes',
      'camt.053',
      `<Document ${Array.from({ length: 20_000 }, (_, index) => `a${index}="x"`).join(' ')}/>`,
      XML,
      400,
      /more than 10000 attributes in one element/,
    ],
    [
      'a gzip bomb',
      'mt940',
      gzipSync(Buffer.alloc(17 * 1024 * 1024, `${'x'.repeat(999)}\n`)),
      { 'content-type': 'text/plain' },
      413,
      /at most/,
    ],
    [
      'MT940 without its end',
      'mt940',
      ':20:A\n:25:1\n:28C:1\n:60F:C260101EUR1,\n',
      { 'content-type': 'text/plain' },
      400,
      /closing balance/,
    ],
  ])('%s', async (_what, path, body, headers, status, reason) => {
    const before = await count('select count(*) from signal where tenant_id = $1');
    const answer = await send(path, body, headers);
    expect({ status: answer.status, detail: answer.json()['detail'] }).toEqual({
      status,
      detail: expect.stringMatching(reason),
    });
    expect(answer.headers.get('content-type')).toMatch(/application\/problem\+json/);
    expect(await count('select count(*) from signal where tenant_id = $1')).toBe(before);
  });

  it('is counted, and a sample of it is kept', async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await send('bai2', '01,a\u0000', { 'content-type': 'text/plain' });
    const [sample] = await harness.rows<{ reason: string; protocol: string }>(
      'select reason, protocol from refused_input where tenant_id = $1 order by at desc limit 1',
    );
    expect(sample).toMatchObject({ protocol: 'file', reason: expect.stringMatching(/NUL/) });
    const metrics = await (await fetch(`${harness.httpUrl}/metrics`)).text();
    expect(metrics).toMatch(/throughline_intake_items_total\{protocol="file",outcome="refused",[^}]*\} [1-9]/);
    expect(metrics).toMatch(/throughline_intake_requests_total\{protocol="file",result="malformed",[^}]*\} [1-9]/);
  });
});
