import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Tx } from '@throughline/persistence';
import {
  createTestDatabase,
  fillHotTables,
  type HotSample,
  type QueryPlan,
  type TestDatabase,
} from '@throughline/persistence/testing';
import { planOf } from '../../testing/plan-of.js';
import { findConcernedObjects } from './concerned-objects.repository.js';
import { EXCEPTION_STATES, isOpen } from './domain/life-cycle.js';
import { findExceptionIdsOf } from './exceptions.repository.js';
import { listGrouped } from './groups/grouped-inbox.repository.js';
import {
  findExceptionsOfTransactions,
  listExceptions,
  type InboxOrder,
  type InboxSelection,
} from './inbox.repository.js';
import { readNarrowing } from './read-narrowing.js';

const ROWS = 300_000;

const EVERYTHING: InboxSelection = {
  states: null,
  taxonomies: null,
  legalEntities: null,
  queues: null,
  ownerId: null,
  unassigned: false,
  snoozed: false,
  groupIds: null,
  objectId: null,
  text: null,
  narrowing: readNarrowing({}, new Date()),
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

const plan = (work: (tx: Tx) => Promise<unknown>): Promise<QueryPlan> => planOf(db, sample.tenantId, work);

const list = (selection: Partial<InboxSelection>, order: InboxOrder, after: string[] | null = null) =>
  plan((tx) => listExceptions(tx, { ...EVERYTHING, ...selection }, order, { first: 50, after }));

describe('the inbox on many rows reads what it shows, by index', () => {
  it.each<[string, () => Promise<QueryPlan>, string]>([
    ['open ones by money', () => list({ states: ['OPEN', 'REQUEUED'] }, 'MONEY_DESC'), 'exception_inbox'],
    ['all of them by money', () => list({}, 'MONEY_DESC'), 'exception_inbox'],
    [
      'behind a cursor',
      () => list({ states: ['OPEN'] }, 'MONEY_DESC', ['50000', sample.objectIds[0] ?? '']),
      'exception_inbox',
    ],
    ['most urgent first', () => list({ states: ['OPEN', 'REQUEUED'] }, 'PRIORITY_DESC'), 'exception_priority'],
    ['all of them, most urgent first', () => list({}, 'PRIORITY_DESC'), 'exception_priority'],
    [
      'of a queue, most urgent first',
      () => list({ states: ['OPEN', 'REQUEUED'], queues: ['master-data'] }, 'PRIORITY_DESC'),
      'exception_queue',
    ],
    [
      'of queues behind a cursor',
      () =>
        list({ states: ['OPEN', 'REQUEUED'], queues: ['payments', 'tax'] }, 'PRIORITY_DESC', [
          '1000000000000',
          sample.objectIds[0] ?? '',
        ]),
      'exception_queue',
    ],
    [
      'of a queue that is empty',
      () => list({ states: ['OPEN'], queues: ['credit'] }, 'PRIORITY_DESC'),
      'exception_queue',
    ],
    [
      'of an entity that has none',
      () => list({ states: ['OPEN', 'REQUEUED'], legalEntities: ['XX99'] }, 'PRIORITY_DESC'),
      'exception_open_inbox',
    ],
    [
      'of a person who has none, by money',
      () => list({ states: ['OPEN', 'REQUEUED'], ownerId: sample.objectIds[0] ?? null }, 'MONEY_DESC'),
      'exception_open_inbox',
    ],
    ['oldest first', () => list({ states: ['OPEN'] }, 'OPENED_ASC'), 'exception_opened'],
    ['those of an object', () => list({ objectId: sample.objectIds[0] ?? null }, 'MONEY_DESC'), 'exception_object'],
    [
      'those of a group',
      () => list({ groupIds: sample.objectIds.slice(0, 1) }, 'MONEY_DESC'),
      'exception_group_members',
    ],
    ['those of a number as typed', () => list({ text: 'so 1000' }, 'MONEY_DESC'), 'object_alias_search'],
    [
      'those of transactions',
      () => plan((tx) => findExceptionsOfTransactions(tx, sample.objectIds)),
      'transaction_object_pkey',
    ],
    [
      'those of changed objects',
      () => plan((tx) => findExceptionIdsOf(tx, sample.objectIds)),
      'exception_first_object',
    ],
    [
      'those of changed objects and transactions, to see if there are any',
      () =>
        plan((tx) =>
          findConcernedObjects(tx, {
            objectIds: sample.objectIds,
            subjectIds: sample.objectIds,
            transactionIds: sample.transactionIds,
          }),
        ),
      'milestone_pkey',
    ],
  ])('%s', async (_name, explained, index) => {
    const { indexes, scannedTables, executionMs } = await explained();
    expect(scannedTables).toEqual([]);
    expect(indexes).toContain(index);
    expect(executionMs).toBeLessThan(50);
  });

  it('by groups reads what is open in the order of the groups, and no row of it', async () => {
    const page = { first: 50, after: null };
    const { indexes, scannedTables } = await plan((tx) =>
      listGrouped(tx, { ...EVERYTHING, states: EXCEPTION_STATES.filter(isOpen) }, 'PRIORITY_DESC', page),
    );
    expect(scannedTables).not.toContain('exception');
    expect(indexes).toContain('exception_open_group');
    expect(indexes).not.toContain('exception_open_inbox');
  });
});
