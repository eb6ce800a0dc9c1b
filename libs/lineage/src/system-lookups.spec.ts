import { describe, expect, it } from '@jest/globals';
import type { Activity } from '@throughline/canonical';
import { describeReporters } from './describe-rule.js';
import { buildLineageGraph } from './lineage-graph.js';
import { parseWorkflow } from './load-workflow.js';
import { detectProblems } from './problems.js';
import { projectAll, toLineageActivity } from './projection.js';
import { systemLookups } from './system-lookups.js';
import { activity, at, named, reference } from './testing/activity-builder.js';
import { TEST_CALENDARS } from './testing/short-workflow.js';
import { projectTransaction } from './transactions.js';

const WORKFLOW = parseWorkflow(
  `
name: billing
title: Billing
anchor: billing-schedule
follows:
  - { from: billing-schedule, to: invoice, as: bills }
milestones:
  - { name: billed, title: Billed, on: billing-schedule, reachedBy: [billing-schedule.billed] }
  - name: posted
    title: Posted in accounting
    on: invoice
    per: invoice
    after: [billed]
    reachedBy: [invoice.posted]
    bySystems: [netsuite, sap-s4hana]
    undoneBy: [invoice.reversed]
    due: { kind: business-duration, commitment: service, after: billed, duration: PT1H, calendar: around-the-clock }
hops:
  - { integration: to-accounting, proves: posted }
`,
  'billing.yaml',
);

const billed = activity({
  type: 'billing-schedule.billed',
  at: at('10:00'),
  objects: [named('billing-schedule', 'S'), reference('invoice', 'I')],
  links: [[0, 1]],
});
const invoice = (type: string, time: string, system: string): Activity => ({
  ...activity({ type, at: at(time), objects: [named('invoice', 'I')] }),
  system,
});
const refused: Activity = activity({
  type: 'invoice.rejected',
  at: at('10:10'),
  objects: [named('invoice', 'I')],
  integration: 'to-accounting',
  problem: { taxonomy: 'business-control.posted-to-billing-not-to-accounting', discriminators: {}, message: 'no' },
});

type Case = { name: string; told: Activity[]; reachedAt: string | null };
const CASES: readonly Case[] = [
  { name: 'billing alone posts it', told: [invoice('invoice.posted', '10:05', 'zuora')], reachedAt: null },
  {
    name: 'billing posts it, and accounting after that',
    told: [invoice('invoice.posted', '10:05', 'zuora'), invoice('invoice.posted', '10:20', 'netsuite')],
    reachedAt: at('10:20'),
  },
  {
    name: 'accounting is told to have it by another of the kinds',
    told: [invoice('invoice.posted', '10:30', 'sap-s4hana')],
    reachedAt: at('10:30'),
  },
  {
    name: 'whoever reverses it undoes it',
    told: [invoice('invoice.posted', '10:20', 'netsuite'), invoice('invoice.reversed', '11:00', 'zuora')],
    reachedAt: null,
  },
];

describe('a milestone that only some kinds of system reach', () => {
  it.each(CASES)('is reached at $reachedAt when $name', ({ told, reachedAt }) => {
    const { milestones } = projectAll([billed, ...told], [WORKFLOW], TEST_CALENDARS);
    expect(milestones.find(({ name }) => name === 'posted')).toMatchObject({ reachedAt, dueAt: at('11:00') });
  });

  it.each(CASES)(
    'is the same where systems are read of what is asked alone, and instances have names: $name',
    (one) => {
      const activities = [billed, ...one.told, refused];
      const whole = projectAll(activities, [WORKFLOW], TEST_CALENDARS);
      const idOf = (type: string) => whole.objects.find((object) => object.type === type)?.objectId ?? '';
      const [schedule, bill] = [idOf('billing-schedule'), idOf('invoice')];
      const graph = buildLineageGraph(
        whole.objects,
        whole.links,
        activities.map((told) => ({
          objectId: told === billed ? schedule : bill,
          activity: { ...toLineageActivity(told), ...(told.outcome === 'success' && { system: '' }) },
        })),
      );
      const asked = systemLookups([WORKFLOW], graph, [schedule], [bill]);
      expect(asked).not.toContain(billed.activityId);
      const reporters = new Map(
        activities.flatMap(({ activityId, system }) => (asked.includes(activityId) ? [[activityId, system]] : [])),
      );
      const known = { ...graph, reporters };
      expect(projectTransaction(WORKFLOW, schedule, known, TEST_CALENDARS)?.milestones).toEqual(whole.milestones);
      expect(detectProblems(bill, known, [WORKFLOW])).toEqual(whole.problems);
    },
  );

  it('proves that a refusal is overcome only when accounting has it', () => {
    const clearedBy = (...told: Activity[]) =>
      projectAll([billed, refused, ...told], [WORKFLOW], TEST_CALENDARS).problems.map(({ clearedAt }) => clearedAt);
    expect(clearedBy(invoice('invoice.posted', '10:15', 'zuora'))).toEqual([null]);
    expect(clearedBy(invoice('invoice.posted', '10:20', 'netsuite'))).toEqual([at('10:20')]);
  });

  it('says in words whose word counts', () => {
    expect(WORKFLOW.milestones.map(describeReporters)).toEqual([null, 'as reported by NetSuite or SAP S/4HANA']);
  });

  it('asks nothing where no workflow asks', () => {
    const open = {
      ...WORKFLOW,
      milestones: WORKFLOW.milestones.map((rule) => ({ ...rule, bySystems: new Set<string>() })),
    };
    const whole = projectAll([billed, refused], [open], TEST_CALENDARS);
    const graph = buildLineageGraph(whole.objects, whole.links, []);
    const ids = whole.objects.map(({ objectId }) => objectId);
    expect(systemLookups([open], graph, ids, ids)).toEqual([]);
  });
});
