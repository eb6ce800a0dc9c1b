import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { insertLegalEntity, insertObject, insertOpenException } from '../../testing/projection-rows.js';

const OPEN = ['OPEN', 'IN_PROGRESS', 'WAITING', 'PENDING_APPROVAL', 'REQUEUED'];
const COUNTRIES: Record<string, string> = { DE01: 'DE', US01: 'US', SG01: 'SG' };

/** Exceptions by their hop, with their entity; nobody knows XX99. */
const ROWS: Record<string, string | null> = { de: 'DE01', us: 'US01', sg: 'SG01', unknown: 'XX99', none: null };

type Answer = {
  exceptions: { totalCount: number; edges: { node: { hop: string; region: string | null } }[] };
  exceptionFacets: { total: number; facets: { name: string; buckets: { value: string; count: number }[] }[] };
};

const ASK = `query ($filter: ExceptionFilter) {
  exceptions(filter: $filter) { totalCount edges { node { hop region } } }
  exceptionFacets(filter: $filter) { total facets { name buckets { value count } } }
}`;

describe('the region of an exception', () => {
  let api: ApiHarness;
  let client: Client;

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
    client = await api.signIn('ana@acme.example');
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      for (const [code, country] of Object.entries(COUNTRIES)) {
        await insertLegalEntity(tx, code, 'TARGET', 'UTC');
        await tx.query('update legal_entity set country = $3 where tenant_id = $1 and code = $2', [
          ...[tx.tenantId, code, country],
        ]);
      }
      for (const [name, entity] of Object.entries(ROWS)) {
        const order = await insertObject(tx, { type: 'sales-order', value: `SO-${name}` });
        const id = await insertOpenException(tx, order, name);
        await tx.query('update exception set legal_entity = $3 where tenant_id = $1 and exception_id = $2', [
          ...[tx.tenantId, id, entity],
        ]);
      }
    });
  });
  afterAll(() => api.close());

  it('is that of its legal entity, where the catalog knows one', async () => {
    const { exceptions } = await client.ask<Answer>(ASK, {});
    expect(Object.fromEntries(exceptions.edges.map(({ node }) => [node.hop, node.region]))).toEqual({
      ...{ de: 'EMEA', us: 'AMERICAS', sg: 'APAC', unknown: null, none: null },
    });
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    ['what is neither here nor there', { regions: ['EMEA'] }, ['de']],
    ['several', { regions: ['APAC', 'AMERICAS'] }, ['sg', 'us']],
    ['a country, in any case', { regions: ['us'] }, ['us']],
    ['a region and an entity in it', { regions: ['EMEA', 'APAC'], legalEntities: ['DE01', 'US01'] }, ['de']],
    ['nowhere', { regions: ['MARS'] }, []],
    ['none at all', { regions: [] }, []],
  ])('narrows the inbox: %s', async (_name, filter, hops) => {
    for (const view of [{}, { states: OPEN }, { states: OPEN, snoozed: false }, { states: OPEN, text: 'SO-' }]) {
      const { exceptions, exceptionFacets } = await client.ask<Answer>(ASK, { filter: { ...filter, ...view } });
      expect(exceptions.edges.map(({ node }) => node.hop).sort()).toEqual(hops);
      expect([exceptions.totalCount, exceptionFacets.total]).toEqual([hops.length, hops.length]);
      const entities = exceptionFacets.facets.find(({ name }) => name === 'LEGAL_ENTITY')?.buckets ?? [];
      expect(entities.filter(({ count }) => count > 0).map(({ value }) => value)).toEqual(
        expect.arrayContaining(hops.map((hop) => ROWS[hop])),
      );
    }
  });
});
