import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../../../testing/api-harness.js';
import { at, countOf } from '../../../testing/story-facts.js';
import { createEscalationStage } from '../escalation/escalation-stage.js';
import { LifeStory } from '../testing/life-story.js';

let story: LifeStory;
let admin: Client;

beforeAll(async () => {
  story = await LifeStory.start();
  await story.api.addPerson(story.api.test.tenantId, 'admin@test.example', 'admin');
  admin = await story.api.signIn('admin@test.example');
});
afterAll(() => story.api.close());

type Stated = { timeZone: string; holidays?: string; weekly: object[]; days: object[] };
type Answer = Record<string, unknown>;

const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '00:00', closes: '24:00' }));
const ALWAYS: Stated = { timeZone: 'UTC', weekly: always, days: [] };
const dateOf = (minute: number) => at(minute).toISOString().slice(0, 10);

const QUEUE = `queue { revision workingHours { calendar title timeZone isOpen opensAt }
  ownHours { timeZone holidays weekly { weekday opens closes } days { date windows { opens closes } } } }`;

const set = async (hours: Stated, queue = 'master-data', seen: string | null = null) =>
  (
    await admin.ask<{ set: Answer }>(
      `mutation ($queue: String!, $hours: QueueOwnHoursInput!, $seen: String) { set: setQueueOwnHours(queue: $queue, hours: $hours, seen: $seen) {
         ... on QueueSaved { ${QUEUE} } ... on CatalogFailure { code message problems } } }`,
      { queue, hours, seen },
    )
  ).set;

const setCalendar = (queue: string, calendar: string) =>
  admin.ask<{ set: { queue: Answer } }>(
    `mutation ($queue: String!, $calendar: String!) { set: setQueueHours(queue: $queue, calendar: $calendar) { ... on QueueSaved { ${QUEUE} } } }`,
    { queue, calendar },
  );

const audits = () =>
  countOf(story.api.test.database, story.api.test.tenantId, 'audit_record', `action = 'queue.hours-set'`);

describe('a queue with hours of its own', () => {
  it('is worked by them until a calendar is set again, each on record', async () => {
    const closed = { ...ALWAYS, holidays: 'TARGET', days: [{ date: dateOf(30), windows: [] }] };
    const before = await audits();
    expect(await set(closed, 'tax')).toMatchObject({
      queue: {
        workingHours: {
          calendar: 'own',
          title: 'Own hours, holidays of TARGET',
          timeZone: 'UTC',
          isOpen: false,
          opensAt: expect.stringContaining('T00:00:00'),
        },
        ownHours: { holidays: 'TARGET', weekly: always, days: [{ date: dateOf(30), windows: [] }] },
      },
    });
    const { set: again } = await setCalendar('tax', '24x7');
    expect(again.queue).toMatchObject({ workingHours: { calendar: '24x7', isOpen: true }, ownHours: null });
    expect(await audits()).toBe(before + 2);
  });

  it('is refused where they make no sense, and nothing is kept of that', async () => {
    const before = await audits();
    expect(await set({ ...ALWAYS, weekly: [] }, 'tax')).toMatchObject({
      code: 'INVALID',
      problems: ['weekly: a week without any open time would stop every clock'],
    });
    expect(await set({ ...ALWAYS, timeZone: 'Mars/Base' }, 'tax')).toMatchObject({ code: 'INVALID' });
    expect(await set({ ...ALWAYS, weekly: [{ weekday: 1, opens: '22:00', closes: '06:00' }] }, 'tax')).toMatchObject({
      code: 'INVALID',
      problems: [expect.stringContaining('over midnight')],
    });
    expect(await set(ALWAYS, 'nowhere')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await audits()).toBe(before);
  });

  it('is refused where somebody changed the queue meanwhile, also only its hours', async () => {
    const { queue } = (await set(ALWAYS, 'credit')) as { queue: { revision: string } };
    const other = { ...ALWAYS, days: [{ date: '2027-01-04', windows: [{ opens: '10:00', closes: '12:00' }] }] };
    expect(await set(other, 'credit', queue.revision)).toMatchObject({ queue: { ownHours: other } });
    expect(await set(ALWAYS, 'credit', queue.revision)).toMatchObject({ code: 'STALE_VERSION' });
  });

  it('shows the next days before anything is kept', async () => {
    const before = await audits();
    const tryHours = async (hours: Stated) =>
      (
        await admin.ask<{ tried: Answer }>(
          `query ($hours: QueueOwnHoursInput!) { tried: tryQueueHours(hours: $hours) {
             ... on QueueHoursTrial { timeZone days { date stretches { from until } } } ... on CatalogFailure { code problems } } }`,
          { hours },
        )
      ).tried;
    const windows = [
      { opens: '08:00', closes: '12:00' },
      { opens: '13:00', closes: '24:00' },
    ];
    const today = dateOf(30);
    expect(await tryHours({ ...ALWAYS, days: [{ date: today, windows }] })).toMatchObject({
      timeZone: 'UTC',
      days: [
        {
          date: today,
          stretches: [
            { from: `${today}T08:00:00.000Z`, until: `${today}T12:00:00.000Z` },
            { from: `${today}T13:00:00.000Z` },
          ],
        },
        {},
        {},
        {},
        {},
      ],
    });
    expect(await tryHours({ ...ALWAYS, weekly: [] })).toMatchObject({ code: 'INVALID' });
    expect(await audits()).toBe(before);
  });

  it('hands over to a shift of open hours', async () => {
    const untilOf = async () =>
      (await story.people.analyst.ask<{ handOver: { until: string } }>('{ handOver(queue: "tax") { until } }')).handOver
        .until;
    const eightHours = 8 * 60;
    await set(ALWAYS, 'tax');
    expect(await untilOf()).toBe(at(30 + eightHours).toISOString());
    // nothing today: the first eight hours of tomorrow
    await set({ ...ALWAYS, days: [{ date: dateOf(30), windows: [] }] }, 'tax');
    expect(await untilOf()).toBe(`${dateOf(30 + 24 * 60)}T08:00:00.000Z`);
  });

  it('has clocks and escalation by them, of what waits already too', async () => {
    const escalate = (minute: number) => {
      story.turnTo(minute);
      return createEscalationStage(story.api.test.database, () => at(minute)).run(story.api.test.tenantId);
    };
    const clockOf = async (id: string) =>
      (
        await story.people.analyst.ask<{ exception: { isEscalated: boolean; clock: Answer } }>(
          `query ($id: ID!) { exception(id: $id) { isEscalated clock { band response { state } } } }`,
          { id },
        )
      ).exception;
    // closed for the day: nothing gets late
    await set({ ...ALWAYS, days: [{ date: dateOf(30), windows: [] }] });
    const id = await story.fail('O-1');
    const band = (await clockOf(id)).clock['band'];
    await admin.ask(
      `mutation ($targets: [QueueTargetInput!]!) { setQueueTargets(queue: "master-data", targets: $targets) { __typename } }`,
      { targets: [{ band, response: 'PT7M', resolution: 'PT9M' }] },
    );
    await escalate(60);
    expect(await clockOf(id)).toMatchObject({ isEscalated: false, clock: { response: { state: 'running' } } });
    // open all the time: it is late at once
    await set(ALWAYS);
    await escalate(61);
    expect(await clockOf(id)).toMatchObject({ isEscalated: true, clock: { response: { state: 'late' } } });
  });
});
