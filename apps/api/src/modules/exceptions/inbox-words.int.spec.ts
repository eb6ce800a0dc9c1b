import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connected, createTenant } from '@throughline/persistence/testing';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { insertObject, insertOpenException } from '../../testing/projection-rows.js';

/** Exceptions by their hop: title and message. */
const ROWS: Record<string, [string, string, string?]> = {
  period: ['Posting failed', 'Closed period 2026-09 of company code DE01: posting is not possible'],
  account: ['Closed account', 'Account DE89370400440532013000 is closed, reference 4711 0815'],
  over: ['Posting failed', 'Closed period: posting is not possible', 'RESOLVED'],
  other: ['Überfällig: Zahlung', 'Nothing came'],
};

describe('the inbox is searched by what exceptions say', () => {
  let api: ApiHarness;
  let client: Client;

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
    client = await api.signIn('ana@acme.example');
    const fill = (tenantId: string) =>
      api.test.database.withTenant(tenantId, async (tx) => {
        for (const [name, [title, message, state = 'OPEN']] of Object.entries(ROWS)) {
          const order = await insertObject(tx, { type: 'sales-order', value: `SO-${name}` });
          const id = await insertOpenException(tx, order, name);
          await tx.query(
            'update exception set title = $3, message = $4, state = $5 where tenant_id = $1 and exception_id = $2',
            [tx.tenantId, id, title, message, state],
          );
        }
      });
    await fill(api.test.tenantId);
    const other = randomUUID();
    await createTenant(api.test.ownerUrl, other);
    await fill(other);
  });
  afterAll(() => api.close());

  it.each<[string, string[]]>([
    ['closed period', ['period']],
    ['PERIOD closed', ['period']],
    ['posting failed', ['period']],
    ['closed per', ['period']],
    ['clo period', []],
    ['closed', ['account', 'period']],
    ['überfällig', ['other']],
    ['cl', []],
    ['DE8937', []],
    ['DE89370400440532013000', []],
    ['reference 4711', []],
    ["closed' | 'nothing", []],
    ['closed & nothing', []],
    ['the posting', []],
  ])('%s', async (text, hops) => {
    for (const filter of [{ text }, { text, states: ['OPEN'], snoozed: false }]) {
      const { exceptions, exceptionFacets } = await client.ask<{
        exceptions: { totalCount: number; edges: { node: { hop: string } }[] };
        exceptionFacets: { total: number };
      }>(
        `query ($filter: ExceptionFilter) {
          exceptions(filter: $filter) { totalCount edges { node { hop } } } exceptionFacets(filter: $filter) { total } }`,
        { filter },
      );
      expect(exceptions.edges.map(({ node }) => node.hop).sort()).toEqual(hops);
      expect([exceptions.totalCount, exceptionFacets.total]).toEqual([hops.length, hops.length]);
    }
  });
});

describe('the inbox is searched by what notes say', () => {
  let api: ApiHarness;
  let client: Client;
  const ids = new Map<string, string>();

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
    client = await api.signIn('ana@acme.example');
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      for (const name of ['noted', 'closed', 'member', 'part', 'whole', 'split', 'silent']) {
        const order = await insertObject(tx, { type: 'sales-order', value: `SO-${name}` });
        const id = await insertOpenException(tx, order, name);
        ids.set(name, id);
        // its group has the id of the exception
        await tx.query(
          `insert into exception_group (tenant_id, group_id, fingerprint, title, taxonomy, hop, created_at)
           values ($1, $2, $3, 't', 'platform.unclassified', 'h', now())`,
          [tx.tenantId, id, name],
        );
      }
    });
    await note('noted', 'Supplier was renamed, account 4711 0815: ask the treasury');
    await note('closed', 'Supplier was renamed as well');
    await note('part', 'Blocked by the change freeze', true);
    await note('whole', 'Mapping table is being rebuilt', true);
    await client.ask(
      `mutation ($id: ID!) { changeExceptionGroup(id: $id, version: 1, change: { note: "Weekly licence renewal" }) { __typename } }`,
      { id: ids.get('member') },
    );
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      const write = (sql: string, ...names: string[]) =>
        tx.query(sql, [tx.tenantId, ...names.map((name) => ids.get(name))]);
      await write(`update exception set state = 'RESOLVED' where tenant_id = $1 and exception_id = $2`, 'closed');
      // a group that was made part of another one takes its notes there, and a part shows those of its whole
      await write(
        `update exception_group set merged_into = $3 where tenant_id = $1 and group_id = $2`,
        'part',
        'member',
      );
      await write(`update exception set group_id = $3 where tenant_id = $1 and exception_id = $2`, 'part', 'member');
      await write(`update exception_group set parent_id = $3 where tenant_id = $1 and group_id = $2`, 'split', 'whole');
    });
  });
  afterAll(() => api.close());

  const note = (name: string, text: string, isOnGroup = false) =>
    client.ask(
      `mutation ($id: ID!, $text: String!, $isOnGroup: Boolean) { commentOnException(id: $id, text: $text, isOnGroup: $isOnGroup) { __typename } }`,
      { id: ids.get(name), text, isOnGroup },
    );

  it.each<[string, string[]]>([
    ['supplier renamed', ['noted']],
    ['TREASURY', ['noted']],
    ['renam', ['noted']],
    ['account 4711', []],
    ['renamed freeze', []],
    ['change fre', ['member', 'part']],
    ['licence', ['member', 'part']],
    ['rebuilt', ['split', 'whole']],
    ['re', []],
  ])('%s', async (text, hops) => {
    for (const filter of [{ text }, { text, states: ['OPEN'], snoozed: false }]) {
      const { exceptions, exceptionFacets } = await client.ask<{
        exceptions: { totalCount: number; edges: { node: { hop: string } }[] };
        exceptionFacets: { total: number };
      }>(
        `query ($filter: ExceptionFilter) {
          exceptions(filter: $filter) { totalCount edges { node { hop } } } exceptionFacets(filter: $filter) { total } }`,
        { filter },
      );
      expect(exceptions.edges.map(({ node }) => node.hop).sort()).toEqual(hops);
      expect([exceptions.totalCount, exceptionFacets.total]).toEqual([hops.length, hops.length]);
    }
  });

  it('through the indexes of all three', async () => {
    const plan = await connected(api.test.ownerUrl, async (owner) => {
      const { rows } = await owner.query<{ body: string }>(
        `select prosrc as body from pg_proc where proname = 'throughline_exceptions_noted'`,
      );
      const body = (rows[0]?.body ?? '')
        .replace("'simple', said", "'simple', 'renamed'")
        .replace('limit most', 'limit 10');
      const filled = [api.test.tenantId, ids.get('silent'), 4_000];
      await owner.query(
        `insert into exception_event (tenant_id, exception_id, event_id, at, kind, actor_id, actor_name, details)
         select $1, $2, gen_random_uuid(), now(), 'commented', 'x', 'x', jsonb_build_object('text', 'filler ' || n)
         from generate_series(1, $3::int) n`,
        filled,
      );
      await owner.query(
        `insert into exception_group_note (tenant_id, group_id, note_id, text, mentions, written_at, written_by, written_by_name)
         select $1, $2, gen_random_uuid(), 'filler ' || n, '[]', now(), $2, 'x' from generate_series(1, $3::int) n`,
        filled,
      );
      await owner.query(
        `insert into exception_group (tenant_id, group_id, fingerprint, title, taxonomy, hop, created_at, note)
         select $1, gen_random_uuid(), $2 || ' ' || n, 't', 'platform.unclassified', 'h', now(), 'filler ' || n
         from generate_series(1, $3::int) n`,
        filled,
      );
      await owner.query('analyze exception_event, exception_group_note, exception_group');
      await owner.query(`set throughline.tenant_id = '${api.test.tenantId}'`);
      return (await owner.query<Record<string, string>>(`explain ${body}`)).rows.map((row) => Object.values(row)[0]);
    });
    for (const index of ['exception_event_note_words', 'exception_group_note_words', 'exception_group_words'])
      expect(plan.join('\n')).toContain(`Bitmap Index Scan on ${index}`);
  });
});
