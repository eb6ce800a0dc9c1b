import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { storyObject, tell, type StoryObject } from '../../../testing/story-facts.js';
import type { Tx } from '@throughline/persistence';
import { findRelated } from './related.repository.js';
import { copyExceptions } from '../testing/copy-exceptions.js';
import { LifeStory } from '../testing/life-story.js';

let story: LifeStory;

beforeAll(async () => {
  story = await LifeStory.start();
});
afterAll(() => story.api.close());

type Related = {
  total: number;
  exceptions: { relation: string; exception: { id: string; businessObject: { key: string }; state: string } }[];
};

async function relatedOf(id: string): Promise<string[]> {
  const { exception } = await story.people.analyst.ask<{ exception: { related: Related } }>(
    `query ($id: ID!) { exception(id: $id) { related {
       total exceptions { relation exception { id state businessObject { key } } } } } }`,
    { id },
  );
  const { total, exceptions } = exception.related;
  return [
    `${total}`,
    ...exceptions.map(({ relation, exception: one }) => `${relation} ${one.businessObject.key} ${one.state}`),
  ];
}

describe('related exceptions', () => {
  it('are those of the same object and of its transactions, each naming the other', async () => {
    const { database, tenantId } = story.api.test;
    const [order, invoice, stranger] = [
      storyObject('sales-order', 'O-1'),
      storyObject('invoice', 'I-1'),
      storyObject('invoice', 'I-9'),
    ] as [StoryObject, StoryObject, StoryObject];
    await tell(database, tenantId, async (facts) => {
      for (const object of [order, invoice, stranger]) await facts.object(object, '500.00');
      await facts.transaction([order, invoice]);
      await facts.problem(order, { first: 1 });
      await facts.problem(order, { first: 2, sellingUnit: 'DE01-KIEL' });
      await facts.problem(invoice, { first: 3 });
      await facts.problem(stranger, { first: 4 });
    });
    for (const object of [order, invoice, stranger]) await story.reconcile(object);
    const { exceptions } = await story.people.analyst.ask<{
      exceptions: { edges: { node: { id: string; title: string } }[] };
    }>(`{ exceptions(first: 10, orderBy: OPENED_ASC) { edges { node { id title } } } }`);
    const [first, second, third, fourth] = exceptions.edges.map(({ node }) => node.id) as [
      string,
      string,
      string,
      string,
    ];
    expect(await relatedOf(first)).toEqual(['2', 'SAME_OBJECT O-1 OPEN', 'SAME_TRANSACTION I-1 OPEN']);
    expect(await relatedOf(second)).toEqual(['2', 'SAME_OBJECT O-1 OPEN', 'SAME_TRANSACTION I-1 OPEN']);
    expect(await relatedOf(third)).toEqual(['2', 'SAME_TRANSACTION O-1 OPEN', 'SAME_TRANSACTION O-1 OPEN']);
    expect(await relatedOf(fourth)).toEqual(['0']);
  });

  it('are counted to a cap before they are put in order, those of the same object and open ones first', async () => {
    const { database, tenantId } = story.api.test;
    const batch = storyObject('payment-batch', 'B-1');
    await tell(database, tenantId, async (facts) => {
      await facts.object(batch);
      await facts.problem(batch, { first: 1 });
      await facts.problem(batch, { first: 2, sellingUnit: 'DE01-KIEL' });
      await facts.transaction([batch]);
    });
    await story.reconcile(batch);
    const [asked] = await database.withTenant(tenantId, (tx) =>
      tx.query<{ id: string }>(
        'select exception_id as id from exception where tenant_id = $1 and object_id = $2 order by opened_at',
        [tenantId, batch.objectId],
      ),
    );
    await database.withTenant(tenantId, async (tx) => {
      const members = await copyExceptions(tx, asked?.id ?? '', 3_000, {
        title: `case when n = 3000 then 'Open one' else 'Old one' end`,
        state: `case when n = 3000 then 'OPEN' else 'ACCEPTED' end`,
      });
      await tx.query(
        `insert into transaction_object (tenant_id, transaction_id, object_id, is_hub, depth)
         select $1, t.transaction_id, m.id, false, 1
         from business_transaction t, unnest($3::uuid[]) as m(id) where t.tenant_id = $1 and t.anchor_object_id = $2`,
        [tenantId, batch.objectId, members],
      );
    });
    const { exception } = await story.people.analyst.ask<{
      exception: {
        related: { total: number; totalIsLowerBound: boolean; exceptions: { exception: { title: string } }[] };
      };
    }>(
      `query ($id: ID!) { exception(id: $id) { related { total totalIsLowerBound exceptions { exception { title } } } } }`,
      { id: asked?.id },
    );
    expect(exception.related).toMatchObject({ total: 1000, totalIsLowerBound: true });
    expect(exception.related.exceptions.slice(0, 3).map(({ exception: { title } }) => title)).toEqual([
      expect.stringContaining('DE01-KIEL'),
      'Open one',
      'Old one',
    ]);
    const sorted = await rowsSorted(asked?.id ?? '');
    expect(sorted).toBeGreaterThan(0);
    expect(sorted).toBeLessThanOrEqual(1_001);
  });
});

type PlanNode = { 'Node Type': string; 'Actual Rows': number; 'Parent Relationship'?: string; Plans?: PlanNode[] };

/** How many rows the window over related exceptions is given. */
async function rowsSorted(exceptionId: string): Promise<number> {
  const { database, tenantId } = story.api.test;
  let plan: PlanNode | undefined;
  await database.withTenant(tenantId, (tx) => {
    const watching: Pick<Tx, 'tenantId' | 'query'> = {
      tenantId,
      async query<R>(sql: string, params: readonly unknown[] = []): Promise<R[]> {
        const [row] = await tx.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
          `explain (analyze, format json) ${sql}`,
          params,
        );
        plan = row?.['QUERY PLAN'][0].Plan;
        return [];
      },
    };
    return findRelated(watching as Tx, [exceptionId]);
  });
  const nodes = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodes)];
  const windows = plan === undefined ? [] : nodes(plan).filter((node) => node['Node Type'] === 'WindowAgg');
  const inputs = windows.flatMap((node) => (node.Plans ?? []).filter((one) => one['Parent Relationship'] === 'Outer'));
  return Math.max(0, ...inputs.map((input) => input['Actual Rows']));
}
