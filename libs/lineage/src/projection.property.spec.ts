import { describe, expect, it } from '@jest/globals';
import { type Activity, HUB_TYPES, type ObjectType } from '@throughline/canonical';
import fc from 'fast-check';
import { decidingActivityTypes, hubLookups } from './hub-lookups.js';
import { type LineageActivity, buildLineageGraph } from './lineage-graph.js';
import { detectProblems } from './problems.js';
import { projectAll, toLineageActivity } from './projection.js';
import { activity, at, named, reference } from './testing/activity-builder.js';
import { CONTEXT_WORKFLOW, FULL_WORKFLOW, HUB_WORKFLOW } from './testing/full-workflow.js';
import { SHORT_WORKFLOW, TEST_CALENDARS } from './testing/short-workflow.js';
import { projectTransaction } from './transactions.js';

const WORKFLOWS = [SHORT_WORKFLOW, FULL_WORKFLOW, HUB_WORKFLOW, CONTEXT_WORKFLOW];
const STEPS: readonly (readonly [ObjectType, ObjectType])[] = [
  ['contract', 'sales-order'],
  ['sales-order', 'invoice'],
  ['invoice', 'payment'],
  ['payment', 'bank-entry'],
  ['bank-entry', 'cash-position'],
  ['sales-order', 'delivery'],
  ['delivery', 'invoice'],
  ['invoice', 'cash-forecast'],
  ['cash-position', 'cash-forecast'],
  ['contract', 'control-evidence'],
  ['customer', 'contract'],
];
const TYPES = [...decidingActivityTypes(WORKFLOWS), 'invoice.rejected'];

/** Any activity over few names, so that objects merge, links cross and hubs are shared. */
const anyActivity: fc.Arbitrary<Activity> = fc
  .record({
    step: fc.constantFrom(...STEPS),
    upper: fc.uniqueArray(fc.constantFrom('A', 'B', 'C', 'D'), { minLength: 1, maxLength: 2 }),
    lower: fc.uniqueArray(fc.constantFrom('A', 'B', 'C', 'D'), { minLength: 1, maxLength: 2 }),
    isAboutLower: fc.boolean(),
    type: fc.constantFrom(...TYPES),
    ownType: fc.option(fc.nat()),
    stated: fc.constantFrom({}, { dueDate: '2026-10-05', deliveryDate: '2026-10-02', period: '2026-10' }),
    minute: fc.nat(59),
    recorded: fc.constantFrom(undefined, '10:00', '11:00'),
    amount: fc.constantFrom(undefined, '1', '2'),
    integration: fc.constantFrom('', 'billing', 'positions', 'checks', 'forecasts'),
    run: fc.constantFrom('r1', 'r2', 'r3'),
    hasFailed: fc.boolean(),
    isLinked: fc.boolean(),
  })
  .map(({ step: [from, to], upper, lower, isAboutLower, ownType, stated, minute, integration, run, ...more }) => {
    const { hasFailed, isLinked, recorded, amount } = more;
    const subject = isAboutLower ? to : from;
    const own = TYPES.filter((each) => each.startsWith(`${subject}.`));
    const type = (ownType === null ? undefined : own[ownType % own.length]) ?? more.type;
    const speak = (isSubject: boolean) => (isSubject ? named : reference);
    return activity({
      type,
      at: at(`09:${String(minute).padStart(2, '0')}`),
      ...(recorded !== undefined && { recordedAt: at(recorded) }),
      objects: [
        { ...speak(!isAboutLower)(from, ...(upper as [string])), attributes: stated },
        { ...speak(isAboutLower)(to, ...(lower as [string])), attributes: stated },
      ],
      links: isLinked ? [[0, 1]] : [],
      ...(amount !== undefined && { amounts: [{ amount, currency: 'EUR' }] }),
      integration,
      run,
      ...(hasFailed && {
        problem: { taxonomy: 'platform.connectivity', discriminators: { host: run }, message: type },
      }),
    });
  });

const someActivities = fc.array(anyActivity, { maxLength: 14 });
const project = (activities: readonly Activity[]) => projectAll(activities, WORKFLOWS, TEST_CALENDARS);

describe('the projection', () => {
  it('does not depend on order or repetition', () => {
    const disordered = someActivities.chain((activities) =>
      fc.tuple(
        fc.constant(activities),
        fc.shuffledSubarray([...activities, ...activities], { minLength: activities.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(disordered, ([activities, disorder]) => expect(project(disorder)).toEqual(project(activities))),
      { numRuns: 300 },
    );
  });

  it('needs of a hub only the answers of its look-ups', () => {
    fc.assert(
      fc.property(someActivities, (activities) => {
        const whole = project(activities);
        const flow = whole.links.filter((link) => !link.isContext);
        const happened = happenings(activities, whole);
        const isHub = (objectId: string) =>
          HUB_TYPES.has(whole.objects.find((object) => object.objectId === objectId)?.type ?? '');
        // Without the successes of hubs, as the database path reads it at first.
        const read = happened.filter(({ objectId, activity: one }) => !isHub(objectId) || one.outcome === 'failure');
        const ids = whole.objects.map((object) => object.objectId);
        const answers = hubLookups(WORKFLOWS, buildLineageGraph(whole.objects, flow, read), ids, ids).flatMap(
          ({ objectId, since, types }) =>
            types.flatMap((type) => {
              const matching = happened.filter(
                (one) =>
                  one.objectId === objectId &&
                  one.activity.outcome === 'success' &&
                  one.activity.type === type &&
                  one.activity.occurredAt >= since,
              );
              return matching
                .sort((left, right) =>
                  `${left.activity.occurredAt}${left.activity.activityId}` <
                  `${right.activity.occurredAt}${right.activity.activityId}`
                    ? -1
                    : 1,
                )
                .slice(0, 1);
            }),
        );
        const graph = buildLineageGraph(whole.objects, flow, [...read, ...answers]);
        const transactions = WORKFLOWS.flatMap((workflow) =>
          ids.flatMap((id) => projectTransaction(workflow, id, graph, TEST_CALENDARS) ?? []),
        );
        const byId = <T extends { transactionId: string }>(rows: T[]) =>
          [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
        expect(byId(transactions.flatMap((one) => one.milestones))).toEqual(byId(whole.milestones));
        expect(new Set(ids.flatMap((id) => detectProblems(id, graph, WORKFLOWS)))).toEqual(new Set(whole.problems));
      }),
      { numRuns: 300 },
    );
  });
});

function happenings(
  activities: readonly Activity[],
  whole: ReturnType<typeof project>,
): { objectId: string; activity: LineageActivity }[] {
  const objectIdOf = (type: string, value: string) =>
    whole.aliases.find(
      (alias) =>
        alias.value === value &&
        whole.objects.some((object) => object.objectId === alias.objectId && object.type === type),
    )?.objectId;
  return activities.flatMap((one) =>
    one.objects
      .filter((object) => object.qualifier === 'subject')
      .flatMap((object) => {
        const objectId = objectIdOf(object.type, object.aliases[0].value);
        return objectId === undefined ? [] : [{ objectId, activity: toLineageActivity(one) }];
      }),
  );
}
