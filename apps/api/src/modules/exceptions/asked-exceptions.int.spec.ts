import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../../testing/api-harness.js';
import { ACT_RESULT, LifeStory, type ActAnswer } from './testing/life-story.js';

let story: LifeStory;
let ids: Record<'analyst' | 'approver', string>;

beforeAll(async () => {
  story = await LifeStory.start();
  ids = { analyst: await idOf(story.people.analyst), approver: await idOf(story.people.approver) };
});

afterAll(async () => {
  await story.api.close();
});

const idOf = async (client: Client) => (await client.ask<{ viewer: { id: string } }>('{ viewer { id } }')).viewer.id;

const ACTS: [string, string][] = [
  ['assignExceptions', 'ownerId: $owner'],
  ['moveToQueue', 'queue: "tax", reason: "It is about VAT"'],
  ['snoozeExceptions', 'reason: "Known", untilNextOccurrence: true'],
  ['wakeExceptions', ''],
  ['setExceptionTicket', 'ticket: { system: "Jira", number: "FIN-1", url: "https://tickets.example/FIN-1" }'],
];

const act = async (
  name: string,
  selection: string,
  more: string,
  by: Client = story.people.analyst,
): Promise<ActAnswer> => {
  const isOwned = more.includes('$owner');
  const arguments_ = [selection, more].filter(Boolean).join(', ');
  const called = arguments_ === '' ? name : `${name}(${arguments_})`;
  const document = `mutation ${isOwned ? '($owner: ID)' : ''} { act: ${called} ${ACT_RESULT} }`;
  const owner = by === story.people.approver ? ids.approver : ids.analyst;
  return (await by.ask<{ act: ActAnswer }>(document, isOwned ? { owner } : {})).act;
};

describe('an act on exceptions that a person names', () => {
  it.each(ACTS)('%s says that nothing is selected', async (name, more) => {
    for (const selection of ['ids: []', 'exceptions: []', '']) {
      expect(await act(name, selection, more)).toMatchObject({ code: 'NOTHING_SELECTED', current: null });
    }
  });

  it.each(ACTS)('%s is refused whole where one has changed since it was seen', async (name, more) => {
    const [one, other] = [await story.fail(`A-${name}`), await story.fail(`B-${name}`)];
    const seen = [one, other].map((id) => `{ id: "${id}", version: 1 }`).join(', ');
    await story.change(other, { act: 'START' }, { by: story.people.approver });
    const answer = await act(name, `exceptions: [${seen}]`, more);
    expect(answer).toMatchObject({ code: 'STALE_VERSION', current: { id: other, state: 'IN_PROGRESS' } });
    expect(await story.show(one)).toMatchObject({ version: 1, owner: null, snooze: null });
  });

  it('is done with what did not change, and by id whatever happened', async () => {
    const id = await story.fail('A-3');
    expect((await act('assignExceptions', `exceptions: [{ id: "${id}", version: 1 }]`, 'ownerId: $owner')).code).toBe(
      undefined,
    );
    expect(
      (await act('assignExceptions', `ids: ["${id}"]`, 'ownerId: $owner', story.people.approver)).exceptions,
    ).toMatchObject([{ owner: { displayName: 'Test approver' } }]);
  });

  it('of two who take the same one, the second is told who has it', async () => {
    const id = await story.fail('A-4');
    const take = (by: Client) =>
      act('assignExceptions', `exceptions: [{ id: "${id}", version: 1 }]`, 'ownerId: $owner', by);
    await take(story.people.approver);
    expect((await take(story.people.analyst)).message).toBe(
      'Test approver changed A-4 since you looked at it: it is open and with Test approver now. Nothing was done.',
    );
    expect(await story.show(id)).toMatchObject({ owner: { displayName: 'Test approver' } });
  });
});
