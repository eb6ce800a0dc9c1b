import type { FinanceEventObject, FinanceEventProblem } from '@throughline/canonical';
import { runNamed } from '../wire-forms.js';
import { type Cast, type Player, amountOf } from './cast.js';
import type { Draw } from './draw.js';
import { type Flow, eventAt } from './flow.js';
import type { HistoryEvent } from './history-event.js';
import { sendInBatches, turnMoney } from './payment-mishaps.js';
import { MINUTE } from '../time-units.js';

/** Something that goes otherwise than a workflow says. */
type Mishap = (draw: Draw, cast: Cast, flow: Flow, name: string) => void;

const PROBLEMS = [
  'platform.connectivity',
  'platform.time-out',
  'mapping-and-master-data.missing-legal-entity-mapping',
  'data-quality.missing-field',
] as const;

/** An integration fails before its step, once or more often; the step follows, or never does, or it fails again after it. */
const failure: Mishap = (draw, cast, flow, name) => {
  const step = draw.oneOf(flow.steps.filter(({ event }) => event.data.integration !== undefined));
  if (step === undefined) return;
  const above = flow.ties.find(({ to }) => to === step.player)?.from ?? step.player;
  const player = draw.chance(0.5) ? above : step.player;
  const isLate = draw.chance(0.2);
  const problem: FinanceEventProblem = {
    code: draw.pick(PROBLEMS),
    discriminators: { host: draw.pick(['x', 'y']) },
    message: `failed ${name}`,
    ...(draw.chance(0.3) && { payload: { document: name }, payloadVersion: 1 }),
  };
  const attempts = draw.between(1, 3);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const at = step.event.at + (isLate ? 1 : -1) * draw.between(1, 90) * MINUTE;
    const { integration } = step.event.data;
    const failed = eventAt(draw, cast, flow, {
      id: `${name}-${attempt}`,
      type: step.event.type,
      at,
      player,
      integration,
    });
    flow.events.push({
      ...failed,
      data: { ...failed.data, outcome: 'failure', problem },
      // Two signals of one run are one occurrence.
      run: runNamed(`${name}-${draw.chance(0.3) ? 0 : attempt}`),
      isTraced: draw.chance(0.4),
    });
  }
  if (!isLate && draw.chance(0.35)) stopAt(flow, step.event);
};

/** What came to a stop has nothing that happens later. */
function stopAt(flow: Flow, stopped: HistoryEvent): void {
  flow.events = flow.events.filter((event) => event !== stopped && (event.at <= stopped.at || event.data.outcome));
  flow.steps = flow.steps.filter(({ event }) => flow.events.includes(event));
}

/** The history ends in the middle of the flow. */
const unfinished: Mishap = (draw, _cast, flow) => {
  const step = draw.oneOf(flow.steps.slice(1));
  if (step !== undefined) stopAt(flow, step.event);
};

const cancellation: Mishap = (draw, cast, flow, name) => {
  const type = draw.oneOf([...flow.workflow.cancelledBy]);
  if (type === undefined) return;
  const at = timeIn(draw, flow);
  flow.events.push(eventAt(draw, cast, flow, { id: name, type, at, player: flow.anchor }));
};

/** A step is undone, and done again or not. */
const reversal: Mishap = (draw, cast, flow, name) => {
  const step = draw.oneOf(flow.steps.filter(({ rule }) => rule.undoneBy.size > 0));
  if (step === undefined) return;
  const { player, event } = step;
  const at = event.at + draw.pick([-30, 0, 30, 600]) * MINUTE;
  const type = draw.pick([...step.rule.undoneBy]);
  const undoing = eventAt(draw, cast, flow, { id: name, type, at, player });
  flow.events.push(undoing);
  if (draw.chance(0.5)) flow.events.push({ ...event, id: `${name}-again`, at: at + 60 * MINUTE });
  // The document that takes it back is one of its own.
  if (draw.chance(0.4) && player.type !== 'customer') {
    const mirror = cast.create(player.type, flow.terms, player.cents);
    flow.players.push(mirror);
    flow.ties.push({ from: player, to: mirror, qualifier: 'reverses', cents: player.cents });
    flow.events.push(
      eventAt(draw, cast, flow, { id: `${name}-mirror`, type: `${player.type}.posted`, at, player: mirror }),
    );
  }
};

const restart: Mishap = (draw, cast, flow, name) => {
  const type = draw.oneOf([...flow.workflow.restartedBy]);
  if (type !== undefined)
    flow.events.push(eventAt(draw, cast, flow, { id: name, type, at: timeIn(draw, flow), player: flow.anchor }));
};

/** Other terms from now on: the amount, an entity, an attribute. */
const amendment: Mishap = (draw, cast, flow, name) => {
  const { anchor } = flow;
  const amended: Player = {
    ...anchor,
    cents: Math.max(0, anchor.cents + draw.between(-99, 9_999)),
    attributes: { ...anchor.attributes, region: draw.pick(['east', 'west']) },
  };
  const type = `${anchor.type}.amended`;
  flow.events.push(eventAt(draw, cast, flow, { id: name, type, at: timeIn(draw, flow), player: amended }));
};

/** The same is told again with another figure, perhaps of the very same time. */
const correction: Mishap = (draw, cast, flow, name) => {
  const step = draw.oneOf(flow.steps);
  if (step === undefined) return;
  const { player, event } = step;
  const corrected = { ...player, cents: player.cents + draw.between(1, 500), legalEntity: draw.pick(['DE01', 'US01']) };
  const at = event.at + draw.pick([0, 0, -5, 5]) * MINUTE;
  flow.events.push(eventAt(draw, cast, flow, { id: name, type: event.type, at, player: corrected }));
};

/** What explains a difference between two documents: a discount, a fee, a rounding. */
const explanation: Mishap = (draw, _cast, flow, name) => {
  const tied = draw.oneOf(flow.ties.filter(({ qualifier }) => qualifier === 'settles' || qualifier === 'books'));
  if (tied === undefined) return;
  const qualifier = draw.pick(['discounts', 'charges', 'withholds', 'rounds-up', 'writes-off', 'converts']);
  const amount = amountOf(Math.max(1, Math.floor(tied.cents / 33)), draw.chance(0.9) ? tied.to.currency : 'USD');
  flow.events.push({
    type: `${tied.to.type}.explained`,
    id: name,
    at: timeIn(draw, flow),
    data: {
      system: 'sap-s4hana',
      objects: [speak(tied.to, 'subject'), speak(tied.from, 'related')],
      links: [{ from: 1, to: 0, qualifier, amount }],
    },
  });
};

/** A signal that never comes: the chain breaks there. */
const lostSignal: Mishap = (draw, _cast, flow) => {
  const lost = draw.oneOf(flow.events);
  flow.events = flow.events.filter((event) => event !== lost);
  flow.steps = flow.steps.filter(({ event }) => event !== lost);
};

/** All names of an object in one event, told at any time. */
const lateNames: Mishap = (draw, cast, flow, name) => {
  for (const [index, player] of flow.players.entries()) {
    if (player.keys.length === 1 || !draw.chance(0.7)) continue;
    const at = timeIn(draw, flow);
    const saying = { id: `${name}-${index}`, type: `${player.type}.matched`, at, player, names: 'all' as const };
    flow.events.push(eventAt(draw, cast, flow, saying));
  }
};

/** What can happen to a flow, and to how large a share of them. */
const MISHAPS: readonly (readonly [share: number, mishap: Mishap])[] = [
  [0.55, lateNames],
  [0.4, failure],
  [0.12, failure],
  [0.35, unfinished],
  [0.2, reversal],
  [0.15, cancellation],
  [0.5, restart],
  [0.2, amendment],
  [0.25, correction],
  [0.3, explanation],
  [0.3, turnMoney],
  [0.4, sendInBatches],
  [0.25, lostSignal],
];

/** Lets happen to a flow what happens in every estate. */
export function befall(draw: Draw, cast: Cast, flow: Flow, name: string): void {
  for (const [index, [share, mishap]] of MISHAPS.entries())
    if (draw.chance(share)) mishap(draw, cast, flow, `${name}-m${index}`);
}

/** A time at which something of the flow happens, or shortly after. */
function timeIn(draw: Draw, flow: Flow): number {
  const event = draw.oneOf(flow.events);
  return (event?.at ?? Date.UTC(2026, 2, 30)) + draw.pick([0, 0, 1, 45, 2_000]) * MINUTE;
}

function speak(player: Player, qualifier: string): FinanceEventObject {
  return { type: player.type, qualifier, keys: [player.keys[0]] };
}
