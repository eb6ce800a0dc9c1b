import { request as httpRequest, type IncomingMessage } from 'node:http';
import { inflateRawSync } from 'node:zlib';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NIL_UUID } from '@throughline/canonical';
import { readLineageEvents } from '@throughline/ingest';
import type { Tx } from '@throughline/persistence';
import { DatabaseGate } from '../../../graphql/database-gate.js';
import { ClosableOperation } from '../../../graphql/operation.js';
import { ROLES, permissionsOf, type Role } from '../../identity/index.js';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import {
  insertActivity,
  insertLink,
  insertObject,
  insertOpenException,
  insertTransaction,
  testObjectId,
} from '../../../testing/projection-rows.js';

import { WorkflowClocks } from '../workflow-clocks.js';
import { readExportRequest, type ExportFormat } from './export-request.js';
import { TransactionExports } from './transaction-exports.js';

const NOW = new Date('2026-09-04T12:00:00Z');
const IBAN = 'DE89370400440532013000';

describe('exports of transactions', () => {
  let api: ApiHarness;
  const clients = new Map<Role, Client>();
  let first = '';

  beforeAll(async () => {
    api = await startApi({ clock: () => NOW });
    for (const role of ROLES) {
      await api.addPerson(api.test.tenantId, `${role}@acme.example`, role);
      clients.set(role, await api.signIn(`${role}@acme.example`));
    }
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      first = await fill(tx);
    });
  });
  afterAll(() => api.close());

  const get = (path: string, role: Role | null = 'analyst') =>
    api.server.app.inject({
      method: 'GET',
      url: `/exports/${path}`,
      headers: role === null ? {} : { cookie: clients.get(role)?.cookie ?? '' },
    });
  const acts = () =>
    api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query<{ action: string; actor_name: string; details: Record<string, unknown>; subject_id: string }>(
        `select action, actor_name, details, subject_id from audit_record
         where tenant_id = $1 and subject_type = 'export' order by at, action desc`,
        [tx.tenantId],
      ),
    );

  it.each(ROLES.map((role) => [role, permissionsOf([role]).has('transaction.read') ? 200 : 403] as const))(
    'are for who may read transactions: %s %d',
    async (role, status) => {
      expect((await get('transactions.csv', role)).statusCode).toBe(status);
    },
  );

  it.each([
    ['nobody', 'transactions.csv', null, 401, 'UNAUTHENTICATED', 'Sign in first'],
    ['another file', 'payloads.csv', 'analyst', 404, 'NOT_FOUND', 'There is no export payloads.csv'],
    [
      'no transaction',
      'transactions.csv?id=00000000-0000-4000-8000-000000000001',
      'analyst',
      404,
      'NOT_FOUND',
      'no such',
    ],
    [
      'a wrong filter',
      'transactions.csv?filter={"states":["GONE"]}',
      'analyst',
      400,
      'INVALID_INPUT',
      'filter.states.0',
    ],
    [
      'a filter of another list',
      'transactions.csv?filter={"state":"LATE"}',
      'analyst',
      400,
      'INVALID_INPUT',
      '"state"',
    ],
  ] as const)('are refused with the reason: %s', async (_name, path, role, status, code, message) => {
    const response = await get(path, role);
    expect([response.statusCode, response.json()]).toEqual([
      status,
      { code, message: expect.stringContaining(message) as unknown },
    ]);
  });

  it('hold one line a transaction, latest first, with where it stands', async () => {
    const response = await get('transactions.csv');
    expect(response.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="transactions-20260904T1200Z.csv"',
      'cache-control': 'no-store',
    });
    const [head, ...lines] = response.body.split('\r\n');
    expect(head).toMatch(/^Transaction id,Workflow,Anchor type,Anchor,State,/);
    expect(lines.slice(0, 2)).toEqual([
      `${first},order-to-cash,contract,'=C-1,LATE,DE01,"Bremen, Werft",100.5,EUR,2026-09-01T10:00:00.000Z,2026-09-03T10:00:00.000Z,,1,2,payment-applied,2026-09-04T11:00:00.000Z`,
      expect.stringContaining(',C-2,BLOCKED,'),
    ]);
    expect(lines.at(-1)).toBe('');
    expect(lines).toHaveLength(4);
  });

  it.each([
    ['the filter of the list', 'filter={"states":["LATE"]}', ['=C-1']],
    ['a text filter', 'filter={"text":"c-2"}', ['C-2']],
    ['one transaction', '', ['=C-1']],
    ['from a time on', 'from=2026-09-02T10:00:00Z', ['=C-1', 'C-2']],
    ['before a time', 'to=2026-09-02T10:00:00Z', ['C-3']],
    ['between times of the start', 'orderBy=STARTED_DESC&from=2026-08-01T00:00:00Z&to=2026-09-01T00:00:00Z', ['C-3']],
  ])('hold what %s chooses', async (_name, query, keys) => {
    const { body } = await get(`transactions.csv?${query === '' ? `id=${first}` : query}`);
    expect(
      body
        .split('\r\n')
        .slice(1, -1)
        .map((line) => line.split(',')[3]?.replace(/^'/, '')),
    ).toEqual(keys);
  });

  it('hold milestones, objects and links as tables of their own', async () => {
    const tables = ['milestones', 'objects', 'links'].map(async (table) => {
      const { body } = await get(`transactions.csv?id=${first}&table=${table}&bom=1`);
      expect(body.startsWith('\uFEFFTransaction id,')).toBe(true);
      return body.split('\r\n').slice(1, -1);
    });
    const [milestones, objects, links] = await Promise.all(tables);
    expect(milestones?.[1]).toBe(
      `${first},order-to-cash,'=C-1,payment-applied,payment-applied,,,OVERDUE,service,,2026-09-04T11:00:00.000Z,`,
    );
    expect(objects?.map((line) => line.split(',').slice(2, 6).join(' '))).toEqual([
      "contract '=C-1 member 0",
      'invoice INV-1 member 1',
      'bank-statement BS-1 hub 2',
    ]);
    expect(links).toEqual([expect.stringMatching(/,bills,[^,]+,,$/), expect.stringMatching(/,lists,[^,]+,,$/)]);
  });

  it('are a workbook with a sheet a table', async () => {
    const response = await get('transactions.xlsx');
    expect(response.headers['x-throughline-transactions']).toBe('3');
    const files = unzipped(response.rawPayload);
    expect([...files.keys()]).toEqual([
      'xl/worksheets/sheet1.xml',
      'xl/worksheets/sheet2.xml',
      'xl/worksheets/sheet3.xml',
      'xl/worksheets/sheet4.xml',
      '[Content_Types].xml',
      '_rels/.rels',
      'xl/workbook.xml',
      'xl/_rels/workbook.xml.rels',
      'xl/styles.xml',
    ]);
    expect(files.get('xl/worksheets/sheet1.xml')?.match(/<row>/g)).toHaveLength(4);
    expect(files.get('xl/worksheets/sheet1.xml')).toContain('<v>100.5</v>');
    expect(files.get('xl/worksheets/sheet1.xml')).not.toContain('<f>');
    expect(files.get('xl/workbook.xml')).toContain('name="Milestones"');
  });

  it('are an OCEL log in which each activity and each object stands once', async () => {
    const log = (await get('transactions.ocel.json')).json<{
      events: { id: string; type: string; relationships: { objectId: string; qualifier: string }[] }[];
      objects: { id: string; type: string; relationships: unknown[] }[];
    }>();
    expect(log.events.map(({ type }) => type).sort()).toEqual([
      'contract.approved',
      'invoice.posted',
      'payment.rejected',
    ]);
    const invoice = testObjectId('invoice', 'INV-1');
    expect(
      log.events
        .find(({ type }) => type === 'invoice.posted')
        ?.relationships.map(({ objectId }) => objectId)
        .sort(),
    ).toEqual([invoice, testObjectId('invoice', 'INV-2'), testObjectId('customer', 'CU-1')].sort());
    expect(log.objects.map(({ type }) => type).sort()).toEqual([
      'bank-statement',
      'contract',
      'contract',
      'contract',
      'customer',
      'invoice',
      'invoice',
    ]);
    expect(log.objects.find(({ id }) => id === invoice)?.relationships).toEqual(
      [
        { objectId: testObjectId('contract', '=C-1'), qualifier: 'bills' },
        { objectId: testObjectId('customer', 'CU-1'), qualifier: 'billed-to' },
      ].sort((left, right) => (left.objectId < right.objectId ? -1 : 1)),
    );
  });

  it('are OpenLineage events that the receiver takes', async () => {
    const { body } = await get('transactions.openlineage.ndjson');
    const lines = body.trimEnd().split('\n');
    const { events, rejected } = readLineageEvents(Buffer.from(`[${lines.join(',')}]`));
    expect(rejected).toEqual([]);
    expect(events.map(({ event }) => (event.form === 'run' ? event.eventType : '')).sort()).toEqual([
      'COMPLETE',
      'COMPLETE',
      'FAIL',
      'START',
      'START',
      'START',
    ]);
  });

  it('show account numbers to those alone who may see them', async () => {
    for (const file of [
      'transactions.ocel.json',
      'transactions.openlineage.ndjson',
      'transactions.csv?table=objects',
    ]) {
      expect((await get(file, 'analyst')).body).not.toContain(IBAN);
    }
    expect((await get('transactions.ocel.json', 'approver')).body).toContain(IBAN);
  });

  it('are evidence: who took what, and how many rows', async () => {
    const response = await get('transactions.csv?filter={"states":["LATE"]}', 'auditor');
    const own = (await acts()).filter(({ subject_id }) => subject_id === response.headers['x-throughline-export']);
    expect(own.map(({ action, actor_name }) => [action, actor_name]).sort()).toEqual([
      ['transactions.export-started', 'Test auditor'],
      ['transactions.exported', 'Test auditor'],
    ]);
    expect(own.find(({ action }) => action === 'transactions.exported')?.details).toMatchObject({
      format: 'csv',
      table: 'transactions',
      filter: { states: ['LATE'] },
      rows: { transactions: 1 },
    });
  });

  it('hold no more than their limit, and say how to ask for less', async () => {
    const { database, tenantId } = api.test;
    const permissions = permissionsOf(['analyst']);
    const viewer = {
      tenantId,
      personId: NIL_UUID,
      displayName: 'Ana',
      email: 'ana@acme.example',
      roles: [],
      permissions,
    };
    const operation = new ClosableOperation(DatabaseGate.of(database), { viewer }, () => NOW, undefined);
    const exports = new TransactionExports({
      database: () => database,
      clocks: () => api.server.app.get(WorkflowClocks),
      schema: () => api.server.app.get(GraphQLSchemaHost).schema,
      most: 2,
    });
    const asked = (format: ExportFormat, filter = '') =>
      exports.start(operation, readExportRequest(format, { filter }));
    await expect(asked('xlsx')).rejects.toThrow('More than 2 transactions match. Narrow the filter');
    expect((await asked('xlsx', '{"states":["LATE"]}')).counted).toEqual({ transactions: 1 });
    expect((await asked('csv')).counted).toEqual({});
    await operation.close();
  });

  describe('over a connection', () => {
    beforeAll(() => api.test.database.withTenant(api.test.tenantId, (tx) => insertMany(tx, 6_000)));

    async function open(): Promise<IncomingMessage> {
      const port = await api.listen();
      const headers = { cookie: clients.get('analyst')?.cookie ?? '' };
      return new Promise((resolve, reject) => {
        httpRequest({ port, path: '/exports/transactions.csv', headers }, resolve).on('error', reject).end();
      });
    }
    async function actsOf(response: IncomingMessage) {
      const exportId = String(response.headers['x-throughline-export']);
      return (await acts()).filter(({ subject_id }) => subject_id === exportId);
    }

    it('end with the client that goes away, and say so', async () => {
      const response = await open();
      response.destroy();
      let own = await actsOf(response);
      while (own.length < 2) own = await actsOf(response);
      const broken = own.find(({ action }) => action === 'transactions.export-broken-off');
      // the client took nothing, so not all of it was read either
      expect((broken?.details as { rows: { transactions: number } }).rows.transactions).toBeLessThan(6_003);
    });

    it('are three at once; the next one is told to come again', async () => {
      const waiting = await Promise.all([open(), open(), open()]);
      const refused = await open();
      expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '15']);
      refused.resume();
      for (const response of waiting) {
        expect(response.statusCode).toBe(200);
        response.destroy();
      }
      let next = await open();
      while (next.statusCode === 429) {
        next.resume();
        next = await open();
      }
      let lines = 0;
      for await (const piece of next) lines += String(piece).split('\r\n').length - 1;
      expect(lines).toBe(6_004);
    });
  });
});

/** Three transactions: one late, one blocked, one completed; a statement and an activity that two of them share. */
async function fill(tx: Tx): Promise<string> {
  const c1 = await insertObject(tx, { type: 'contract', value: '=C-1', legalEntity: 'DE01' });
  const c2 = await insertObject(tx, { type: 'contract', value: 'C-2' });
  const c3 = await insertObject(tx, { type: 'contract', value: 'C-3' });
  const i1 = await insertObject(tx, { type: 'invoice', value: 'INV-1', counterparty: `Pay to ${IBAN}` });
  const i2 = await insertObject(tx, { type: 'invoice', value: 'INV-2' });
  const statement = await insertObject(tx, { type: 'bank-statement', value: 'BS-1' });
  const customer = await insertObject(tx, { type: 'customer', value: 'CU-1' });
  await insertLink(tx, c1, i1, 'bills');
  await insertLink(tx, c2, i2, 'bills');
  await insertLink(tx, i1, statement, 'lists');
  await insertLink(tx, customer, i1, 'billed-to');
  await tx.query(`update object_link set is_context = true where tenant_id = $1 and qualifier = 'billed-to'`, [
    tx.tenantId,
  ]);
  const late = await insertTransaction(tx, {
    objectIds: [c1, i1],
    hubIds: [statement],
    legalEntity: 'DE01',
    counterparty: 'Bremen, Werft',
    lastOccurredAt: '2026-09-03T10:00:00Z',
    milestones: [
      { name: 'contract-approved', reachedAt: '2026-09-01T10:00:00Z' },
      { name: 'payment-applied', ruleKind: 'service', dueAt: '2026-09-04T11:00:00Z' },
    ],
  });
  await insertTransaction(tx, { objectIds: [c2, i2], lastOccurredAt: '2026-09-02T10:00:00Z' });
  await insertOpenException(tx, i2, 's4hana-billing');
  await insertTransaction(tx, {
    objectIds: [c3],
    progress: 'completed',
    startedAt: '2026-08-20T10:00:00Z',
    lastOccurredAt: '2026-08-25T10:00:00Z',
  });
  await insertActivity(tx, { type: 'contract.approved', occurredAt: '2026-09-01T10:00:00Z', objectIds: [c1] });
  await insertActivity(tx, {
    type: 'invoice.posted',
    occurredAt: '2026-09-02T10:00:00Z',
    objectIds: [i1, i2, customer],
  });
  await insertActivity(tx, {
    type: 'payment.rejected',
    occurredAt: '2026-09-02T11:00:00Z',
    objectIds: [i1],
    message: `account ${IBAN} is closed`,
  });
  // of the hub itself: it reached no milestone, so it is none of theirs
  await insertActivity(tx, {
    type: 'bank-statement.received',
    occurredAt: '2026-09-02T12:00:00Z',
    objectIds: [statement],
  });
  return late;
}

async function insertMany(tx: Tx, count: number): Promise<void> {
  await tx.query(
    `insert into business_transaction (tenant_id, transaction_id, workflow, anchor_object_id, progress, counterparty, started_at, last_occurred_at)
     select $1, md5('many' || n)::uuid, 'order-to-cash', md5('many' || n)::uuid, 'completed', repeat('Customer ', 200), '2026-01-01', '2026-01-01'
     from generate_series(1, $2::int) n`,
    [tx.tenantId, count],
  );
}

/** The files of an archive, by its directory. */
function unzipped(archive: Buffer): Map<string, string> {
  const end = archive.length - 22;
  expect(archive.readUInt32LE(end)).toBe(0x06054b50);
  const files = new Map<string, string>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [packed, size, name, offset] = [20, 24]
      .map((place) => archive.readUInt32LE(at + place))
      .concat(archive.readUInt16LE(at + 28), archive.readUInt32LE(at + 42)) as [number, number, number, number];
    const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
    const text = inflateRawSync(archive.subarray(start, start + packed));
    expect(text).toHaveLength(size);
    files.set(archive.toString('utf8', at + 46, at + 46 + name), text.toString('utf8'));
    at += 46 + name;
  }
  return files;
}
