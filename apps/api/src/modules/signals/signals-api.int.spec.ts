import { aliasId } from '@throughline/canonical';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTenant } from '@throughline/persistence/testing';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { countStatements } from '../../testing/count-statements.js';
import { walkPages, type PageOf } from '../../testing/walk-pages.js';
import { insertFile, insertSignal, type TestSignal } from './testing/insert-signal.js';

const OTHER_TENANT = '33333333-3333-4333-8333-333333333333';
const IBAN = 'DE89370400440532013000';
const INVOICE = { system: 'stripe', kind: 'invoice-number', scope: '', value: 'INV-1' };

type Signal = { id: string; state: string; raw: { text: string | null; isMasked: boolean } | null };
type Signals = { signals: PageOf<Signal> & { totalCount: number } };

describe('signals over the API', () => {
  let api: ApiHarness;
  let analyst: Client;
  let approver: Client;
  let auditor: Client;
  const now = new Date();
  const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    api = await startApi({ clock: () => now });
    for (const role of ['analyst', 'approver', 'auditor'] as const) {
      await api.addPerson(api.test.tenantId, `${role}@acme.example`, role);
    }
    analyst = await api.signIn('analyst@acme.example');
    approver = await api.signIn('approver@acme.example');
    auditor = await api.signIn('auditor@acme.example');
    await createTenant(api.test.ownerUrl, OTHER_TENANT);
    await api.addPerson(OTHER_TENANT, 'analyst@other.example', 'analyst');
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      const insert = async (name: string, signal: TestSignal) => {
        ids[name] = await insertSignal(tx, signal);
      };
      const mapping = { name: 'stripe', version: 1, rule: '' };
      await insert('mapped', {
        sourceSystem: 'stripe',
        receivedAt: minutesAgo(1),
        occurredAt: minutesAgo(3),
        body: { iban: IBAN, total: 100 },
        attributes: { note: `from ${IBAN}` },
      });
      await insert('ignored', {
        sourceSystem: 'stripe',
        type: 'ping',
        receivedAt: minutesAgo(2),
        outcome: 'ignored',
        note: { reason: 'tells nothing of finance', mapping: { ...mapping, rule: 'ping' } },
      });
      await insert('unmapped', {
        sourceSystem: 'netsuite',
        kind: 'cloud-event',
        type: 'com.netsuite.x',
        receivedAt: minutesAgo(3),
        outcome: 'unmapped',
        note: { code: 'no-rule', reason: `no rule takes ${IBAN}`, place: '/data', mapping },
      });
      await insert('pending', { receivedAt: minutesAgo(4), kind: 'openlineage', isPending: true, type: 'COMPLETE' });
      const fileId = await insertFile(tx, {
        name: `camt-${IBAN}.xml`,
        format: 'camt.053',
        receivedAt: minutesAgo(6),
        sourceSystem: 'bank',
        header: { accounts: [{ iban: IBAN, account: '50880050/0194787400888' }] },
        controls: [
          {
            name: 'closing balance',
            kind: 'balance',
            scope: `account ${IBAN}`,
            currency: 'EUR',
            expected: '10.00',
            actual: '9.00',
            isMet: false,
          },
          { name: 'entries', scope: '', expected: '2', actual: '2', isMet: true },
        ],
      });
      ids.file = fileId;
      await insertFile(tx, { name: 'a.csv', format: 'csv', receivedAt: minutesAgo(7) });
      await insert('record', {
        kind: 'file-record',
        type: 'camt.053.entry',
        receivedAt: minutesAgo(6),
        fileId,
        recordNo: 2,
        outcome: 'unmapped',
        note: { code: 'unreadable', reason: 'no date' },
      });
      await insert('bytes', { receivedAt: minutesAgo(8), kind: 'log', body: Buffer.from([0, 1, 2]), type: 'log' });
      const objects = [
        { type: 'invoice', qualifier: 'subject', aliases: [INVOICE], amount: { amount: '10.00', currency: 'EUR' } },
        {
          type: 'bank-account',
          qualifier: 'account',
          aliases: [{ system: 'stripe', kind: 'iban', scope: '', value: IBAN }],
        },
      ];
      await tx.query(
        `insert into activity (tenant_id, activity_id, type, occurred_at, outcome, system, integration, run_key, signal_kind,
                               signal_received_on, signal_id, objects, links, mapping_name, mapping_version, mapping_rule)
         select $1, gen_random_uuid(), 'invoice.posted', $2::timestamptz, 'success', 'stripe', 'billing', 'r', 'webhook',
                ($2::timestamptz at time zone 'utc')::date, $3, $4, '[]', 'stripe', 3, 'invoice-finalized' from generate_series(1, 120)`,
        [tx.tenantId, minutesAgo(1), ids.mapped, JSON.stringify(objects)],
      );
      await tx.query(
        `insert into object_alias (tenant_id, alias_id, object_id, system, kind, scope, value)
         values ($1, $2, $2, 'stripe', 'invoice-number', '', 'INV-1')`,
        [tx.tenantId, aliasId('invoice', INVOICE)],
      );
      await tx.query(
        `insert into refused_input (tenant_id, refused_id, at, protocol, reason, sample)
         values ($1, gen_random_uuid(), $2, 'webhook', $3, $4)`,
        [tx.tenantId, minutesAgo(1), `no JSON: ${IBAN}`, Buffer.from(`\u0000{"iban":"${IBAN}"`)],
      );
      await tx.query(
        `insert into ingest_usage (tenant_id, key_id, source_system, hour, items, refused, last_received_at)
         values ($1, gen_random_uuid(), 'stripe', date_trunc('day', $2::timestamptz at time zone 'utc') at time zone 'utc', 5, 2, $3)`,
        [tx.tenantId, now, minutesAgo(9)],
      );
    });
  });
  afterAll(() => api.close());

  const list = async (filter: string, client = analyst): Promise<string[]> => {
    const { signals } = await client.ask<Signals>(
      `{ signals(filter: { ${filter} }) { totalCount edges { node { id } } pageInfo { hasNextPage endCursor } } }`,
    );
    expect(signals.totalCount).toBe(signals.edges.length);
    return signals.edges.map(({ node }) => Object.keys(ids).find((name) => ids[name] === node.id) ?? '?');
  };

  it('are listed newest first, page by page, either way', async () => {
    const all = ['mapped', 'ignored', 'unmapped', 'pending', 'record', 'bytes'];
    expect(await list('')).toEqual(all);
    for (const orderBy of ['RECEIVED_DESC', 'RECEIVED_ASC']) {
      const walked = await walkPages<Signal>(
        async (after) =>
          (
            await analyst.ask<Signals>(
              `query ($after: String) { signals(first: 4, after: $after, orderBy: ${orderBy}) {
                 edges { node { id } } pageInfo { hasNextPage endCursor } } }`,
              { after },
            )
          ).signals,
      );
      const expected = all.map((name) => ids[name]);
      expect(walked.map(({ id }) => id)).toEqual(orderBy === 'RECEIVED_DESC' ? expected : expected.reverse());
    }
  });

  it.each([
    ['states: [UNMAPPED]', ['unmapped', 'record']],
    ['states: [PENDING, IGNORED]', ['ignored', 'pending']],
    ['states: [MAPPED]', ['mapped', 'bytes']],
    ['states: []', []],
    ['kinds: [CLOUD_EVENT, OPENLINEAGE]', ['unmapped', 'pending']],
    ['kinds: [SPAN]', []],
    ['sourceSystems: ["stripe"]', ['mapped', 'ignored']],
    ['types: ["ping", "log"]', ['ignored', 'bytes']],
    ['mapping: "stripe"', ['mapped', 'ignored', 'unmapped']],
    ['mapping: "stripe", states: [UNMAPPED]', ['unmapped']],
  ])('are narrowed by %s', async (filter, names) => {
    expect(await list(filter)).toEqual(names);
  });

  it('are narrowed by time and by file', async () => {
    const [from, to] = [minutesAgo(4).toISOString(), minutesAgo(2).toISOString()];
    expect(await list(`receivedFrom: "${from}", receivedTo: "${to}"`)).toEqual(['unmapped', 'pending']);
    expect(await list(`fileId: "${ids.file}"`)).toEqual(['record']);
  });

  it('tell what the mapping made of them, bank accounts masked', async () => {
    const query = `{ signal(id: "${ids.mapped}") { kind state type sourceSystem lagSeconds sizeBytes attributes raw { text isMasked isTruncated }
      mapping { name version rule } activities { type outcome integration mapping { rule }
        objects { type keys { kind value } objectId amount { amount currency } } } } }`;
    const { signal } = await analyst.ask<{ signal: Record<string, unknown> & { activities: unknown[] } }>(query);
    expect(signal).toMatchObject({
      kind: 'WEBHOOK',
      state: 'MAPPED',
      sourceSystem: 'stripe',
      lagSeconds: 120,
      attributes: { note: 'from DE••••3000' },
      mapping: { name: 'stripe', version: 3, rule: 'invoice-finalized' },
    });
    expect(signal.activities).toHaveLength(100);
    expect(signal.activities[0]).toEqual({
      type: 'invoice.posted',
      outcome: 'success',
      integration: 'billing',
      mapping: { rule: 'invoice-finalized' },
      objects: [
        {
          type: 'invoice',
          keys: [{ kind: 'invoice-number', value: 'INV-1' }],
          objectId: aliasId('invoice', INVOICE),
          amount: { amount: '10.00', currency: 'EUR' },
        },
        { type: 'bank-account', keys: [{ kind: 'iban', value: 'DE••••3000' }], objectId: null, amount: null },
      ],
    });
    expect(JSON.stringify(signal)).not.toContain(IBAN);
    const whole = await approver.ask<{ signal: { raw: unknown } }>(query);
    expect(whole.signal.raw).toEqual({
      text: JSON.stringify({ iban: IBAN, total: 100 }),
      isMasked: false,
      isTruncated: false,
    });
    const without = await auditor.ask<{ signal: { raw: unknown } }>(query);
    expect(without.signal.raw).toBeNull();
  });

  it('tell why they are not mapped', async () => {
    const { unmapped, ignored } = await analyst.ask<Record<string, unknown>>(
      `{ unmapped: signal(id: "${ids.unmapped}") { unmapped { code reason place mapping { name } } ignoredBecause mapping { name version } }
         ignored: signal(id: "${ids.ignored}") { unmapped { code } ignoredBecause mapping { rule } } }`,
    );
    expect(unmapped).toEqual({
      unmapped: { code: 'no-rule', reason: 'no rule takes DE••••3000', place: '/data', mapping: { name: 'stripe' } },
      ignoredBecause: null,
      mapping: { name: 'stripe', version: 1 },
    });
    expect(ignored).toEqual({ unmapped: null, ignoredBecause: 'tells nothing of finance', mapping: { rule: 'ping' } });
  });

  it('show bytes that are no text as such to whoever may see them whole', async () => {
    const query = `{ signal(id: "${ids.bytes}") { raw { text base64 isMasked } } }`;
    expect(await approver.ask(query)).toEqual({ signal: { raw: { text: null, base64: 'AAEC', isMasked: false } } });
    expect(await analyst.ask(query)).toEqual({
      signal: { raw: { text: '\\x00\\x01\\x02', base64: null, isMasked: false } },
    });
  });

  it('cost as many statements for six as for one', async () => {
    const statements = countStatements(api.test.database);
    const query = (
      first: number,
    ) => `{ signals(first: ${first}) { totalCount edges { node { id state raw { text } file { id unmappedRecords }
      mapping { name } activities { objects { objectId } } } } } }`;
    await analyst.ask(query(6));
    const ofSix = statements().length;
    await analyst.ask(query(1));
    expect(ofSix).toBeLessThanOrEqual(10);
    expect(statements().length - ofSix).toBeLessThanOrEqual(ofSix);
  });

  it('come in files with their controls', async () => {
    const { files, file } = await analyst.ask<{
      files: { totalCount: number; edges: { node: unknown }[] };
      file: unknown;
    }>(
      `{ files(filter: { formats: ["camt.053"], sourceSystems: ["bank"], hasControlBreak: true }) { totalCount edges { node {
           id name format sourceSystem layout sizeBytes records header controls { name kind scope currency expected actual isMet } hasControlBreak unmappedRecords } } }
         file(id: "${ids.file}") { id contentHash }
         record: signal(id: "${ids.record}") { recordNo file { id } } }`,
    );
    expect(files).toEqual({
      totalCount: 1,
      edges: [
        {
          node: {
            id: ids.file,
            name: 'camt-DE••••3000.xml',
            format: 'camt.053',
            sourceSystem: 'bank',
            layout: null,
            sizeBytes: 6_000_000_000,
            records: 2,
            header: { accounts: [{ iban: 'DE••••3000', account: '••••0888' }] },
            controls: [
              {
                name: 'closing balance',
                kind: 'balance',
                scope: 'account DE••••3000',
                currency: 'EUR',
                expected: '10.00',
                actual: '9.00',
                isMet: false,
              },
              { name: 'entries', kind: null, scope: '', currency: null, expected: '2', actual: '2', isMet: true },
            ],
            hasControlBreak: true,
            unmappedRecords: 1,
          },
        },
      ],
    });
    expect(file).toEqual({ id: ids.file, contentHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await analyst.ask('{ files { totalCount } }')).toEqual({ files: { totalCount: 2 } });
    expect(await analyst.ask('{ files(filter: { hasControlBreak: false }) { totalCount } }')).toEqual({
      files: { totalCount: 1 },
    });
  });

  it('that were refused leave a sample, for whoever may read payloads', async () => {
    const query = '{ refusedInputs { totalCount edges { node { protocol reason sample } } } }';
    const sampleOf = async (client: Client) =>
      (await client.ask<{ refusedInputs: { edges: { node: unknown }[] } }>(query)).refusedInputs.edges[0]?.node;
    expect(await sampleOf(analyst)).toEqual({
      protocol: 'webhook',
      reason: 'no JSON: DE••••3000',
      sample: '\\x00{"iban":"DE••••3000"',
    });
    expect(await sampleOf(approver)).toMatchObject({ sample: `\\x00{"iban":"${IBAN}"` });
    expect(await sampleOf(auditor)).toMatchObject({ sample: null });
  });

  it('are summed up', async () => {
    expect(
      await analyst.ask(
        '{ ingestSummary { receivedToday unmapped refusedToday pending oldestPendingAt lastReceivedAt } }',
      ),
    ).toEqual({
      ingestSummary: {
        receivedToday: 5,
        unmapped: 2,
        refusedToday: 2,
        pending: 1,
        oldestPendingAt: minutesAgo(4).toISOString(),
        lastReceivedAt: minutesAgo(1).toISOString(),
      },
    });
    expect(await analyst.ask('{ mapping(name: "stripe") { signalsUnmapped } }')).toEqual({
      mapping: { signalsUnmapped: 1 },
    });
  });

  it('of another tenant are not there', async () => {
    const other = await api.signIn('analyst@other.example');
    expect(
      await other.ask(
        `{ signals { totalCount } files { totalCount } refusedInputs { totalCount } signal(id: "${ids.mapped}") { id }
           file(id: "${ids.file}") { id } ingestSummary { unmapped pending lastReceivedAt } }`,
      ),
    ).toEqual({
      signals: { totalCount: 0 },
      files: { totalCount: 0 },
      refusedInputs: { totalCount: 0 },
      signal: null,
      file: null,
      ingestSummary: { unmapped: 0, pending: 0, lastReceivedAt: null },
    });
  });
});
