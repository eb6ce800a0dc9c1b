import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { insertObject } from '../../testing/projection-rows.js';
import { walkPages, type PageOf } from '../../testing/walk-pages.js';

type Found = {
  node: { key: string };
  match: { kind: string; value: string; name: string; system: string | null; isExact: boolean };
};

describe('search', () => {
  let api: ApiHarness;
  let client: Client;

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
    client = await api.signIn('ana@acme.example');
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      await insertObject(tx, { type: 'sales-order', value: 'SO-000123', otherValues: ['0000004711', 'SO-1234-B'] });
      await insertObject(tx, { type: 'sales-order', value: 'SO-1234' });
      await insertObject(tx, { type: 'invoice', value: 'SO123', counterparty: 'Müller & Söhne' });
      await insertObject(tx, { type: 'invoice', value: 'RE/2026/0042', counterparty: 'So fine Ltd' });
      const payment = await insertObject(tx, { type: 'payment', value: 'P-1', otherValues: ['E2E-0815'] });
      const other = await insertObject(tx, { type: 'payment', value: 'P-2' });
      const attributes = {
        endToEndId: 'E2E-0815',
        structuredReference: 'RF18 5390 0754',
        remittance: 'Rechnung RE/2026/0042',
      };
      await insertObject(tx, { type: 'journal-entry', value: '5100000123' });
      await insertObject(tx, { type: 'journal-entry', value: '5100000123-2' });
      await tx.query(
        `update object_alias set scope = case value when '5100000123' then 'DE01/2026' else 'DE01/2025' end, value = '5100000123'
         where tenant_id = $1 and value like '5100000123%'`,
        [tx.tenantId],
      );
      await tx.query('update business_object set attributes = $3 where tenant_id = $1 and object_id = any($2)', [
        tx.tenantId,
        [payment],
        attributes,
      ]);
      await tx.query('update business_object set attributes = $3 where tenant_id = $1 and object_id = any($2)', [
        tx.tenantId,
        [other],
        { endToEndId: 'NOTPROVIDED', remittance: 'E2E-0815-2' },
      ]);
    });
  });
  afterAll(() => api.close());

  const search = async (text: string) => {
    const answer = await client.ask<{ search: { totalCount: number; edges: Found[] } }>(
      `query ($text: String!) { search(text: $text) { totalCount edges {
         node { ... on BusinessObject { key } } match { kind value name system isExact }
       } } }`,
      { text },
    );
    expect(answer.search.totalCount).toBe(answer.search.edges.length);
    return answer.search.edges;
  };

  it.each([
    ['the key as it is', 'SO-000123', ['SO-000123', 'SO123', 'SO-1234']],
    ['without zeros and separators, the exact ones first', 'so 123', ['SO-000123', 'SO123', 'SO-1234']],
    ['with more zeros than it has', 'so00001234', ['SO-000123', 'SO-1234']],
    ['a padded number without its zeros', '4711', ['SO-000123']],
    ['a padded number with fewer of them', '0004711', ['SO-000123']],
    ['parts written apart or together', 're2026 0042', ['RE/2026/0042']],
    ['the beginning of a key, then of a counterparty', 'so', ['SO-000123', 'SO123', 'SO-1234', 'RE/2026/0042']],
    ['a counterparty in any case', 'MÜLLER & S', ['SO123']],
    ['a reference that identifies nothing', 'rf18-5390', ['P-1']],
    ['what a payment is for', 'rechnung re', ['P-1']],
    ['a key that is a reference as well, once', 'e2e0815', ['P-1', 'P-2']],
    ['scope and number together', 'DE01/2026/5100000123', ['5100000123']],
    ['scope and number with spaces', 'de01 2025 5100000123', ['5100000123-2']],
    ['the scope of another number', 'DE01/2026/5100000124', []],
    ['a dummy reference', 'NOTPROVIDED', []],
    ['zeros alone', '000', []],
    ['separators alone', '--', []],
    ['what nobody has', 'zz-9', []],
  ])('finds by %s', async (_name, text, keys) => {
    const found = await search(text);
    const exact = found.filter(({ match }) => match.isExact).length;
    expect(found.slice(exact).every(({ match }) => !match.isExact)).toBe(true);
    expect(found.map(({ node }) => node.key).sort()).toEqual([...keys].sort());
  });

  it('tells by what an object was found', async () => {
    expect((await search('so123')).map(({ match }) => match)).toEqual(
      expect.arrayContaining([
        { kind: 'KEY', value: 'SO-000123', name: 'number', system: 'test', isExact: true },
        { kind: 'KEY', value: 'SO-1234', name: 'number', system: 'test', isExact: false },
      ]),
    );
    expect((await search('rf18'))[0]?.match).toEqual({
      kind: 'REFERENCE',
      value: 'RF18 5390 0754',
      name: 'structuredReference',
      system: null,
      isExact: false,
    });
    expect((await search('müller & söhne'))[0]?.match).toMatchObject({ kind: 'COUNTERPARTY', isExact: true });
  });

  it.each([1, 2, 3])('walks the matches once, in pages of %d, from keys to counterparties', async (first) => {
    const query = `query ($after: String, $first: Int!) { search(text: "so", first: $first, after: $after) {
      pageInfo { hasNextPage endCursor } edges { node { ... on BusinessObject { key } } }
    } }`;
    const seen = await walkPages(
      async (after) => (await client.ask<{ search: PageOf<{ key: string }> }>(query, { first, after })).search,
    );
    expect(seen.map(({ key }) => key)).toEqual((await search('so')).map(({ node }) => node.key));
  });

  it.each([
    ['a single letter', 'a', 'INVALID_INPUT'],
    ['nothing', '', 'INVALID_INPUT'],
  ])('refuses %s', async (_name, text, code) => {
    const { errors } = await client.send('query ($text: String!) { search(text: $text) { totalCount } }', { text });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual([code]);
  });
});
