import {
  CONTEXT_TYPES,
  type FinanceEventLink,
  type FinanceEventObject,
  HUB_TYPES,
  type ObjectType,
} from '@throughline/canonical';
import type { MilestoneRule, Workflow } from '@throughline/lineage';
import { type Cast, type Player, type Terms, amountOf } from './cast.js';
import type { Draw } from './draw.js';
import type { HistoryEvent } from './history-event.js';
import { MINUTE } from '../time-units.js';

/** A link of a flow; the money that goes along it in cents. */
export type Tie = { from: Player; to: Player; qualifier: string; cents: number };

/** What brings a milestone about at one object. */
export type Step = { rule: MilestoneRule; player: Player; event: HistoryEvent };

/** One instance of a workflow: its objects, how they hang together, and what happens to them. */
export type Flow = {
  workflow: Workflow;
  terms: Terms;
  anchor: Player;
  players: Player[];
  ties: Tie[];
  steps: Step[];
  /** Everything that happens, the steps among it. */
  events: HistoryEvent[];
};

const STARTS_AT = Date.UTC(2026, 2, 2, 8);
const MOST_PLAYERS = 12;
/** Minutes from one milestone to the next; now and then two happen at one time. */
const DELAYS = [0, 1, 4, 10, 30, 120, 600, 1_440, 4_320];

const QUALIFIERS: Partial<Record<ObjectType, string>> = {
  'sales-order': 'fulfils',
  subscription: 'fulfils',
  delivery: 'delivers',
  invoice: 'bills',
  'supplier-invoice': 'bills',
  payment: 'settles',
  'bank-entry': 'books',
  'credit-memo': 'credits',
  refund: 'refunds',
  return: 'returns',
  'goods-receipt': 'receives',
  'billing-schedule': 'plans',
  'bank-statement': 'lists',
  'cash-position': 'gathers',
  'cash-forecast': 'projects',
};

/** How a link between two types is said. */
export function qualifierOf(from: ObjectType, to: ObjectType): string {
  return from === 'sales-order' && to === 'payment' ? 'prepays' : (QUALIFIERS[to] ?? 'follows');
}

/** Draws one instance of a workflow: the whole way or a part of it. */
export function drawFlow(draw: Draw, cast: Cast, workflow: Workflow, name: string): Flow {
  const terms = cast.terms(workflow.anchor);
  const anchor = cast.enter(workflow.anchor, terms, draw.between(100, 500_000));
  const flow: Flow = { workflow, terms, anchor, players: [anchor], ties: [], steps: [], events: [] };
  grow(draw, cast, flow);
  happen(draw, cast, flow, name);
  return flow;
}

/**
 *     contract ──► order ──► invoice ──► payment      along the links that the workflow follows: what it needs nearly always,
 *                       └──► invoice ──┘              now and then several of a kind, or several that come together in one
 */
function grow(draw: Draw, cast: Cast, flow: Flow): void {
  const { workflow, players } = flow;
  const follows = [...workflow.follows].map((link) => link.split('>') as [ObjectType, ObjectType]);
  const needed = new Set(
    workflow.milestones.filter((rule) => rule.isRequired).flatMap(({ on, per }) => (per === null ? [on] : [on, per])),
  );
  for (let index = 0; index < players.length; index += 1) {
    const from = players[index]!;
    if (HUB_TYPES.has(from.type) && from !== flow.anchor) continue;
    for (const [, to] of follows.filter((link) => link[0] === from.type)) {
      const isFull = players.length >= MOST_PLAYERS && !HUB_TYPES.has(to);
      const share = needed.has(to) ? 0.9 : HUB_TYPES.has(to) ? 0.6 : 0.3;
      if (to === from.type || isFull || !draw.chance(share)) continue;
      const there = players.filter(({ type }) => type === to);
      if (there.length > 0 && draw.chance(HUB_TYPES.has(to) ? 0.8 : 0.5)) {
        tie(draw, flow, from, draw.pick(there), 1);
        continue;
      }
      const parts = HUB_TYPES.has(to) ? 1 : draw.pick([1, 1, 1, 1, 2, 2, 3]);
      for (let part = 0; part < parts; part += 1) {
        const player = cast.enter(to, flow.terms, Math.ceil(from.cents / parts));
        if (!players.includes(player)) players.push(player);
        tie(draw, flow, from, player, parts);
      }
    }
  }
}

function tie(draw: Draw, flow: Flow, from: Player, to: Player, parts: number): void {
  if (from === to) return;
  const qualifier = qualifierOf(from.type, to.type);
  // Short now and then, by what a bank takes or a customer keeps.
  const cents = draw.chance(0.2) ? Math.floor((from.cents * 97) / (100 * parts)) : Math.ceil(from.cents / parts);
  flow.ties.push({ from, to, qualifier, cents });
}

/** The milestones in the order of the workflow, each at its objects; the others are told of or stay known by name alone. */
function happen(draw: Draw, cast: Cast, flow: Flow, name: string): void {
  const { workflow, players } = flow;
  const startsAt = STARTS_AT + draw.between(0, 20 * 24 * 60) * MINUTE;
  const reachedAt = new Map<string, number>();
  const integrationOf = new Map([...workflow.provenBy].map(([integration, proven]) => [proven, integration]));
  for (const condition of startingConditions(draw, workflow)) {
    const player = players.find(({ type }) => condition.startsWith(`${type}.`));
    if (player === undefined) continue;
    const id = `${name}-${flow.events.length}`;
    flow.events.push(eventAt(draw, cast, flow, { id, type: condition, at: startsAt, player }));
  }
  for (const rule of workflow.milestones) {
    const since = Math.max(startsAt, ...rule.after.flatMap((before) => reachedAt.get(before) ?? []));
    for (const player of players.filter(({ type }) => type === rule.on)) {
      if (!draw.chance(rule.isRequired ? 0.95 : 0.6)) continue;
      const at = since + draw.pick(DELAYS) * MINUTE;
      reachedAt.set(rule.name, Math.max(at, reachedAt.get(rule.name) ?? 0));
      const integration = draw.chance(0.85) ? integrationOf.get(rule.name) : undefined;
      const id = `${name}-${flow.events.length}`;
      const event = eventAt(draw, cast, flow, { id, type: draw.pick([...rule.reachedBy]), at, player, integration });
      flow.steps.push({ rule, player, event });
      flow.events.push(event);
    }
  }
  for (const player of players) {
    if (flow.steps.some((step) => step.player === player) || draw.chance(0.3)) continue;
    const at = startsAt + draw.pick(DELAYS) * MINUTE;
    const id = `${name}-${flow.events.length}`;
    flow.events.push(eventAt(draw, cast, flow, { id, type: `${player.type}.recorded`, at, player }));
  }
}

/** What a workflow starts with where its anchor alone does not start it, and what makes an optional step one of it. */
function startingConditions(draw: Draw, workflow: Workflow): string[] {
  const isReached = (type: string) => workflow.milestones.some(({ reachedBy }) => reachedBy.has(type));
  const optional = workflow.milestones.flatMap(({ given }) => [...given]);
  return [...new Set([...workflow.given, ...optional])].filter(
    (condition) => condition.includes('.') && !isReached(condition) && draw.chance(0.4),
  );
}

/** What an event says: its subject, what that follows from, and now and then more. */
export type Saying = {
  id: string;
  type: string;
  at: number;
  player: Player;
  integration?: string | undefined;
  names?: 'one' | 'all';
};

/** An event at an object of a flow, with the links that lead to it. */
export function eventAt(draw: Draw, cast: Cast, flow: Flow, saying: Saying): HistoryEvent {
  const { id, type, at, player, integration, names } = saying;
  const above = flow.ties.filter(({ to }) => to === player);
  const told = draw.chance(0.9) ? above : above.slice(1);
  const customer = draw.chance(0.2) && player.type !== 'customer' ? cast.enter('customer', flow.terms, 0) : undefined;
  const others: FinanceEventObject[] = told.map(({ from }) => cast.spoken(from, false));
  const links: FinanceEventLink[] = told.map(({ qualifier, cents }, index) => ({
    from: index + 1,
    to: 0,
    qualifier,
    ...(draw.chance(0.7) && { amount: amountOf(cents, player.currency) }),
  }));
  if (customer !== undefined && !CONTEXT_TYPES.has(player.type)) {
    others.push({ ...cast.spoken(customer, false), qualifier: 'customer' });
    links.push({ from: others.length, to: 0, qualifier: 'placed-by' });
  }
  const system = draw.pick(player.keys).system ?? 'sap-s4hana';
  return {
    type,
    id,
    at,
    data: {
      system,
      ...(integration !== undefined && { integration }),
      objects: [cast.spoken(player, true, names), ...others],
      links,
    },
  };
}
