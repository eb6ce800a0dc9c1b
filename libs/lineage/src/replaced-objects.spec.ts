import { describe, expect, it } from '@jest/globals';
import { type Activity, type ActivityObject, NIL_UUID } from '@throughline/canonical';
import { projectAll } from './projection.js';
import { activity, at, named, reference } from './testing/activity-builder.js';
import { SHORT_WORKFLOW, TEST_CALENDARS } from './testing/short-workflow.js';

const order = (number: string) =>
  activity({
    type: 'sales-order.accepted',
    at: at('08:30'),
    objects: [named('sales-order', number), reference('contract', 'C')],
    links: [[1, 0]],
  });
const happened = (type: string, time: string, subject: ActivityObject, upstream: ActivityObject) =>
  activity({ type, at: at(time), objects: [subject, upstream], links: [[1, 0]] });
const invoice = (type: string, time: string, number: string, orderNumber = 'O') =>
  happened(type, time, named('invoice', number), reference('sales-order', orderNumber));
const approved = activity({ type: 'contract.approved', at: at('08:00'), objects: [named('contract', 'C')] });

/** What else the transaction needs to be completed. */
const paid = (number = 'I2') => [
  happened('payment.received', '16:00', named('payment', 'P'), reference('invoice', number)),
  happened('bank-entry.booked', '16:10', named('bank-entry', 'B'), reference('payment', 'P')),
  happened('cash-position.updated', '16:20', named('cash-position', 'H'), reference('bank-entry', 'B')),
];

function told(activities: readonly Activity[]) {
  const projection = projectAll(activities, [SHORT_WORKFLOW], TEST_CALENDARS);
  expect(projectAll([...activities].reverse(), [SHORT_WORKFLOW], TEST_CALENDARS)).toEqual(projection);
  const keys = new Map(projection.objects.map(({ objectId, key }) => [objectId, key]));
  return {
    progress: projection.transactions.map(({ progress }) => progress),
    posted: Object.fromEntries(
      projection.milestones
        .filter(({ name, objectId }) => name === 'posted' && objectId !== NIL_UUID)
        .map((milestone) => [keys.get(milestone.objectId), milestone.reachedAt?.slice(11, 16) ?? null]),
    ),
  };
}

describe('a milestone that was undone at an object', () => {
  const until = [approved, order('O'), order('Q'), invoice('invoice.posted', '09:00', 'I1')];
  const reversed = [...until, invoice('invoice.reversed', '10:00', 'I1')];

  it.each<{ name: string; activities: Activity[]; posted: Record<string, string | null>; progress: string }>([
    {
      name: 'is open as long as nothing takes the place of the object',
      activities: [...reversed, ...paid('I1')],
      posted: { I1: null },
      progress: 'running',
    },
    {
      name: 'is no step any more once another one of the same document reaches it',
      activities: [...reversed, invoice('invoice.posted', '11:00', 'I2'), ...paid()],
      posted: { I2: '11:00' },
      progress: 'completed',
    },
    {
      name: 'is not replaced by one that reached it before',
      activities: [...reversed, invoice('invoice.posted', '09:30', 'I2'), ...paid()],
      posted: { I1: null, I2: '09:30' },
      progress: 'running',
    },
    {
      name: 'is not replaced by one of another document',
      activities: [...reversed, invoice('invoice.posted', '11:00', 'I2', 'Q'), ...paid()],
      posted: { I1: null, I2: '11:00' },
      progress: 'running',
    },
    {
      name: 'is reached when the object itself reaches it again',
      activities: [
        ...reversed,
        invoice('invoice.corrected', '10:30', 'I1'),
        invoice('invoice.posted', '11:00', 'I2'),
        ...paid(),
      ],
      posted: { I1: '10:30', I2: '11:00' },
      progress: 'completed',
    },
  ])('$name', ({ activities, posted, progress }) => {
    expect(told(activities)).toEqual({ posted, progress: [progress] });
  });
});
