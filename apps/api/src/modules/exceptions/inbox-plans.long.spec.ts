import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Tx } from '@throughline/persistence';
import {
  createTestDatabase,
  explain,
  fillHotTables,
  type HotSample,
  type QueryPlan,
  type TestDatabase,
} from '@throughline/persistence/testing';
import { findConcernedObjects } from './concerned-objects.repository.js';
import { findExceptionIdsOf } from './exceptions.repository.js';
import {
  findExceptionsOfTransactions,
  listExceptions,
  type InboxOrder,
  type InboxSelection,
} from './inbox.repository.js';

const ROWS = 300_000;

const EVERYTHING: InboxSelection = {
  states: null,
  taxonomies: null,
  legalEntities: null,
  ownerId: null,
  unassigned: false,
  snoozed: false,
  groupId: null,
  objectId: null,
  text: null,
};

let db: TestDatabase;
let sample: HotSample;

beforeAll(async () => {
  db = await createTestDatabase();
  sample = await fillHotTables(db, ROWS);
}, 600_000);

afterAll(async () => {
  await db.close();
});

/** Plan of the one statement that the work runs, as the app role. */
async function planOf(work: (tx: Tx) => Promise<unknown>): Promise<QueryPlan> {
  let plan: QueryPlan | undefined;
  await db.database.withTenant(sample.tenantId, (tx) => {
    const watching: Pick<Tx, 'tenantId' | 'query'> = {
      tenantId: tx.tenantId,
      async query<R>(sql: string, params: readonly unknown[] = []): Promise<R[]> {
        plan = await explain(tx, sql, params);
        return [];
      },
    };
    return work(watching as Tx);
  });
  if (plan === undefined) {
    throw new Error('no statement was run');
  }
  return plan;
}

const list = (selection: Partial<InboxSelection>, order: InboxOrder, after: string[] | null = null) =>
  planOf((tx) => listExceptions(tx, { ...EVERYTHING, ...selection }, order, { first: 50, after }));

describe('the inbox on many rows reads what it shows, by index', () => {
  it.each<[string, () => Promise<QueryPlan>, string]>([
    ['open ones by money', () => list({ states: ['OPEN', 'REQUEUED'] }, 'MONEY_DESC'), 'exception_inbox'],
    ['all of them by money', () => list({}, 'MONEY_DESC'), 'exception_inbox'],
    [
      'behind a cursor',
      () => list({ states: ['OPEN'] }, 'MONEY_DESC', ['50000', sample.objectIds[0] ?? '']),
      'exception_inbox',
    ],
    ['oldest first', () => list({ states: ['OPEN'] }, 'OPENED_ASC'), 'exception_opened'],
    ['those of an object', () => list({ objectId: sample.objectIds[0] ?? null }, 'MONEY_DESC'), 'exception_object'],
    ['those of a group', () => list({ groupId: sample.objectIds[0] ?? null }, 'MONEY_DESC'), 'exception_group_members'],
    ['those of a number as typed', () => list({ text: 'so 1000' }, 'MONEY_DESC'), 'object_alias_search'],
    [
      'those of transactions',
      () => planOf((tx) => findExceptionsOfTransactions(tx, sample.objectIds)),
      'transaction_object_pkey',
    ],
    [
      'those of changed objects',
      () => planOf((tx) => findExceptionIdsOf(tx, sample.objectIds)),
      'exception_first_object',
    ],
    [
      'those of changed objects and transactions, to see if there are any',
      () =>
        planOf((tx) =>
          findConcernedObjects(tx, {
            objectIds: sample.objectIds,
            subjectIds: sample.objectIds,
            transactionIds: sample.transactionIds,
          }),
        ),
      'milestone_pkey',
    ],
  ])('%s', async (_name, plan, index) => {
    const { indexes, scannedTables, executionMs } = await plan();
    expect(scannedTables).toEqual([]);
    expect(indexes).toContain(index);
    expect(executionMs).toBeLessThan(50);
  });
});
