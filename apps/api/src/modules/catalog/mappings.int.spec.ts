import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CODE_MAPPINGS } from '@throughline/ingest';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { actsOnRecord } from '../../testing/catalog-audit.js';
import { shippedMappings } from './shipped-mappings.js';

type Mapping = {
  name: string;
  activeVersion: number;
  isShipped: boolean;
  definition: string;
  versions: {
    version: number;
    state: string;
    createdBy: { email: string } | null;
    approvedBy: { email: string } | null;
  }[];
};
type Result = { mapping: Mapping; code: string; message: string; problems: string[] };

const MAPPING = `name title sourceKinds activeVersion isShipped definition rules { name when types ignore }
  versions { version state note createdBy { email } approvedBy { email } approvedAt definition fault } signalsUnmapped`;
const RESULT = `... on MappingSaved { mapping { ${MAPPING} } } ... on CatalogFailure { code message problems }`;

const OWN = `name: acme-erp
version: 1
title: Acme ERP
sourceKinds: [acme-erp]
identity: id
type: type
occurredAt: $instant(at)
rules:
  - name: heartbeat
    when: |
      type = 'heartbeat'
    ignore: tells nothing of finance
  - name: posted
    when: |
      type = 'posted'
    activities: |
      { "type": "invoice.posted", "objects": [{ "type": "invoice", "keys": [{ "kind": "invoice-number", "value": number }] }] }
`;

describe('mappings', () => {
  let api: ApiHarness;
  let engineer: Client;
  let colleague: Client;
  let approver: Client;
  const shippedVersion = shippedMappings().get('stripe')?.pack.version ?? 0;
  const shippedText = shippedMappings().get('stripe')?.yaml ?? '';

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'engineer@acme.example', 'engineer');
    await api.addPerson(api.test.tenantId, 'engineer2@acme.example', 'engineer');
    await api.addPerson(api.test.tenantId, 'approver@acme.example', 'approver');
    engineer = await api.signIn('engineer@acme.example');
    colleague = await api.signIn('engineer2@acme.example');
    approver = await api.signIn('approver@acme.example');
  });
  afterAll(() => api.close());

  const save = async (name: string, definition: string, note = 'as agreed'): Promise<Result> =>
    (
      await engineer.ask<{ saveMapping: Result }>(
        `mutation ($name: String!, $definition: String!, $note: String!) {
           saveMapping(name: $name, definition: $definition, note: $note) { ${RESULT} } }`,
        { name, definition, note },
      )
    ).saveMapping;
  const act = async (client: Client, mutation: 'approveMapping' | 'retireMapping', name: string, version: number) =>
    (
      await client.ask<Record<string, Result>>(
        `mutation ($name: String!, $version: Int!) { ${mutation}(name: $name, version: $version) { ${RESULT} } }`,
        { name, version },
      )
    )[mutation];

  it('are the shipped ones to begin with', async () => {
    const { mappings, mapping } = await engineer.ask<{
      mappings: { totalCount: number; edges: { node: Mapping }[]; pageInfo: { hasNextPage: boolean } };
      mapping: Mapping;
    }>(
      `{ mappings(first: 2) { totalCount edges { node { name } } pageInfo { hasNextPage } } mapping(name: "stripe") { ${MAPPING} } }`,
    );
    const names = [...shippedMappings().keys(), ...CODE_MAPPINGS.map(({ name }) => name)].sort();
    expect(mappings.totalCount).toBe(names.length);
    expect(mappings.edges.map(({ node }) => node.name)).toEqual(names.slice(0, 2));
    expect(mapping).toMatchObject({
      isShipped: true,
      activeVersion: shippedVersion,
      definition: shippedText,
      versions: [],
    });
  });

  it('in code are listed with what they read, and take no definition', async () => {
    expect(
      await engineer.ask(
        '{ mapping(name: "files") { title reads isInCode isShipped definition versions { version } } }',
      ),
    ).toEqual({
      mapping: {
        title: 'Bank and other files',
        reads: 'camt, pain, MT940, MT942, BAI2 and CSV, record by record',
        isInCode: true,
        isShipped: true,
        definition: '',
        versions: [],
      },
    });
    const own = shippedText.replace(/^name: stripe/m, 'name: files');
    expect(await save('files', own)).toMatchObject({
      code: 'INVALID',
      problems: [expect.stringMatching(/^name: files is a mapping of the program itself/)],
    });
  });

  it('are changed by a draft, put in force by another person, and go back to what they replaced', async () => {
    const next = shippedVersion + 1;
    const saved = await save('stripe', shippedText);
    expect(saved.mapping).toMatchObject({
      activeVersion: shippedVersion,
      versions: [{ version: next, state: 'draft', createdBy: { email: 'engineer@acme.example' }, approvedBy: null }],
    });
    expect(saved.mapping.versions[0]).toMatchObject({
      definition: shippedText.replace(/^version: \d+/m, `version: ${next}`),
    });
    expect(await act(engineer, 'approveMapping', 'stripe', next)).toMatchObject({ code: 'SAME_PERSON' });
    expect((await act(approver, 'approveMapping', 'stripe', next))?.mapping).toMatchObject({
      activeVersion: next,
      versions: [{ version: next, state: 'active', approvedBy: { email: 'approver@acme.example' } }],
    });
    expect(await act(colleague, 'approveMapping', 'stripe', next)).toMatchObject({ code: 'CONFLICT' });
    await save('stripe', shippedText);
    await act(colleague, 'approveMapping', 'stripe', next + 1);
    expect((await act(engineer, 'retireMapping', 'stripe', next + 1))?.mapping).toMatchObject({ activeVersion: next });
    expect((await act(engineer, 'retireMapping', 'stripe', next))?.mapping).toMatchObject({
      activeVersion: shippedVersion,
      definition: shippedText,
    });
    expect(await act(engineer, 'retireMapping', 'stripe', next)).toMatchObject({ code: 'CONFLICT' });
    expect(await act(engineer, 'retireMapping', 'stripe', 999)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await act(approver, 'approveMapping', 'stripe', 999)).toMatchObject({ code: 'NOT_FOUND' });
    expect((await save('stripe', shippedText)).mapping.versions[0]).toMatchObject({ version: next + 2 });
    expect(await actsOnRecord(api, 'mapping.approved')).toEqual([
      expect.objectContaining({ before: { activeVersion: shippedVersion }, after: { activeVersion: next } }),
      expect.objectContaining({ before: { activeVersion: next }, after: { activeVersion: next + 1 } }),
    ]);
    expect((await actsOnRecord(api, 'mapping.retired')).map(({ after }) => after)).toEqual([
      { version: next + 1, state: 'retired', activeVersion: next },
      { version: next, state: 'retired', activeVersion: shippedVersion },
    ]);
  });

  it("may be a tenant's own", async () => {
    const saved = await save('acme-erp', OWN);
    expect(saved.mapping).toMatchObject({
      isShipped: false,
      activeVersion: 0,
      rules: [
        { name: 'heartbeat', ignore: 'tells nothing of finance' },
        { name: 'posted', ignore: null },
      ],
    });
    expect((await act(approver, 'approveMapping', 'acme-erp', 1))?.mapping.activeVersion).toBe(1);
  });

  it('leave to the shipped one how messages are taken in, also when it has changed since the draft', async () => {
    const changed = shippedText.replace(/^identity: \|\n(?: {2}.*\n)+/m, 'identity: id\n');
    const failure = await save('stripe', changed);
    expect(failure).toMatchObject({
      code: 'INVALID',
      problems: [expect.stringMatching(/^identity: belongs to the shipped/)],
    });
    const elsewhere = changed.replace('name: stripe', 'name: own-stripe').replace(/^type: \|\n.*\n/m, 'type: kind\n');
    expect((await save('own-stripe', elsewhere)).problems).toEqual([
      expect.stringMatching(/^identity: .*\(stripe\)$/),
      expect.stringMatching(/^type: belongs to the shipped mapping: .* choose rules by "when" instead \(stripe\)$/),
      'sourceKinds: stripe is mapped by stripe',
    ]);
    const { versions } = (await save('stripe', shippedText)).mapping;
    const draft = versions[0]?.version ?? 0;
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query(`update mapping_version set definition = $3 where tenant_id = $1 and name = 'stripe' and version = $2`, [
        tx.tenantId,
        draft,
        changed.replace(/^version: \d+/m, `version: ${draft}`),
      ]),
    );
    expect(await act(approver, 'approveMapping', 'stripe', draft)).toMatchObject({
      code: 'INVALID',
      problems: [expect.stringMatching(/^identity: belongs to the shipped/)],
    });
  });

  it('are refused with every place and reason', async () => {
    const broken = OWN.replace('name: acme-erp', 'name: other')
      .replace("type = 'heartbeat'", "type = 'heartbeat")
      .replace('identity: id', 'identity: $match(id, /x/)');
    const failure = await save('acme-erp', broken);
    expect(failure.code).toBe('INVALID');
    expect(failure.problems).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^identity: .*regular expressions/),
        expect.stringMatching(/^rules\.heartbeat\.when: /),
      ]),
    );
    expect((await save('acme-erp', OWN.replace('name: acme-erp', 'name: other'))).problems).toEqual([
      'name: is "other", must be "acme-erp"',
    ]);
    expect((await save('acme-erp', 'rules: [')).code).toBe('INVALID');
    expect((await save('Acme', OWN)).problems).toEqual([expect.stringContaining('name: must be words')]);
    expect((await save('acme-two', OWN.replace('name: acme-erp', 'name: acme-two'))).problems).toEqual([
      'sourceKinds: acme-erp is mapped by acme-erp',
    ]);
    expect((await save('acme-erp', 'x'.repeat(200_001))).problems).toEqual([
      'definition: is longer than 200000 characters',
    ]);
  });
});
