import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at } from '../../testing/story-facts.js';
import { RequeueStory } from './testing/requeue-story.js';
import { RequeueTarget } from './testing/requeue-target.js';

let target: RequeueTarget;
let story: RequeueStory;

beforeEach(async () => {
  target = await RequeueTarget.start();
  story = await RequeueStory.begin(target);
});

afterEach(async () => {
  await target.stop();
  await story.db.close();
});

const overcome = (clearedAt: number) => story.facts((facts) => facts.problem(story.order, { clearedAt }));

const expectWithdrawn = async (resolvedAt: Date) => {
  expect(await story.attempts()).toMatchObject([{ state: 'REFUSED', answer: expect.stringContaining('withdrawn') }]);
  expect(await story.exceptions()).toMatchObject([{ state: 'RESOLVED', resolution: 'VANISHED', resolvedAt }]);
  expect(await story.count('requeue_claim')).toBe(0);
};

describe('a requeue whose step was overcome', () => {
  it('before it was asked for is not even claimed', async () => {
    await overcome(20);
    expect(await story.request()).toMatchObject({ kind: 'failure', code: 'ALREADY_PROCESSED' });
    expect(await story.count('requeue_request')).toBe(0);
  });

  it('while the claim was made is not sent, also when nobody heard of it then', async () => {
    await story.request();
    await overcome(20);
    await story.project('exceptions');
    await story.send(target);
    expect(target.received).toEqual([]);
    await expectWithdrawn(at(20));
  });

  it('while the target only said "later" is not verified by what it never took', async () => {
    await story.request();
    target.answer = (response) => response.writeHead(503).end();
    await story.send(target);
    await overcome(33);
    await story.project('requeue');
    await expectWithdrawn(at(33));
    await story.send(target);
    expect(target.received).toHaveLength(1);
  });
});
