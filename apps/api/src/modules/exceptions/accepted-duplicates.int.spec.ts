import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LifeStory } from './testing/life-story.js';

let story: LifeStory;

beforeAll(async () => {
  story = await LifeStory.start();
});

afterAll(async () => {
  await story.api.close();
});

/** Two exceptions, the first called a duplicate of the other; answers the other. */
async function withDuplicate(key: string, amount: string, of: { amount: string | null }): Promise<[string, string]> {
  const [copy, id] = [await story.fail(`${key}-copy`, amount), await story.fail(key, of.amount)];
  await story.change(copy, { act: 'MARK_DUPLICATE', duplicateOf: id });
  return [copy, id];
}

const moveTo = (id: string, queue: string) =>
  story.people.analyst.ask(
    'mutation ($id: ID!, $queue: String!) { moveToQueue(ids: [$id], queue: $queue, reason: "x") { __typename } }',
    { id, queue },
  );

describe('closing without correction what has duplicates', () => {
  it('is asked about the money of all of them, also where they hang on one another', async () => {
    const [copy, id] = await withDuplicate('H-1', '4200.00', { amount: '10.00' });
    const last = await story.fail('H-1-last', '20.00');
    await story.change(id, { act: 'MARK_DUPLICATE', duplicateOf: last });
    const answer = await story.accept(last);
    expect(answer.exceptions).toMatchObject([{ state: 'PENDING_APPROVAL' }]);
    const { acceptances } = await story.people.approver.ask<{ acceptances: { edges: { node: object }[] } }>(
      '{ acceptances { edges { node { duplicates moneyAtRisk { amount } convertedMoney { amount } } } } }',
    );
    expect(acceptances.edges.map(({ node }) => node)).toEqual([
      { duplicates: 2, moneyAtRisk: { amount: '20.00' }, convertedMoney: { amount: '4230.00' } },
    ]);
    const acceptanceId = answer.exceptions?.[0]?.acceptance?.id ?? '';
    expect((await story.decide('approveAcceptance', acceptanceId, story.people.approver)).exceptions).toMatchObject([
      { state: 'ACCEPTED' },
    ]);
    expect(await story.show(copy)).toMatchObject({ state: 'DUPLICATE' });
  });

  it('is done at once where it is little with all of them', async () => {
    const [, id] = await withDuplicate('H-2', '30.00', { amount: '10.00' });
    expect((await story.accept(id)).exceptions).toMatchObject([{ state: 'ACCEPTED' }]);
  });

  it('is not approved where another was called its duplicate meanwhile', async () => {
    const id = await story.fail('H-3', '4200.00');
    const acceptanceId = (await story.accept(id)).exceptions?.[0]?.acceptance?.id ?? '';
    const copy = await story.fail('H-3-copy', '5000000.00');
    await story.change(copy, { act: 'MARK_DUPLICATE', duplicateOf: id });
    expect(await story.decide('approveAcceptance', acceptanceId, story.people.approver)).toMatchObject({
      code: 'CHANGED_SINCE_REQUEST',
      message: 'Since it was asked for, another was named a duplicate of it. Reject it, so that it is asked for again.',
    });
    await story.decide('rejectAcceptance', acceptanceId, story.people.approver);
  });

  it('is not done where one of them lies in a queue where that is not done', async () => {
    const [copy, id] = [await story.fail('H-4-copy', '1.00'), await story.fail('H-4', null)];
    await moveTo(copy, 'payments');
    await story.change(copy, { act: 'MARK_DUPLICATE', duplicateOf: id });
    expect(await story.accept(id)).toMatchObject({
      code: 'NOT_OF_QUEUE',
      message:
        'H-4-copy is a duplicate of it and lies in the queue Payments, where nothing is closed without correction.',
      current: { state: 'OPEN' },
    });
  });
});
