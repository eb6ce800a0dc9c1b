import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { storyObject, tell, type StoryObject } from '../../../testing/story-facts.js';
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
});
