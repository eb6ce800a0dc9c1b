import { type Activity, HUB_TYPES } from '@throughline/canonical';
import { type Workflow, noteImplausibleTime } from '@throughline/lineage';
import { type ScenarioSignal, mapSignals } from '../scenario-signal.js';
import { Cast } from './cast.js';
import { disorders } from './disorders.js';
import { Draw } from './draw.js';
import { type Flow, drawFlow } from './flow.js';
import { signalsOf } from './history-event.js';
import { befall } from './mishaps.js';

const LEAST_EVENTS = 10;
const MOST_EVENTS = 80;
const MOST_FLOWS = 8;

/** What was sent in a while by an estate of several workflows, in the order of its events' times. */
export type RandomHistory = { seed: number; signals: ScenarioSignal[]; activities: Activity[] };

/**
 * A history of several workflows at once, of 10 to 80 events: orders that split and come together, payments over several
 * documents, hubs and customers that they share, names that are told late or never, failures that are overcome or not,
 * cancellations, reversals, amendments, corrections; now and then circles and contradictions. The same seed gives the same one.
 */
export function randomHistory(workflows: readonly Workflow[], seed: number): RandomHistory {
  const draw = new Draw(seed);
  const cast = new Cast(draw, workflows);
  const flows: Flow[] = [];
  const wanted = draw.between(LEAST_EVENTS, MOST_EVENTS - 10);
  const kinds = kindsOf(draw, workflows);
  while (flows.flatMap(({ events }) => events).length < wanted && flows.length < MOST_FLOWS) {
    const name = `h${seed}-${flows.length}`;
    const flow = drawFlow(draw, cast, draw.pick(kinds), name);
    befall(draw, cast, flow, name);
    flows.push(flow);
  }
  const events = [
    ...flows.flatMap((flow) => flow.events),
    ...disorders(draw, { cast, flows, workflows, name: `h${seed}` }),
  ];
  const signals = draw
    .shuffled(events)
    .slice(0, MOST_EVENTS)
    .sort((left, right) => left.at - right.at)
    .flatMap(signalsOf)
    .slice(0, MOST_EVENTS);
  return { seed, signals, activities: activitiesOfSignals(signals) };
}

/** Few kinds at once, so that flows share customers, hubs and payments; mostly one among them whose documents meet in hubs. */
function kindsOf(draw: Draw, workflows: readonly Workflow[]): Workflow[] {
  const gathering = workflows.filter(({ follows }) =>
    [...follows].some((link) => HUB_TYPES.has(link.slice(link.indexOf('>') + 1))),
  );
  return [
    ...draw.shuffled(gathering).slice(0, draw.between(0, 2)),
    ...draw.shuffled(workflows).slice(0, draw.between(1, 2)),
  ];
}

/** The activities of signals, with the notes that the worker adds to them. */
export function activitiesOfSignals(signals: readonly ScenarioSignal[]): Activity[] {
  return mapSignals(signals).map(noteImplausibleTime);
}
