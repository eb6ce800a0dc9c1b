import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Tx } from '@throughline/persistence';
import {
  createTestDatabase,
  fillTransactions,
  transactionListCases,
  type TestDatabase,
} from '@throughline/persistence/testing';
import { loadWorkflows } from '@throughline/lineage';
import { listLegalEntities } from '../catalog/index.js';
import { workflowClock } from './domain/workflow-clock.js';
import { readTransactionFilter } from './graphql/read-transaction-filter.js';
import {
  countTransactions,
  listTransactions,
  planTransactions,
  type ListLimits,
  type TransactionPlan,
} from './transaction-list.repository.js';

const NOW = new Date('2026-09-04T15:30:00Z');
const TRANSACTIONS = 600;

/** So that nothing counts as few and each step sees little: every list is walked, and stops before its end. */
const NARROW: ListLimits = { few: -1, facets: 4_000, steps: [40, 150], counted: 200 };
/** So many that every list is looked at whole. */
const WIDE: ListLimits = { few: -1, facets: 4_000, steps: [1_000_000], counted: 1_000_000 };
/** What few conditions leave is looked for, as soon as the first rows do not fill a page. */
const FEW: ListLimits = { ...NARROW, few: 1_000_000, steps: [5, 5] };
/** No facets, few rows at a step. */
const WITHOUT_FACETS: ListLimits = { ...NARROW, facets: 0 };

describe(`the list of ${TRANSACTIONS} transactions, however it is read`, () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
    await fillTransactions(test.ownerUrl, test.tenantId, { transactions: TRANSACTIONS, now: NOW });
  }, 120_000);
  afterAll(() => test.close());

  async function prepared(tx: Tx, filter: Record<string, unknown>) {
    const entities = await listLegalEntities(tx);
    const clock = workflowClock(loadWorkflows(), entities, NOW);
    return { clock, selection: readTransactionFilter(filter, { now: NOW, entities }) };
  }

  it.each(transactionListCases(NOW).map((one) => [one.name, one] as const))(
    '%s: the same rows in the same order',
    async (_name, one) => {
      const order = one.orderBy ?? 'LAST_ACTIVITY_DESC';
      await test.database.withTenant(test.tenantId, async (tx) => {
        const { clock, selection } = await prepared(tx, one.filter);
        const walk = async (limits: ListLimits): Promise<{ ids: string[]; plan: TransactionPlan }> => {
          const plan = await planTransactions(tx, clock, selection, limits);
          const ids: string[] = [];
          let after: string[] | null = null;
          for (let hasMore = true; hasMore;) {
            const first = 30;
            const { rows, stoppedAt } = await listTransactions(tx, clock, plan, order, { first, after }, limits);
            ids.push(...rows.slice(0, first).map(({ id }) => id));
            const last = rows[first - 1];
            after = rows.length > first && last ? [last.orderText, last.id] : stoppedAt;
            hasMore = after !== null;
          }
          return { ids, plan };
        };
        const whole = await walk(WIDE);
        const walked = await walk(NARROW);
        expect(walked.ids).toEqual(whole.ids);
        expect((await walk(FEW)).ids).toEqual(whole.ids);
        expect((await walk(WITHOUT_FACETS)).ids).toEqual(whole.ids);
        expect(await countTransactions(tx, clock, whole.plan, WIDE)).toEqual({
          count: whole.ids.length,
          isEstimate: false,
        });
        if (one.share === 'none') expect(whole.ids).toEqual([]);
        if (one.share === 'most') expect(whole.ids.length).toBeGreaterThan(TRANSACTIONS / 2);
      });
    },
  );

  it('leaves the rest to the next page where many were looked at in vain', async () => {
    await test.database.withTenant(test.tenantId, async (tx) => {
      const { clock, selection } = await prepared(tx, { systems: ['stripe'] });
      const plan = await planTransactions(tx, clock, selection, NARROW);
      const page = await listTransactions(tx, clock, plan, 'LAST_ACTIVITY_DESC', { first: 30, after: null }, NARROW);
      expect(page.rows.length).toBeLessThan(30);
      expect(page.stoppedAt).not.toBeNull();
      const { count, isEstimate } = await countTransactions(tx, clock, plan, NARROW);
      expect(isEstimate).toBe(true);
      expect(count).toBeLessThan(TRANSACTIONS);
    });
  });

  it('knows thirty combinations', () => {
    const cases = transactionListCases(NOW);
    expect(cases).toHaveLength(30);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(30);
    expect(cases.map(({ share }) => share)).toEqual(expect.arrayContaining(['most', 'some', 'few', 'none']));
  });
});
