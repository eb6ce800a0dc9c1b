import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Tx } from '@throughline/persistence';
import { explain, type QueryPlan } from '@throughline/persistence/testing';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { at, HOP, storyObject, TAXONOMY, tell } from '../../../testing/story-facts.js';
import { createExceptionsConsumer } from '../exceptions.events.js';
import { findPastCases } from './fixes.repository.js';
import { learnFixes } from './read-fixes.js';

const ORDERS = ['O-1', 'O-2', 'O-3', 'O-4'].map((key) => storyObject('sales-order', key));
const ELSEWHERE = storyObject('sales-order', 'O-9');

let api: ApiHarness;
let analyst: Client;
const ids = new Map<string, string>();
let minute = 30;

async function follow(): Promise<void> {
  const payload = { objectIds: [...ORDERS, ELSEWHERE].map(({ objectId }) => objectId), transactionIds: [] };
  await api.test.database.withTenant(api.test.tenantId, (tx) =>
    createExceptionsConsumer({ clock: () => at(minute) }).handle(tx, {
      deliveryId: String(minute),
      topic: 'lineage.projected',
      payload,
    }),
  );
}

beforeAll(async () => {
  api = await startApi({ clock: () => at(minute) });
  const { database, tenantId } = api.test;
  await api.addPerson(tenantId, 'analyst@test.example', 'analyst');
  analyst = await api.signIn('analyst@test.example');
  await tell(database, tenantId, async (facts) => {
    for (const order of ORDERS) {
      await facts.object(order);
      await facts.problem(order);
    }
    await facts.object(ELSEWHERE);
    await facts.problem(ELSEWHERE, { sellingUnit: 'US01' });
  });
  await follow();
  const { exceptions } = await analyst.ask<{
    exceptions: { edges: { node: { id: string; businessObject: { key: string } } }[] };
  }>('{ exceptions { edges { node { id businessObject { key } } } } }');
  for (const { node } of exceptions.edges) ids.set(node.businessObject.key, node.id);
});

afterAll(() => api.close());

async function resolve(key: string, note: string): Promise<void> {
  const id = ids.get(key)!;
  const { exception } = await analyst.ask<{ exception: { version: number } }>(`{ exception(id: "${id}") { version } }`);
  const { result } = await analyst.ask<{ result: { __typename: string } }>(
    `mutation ($note: String!) { result: changeExceptionState(input: {
       exceptions: [{ id: "${id}", version: ${exception.version} }], act: RESOLVE, comment: $note,
       resolve: { resolution: SOURCE_FIXED } }) { __typename } }`,
    { note },
  );
  expect(result.__typename).toBe('ExceptionsChanged');
}

type Level = Record<string, unknown> & { latest: Record<string, unknown>[] };
type Fixes = { levels: Level[]; similarOpen: { count: number; exceptions: { id: string }[] } };

const FIELDS = `fixes { levels { scope isCut endings stayed cameAgain tooEarly medianSeconds
    ways { way endings stayed cameAgain tooEarly medianSeconds } acts { act what endings }
    latest { objectKey way byName isByPerson note verdict } }
  similarOpen { count isCut exceptions { id } } }`;

const fixesOf = async (key: string) =>
  (await analyst.ask<{ exception: { fixes: Fixes } }>(`{ exception(id: "${ids.get(key)!}") { ${FIELDS} } }`)).exception
    .fixes;

describe('what solved a problem before', () => {
  it('is nothing before anything was solved, beside what is like it', async () => {
    const { levels, similarOpen } = await fixesOf('O-1');
    expect(levels).toEqual([]);
    expect(similarOpen.count).toBe(3);
    expect(similarOpen.exceptions.map(({ id }) => id).sort()).toEqual(
      ['O-2', 'O-3', 'O-4'].map((key) => ids.get(key)).sort(),
    );
  });

  it('tells what solved it, what came again, and who said what, on the exception and on its group', async () => {
    minute = 61;
    await resolve('O-2', 'Mapping of DE01-BREMEN added');
    await resolve('O-3', 'Asked master data; DE89370400440532013000');
    await resolve('O-9', 'Another selling unit');
    minute = 90;
    await tell(api.test.database, api.test.tenantId, async (facts) => {
      await facts.problem(ORDERS[2]!, { occurrences: 2, last: 80 });
    });
    await follow();
    minute = 31 * 24 * 60;
    const { levels, similarOpen } = await fixesOf('O-1');
    expect(levels).toEqual([
      {
        ...{ scope: 'GROUP', isCut: false, endings: 2, stayed: 1, cameAgain: 1, tooEarly: 0, medianSeconds: 3600 },
        ways: [{ way: 'SOURCE_FIXED', endings: 2, stayed: 1, cameAgain: 1, tooEarly: 0, medianSeconds: 3600 }],
        acts: [],
        latest: expect.arrayContaining([
          expect.objectContaining({ objectKey: 'O-2', byName: 'Test analyst', isByPerson: true, verdict: 'STAYED' }),
          expect.objectContaining({ objectKey: 'O-3', verdict: 'CAME_AGAIN' }),
        ]) as unknown,
      },
      expect.objectContaining({ scope: 'STEP', endings: 3, stayed: 2, cameAgain: 1 }),
    ]);
    expect(JSON.stringify(levels)).toContain('Mapping of DE01-BREMEN added');
    expect(JSON.stringify(levels)).not.toContain('DE89370400440532013000');
    expect(similarOpen.count).toBe(2);
    const { exception } = await analyst.ask<{ exception: { group: { id: string } } }>(
      `{ exception(id: "${ids.get('O-1')!}") { group { id } } }`,
    );
    const { exceptionGroup } = await analyst.ask<{ exceptionGroup: { fixes: Fixes } }>(
      `{ exceptionGroup(id: "${exception.group.id}") { ${FIELDS} } }`,
    );
    expect(exceptionGroup.fixes.levels).toEqual(levels);
    expect(exceptionGroup.fixes.similarOpen.count).toBe(3);
  });

  it('is read through indexes, for at most twenty problems at once', async () => {
    let plan: QueryPlan | undefined;
    const { database, tenantId } = api.test;
    const problem = { groupId: ids.get('O-1')!, taxonomy: TAXONOMY, hop: HOP, except: null };
    await database.withTenant(tenantId, async (tx) => {
      // of a handful of rows no planner would use an index otherwise
      await tx.query('set local enable_seqscan = off');
      const watching = {
        tenantId,
        async query<R>(sql: string, params: readonly unknown[] = []): Promise<R[]> {
          plan = await explain(tx, sql, params);
          return [];
        },
      };
      await findPastCases(watching as Tx, [problem]);
    });
    expect(plan?.indexes).toEqual(
      expect.arrayContaining(['exception_event_reopened', 'exception_solved_group', 'exception_solved_problem']),
    );
    expect(plan?.scannedTables).toEqual([]);
    const one = ids.get('O-1')!;
    const many = Array.from({ length: 21 }, (_, n) => ({ ...problem, groupId: `${one.slice(0, -2)}${n + 10}` }));
    await expect(database.withTenant(tenantId, (tx) => learnFixes(tx, many))).rejects.toThrow('at most 20 problems');
  });
});
