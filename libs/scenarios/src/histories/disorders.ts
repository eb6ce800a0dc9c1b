import type { FinanceEventKey, FinanceEventObject } from '@throughline/canonical';
import type { Workflow } from '@throughline/lineage';
import type { Cast, Player } from './cast.js';
import type { Draw } from './draw.js';
import type { Flow } from './flow.js';
import { type HistoryEvent, eventOf } from './history-event.js';
import { strayActivities } from './stray-activities.js';
import { DAY } from '../time-units.js';

const STRAYS_ON = Date.UTC(2026, 2, 20);

/** A history so far. */
export type Told = { cast: Cast; flows: readonly Flow[]; workflows: readonly Workflow[]; name: string };

/** What systems say that cannot be right, or that nobody meant. */
type Disorder = (draw: Draw, told: Told) => HistoryEvent[];

/** A link from what lies downstream back to what it came from. */
const cycle: Disorder = (draw, told) => {
  const flow = draw.oneOf(told.flows.filter(({ ties }) => ties.length > 0));
  if (flow === undefined) return [];
  const { from, to } = draw.pick(flow.ties);
  return [say(draw, told, 'cycle', [from, to], [{ from: 1, to: 0, qualifier: 'follows' }])];
};

/** A circle over several documents, also of different flows and over what gathers others. */
const longCycle: Disorder = (draw, told) => {
  const round = draw.shuffled(told.cast.players).slice(0, draw.between(3, 5));
  return round.map((from, index) => {
    const to = round[(index + 1) % round.length]!;
    return say(draw, told, `round-${index}`, [from, to], [{ from: 0, to: 1, qualifier: 'follows' }]);
  });
};

/** One after another, objects are said to be one, so that they meet in whatever order it is told. */
const mergeChain: Disorder = (draw, told) => {
  const type = draw.oneOf(told.cast.players)?.type;
  const same = draw.shuffled(told.cast.players.filter((player) => player.type === type)).slice(0, 4);
  return same.slice(1).map((player, index) => {
    const keys: Player['keys'] = [draw.pick(same[index]!.keys), draw.pick(player.keys)];
    return say(draw, told, `chain-${index}`, [{ ...player, keys }]);
  });
};

/** Two names of one object, linked as if they were two. */
const selfLink: Disorder = (draw, told) => {
  const player = draw.oneOf(told.cast.players.filter(({ keys }) => keys.length > 1));
  if (player === undefined) return [];
  const [one, ...others] = player.keys;
  const named = (key: FinanceEventKey): Player => ({ ...player, keys: [key] });
  return [
    say(draw, told, 'self-link', [named(one), named(others[0]!)], [{ from: 1, to: 0, qualifier: 'follows' }]),
    say(draw, told, 'self-names', [player]),
  ];
};

/** Two objects are said to be one. Where systems number them, the two numbers contradict one another. */
const wrongMerge: Disorder = (draw, told) => {
  const player = draw.oneOf(told.cast.players);
  const other = draw.oneOf(told.cast.players.filter((one) => one !== player && one.type === player?.type));
  if (player === undefined || other === undefined) return [];
  const keys: Player['keys'] = [draw.pick(player.keys), draw.pick(other.keys)];
  return [say(draw, told, 'merge', [{ ...player, keys }])];
};

const contradiction: Disorder = (draw, told) => {
  const numbered = (type: Player['type'], kind: string) =>
    told.cast.of(type).flatMap(({ keys }) => keys.filter((key) => key.kind === kind));
  const [type, kind] = draw.pick([
    ['customer', 'customer-number'],
    ['sales-order', 'sales-order'],
    ['invoice', 'billing-document'],
  ] as const);
  const [one, other] = draw.shuffled(numbered(type, kind));
  const player = told.cast.of(type).find(({ keys }) => keys.includes(one!));
  if (one === undefined || other === undefined || player === undefined) return [];
  return [say(draw, told, 'contradiction', [{ ...player, keys: [one, other] }])];
};

/** A dummy number beside a good one, or alone. */
const dummyName: Disorder = (draw, told) => {
  const player = draw.oneOf(told.cast.players);
  if (player === undefined) return [];
  const dummy = { system: 'sap-s4hana', kind: player.type, value: draw.pick(['NOTPROVIDED', '0000', 'n/a']) };
  const keys: Player['keys'] = draw.chance(0.5) ? [player.keys[0], dummy] : [dummy, player.keys[0]];
  return [say(draw, told, 'dummy', [{ ...player, keys }])];
};

const implausibleTime: Disorder = (draw, told) => {
  const player = draw.oneOf(told.cast.players);
  if (player === undefined) return [];
  const at = draw.chance(0.5) ? 0 : Date.UTC(2099, 11, 31);
  return [{ ...say(draw, told, 'clock', [player]), at }];
};

/** Systems that own nothing of a customer change it, and differ. */
const conflict: Disorder = (draw, told) => {
  const player = draw.oneOf(told.cast.of('customer'));
  if (player === undefined) return [];
  return ['salesforce', 'sap-s4hana'].map((system) => {
    const { data, ...event } = say(draw, told, `terms-${system}`, [player]);
    const [subject, ...others] = data.objects;
    const attributes = { paymentTerms: draw.pick(['Z030', 'Z060']), segment: draw.pick(['key', 'retail']) };
    return { ...event, data: { ...data, system, objects: [{ ...subject, attributes }, ...others] } };
  });
};

const unusableAmount: Disorder = (draw, told) => {
  const player = draw.oneOf(told.cast.players);
  if (player === undefined) return [];
  return [say(draw, told, 'amount', [{ ...player, attributes: { unusableAmount: '12.5' } }])];
};

/** Facts that no sane estate sends, about few names and about objects of the history. */
const strays: Disorder = (draw, { workflows, cast, name }) => {
  const known = cast.players.map(({ type, keys }) => ({ type, key: keys[0] }));
  return strayActivities(workflows, draw.between(1, 6), draw.random).map((activity, index) => {
    const event = eventOf(`${name}-stray-${index}`, activity);
    const at = STRAYS_ON + (event.at % DAY);
    const [first, ...others] = event.data.objects.map((object): FinanceEventObject => {
      const same = draw.oneOf(known.filter(({ type }) => type === object.type));
      return same === undefined || draw.chance(0.4) ? object : { ...object, keys: [same.key] };
    });
    return { ...event, at, data: { ...event.data, objects: [first!, ...others] } };
  });
};

const DISORDERS: readonly (readonly [share: number, disorder: Disorder])[] = [
  [0.15, cycle],
  [0.1, longCycle],
  [0.15, mergeChain],
  [0.15, selfLink],
  [0.3, wrongMerge],
  [0.3, contradiction],
  [0.2, dummyName],
  [0.1, implausibleTime],
  [0.25, conflict],
  [0.1, unusableAmount],
  [0.35, strays],
];

/** Draws what goes wrong with the telling of a history. */
export function disorders(draw: Draw, told: Told): HistoryEvent[] {
  return DISORDERS.flatMap(([share, disorder]) => (draw.chance(share) ? disorder(draw, told) : []));
}

function say(
  draw: Draw,
  { cast, flows, name }: Told,
  what: string,
  players: readonly [Player, ...Player[]],
  links: { from: number; to: number; qualifier: string }[] = [],
): HistoryEvent {
  const [subject, ...others] = players;
  const at = draw.oneOf(flows.flatMap(({ events }) => events))?.at ?? Date.UTC(2026, 2, 30);
  return {
    type: `${subject.type}.changed`,
    id: `${name}-${what}`,
    at,
    data: {
      system: subject.keys[0].system ?? 'sap-s4hana',
      objects: [cast.spoken(subject, true, 'all'), ...others.map((other) => cast.spoken(other, false, 'all'))],
      links,
    },
  };
}
