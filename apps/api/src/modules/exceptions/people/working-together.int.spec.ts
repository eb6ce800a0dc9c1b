import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Client } from '../../../testing/api-harness.js';
import { at, storyObject, tell } from '../../../testing/story-facts.js';
import { LifeStory } from '../testing/life-story.js';
import { reconcileExceptions } from '../usecases/reconcile-exceptions.js';

type Role = keyof LifeStory['people'];

type News = {
  kind: string;
  count: number;
  title: string;
  actorName: string;
  readAt: string | null;
  details: Record<string, unknown>;
  forPerson: { email: string } | null;
  exceptions: { id: string }[];
};

let story: LifeStory;
const idOf: Partial<Record<Role, string>> = {};
const person = (role: Role) => idOf[role]!;

beforeAll(async () => {
  story = await LifeStory.start();
  for (const [role, client] of Object.entries(story.people)) {
    idOf[role as Role] = (await client.ask<{ viewer: { id: string } }>('{ viewer { id } }')).viewer.id;
  }
});

afterAll(() => story.api.close());

async function newsOf(role: Role): Promise<News[]> {
  const { myNotifications } = await story.people[role].ask<{ myNotifications: { edges: { node: News }[] } }>(
    `{ myNotifications(unreadOnly: true) { edges { node {
       kind count title actorName readAt details forPerson { email } exceptions { id } } } } }`,
  );
  return myNotifications.edges.map(({ node }) => node);
}

const unreadOf = async (role: Role) =>
  (await story.people[role].ask<{ myUnreadNotifications: number }>('{ myUnreadNotifications }')).myUnreadNotifications;

/** What a person heard of since, and no more of before. */
async function takeNews(role: Role): Promise<News[]> {
  const news = await newsOf(role);
  await story.people[role].ask(`mutation { markAllNotificationsRead(upTo: "2100-01-01T00:00:00.000Z") }`);
  return news;
}

type Result = {
  __typename: string;
  code?: string;
  message?: string;
  problems?: string[];
  warnings?: string[];
  absence?: { id: string } | null;
};

const EXCEPTIONS = '... on ExceptionsChanged { warnings } ... on ActFailure { code message }';
const GROUPS = '... on ExceptionGroupFailure { code message }';
const ABSENCES = '... on AbsenceSaved { warnings absence { id } } ... on CatalogFailure { code message problems }';

async function act(
  mutation: string,
  by: Client = story.people.analyst,
  over: { shape?: string; text?: string } = {},
): Promise<Result> {
  const { shape = mutation.includes('Absence(') ? ABSENCES : EXCEPTIONS, text } = over;
  const { result } = await by.ask<{ result: Result }>(
    `mutation ${text === undefined ? '' : '($text: String!)'} { result: ${mutation} { __typename ${shape} } }`,
    text === undefined ? {} : { text },
  );
  return result;
}

const note = (id: string, text: string, isOnGroup = false) =>
  act(`commentOnException(id: "${id}", text: $text, isOnGroup: ${isOnGroup})`, story.people.analyst, { text });

const assign = (ids: string[], role: Role, isForwarded = false) =>
  act(`assignExceptions(ids: ${JSON.stringify(ids)}, ownerId: "${person(role)}", isForwarded: ${isForwarded})`);

describe('a note', () => {
  it('tells who is called, makes both watch, and says nothing to whoever wrote it', async () => {
    const id = await story.fail('N-1');
    expect(await note(id, 'Please look, @approver: **urgent**')).toMatchObject({ __typename: 'ExceptionsChanged' });
    expect(await newsOf('analyst')).toEqual([]);
    expect(await takeNews('approver')).toEqual([
      {
        kind: 'MENTIONED',
        count: 1,
        title: expect.stringContaining('N-1'),
        actorName: 'Test analyst',
        readAt: null,
        details: { text: 'Please look, @approver: **urgent**' },
        forPerson: null,
        exceptions: [{ id }],
      },
    ]);
    const { exception } = await story.people.analyst.ask<{ exception: object }>(
      `{ exception(id: "${id}") { isWatched watchers { email } } }`,
    );
    expect(exception).toEqual({
      isWatched: true,
      watchers: [{ email: 'analyst@test.example' }, { email: 'approver@test.example' }],
    });
    expect((await story.show(id)).events.at(-1)?.details).toMatchObject({
      mentions: [{ personId: person('approver'), name: 'Test approver', text: '@approver' }],
    });
  });

  it('that calls nobody who is known, or has a megabyte, is refused as a whole', async () => {
    const id = await story.fail('N-2');
    const before = (await story.show(id)).events.length;
    expect(await note(id, '@approver and @nobody-here')).toEqual({
      __typename: 'ActFailure',
      code: 'PERSON_NOT_FOUND',
      message: 'There is nobody called “nobody-here” here. The note was not added.',
    });
    expect(await note(id, 'x'.repeat(1_000_000))).toMatchObject({
      code: 'NOTE_TOO_LONG',
      message: expect.stringContaining('1,000,000 characters, and a note may have 10,000'),
    });
    expect((await story.show(id)).events).toHaveLength(before);
    expect(await newsOf('approver')).toEqual([]);
  });

  it('on the group is shown on every member, also on one that comes later', async () => {
    const first = await story.fail('N-3');
    await note(first, 'Master data knows, says @controller', true);
    const second = await story.fail('N-4');
    const { exception } = await story.people.analyst.ask<{ exception: { group: object; groupNotes: object[] } }>(
      `{ exception(id: "${second}") { groupNotes { text writtenByName exceptionId mentions { name } } group { notes { text } } } }`,
    );
    expect(exception.groupNotes).toEqual([
      {
        text: 'Master data knows, says @controller',
        writtenByName: 'Test analyst',
        exceptionId: first,
        mentions: [{ name: 'Test controller' }],
      },
    ]);
    expect(exception.group).toEqual({ notes: [{ text: 'Master data knows, says @controller' }] });
    await takeNews('controller');
  });
});

describe('the number of unread notifications', () => {
  it('comes to who is notified as it changes, and to nobody else', async () => {
    const id = await story.fail('U-1');
    const port = await story.api.listen();
    const heard: Partial<Record<Role, number[]>> = {};
    const sockets = (['treasurer', 'controller'] as const).map((role) => {
      class SignedInSocket extends WebSocket {
        constructor(address: string, protocols: string | string[]) {
          super(address, protocols, { headers: { cookie: story.people[role].cookie ?? '' } });
        }
      }
      const webSocketImpl = SignedInSocket;
      const socket = createClient({ url: `ws://127.0.0.1:${port}/graphql`, webSocketImpl, retryAttempts: 0 });
      const numbers: number[] = (heard[role] = []);
      socket.subscribe<{ myUnreadNotificationsChanged: number }>(
        { query: 'subscription { myUnreadNotificationsChanged }' },
        {
          next: ({ data }) => void (data && numbers.push(data.myUnreadNotificationsChanged)),
          error: () => undefined,
          complete: () => undefined,
        },
      );
      return socket;
    });
    // until the subscription is set up on the server, nothing comes
    for (let tries = 0; heard.treasurer!.length === 0 && tries < 50; tries += 1) {
      await note(id, `@treasurer, ${tries}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await Promise.all(sockets.map((socket) => socket.dispose()));
    expect(heard.treasurer!.at(-1)).toBeGreaterThan(0);
    expect(heard.controller).toEqual([]);
    await takeNews('treasurer');
  });
});

describe('what is given to somebody', () => {
  it('is one notification for many, joined by what follows, and none for oneself', async () => {
    const ids = [await story.fail('A-1'), await story.fail('A-2'), await story.fail('A-3')];
    await assign(ids.slice(0, 2), 'approver');
    expect(await newsOf('approver')).toMatchObject([{ kind: 'ASSIGNED', count: 2 }]);
    await assign(ids.slice(2), 'approver');
    const [news, ...more] = await newsOf('approver');
    expect(more).toEqual([]);
    expect(news).toMatchObject({ kind: 'ASSIGNED', count: 3, title: expect.stringContaining('A-3') });
    expect(new Set(news?.exceptions.map(({ id }) => id))).toEqual(new Set(ids));
    expect(await unreadOf('approver')).toBe(1);
    await takeNews('approver');
    await assign(ids.slice(0, 1), 'analyst');
    expect(await newsOf('analyst')).toEqual([]);
    expect(await newsOf('approver')).toEqual([]);
  });

  it('goes to the deputy of who is away, or both are told', async () => {
    const [kept, sent] = [await story.fail('A-4'), await story.fail('A-5')];
    const day = (minute: number) => at(minute).toISOString();
    const absence = `from: "${day(0)}", until: "${day(60 * 24)}", deputyId: "${person('analyst')}"`;
    const stated = await act(`stateAbsence(input: { ${absence} })`, story.people.approver);
    expect(stated).toMatchObject({
      __typename: 'AbsenceSaved',
      warnings: ['Test analyst may not approve: what waits for approval goes to other approvers.'],
    });
    expect(await act(`stateAbsence(input: { ${absence} })`, story.people.approver)).toMatchObject({
      code: 'INVALID',
      message: expect.stringMatching(/^It overlaps the absence from /),
    });
    const forbidden = await story.people.analyst.send(
      `mutation { stateAbsence(input: { personId: "${person('approver')}", ${absence} }) { __typename } }`,
    );
    expect(forbidden.errors?.[0]?.extensions.code).toBe('FORBIDDEN');

    const { absences } = await story.people.analyst.ask<{ absences: object[] }>(
      '{ absences { isNow noStandInReason person { email } standIn { email } } }',
    );
    expect(absences).toEqual([
      {
        isNow: true,
        noStandInReason: null,
        person: { email: 'approver@test.example' },
        standIn: { email: 'analyst@test.example' },
      },
    ]);

    expect((await assign([kept], 'approver')).warnings).toEqual([
      expect.stringMatching(/^Test approver is away until 20..-..-..: Test analyst stands in and is told as well\.$/),
    ]);
    // the deputy gave it, so the deputy knows
    expect(await newsOf('analyst')).toEqual([]);
    expect(await takeNews('approver')).toMatchObject([{ kind: 'ASSIGNED' }]);
    expect((await assign([sent], 'approver', true)).warnings).toEqual([
      expect.stringMatching(/: Test analyst got it\.$/),
    ]);
    expect(await story.show(sent)).toMatchObject({ owner: { displayName: 'Test analyst' } });
    expect((await story.show(sent)).events.at(-1)?.details).toMatchObject({ insteadOf: 'Test approver' });

    const noted = await story.people.controller.ask<{ absences: { id: string }[] }>('{ absences { id } }');
    const absenceId = noted.absences[0]!.id;
    expect(await act(`endAbsence(id: "${absenceId}")`, story.people.approver)).toMatchObject({
      __typename: 'AbsenceSaved',
    });
    expect(await act(`endAbsence(id: "${absenceId}")`, story.people.approver)).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('an approval', () => {
  it('is asked of all who may give it but who asked, never of a deputy who asked, and the answer goes back', async () => {
    const id = await story.fail('P-1', '50000.00');
    const day = (minute: number) => at(minute).toISOString();
    const away = await act(
      `stateAbsence(input: { from: "${day(0)}", until: "${day(600)}", deputyId: "${person('approver')}" })`,
      story.people.controller,
    );
    await story.accept(id, { by: story.people.approver });
    // the controller is away and the deputy is who asks: it is not brought back for approval
    expect(await takeNews('controller')).toMatchObject([{ kind: 'APPROVAL_ASKED', details: { reason: 'immaterial' } }]);
    expect(await newsOf('approver')).toEqual([]);
    const acceptanceId = (await story.show(id)).acceptance!.id;
    const own = await story.decide('approveAcceptance', acceptanceId, story.people.approver);
    expect(own).toMatchObject({ code: 'MAKER_MAY_NOT_DECIDE' });
    await story.decide('rejectAcceptance', acceptanceId, story.people.controller);
    expect(await takeNews('approver')).toMatchObject([
      {
        kind: 'APPROVAL_DECIDED',
        actorName: 'Test controller',
        details: { decision: 'rejected', reason: 'Pursue it' },
      },
    ]);
    await act(`endAbsence(id: "${away.absence!.id}")`, story.people.controller);
  });
});

describe('who watches', () => {
  const watch = (id: string, isWatching: boolean) =>
    act(`watchExceptions(ids: ["${id}"], isWatching: ${isWatching})`, story.people.treasurer);

  /** It fails again after somebody said that it was resolved. */
  async function failAgain(key: string, last: number): Promise<void> {
    const { database, tenantId } = story.api.test;
    await tell(database, tenantId, async (facts) => {
      await facts.problem(storyObject('sales-order', key), { first: 1, last, occurrences: 2 });
    });
  }

  it('hears of what changes until that is turned off', async () => {
    const id = await story.fail('W-1');
    await watch(id, true);
    await story.change(id, { act: 'START' });
    expect(await takeNews('treasurer')).toMatchObject([
      { kind: 'STATE_CHANGED', actorName: 'Test analyst', details: { state: 'IN_PROGRESS' } },
    ]);
    await story.change(id, { act: 'RESOLVE', resolve: { resolution: 'SOURCE_FIXED' } });
    expect(await takeNews('treasurer')).toMatchObject([{ kind: 'STATE_CHANGED', details: { state: 'RESOLVED' } }]);
    story.turnTo(40);
    await failAgain('W-1', 35);
    await story.reconcile(storyObject('sales-order', 'W-1'));
    expect((await story.show(id)).state).toBe('OPEN');
    expect(await takeNews('treasurer')).toMatchObject([{ kind: 'REOPENED', actorName: 'Throughline' }]);
    await watch(id, false);
    await story.change(id, { act: 'START' });
    expect(await newsOf('treasurer')).toEqual([]);
  });

  it('hears nothing of what only mapping again brings', async () => {
    const id = await story.fail('W-2');
    await watch(id, true);
    await story.change(id, { act: 'RESOLVE', resolve: { resolution: 'SOURCE_FIXED' } });
    await takeNews('treasurer');
    story.turnTo(42);
    await failAgain('W-2', 41);
    const { database, tenantId } = story.api.test;
    const { objectId } = storyObject('sales-order', 'W-2');
    await database.withTenant(tenantId, (tx) =>
      reconcileExceptions(tx, { objectIds: [objectId], overdue: [] }, at(42), { isSilent: true }),
    );
    expect((await story.show(id)).state).toBe('OPEN');
    expect(await newsOf('treasurer')).toEqual([]);
  });
});

describe('a ticket', () => {
  it('is set and removed, once each in the timeline, and refused with a reason', async () => {
    const id = await story.fail('T-1');
    const set = (ticket: string) => act(`setExceptionTicket(ids: ["${id}"], ticket: ${ticket})`);
    expect(await set('{ system: "Jira", number: "FIN-7", url: "javascript:alert(1)" }')).toMatchObject({
      code: 'INVALID_TICKET',
      message: expect.stringContaining('begins with https://'),
    });
    const link = '{ system: "Jira", number: "FIN-7", url: "https://jira.example/FIN-7" }';
    await set(link);
    await set(link);
    const shown = async () =>
      (
        await story.people.analyst.ask<{ exception: { ticket: object; group: { id: string; ticket: object } } }>(
          `{ exception(id: "${id}") { ticket { system number url host } group { id ticket { number } } } }`,
        )
      ).exception;
    const { ticket, group } = await shown();
    expect(ticket).toEqual({
      system: 'Jira',
      number: 'FIN-7',
      url: 'https://jira.example/FIN-7',
      host: 'jira.example',
    });
    await set('null');
    expect((await story.show(id)).events.map(({ kind }) => kind)).toEqual(['opened', 'ticket-set', 'ticket-removed']);
    await act(
      `setExceptionGroupTicket(id: "${group.id}", ticket: { system: "Jira", number: "FIN-8" })`,
      story.people.analyst,
      {
        shape: GROUPS,
      },
    );
    expect(await shown()).toMatchObject({ ticket: null, group: { ticket: { number: 'FIN-8' } } });
  });
});

describe('activity and hand-over', () => {
  const FEED = `query ($filter: ExceptionActivityFilter, $after: String) {
    exceptionActivity(first: 2, after: $after, filter: $filter) { totalCount pageInfo { hasNextPage endCursor }
      edges { node { id kind actorName isAutomation exception { id } } } } }`;
  type Feed = {
    exceptionActivity: {
      totalCount: number;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
      edges: {
        node: { id: string; kind: string; actorName: string; isAutomation: boolean; exception: { id: string } };
      }[];
    };
  };

  it('tells every step once, by page, of people and of the system', async () => {
    const pages = async (filter: object) => {
      const nodes: Feed['exceptionActivity']['edges'][number]['node'][] = [];
      for (let after: string | null = null; ;) {
        const { exceptionActivity }: Feed = await story.people.treasurer.ask<Feed>(FEED, { filter, after });
        nodes.push(...exceptionActivity.edges.map(({ node }) => node));
        after = exceptionActivity.pageInfo.endCursor;
        if (!exceptionActivity.pageInfo.hasNextPage) {
          expect(nodes).toHaveLength(exceptionActivity.totalCount);
          return nodes;
        }
      }
    };
    const all = await pages({});
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const people = await pages({ by: 'PEOPLE' });
    const automation = await pages({ by: 'AUTOMATION' });
    expect(people.length + automation.length).toBe(all.length);
    expect(new Set(automation.map(({ actorName }) => actorName))).toEqual(new Set(['Throughline']));
    const own = await pages({ personId: person('approver') });
    expect(own.map(({ kind, actorName }) => `${kind} ${actorName}`)).toEqual(['acceptance-requested Test approver']);
    expect((await pages({ kinds: ['ticket-set'] })).map(({ kind }) => kind)).toEqual(['ticket-set']);
  });

  it('hands over what is in hand, what ends and what was done', async () => {
    const id = await story.fail('H-1');
    await assign([id], 'analyst');
    story.turnTo(50);
    await story.change(id, {
      act: 'WAIT',
      wait: { reason: 'customer', until: at(50 + 60).toISOString() },
      comment: 'they call back',
    });
    const { handOver } = await story.people.analyst.ask<{
      handOver: {
        claims: { count: number; items: { exception: { id: string } }[] };
        waits: object;
        cutOffs: { count: number };
        done: { kind: string; exceptions: number }[];
      };
    }>(
      `{ handOver(personId: "${person('analyst')}", since: "${at(0).toISOString()}") {
         claims { count items { exception { id } } } waits { count items { at exception { id } } }
         cutOffs { count } done { kind steps exceptions } } }`,
    );
    expect(handOver.claims.count).toBe(handOver.claims.items.length);
    expect(handOver.claims.count).toBeGreaterThan(0);
    expect(handOver.waits).toEqual({ count: 1, items: [{ at: at(110).toISOString(), exception: { id } }] });
    expect(handOver.done).toContainEqual({ kind: 'waiting', steps: 1, exceptions: 1 });
    expect(handOver.done.map(({ kind }) => kind)).not.toContain('opened');
    const refused = await story.people.analyst.send(`{ handOver(until: "${at(0).toISOString()}") { asOf } }`);
    expect(refused.errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });
});
