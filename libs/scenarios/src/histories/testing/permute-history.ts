import { type Money, isNegative } from '@throughline/canonical';
import {
  IS_SETTLED_ATTRIBUTE,
  type MoneyBalance,
  type MoneyNode,
  type Projection,
  balanceMoney,
  directionOf,
  inFixedOrder,
  projectAll,
  tolerancesOf,
  undoneAtOf,
} from '@throughline/lineage';
import { inBatches, inDisorder } from '../../disorder.js';
import { Draw } from '../draw.js';
import { GrowingLineage, type GrowthCount, type ProjectionTerms } from './growing-lineage.js';
import type { RandomHistory } from '../random-history.js';

/** All that a history comes to: the projection, and what becomes of its money. */
export type Outcome = Projection & { balances: MoneyBalance[] };

/** Tolerances of the entities of the histories. */
const TOLERANCES = tolerancesOf([{ legalEntity: 'DE01', currency: 'EUR', amount: '5.00', basisPoints: 100 }]);

/** What a history comes to, taken as it happened. */
export function outcomeOf({ activities }: RandomHistory, terms: ProjectionTerms): Outcome {
  return withBalances(projectAll(activities, terms.workflows, terms.calendarOf, terms.rules));
}

/** What it comes to in another order with repetitions, money being added up in another order as well. */
export function permutedOutcome({ activities, seed }: RandomHistory, terms: ProjectionTerms): Outcome {
  const draw = new Draw(seed + 0x5eed);
  const disorder = inDisorder(activities, draw.random);
  return withBalances(projectAll(disorder, terms.workflows, terms.calendarOf, terms.rules), draw);
}

/** Objects, names and links of a history that comes in batches, out of order and repeated, each added to what is known. */
export function grownOutcome(
  { activities, seed }: RandomHistory,
  terms: ProjectionTerms,
): { grown: Pick<Projection, 'aliases' | 'objects' | 'links'>; count: GrowthCount } {
  const draw = new Draw(seed + 0xba7c);
  const lineage = new GrowingLineage(terms);
  const received = draw.shuffled([...activities, ...activities.filter(() => draw.chance(0.2))]);
  for (const batch of inBatches(received, draw.random, 24)) lineage.add(batch);
  const { aliases, objects, links } = inFixedOrder({ ...EMPTY, ...lineage.read() });
  return { grown: { aliases, objects, links }, count: lineage.count };
}

const EMPTY: Projection = {
  aliases: [],
  objects: [],
  links: [],
  transactions: [],
  transactionObjects: [],
  milestones: [],
  problems: [],
  findings: [],
};

function withBalances(projection: Projection, draw?: Draw): Outcome {
  const objects = draw === undefined ? projection.objects : draw.shuffled(projection.objects);
  const flow = projection.links.filter(({ isContext }) => !isContext);
  const nodes = objects.map(
    ({ objectId, type, legalEntity, amount, direction, attributes, happened }): [string, MoneyNode] => [
      objectId,
      {
        objectId,
        type,
        legalEntity,
        amount: calculable(amount),
        direction: directionOf(type, direction),
        isSettled: attributes[IS_SETTLED_ATTRIBUTE] === 'true',
        undoneAt: undoneAtOf(
          type,
          (happened ?? []).map((one) => ({ ...one, outcome: 'success' })),
        ),
      },
    ],
  );
  const links = draw === undefined ? flow : draw.shuffled([...flow, ...flow.slice(0, 3)]);
  return { ...projection, balances: balanceMoney(new Map(nodes), links, TOLERANCES) };
}

function calculable(amount: Money | null): Money | null {
  return amount === null || isNegative(amount) ? null : amount;
}
