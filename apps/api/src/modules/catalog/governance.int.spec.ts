import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { actsOnRecord } from '../../testing/catalog-audit.js';

type Failure = { code: string; problems: string[] };

describe('what signals must look like and what of them is kept', () => {
  let api: ApiHarness;
  let engineer: Client;

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'engineer@acme.example', 'engineer');
    engineer = await api.signIn('engineer@acme.example');
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query(`insert into source_system (tenant_id, name, kind, title) values ($1, 'd365', 'dynamics365', 'D365')`, [
        tx.tenantId,
      ]),
    );
  });
  afterAll(() => api.close());

  describe('contracts', () => {
    const register = async (schema: unknown, compatibility = 'backward', eventType = 'com.acme.order') =>
      (
        await engineer.ask<{ registerEventContract: Failure & { contract: { version: number; schema: unknown } } }>(
          `mutation ($eventType: String!, $schema: JSON!, $compatibility: String!) {
             registerEventContract(eventType: $eventType, schema: $schema, compatibility: $compatibility) {
               ... on EventContractSaved { contract { eventType version schema compatibility retiredAt } }
               ... on CatalogFailure { code message problems } } }`,
          { eventType, schema, compatibility },
        )
      ).registerEventContract;
    const order = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] };

    it('are registered version by version, each compatible with the one before it', async () => {
      expect((await register(order)).contract).toMatchObject({ version: 1, schema: order, compatibility: 'backward' });
      const wider = { ...order, properties: { ...order.properties, note: { type: 'string' } }, required: [] };
      expect((await register(wider)).contract.version).toBe(2);
      const narrower = { ...wider, required: ['id', 'note'] };
      const failure = await register(narrower);
      expect(failure.code).toBe('CONFLICT');
      expect(failure.problems.join()).toContain('required');
      expect((await register(narrower, 'none')).contract.version).toBe(3);
      const { eventContracts } = await engineer.ask<{ eventContracts: { totalCount: number } }>(
        '{ eventContracts { totalCount edges { node { eventType version createdAt } } } }',
      );
      expect(eventContracts.totalCount).toBe(3);
      expect((await actsOnRecord(api, 'event-contract.registered')).map(({ before }) => before)).toEqual([
        null,
        { version: 1 },
        { version: 2 },
      ]);
    });

    it.each([
      ['what is no schema', ['x'], 'backward', /^schema: /],
      ['a type that is none', { type: 'money' }, 'backward', /^schema: /],
      ['an unknown compatibility', { type: 'object' }, 'sideways', /^compatibility: /],
    ])('refuse %s', async (_name, schema, compatibility, problem) => {
      const failure = await register(schema, compatibility, 'com.acme.other');
      expect(failure.code).toBe('INVALID');
      expect(failure.problems[0]).toMatch(problem);
    });

    it('may be written into the document as well', async () => {
      const answer = await engineer.ask(
        `mutation { registerEventContract(eventType: "com.acme.literal", schema: { type: "object", required: ["a"], minProperties: 1,
           additionalProperties: true, maxProperties: 3 }) { ... on EventContractSaved { contract { schema compatibility } } } }`,
      );
      expect(answer).toEqual({
        registerEventContract: {
          contract: {
            schema: { type: 'object', required: ['a'], minProperties: 1, additionalProperties: true, maxProperties: 3 },
            compatibility: 'backward',
          },
        },
      });
    });
  });

  describe('redaction rules', () => {
    const save = async (args: string) =>
      (
        await engineer.ask<{ saveRedactionRule: Failure & { rule: { id: string; action: string } } }>(
          `mutation { saveRedactionRule(${args}) {
             ... on RedactionRuleSaved { rule { id sourceSystem signalKind path action note createdAt } }
             ... on CatalogFailure { code message problems } } }`,
        )
      ).saveRedactionRule;

    it('are stated, stated again, and taken away', async () => {
      const { rule } = await save(
        'sourceSystem: "d365", signalKind: "webhook", path: "/**/DownloadURL", action: "mask"',
      );
      const again = await save('sourceSystem: "d365", signalKind: "webhook", path: "/**/DownloadURL", action: "drop"');
      expect(again.rule).toMatchObject({ id: rule.id, action: 'drop' });
      expect(await engineer.ask('{ redactionRules { totalCount edges { node { path action } } } }')).toEqual({
        redactionRules: { totalCount: 1, edges: [{ node: { path: '/**/DownloadURL', action: 'drop' } }] },
      });
      const remove = () =>
        engineer.ask(
          `mutation { deleteRedactionRule(id: "${rule.id}") { ... on Dismissed { name } ... on CatalogFailure { code } } }`,
        );
      expect(await remove()).toEqual({ deleteRedactionRule: { name: '/**/DownloadURL' } });
      expect(await remove()).toEqual({ deleteRedactionRule: { code: 'NOT_FOUND' } });
      expect((await actsOnRecord(api, 'redaction-rule.saved')).map(({ before }) => before)).toEqual([
        null,
        { action: 'mask', note: '' },
      ]);
      expect(await actsOnRecord(api, 'redaction-rule.deleted')).toHaveLength(1);
    });

    it.each([
      ['an unknown act', 'path: "/a", action: "burn"', 'INVALID'],
      ['an unknown kind', 'signalKind: "fax", path: "/a", action: "drop"', 'INVALID'],
      ['a path that is none', 'path: "/a//b", action: "drop"', 'INVALID'],
      ['an unknown source', 'sourceSystem: "nobody", path: "/a", action: "drop"', 'NOT_FOUND'],
    ])('refuse %s', async (_name, args, code) => {
      expect(await save(args)).toMatchObject({ code });
    });
  });

  describe('attribute names', () => {
    const save = async (names: { attribute: string; financeAttribute: string }[], serviceName = 'billing') =>
      (
        await engineer.ask<{ saveAttributeNames: Failure & { names: unknown[] } }>(
          `mutation ($names: [AttributeNameInput!]!, $serviceName: String) {
             saveAttributeNames(names: $names, serviceName: $serviceName) {
               ... on AttributeNamesSaved { names { serviceName attribute financeAttribute } }
               ... on CatalogFailure { code message problems } } }`,
          { names, serviceName },
        )
      ).saveAttributeNames;
    const entity = { attribute: 'company', financeAttribute: 'finance.legal_entity' };

    it('replace those that the service had', async () => {
      await save([entity, { attribute: 'cur', financeAttribute: 'finance.currency' }]);
      await save([entity], '');
      expect((await save([entity])).names).toEqual([{ serviceName: 'billing', ...entity }]);
      expect(await engineer.ask('{ attributeNames { totalCount edges { node { serviceName } } } }')).toEqual({
        attributeNames: { totalCount: 2, edges: [{ node: { serviceName: '' } }, { node: { serviceName: 'billing' } }] },
      });
      expect((await actsOnRecord(api, 'attribute-names.saved')).at(-1)).toEqual({
        before: { company: 'finance.legal_entity', cur: 'finance.currency' },
        after: { company: 'finance.legal_entity' },
      });
    });

    it('are finance attributes, each once', async () => {
      const failure = await save([entity, entity, { attribute: 'x', financeAttribute: 'http.method' }]);
      expect(failure.code).toBe('INVALID');
      expect(failure.problems).toEqual([
        'names.1.attribute: is named twice',
        expect.stringContaining('names.2.financeAttribute: must be a finance attribute'),
      ]);
    });
  });
});
