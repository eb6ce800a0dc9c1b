import {
  activityId,
  type Activity,
  type ActivityLink,
  type ActivityObject,
  type MappingReference,
} from '@throughline/canonical';
import type { RunEventType } from './lineage-event.js';
import { isCutMark, joinNames, namesOf } from './name-list.js';
import { RUN_ACTIVITY_TYPES } from './run-activity-types.js';
import { openLineageRunState } from './run-state.js';

/** The type of what the events of a run say together. */
export const GATHERED_RUN = 'run.gathered';

/** By which what a run's events tell together is known: no mapping of one signal makes it, so mapping again leaves it alone. */
export const GATHERED_RUN_MAPPING: MappingReference = { name: 'open-lineage-run', version: 1, rule: 'gathered' };

/** What the activity of a run's event says, as far as the run is gathered from it. */
export type RunEventActivity = Pick<
  Activity,
  | 'activityId'
  | 'type'
  | 'occurredAt'
  | 'outcome'
  | 'system'
  | 'integration'
  | 'objects'
  | 'links'
  | 'runKey'
  | 'signal'
>;

type Use = 'input' | 'output';

/** The flow between what a run took in and what it wrote. */
const FEEDS = 'feeds';
/** Beyond this what feeds what is not told pair by pair, as in one event. */
const MOST_FEEDS = 100;
const LISTS: readonly (readonly [attribute: string, use: Use])[] = [
  ['inputs', 'input'],
  ['outputs', 'output'],
];
const EVENT_TYPES = new Map<string, RunEventType>(RUN_ACTIVITY_TYPES.map(([eventType, type]) => [type, eventType]));

/** Types of the activities that the events of a run become. */
export const RUN_EVENT_ACTIVITY_TYPES: ReadonlySet<string> = new Set(EVENT_TYPES.keys());

/**
 * What the events of one run say together and none of them alone: events accumulate, so that the inputs of a START feed the
 * outputs of the COMPLETE. Null when one event says it all. Depends on the set of events alone, whatever their order.
 */
export function gatherRun(events: readonly RunEventActivity[]): Activity | null {
  const told = inOrder(events);
  const last = told.at(-1);
  const run = last?.objects.find(isRun);
  if (last === undefined || run === undefined || told.length < 2) return null;
  const attributes = joinedLists(told);
  const { objects, links } = flowsOf(told);
  if (!saysMore(told, attributes, objects, links)) return null;
  const { occurredAt, system, integration, runKey, signal } = last;
  return {
    activityId: activityId(`open-lineage-run:${runKey}`, 0),
    type: GATHERED_RUN,
    occurredAt,
    // At one time it counts more than the event itself.
    recordedAt: occurredAt,
    outcome: 'success',
    system,
    integration,
    objects: [{ type: 'run', qualifier: 'subject', aliases: run.aliases, attributes }, ...objects],
    links: links.map((link) => ({ ...link, from: link.from + 1, to: link.to + 1 })),
    runKey,
    signal,
    mapping: GATHERED_RUN_MAPPING,
  };
}

function inOrder(events: readonly RunEventActivity[]): RunEventActivity[] {
  const distinct = new Map(events.map((event) => [event.activityId, event]));
  return [...distinct.values()].sort(
    (left, right) => compareText(left.occurredAt, right.occurredAt) || compareText(left.activityId, right.activityId),
  );
}

/** Every dataset that an event of the run names, once, by name. */
function joinedLists(told: readonly RunEventActivity[]): Record<string, string> {
  return Object.fromEntries(
    LISTS.flatMap(([attribute]) => {
      const names = told.flatMap((event) => namesOf(listOf(event, attribute)));
      const text = joinNames(names.filter((name) => !isCutMark(name)).sort(compareText), names.some(isCutMark));
      return text === undefined ? [] : [[attribute, text] as const];
    }),
  );
}

/** What was read and what was written, once each, and what feeds what where the run came so far. */
function flowsOf(told: readonly RunEventActivity[]): { objects: ActivityObject[]; links: ActivityLink[] } {
  const objects: ActivityObject[] = [];
  const places: Record<Use, number[]> = { input: [], output: [] };
  for (const [, use] of LISTS) {
    const used = new Map(told.flatMap((event) => usedIn(event, use)).map((object) => [keyOf(object), object]));
    for (const [, { type, aliases }] of [...used].sort(([left], [right]) => compareText(left, right))) {
      places[use].push(objects.length);
      objects.push({ type, qualifier: use, aliases });
    }
  }
  const feeds = places.input.flatMap((from) =>
    places.output.flatMap((to) =>
      keyOf(objects[from]) === keyOf(objects[to]) ? [] : [{ from, to, qualifier: FEEDS }],
    ),
  );
  return { objects, links: hasFed(told) && feeds.length <= MOST_FEEDS ? feeds : [] };
}

/** A run that did not end well fed nothing, one that has only begun nothing yet. */
function hasFed(told: readonly RunEventActivity[]): boolean {
  const { state } = openLineageRunState(
    told.flatMap(({ type, occurredAt, activityId: eventId }) => {
      const eventType = EVENT_TYPES.get(type);
      return eventType === undefined ? [] : [{ eventType, occurredAt, eventId }];
    }),
  );
  return state === 'COMPLETE' || state === 'RUNNING';
}

/** Objects by the role that they have in the event, or that a link of it gives them. */
function usedIn({ objects, links }: RunEventActivity, use: Use): ActivityObject[] {
  const linked = new Set(
    links.flatMap(({ from, to, qualifier }) => (qualifier === FEEDS ? [use === 'input' ? from : to] : [])),
  );
  return objects.filter((object, place) => !isRun(object) && (object.qualifier === use || linked.has(place)));
}

function saysMore(
  told: readonly RunEventActivity[],
  attributes: Readonly<Record<string, string>>,
  objects: readonly ActivityObject[],
  links: readonly ActivityLink[],
): boolean {
  const known = new Set(told.flatMap((event) => event.links.map((link) => flowKey(event.objects, link))));
  return (
    links.some((link) => !known.has(flowKey(objects, link))) ||
    LISTS.some(([attribute]) => !isSameList(attributes[attribute], shownList(told, attribute)))
  );
}

/** The list that the run has from its events alone: of the last that succeeded, else of the last that failed. */
function shownList(told: readonly RunEventActivity[], attribute: string): string | undefined {
  const saying = told.filter((event) => listOf(event, attribute) !== undefined);
  const strongest = saying.findLast(({ outcome }) => outcome === 'success') ?? saying.at(-1);
  return strongest && listOf(strongest, attribute);
}

function isSameList(left: string | undefined, right: string | undefined): boolean {
  return namesOf(left).sort(compareText).join('\n') === namesOf(right).sort(compareText).join('\n');
}

function listOf({ objects }: RunEventActivity, attribute: string): string | undefined {
  return objects[0]?.attributes?.[attribute];
}

function flowKey(objects: readonly ActivityObject[], { from, to, qualifier }: ActivityLink): string {
  return `${qualifier} ${keyOf(objects[from])} ${keyOf(objects[to])}`;
}

function keyOf(object: ActivityObject | undefined): string {
  return JSON.stringify([
    object?.type,
    object?.aliases.map(({ system, kind, scope, value }) => JSON.stringify([system, kind, scope, value])).sort(),
  ]);
}

function isRun({ type, qualifier }: ActivityObject): boolean {
  return type === 'run' && qualifier === 'subject';
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
