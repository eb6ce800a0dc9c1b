import { describe, expect, it } from '@jest/globals';
import type { Activity } from '@throughline/canonical';
import { projectAll } from './projection.js';
import { type ActivityDraft, activity, at, named, reference } from './testing/activity-builder.js';
import { SHORT_WORKFLOW, TEST_CALENDARS } from './testing/short-workflow.js';

const missing = (field: string, payload?: unknown) => ({
  taxonomy: 'data-quality.missing-field',
  discriminators: { field },
  message: `The field ${field} is missing`,
  ...(payload !== undefined && { payload }),
});

const failed = (time: string, more: Partial<ActivityDraft> = {}) =>
  activity({
    type: 'invoice.rejected',
    at: at(time),
    integration: 'billing',
    objects: [named('invoice', 'I1')],
    problem: missing('taxCode'),
    ...more,
  });
const posted = (time: string, number = 'I1') =>
  activity({ type: 'invoice.posted', at: at(time), integration: 'billing', objects: [named('invoice', number)] });
const ran = (time: string) =>
  activity({
    type: 'integration.run-completed',
    at: at(time),
    integration: 'billing',
    objects: [named('invoice', 'I1')],
  });
const billedBy = (order: string, number: string, time = '07:00') =>
  activity({
    type: 'invoice.drafted',
    at: at(time),
    objects: [named('invoice', number), reference('sales-order', order)],
    links: [[1, 0]],
  });
const orderFailed = (time: string) => failed(time, { objects: [named('sales-order', 'O1')] });

function problemsOf(activities: readonly Activity[]) {
  return projectAll(activities, [SHORT_WORKFLOW], TEST_CALENDARS).problems;
}

describe('problems', () => {
  it.each<{ name: string; activities: Activity[]; occurrences: number }>([
    { name: 'one failure is one occurrence', activities: [failed('08:00')], occurrences: 1 },
    {
      name: 'several signals of one run are one',
      activities: [failed('08:00', { run: 'r' }), failed('08:01', { run: 'r', type: 'integration.run-failed' })],
      occurrences: 1,
    },
    {
      name: 'each run is one',
      activities: [failed('08:00', { run: 'r1' }), failed('08:00', { run: 'r2' })],
      occurrences: 2,
    },
    { name: 'the same signal again is none', activities: [failed('08:00'), failed('08:00')], occurrences: 1 },
  ])('$name', ({ activities, occurrences }) => {
    expect(problemsOf(activities)).toMatchObject([{ occurrences }]);
  });

  it.each<{ name: string; activities: Activity[]; problems: number }>([
    {
      name: 'of other signatures are others',
      activities: [failed('08:00'), failed('08:00', { problem: missing('plant') })],
      problems: 2,
    },
    {
      name: 'at other hops are others',
      activities: [failed('08:00'), failed('08:00', { integration: 'positions' })],
      problems: 2,
    },
    { name: 'of other objects are others', activities: [failed('08:00'), orderFailed('08:00')], problems: 2 },
    {
      name: 'with other words are the same',
      activities: [failed('08:00'), failed('09:00', { problem: { ...missing('taxCode'), message: 'Tax code?' } })],
      problems: 1,
    },
  ])('$name', ({ activities, problems }) => {
    expect(problemsOf(activities)).toHaveLength(problems);
  });

  it.each<{ name: string; activities: Activity[]; clearedAt: string | null }>([
    { name: 'not while nothing is reached', activities: [failed('08:00')], clearedAt: null },
    {
      name: 'by the milestone that the hop is there for',
      activities: [failed('08:00'), posted('09:00')],
      clearedAt: '09:00',
    },
    {
      name: 'not by a run that merely says it completed',
      activities: [failed('08:00'), ran('09:00')],
      clearedAt: null,
    },
    { name: 'not by a success before the failure', activities: [posted('07:00'), failed('08:00')], clearedAt: null },
    {
      name: 'not by a success between two failures',
      activities: [failed('08:00'), posted('09:00'), failed('10:00')],
      clearedAt: null,
    },
    {
      name: 'by the earliest success after the last failure',
      activities: [failed('08:00'), failed('10:00'), posted('12:00'), posted('11:00')],
      clearedAt: '11:00',
    },
    {
      name: 'not by the success of another object',
      activities: [failed('08:00'), posted('09:00', 'I2')],
      clearedAt: null,
    },
    {
      name: 'by what is reached downstream',
      activities: [orderFailed('08:00'), billedBy('O1', 'I1'), posted('09:00')],
      clearedAt: '09:00',
    },
    {
      name: 'not by what is reached beside it',
      activities: [orderFailed('08:00'), billedBy('O2', 'I1'), posted('09:00')],
      clearedAt: null,
    },
    {
      name: 'not by what was undone',
      activities: [
        failed('08:00'),
        posted('09:00'),
        activity({ type: 'invoice.reversed', at: at('10:00'), objects: [named('invoice', 'I1')] }),
      ],
      clearedAt: null,
    },
    {
      name: 'not at a hop that proves nothing',
      activities: [failed('08:00', { integration: 'archiving' }), posted('09:00')],
      clearedAt: null,
    },
  ])('are cleared $name', ({ activities, clearedAt }) => {
    for (const order of [activities, [...activities].reverse()]) {
      expect(problemsOf(order).map((problem) => problem.clearedAt)).toEqual([
        clearedAt === null ? null : at(clearedAt),
      ]);
    }
  });

  it('show the last failed run by its activity that carries the payload', () => {
    const withPayload = failed('08:00', { run: 'r', problem: missing('taxCode', { number: 'I1' }) });
    const span = failed('08:01', { run: 'r', type: 'integration.run-failed' });
    expect(problemsOf([span, withPayload])).toMatchObject([
      { lastActivityId: withPayload.activityId, lastOccurredAt: at('08:01') },
    ]);
  });
});
