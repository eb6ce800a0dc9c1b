import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hashedUuid } from '@throughline/canonical';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { insertObject, insertOpenException } from '../../../testing/projection-rows.js';

const NOW = new Date('2026-11-30T12:00:00Z');
const OPEN = ['OPEN', 'IN_PROGRESS', 'WAITING', 'PENDING_APPROVAL', 'REQUEUED'];

const GROUPS: Record<string, { snoozedUntil: string | null; isKnown: boolean }> = {
  plain: { snoozedUntil: null, isKnown: false },
  hidden: { snoozedUntil: '2026-12-01T00:00Z', isKnown: false },
  over: { snoozedUntil: '2026-11-30T11:59Z', isKnown: true },
};

/** Exceptions, named by their hop. */
const ROWS: Record<string, { group: string; state?: string; isSnoozed?: boolean; queue: string }> = {
  seen: { group: 'plain', queue: 'tax' },
  alone: { group: 'plain', queue: 'tax', isSnoozed: true },
  quiet: { group: 'hidden', queue: 'tax' },
  twice: { group: 'hidden', queue: 'payments', isSnoozed: true },
  ended: { group: 'hidden', queue: 'tax', state: 'RESOLVED' },
  back: { group: 'over', queue: 'payments' },
  known: { group: 'over', queue: 'payments', state: 'RESOLVED' },
};

type Answer = {
  exceptions: { totalCount: number; totals: { count: number }[]; edges: { node: { hop: string } }[] };
  groupedExceptions: { edges: { node: { matchingCount: number } }[] };
  exceptionFacets: { total: number; facets: { name: string; buckets: { value: string; count: number }[] }[] };
};

const ASK = `query ($filter: ExceptionFilter, $orderBy: ExceptionOrder) {
  exceptions(filter: $filter, orderBy: $orderBy) { totalCount totals { count } edges { node { hop } } }
  groupedExceptions(filter: $filter) { edges { node { matchingCount } } }
  exceptionFacets(filter: $filter) { total facets { name buckets { value count } } }
}`;

describe('what is decided of a group holds for its members', () => {
  let api: ApiHarness;
  let client: Client;

  beforeAll(async () => {
    api = await startApi({ clock: () => NOW });
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
    client = await api.signIn('ana@acme.example');
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      for (const [name, { snoozedUntil, isKnown }] of Object.entries(GROUPS)) {
        await tx.query(
          `insert into exception_group (tenant_id, group_id, fingerprint, title, taxonomy, hop, snoozed_until, is_known_error)
           values ($1, $2, $3, $3, 'platform.unclassified', 'h', $4, $5)`,
          [tx.tenantId, hashedUuid([name]), name, snoozedUntil, isKnown],
        );
      }
      for (const [name, { group, state = 'OPEN', isSnoozed, queue }] of Object.entries(ROWS)) {
        const order = await insertObject(tx, { type: 'sales-order', value: `SO-${name}` });
        const id = await insertOpenException(tx, order, name);
        await tx.query(
          `update exception set group_id = $3, state = $4, queue = $5, amount = 1, currency = 'EUR', direction = 'inflow'
           where tenant_id = $1 and exception_id = $2`,
          [tx.tenantId, id, hashedUuid([group]), state, queue],
        );
        if (isSnoozed) {
          await tx.query(
            `insert into exception_snooze (tenant_id, exception_id, until_at, reason, snoozed_at, snoozed_by, snoozed_by_name)
             values ($1, $2, 'infinity', 'r', $3, $2, 'Ana')`,
            [tx.tenantId, id, NOW],
          );
        }
      }
    });
  });
  afterAll(() => api.close());

  it.each<[string, Record<string, unknown>, string[]]>([
    ['open, none snoozed', { states: OPEN, snoozed: false }, ['back', 'seen']],
    ['open, snoozed', { states: OPEN, snoozed: true }, ['alone', 'quiet', 'twice']],
    ['open, whether snoozed or not', { states: OPEN }, ['alone', 'back', 'quiet', 'seen', 'twice']],
    ['of a queue, none snoozed', { states: OPEN, queues: ['tax'], snoozed: false }, ['seen']],
    ['of a queue, snoozed', { states: OPEN, queues: ['payments'], snoozed: true }, ['twice']],
    ['none snoozed, what is over among them', { snoozed: false }, ['back', 'ended', 'known', 'seen']],
    ['found by a text, none snoozed', { states: OPEN, text: 'SO-', snoozed: false }, ['back', 'seen']],
    ['of an age, none snoozed', { states: OPEN, ages: ['OVER_30_DAYS'], snoozed: false }, ['back', 'seen']],
    ['open, of a known error', { states: OPEN, isKnownError: true }, ['back']],
    ['open, of none', { states: OPEN, isKnownError: false, snoozed: false }, ['seen']],
    ['whatever the state, of a known error', { isKnownError: true }, ['back', 'known']],
    ['whatever the state, of none', { isKnownError: false, queues: ['tax'] }, ['alone', 'ended', 'quiet', 'seen']],
  ])('%s: listed, counted and totalled alike', async (_name, filter, hops) => {
    for (const orderBy of ['PRIORITY_DESC', 'MONEY_DESC', 'OPENED_ASC']) {
      const answer = await client.ask<Answer>(ASK, { filter, orderBy });
      expect(answer.exceptions.edges.map(({ node }) => node.hop).sort()).toEqual(hops);
      expect(answer.exceptions.totalCount).toBe(hops.length);
      expect(answer.exceptions.totals[0]?.count).toBe(hops.length);
      const grouped = answer.groupedExceptions.edges.reduce((sum, { node }) => sum + node.matchingCount, 0);
      expect(grouped).toBe(hops.length);
      expect(answer.exceptionFacets.total).toBe(hops.length);
      const queues = answer.exceptionFacets.facets.find(({ name }) => name === 'QUEUE')?.buckets ?? [];
      const chosen = (filter['queues'] as string[] | undefined) ?? ['tax', 'payments'];
      for (const queue of chosen) {
        const there = hops.filter((hop) => ROWS[hop]?.queue === queue).length;
        expect(queues.find(({ value }) => value === queue)?.count ?? 0).toBe(there);
      }
    }
  });
});
