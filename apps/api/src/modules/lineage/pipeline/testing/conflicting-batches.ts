import { type Activity, HUB_TYPES } from '@throughline/canonical';
import { type AliasStatement, type Workflow, aliasStatements } from '@throughline/lineage';
import { Draw, type ScenarioSignal, activitiesOfSignals, randomHistory } from '@throughline/scenarios';

/** What two workers can be at odds about. */
export const CONFLICTS = [
  'one object that both tell of',
  'names that one joins and the other speaks of',
  'a hub that gathers for both',
  'a cancellation beside a completion',
  'a fact that one unsays and the other builds on',
] as const;

export type Conflict = (typeof CONFLICTS)[number];

/** Two batches of a random history that cannot be handled without regard to one another, and what was known before. */
export type ConflictingBatches = {
  /** Of the history. */
  seed: number;
  before: ScenarioSignal[];
  first: ScenarioSignal[];
  second: ScenarioSignal[];
  /** A fact of `before` that the first worker unsays, and what it says instead, if anything. */
  unsaid: { activity: Activity; now: Activity[] } | null;
};

/** An event of a history and what it says. */
type Told = { signal: ScenarioSignal; activity: Activity; names: readonly AliasStatement[] };

/** Batches of so many events at the most; and of what was known before. */
const MOST_TOLD = 3;
const MOST_BEFORE = 10;
const SEEDS_TRIED = 2_000;

/** The nth pair of batches with such a conflict that random histories have. */
export function conflictingBatches(
  conflict: Conflict,
  workflows: readonly Workflow[],
  nth: number,
): ConflictingBatches {
  let found = 0;
  for (let seed = 1; seed <= SEEDS_TRIED; seed += 1) {
    const told = eventsOf(randomHistory(workflows, seed).signals);
    const pair = FINDERS[conflict](told, workflows, new Draw(seed));
    if (pair === null) continue;
    found += 1;
    if (found === nth) return assemble(seed, told, pair, nth);
  }
  throw new RangeError(`there are not ${nth} histories with ${conflict}`);
}

type Pair = { first: readonly Told[]; second: readonly Told[]; unsaid?: Told };
type Finder = (told: readonly Told[], workflows: readonly Workflow[], draw: Draw) => Pair | null;

const FINDERS: Record<Conflict, Finder> = {
  'one object that both tell of': (told, _workflows, draw) => {
    const one = draw.oneOf(told.filter((each) => others(each, told, (name) => name.isSubject).length > 1));
    return one === undefined ? null : halved([one, ...others(one, told, (name) => name.isSubject)]);
  },
  'names that one joins and the other speaks of': (told, _workflows, draw) => {
    const isJoining = ({ names }: Told) => names.some(({ isAlone, isSubject }) => !isAlone && isSubject);
    const speaking = (one: Told) => others(one, told, (name) => !name.isAlone).filter((other) => !isJoining(other));
    const joining = draw.oneOf(told.filter((one) => isJoining(one) && speaking(one).length > 1));
    return joining === undefined ? null : { first: [joining], second: speaking(joining).slice(0, MOST_TOLD) };
  },
  'a hub that gathers for both': (told, _workflows, draw) => {
    const isHub = ({ objectType }: AliasStatement) => HUB_TYPES.has(objectType);
    const gathering = draw.oneOf(told.filter((one) => others(one, told, isHub).length > 1));
    return gathering === undefined ? null : halved([gathering, ...others(gathering, told, isHub)]);
  },
  'a cancellation beside a completion': (told, workflows, draw) => {
    const cancelling = new Set(workflows.flatMap(({ cancelledBy }) => [...cancelledBy]));
    const reaching = new Set(workflows.flatMap(({ milestones }) => milestones.flatMap((rule) => [...rule.reachedBy])));
    const steps = (one: Told) => others(one, told).filter(({ activity }) => reaching.has(activity.type));
    const cancel = draw.oneOf(told.filter((one) => cancelling.has(one.activity.type) && steps(one).length > 0));
    return cancel === undefined ? null : { first: [cancel], second: steps(cancel).slice(-MOST_TOLD) };
  },
  'a fact that one unsays and the other builds on': (told, _workflows, draw) => {
    const unsaid = draw.oneOf(told.filter((one) => others(one, told).length > 2));
    return unsaid === undefined ? null : { first: [], second: others(unsaid, told).slice(0, MOST_TOLD), unsaid };
  },
};

function eventsOf(signals: readonly ScenarioSignal[]): Told[] {
  return signals.flatMap((signal) => {
    if (signal.protocol !== 'cloudevents') return [];
    return activitiesOfSignals([signal]).map((activity) => ({ signal, activity, names: aliasStatements(activity) }));
  });
}

/** The other events that speak under one of the same names, of those that count. */
function others(one: Told, told: readonly Told[], counts: (name: AliasStatement) => boolean = () => true): Told[] {
  const names = new Set(one.names.filter(counts).map(({ aliasId }) => aliasId));
  return told.filter((other) => other !== one && other.names.some(({ aliasId }) => names.has(aliasId)));
}

function halved(told: readonly Told[]): Pair {
  const some = told.slice(0, 2 * MOST_TOLD);
  const half = Math.ceil(some.length / 2);
  return { first: some.slice(0, half), second: some.slice(half) };
}

/** With some of what is around them told before; every other time nothing is known of what they name. */
function assemble(seed: number, told: readonly Told[], pair: Pair, nth: number): ConflictingBatches {
  const { first, second, unsaid } = pair;
  const own = [...first, ...second, ...(unsaid ? [unsaid] : [])];
  const around = told.filter((one) => !own.includes(one) && own.some((each) => others(each, [one]).length > 0));
  const known = nth % 2 === 1 ? around : told.filter((one) => !own.includes(one) && !around.includes(one));
  const before = [...(unsaid ? [unsaid] : []), ...known.slice(0, MOST_BEFORE)];
  const signals = (some: readonly Told[]) => some.map(({ signal }) => signal);
  const instead = nth % 2 === 1 ? [] : saidInstead(unsaid, told);
  return {
    seed,
    before: signals(before),
    first: signals(first),
    second: signals(second),
    unsaid: unsaid === undefined ? null : { activity: unsaid.activity, now: instead },
  };
}

/** What another event says, as if the signal had said it. */
function saidInstead(unsaid: Told | undefined, told: readonly Told[]): Activity[] {
  const other = told.find((one) => one !== unsaid);
  if (unsaid === undefined || other === undefined) return [];
  const { activityId, signal } = unsaid.activity;
  return [{ ...other.activity, activityId, signal }];
}
