import { createHash } from 'node:crypto';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DatabaseGate } from '../../../graphql/database-gate.js';
import { ClosableOperation } from '../../../graphql/operation.js';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { at, storyObject, tell } from '../../../testing/story-facts.js';
import { permissionsOf, ROLES, type Role } from '../../identity/index.js';
import { createExceptionsConsumer } from '../exceptions.events.js';
import { ExceptionExports } from './exception-exports.js';
import { exportPages } from './export-rows.repository.js';
import { readExportRequest } from './export-request.js';
import { readStoredFilter } from '../views/read-stored-filter.js';

const ORDERS = ['O-1', 'O-2', 'O-3', 'O-4', 'O-5'].map((key) => storyObject('sales-order', key));
const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');

let api: ApiHarness;
const clients = new Map<Role, Client>();

beforeAll(async () => {
  let asked = 0;
  api = await startApi({ clock: () => new Date(at(30).getTime() + (asked += 1)) });
  const { database, tenantId } = api.test;
  for (const role of ROLES) {
    await api.addPerson(tenantId, `${role}@test.example`, role);
    clients.set(role, await api.signIn(`${role}@test.example`));
  }
  await tell(database, tenantId, async (facts) => {
    for (const [place, order] of ORDERS.entries()) {
      await facts.object(order, place === 4 ? null : `${100 + place}.50`);
      await facts.problem(order);
    }
  });
  const payload = { objectIds: ORDERS.map(({ objectId }) => objectId), transactionIds: [] };
  await database.withTenant(tenantId, (tx) =>
    createExceptionsConsumer({ clock: () => at(10) }).handle(tx, {
      deliveryId: '1',
      topic: 'lineage.projected',
      payload,
    }),
  );
});

afterAll(() => api.close());

const get = (path: string, role: Role | null = 'analyst') =>
  api.server.app.inject({
    method: 'GET',
    url: `/exports/${path}`,
    headers: role === null ? {} : { cookie: clients.get(role)?.cookie ?? '' },
  });
const rowsOf = (csv: string) => csv.slice(0, csv.indexOf('# '));
const proofsOf = async (hash: string, role: Role = 'auditor') =>
  (
    await clients
      .get(role)!
      .ask<{ verifyExport: Record<string, unknown>[] }>(
        `{ verifyExport(hash: "${hash}") { exportId proves exportedByName format view filter rows rowsSha256 fileSha256 } }`,
      )
  ).verifyExport;

describe('exports of exceptions', () => {
  it.each([
    ...ROLES.map((role) => [role, permissionsOf([role]).has('exception.read') ? 200 : 403] as const),
    [null, 401],
  ])('are for who may read exceptions: %s %d', async (role, status) => {
    expect((await get('exceptions.csv', role)).statusCode).toBe(status);
  });

  it('hold what the filter lets through, and are proved by the hash of the file and of its rows', async () => {
    const response = await get('exceptions.csv?filter={"text":"O-1"}&orderBy=MONEY_DESC');
    expect(response.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'x-throughline-exceptions': '1',
    });
    const lines = response.body.split('\r\n');
    expect(lines[1]).toContain(',O-1,Bremen Werft,DE01,100.50,EUR,inflow,100.50,');
    expect(response.body).toContain('# Filter: Text,O-1,');
    expect(response.body).toContain('# Exported by,Test analyst,');
    expect(response.body).toContain('# All inflow at risk in EUR,100.50,');
    const [file, rows] = [sha256(response.body), sha256(rowsOf(response.body))];
    const told = { exportedByName: 'Test analyst', format: 'csv', rows: 1, filter: ['Text: O-1'] };
    expect(await proofsOf(file)).toEqual([expect.objectContaining({ ...told, proves: 'file', rowsSha256: rows })]);
    expect(await proofsOf(rows.toUpperCase())).toEqual([expect.objectContaining({ ...told, proves: 'rows' })]);
    expect(await proofsOf(sha256(response.body.replace('100.50', '900.50')))).toEqual([]);
    expect(
      (await clients.get('analyst')!.send(`{ verifyExport(hash: "${file}") { rows } }`)).errors?.[0]?.extensions.code,
    ).toBe('FORBIDDEN');
  });

  it('prove nothing by an index that the record does not bear out', async () => {
    const rows = sha256(rowsOf((await get('exceptions.csv?filter={"text":"O-2"}')).body));
    const [{ exportId }] = (await proofsOf(rows)) as [{ exportId: string }];
    const forged = sha256('another file');
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query(`insert into export_proof (tenant_id, hash, of, export_id) values ($1, $2, 'file', $3)`, [
        tx.tenantId,
        forged,
        exportId,
      ]),
    );
    expect(await proofsOf(forged)).toEqual([]);
  });

  it('give a view by its id, the same rows in both formats, and keep on record who took what', async () => {
    const { result } = await clients.get('analyst')!.ask<{ result: { view: { id: string } } }>(`mutation {
      result: saveExceptionView(view: { name: "Orders", filter: { queues: ["master-data"] }, orderBy: OPENED_ASC }) {
        ... on ExceptionViewChanged { view { id } } } }`);
    const { id } = result.view;
    const csv = await get(`exceptions.csv?view=${id}&bom=1`);
    const xlsx = await get(`exceptions.xlsx?view=${id}`);
    expect(csv.body.startsWith('\uFEFFException id,State,')).toBe(true);
    expect(csv.body).toContain('# View,Orders,');
    expect(csv.body).toContain('# Rows,5,');
    const found = await proofsOf(sha256(rowsOf(csv.body).slice(1)));
    expect(found.map(({ format, view }) => [format, view])).toEqual([
      ['xlsx', 'Orders'],
      ['csv', 'Orders'],
    ]);
    expect(await proofsOf(sha256(xlsx.rawPayload))).toEqual([
      expect.objectContaining({ proves: 'file', format: 'xlsx' }),
    ]);
    expect((await get(`exceptions.csv?view=${id}`, 'approver')).statusCode).toBe(404);
    expect((await get('exceptions.csv?view=unassigned', 'approver')).statusCode).toBe(200);
    expect((await get('exceptions.csv?filter={"queues":["none"]}')).json()).toMatchObject({ code: 'INVALID_INPUT' });
    const acts = await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query<{ action: string }>(
        `select action from audit_record where tenant_id = $1 and subject_type = 'export' and details ->> 'view' = 'Orders' order by at`,
        [tx.tenantId],
      ),
    );
    expect(acts.map(({ action }) => action)).toEqual([
      'exceptions.export-started',
      'exceptions.exported',
      'exceptions.export-started',
      'exceptions.exported',
    ]);
  });

  it('are as of one moment, page after page, and refuse what is too much', async () => {
    const viewer = {
      personId: '00000000-0000-4000-8000-000000000002',
      displayName: 'Test analyst',
      tenantId: api.test.tenantId,
      permissions: permissionsOf(['analyst']),
    };
    const { schema } = api.server.app.get(GraphQLSchemaHost);
    const operation = new ClosableOperation(
      DatabaseGate.of(api.test.database),
      { viewer } as ConstructorParameters<typeof ClosableOperation>[1],
      () => at(40),
      undefined,
    );
    const exports = new ExceptionExports({ database: () => api.test.database, schema: () => schema, most: 4 });
    await expect(exports.start(operation, readExportRequest('csv', {}))).rejects.toThrow(
      'More than 4 exceptions match',
    );
    const everything = readStoredFilter({ schema, viewerId: viewer.personId, now: at(40) }, {});
    const keys: string[] = [];
    for await (const page of exportPages(await operation.read(), everything, 'MONEY_DESC', 2)) {
      keys.push(...page.map(({ objectKey, state }) => `${objectKey} ${state}`));
      await api.test.database.withTenant(api.test.tenantId, (tx) =>
        tx.query(`update exception set state = 'RESOLVED', reporting_minor = 1 where tenant_id = $1`, [tx.tenantId]),
      );
    }
    expect(keys).toEqual(['O-4 OPEN', 'O-3 OPEN', 'O-2 OPEN', 'O-1 OPEN', 'O-5 OPEN']);
    await operation.close();
  });
});
