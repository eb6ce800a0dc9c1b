import { describe, expect, it } from '@jest/globals';
import { type Activity, type ActivityObject } from '@throughline/canonical';
import { parseWorkflow } from './load-workflow.js';
import { projectAll } from './projection.js';
import { activity, at, named, reference } from './testing/activity-builder.js';
import { TEST_CALENDARS } from './testing/short-workflow.js';

const REMINDED = parseWorkflow(
  `
name: reminded
title: Reminded
anchor: invoice
follows:
  - { from: invoice, to: payment, as: settles }
  - { from: invoice, to: dunning-notice, as: demands }
milestones:
  - { name: paid, title: Paid, on: payment, reachedBy: [payment.received], undoneBy: [payment.returned] }
  - { name: dunned, title: Dunned, on: dunning-notice, per: dunning-notice, notAfter: [paid], reachedBy: [dunning-notice.sent] }
`,
  'reminded.yaml',
);

const happened = (type: string, time: string, subject: ActivityObject) =>
  activity({ type, at: at(time), objects: [subject, reference('invoice', 'I')], links: [[1, 0]] });
const payment = (type: string, time: string) => happened(type, time, named('payment', 'P'));
const notice = (time: string, number: string) => happened('dunning-notice.sent', time, named('dunning-notice', number));

const findingsOf = (activities: readonly Activity[]) => {
  const { findings } = projectAll(activities, [REMINDED], TEST_CALENDARS);
  expect(projectAll([...activities].reverse(), [REMINDED], TEST_CALENDARS).findings).toEqual(findings);
  return findings.map(({ kind, details }) => [kind, details]);
};

describe('a milestone that should not come after another', () => {
  it.each<{ name: string; activities: Activity[]; isFound: boolean }>([
    {
      name: 'is none before it',
      activities: [notice('08:00', 'N1'), payment('payment.received', '09:00')],
      isFound: false,
    },
    {
      name: 'is none at the same time',
      activities: [payment('payment.received', '09:00'), notice('09:00', 'N1')],
      isFound: false,
    },
    {
      name: 'is found after it',
      activities: [payment('payment.received', '09:00'), notice('09:01', 'N1')],
      isFound: true,
    },
    {
      name: 'is found at one object of several',
      activities: [notice('08:00', 'N1'), payment('payment.received', '09:00'), notice('10:00', 'N2')],
      isFound: true,
    },
    {
      name: 'is none after what was undone',
      activities: [payment('payment.received', '09:00'), payment('payment.returned', '09:30'), notice('10:00', 'N1')],
      isFound: false,
    },
  ])('$name', ({ activities, isFound }) => {
    expect(findingsOf(activities)).toEqual(isFound ? [['out-of-sequence', { milestones: ['dunned'] }]] : []);
  });
});
