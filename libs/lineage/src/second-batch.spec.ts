import { describe, expect, it } from '@jest/globals';
import type { Activity } from '@throughline/canonical';
import { parseWorkflow } from './load-workflow.js';
import { projectAll } from './projection.js';
import { activity, at, named, reference } from './testing/activity-builder.js';
import { TEST_CALENDARS } from './testing/short-workflow.js';

const WORKFLOW = parseWorkflow(
  `
name: paying
title: Paying
anchor: supplier-invoice
follows:
  - { from: supplier-invoice, to: payment, as: settles }
  - { from: payment, to: payment-batch, as: batches }
milestones:
  - { name: sent, title: Sent, on: payment, per: payment, reachedBy: [payment.sent, payment.executed], undoneBy: [payment.rejected] }
  - { name: handed-over, title: At the bank, on: payment-batch, per: payment, after: [sent], reachedBy: [payment-batch.accepted] }
`,
  'paying.yaml',
);

const billed = activity({
  type: 'payment.planned',
  at: at('07:00'),
  objects: [named('payment', 'P'), reference('supplier-invoice', 'S')],
  links: [[1, 0]],
});
const into = (batch: string, time: string, type = 'payment.sent', more: { problem?: Activity['problem'] } = {}) =>
  activity({
    type,
    at: at(time),
    objects: [named('payment', 'P'), reference('payment-batch', batch)],
    links: [[0, 1]],
    ...more,
  });
const told = (type: string, time: string, of = type.startsWith('payment.') ? 'P' : 'B1') =>
  activity({ type, at: at(time), objects: [named(type.startsWith('payment.') ? 'payment' : 'payment-batch', of)] });

function times(story: readonly Activity[]): Record<string, string | null> {
  const { milestones } = projectAll(story, [WORKFLOW], TEST_CALENDARS);
  return Object.fromEntries(milestones.map(({ name, reachedAt }) => [name, reachedAt?.slice(11, 16) ?? null]));
}

describe('the steps of a payment that went into a second batch', () => {
  it.each<[name: string, story: Activity[], sent: string | null, handedOver: string | null]>([
    ['are those of the only batch', [into('B1', '08:00'), told('payment-batch.accepted', '08:30')], '08:00', '08:30'],
    [
      'are those of the second, where the first was rejected',
      [
        into('B1', '08:00'),
        told('payment-batch.accepted', '08:30'),
        told('payment-batch.rejected', '09:00'),
        into('B2', '10:00'),
        told('payment-batch.accepted', '10:30', 'B2'),
      ],
      '10:00',
      '10:30',
    ],
    [
      'are those of the second, where the first is rejected after all',
      [into('B1', '08:00'), into('B2', '10:00'), told('payment-batch.rejected', '11:00')],
      '10:00',
      null,
    ],
    [
      'are those of the second, where it only moved there',
      [
        into('B1', '08:00', 'payment.planned-in'),
        told('payment-batch.accepted', '08:30'),
        into('B2', '10:00'),
        told('payment-batch.accepted', '10:30', 'B2'),
      ],
      '10:00',
      '10:30',
    ],
    [
      'are those of the first, of what went with it all the same',
      [
        into('B1', '08:00'),
        told('payment.executed', '08:30'),
        told('payment-batch.rejected', '09:00'),
        into('B2', '10:00'),
      ],
      '08:00',
      null,
    ],
    [
      'are those of the second, of what went with that',
      [
        into('B1', '08:00'),
        told('payment-batch.rejected', '09:00'),
        into('B2', '10:00'),
        told('payment.executed', '10:15'),
      ],
      '10:00',
      null,
    ],
    [
      'stay as they were told, where nothing was told with the second',
      [into('B1', '08:00'), told('payment-batch.rejected', '09:00'), into('B2', '10:00', 'payment.planned-in')],
      '08:00',
      null,
    ],
  ])('%s', (_, story, sent, handedOver) => {
    for (const order of [story, story.toReversed()])
      expect(times([billed, ...order])).toEqual({ sent, 'handed-over': handedOver });
  });
});
