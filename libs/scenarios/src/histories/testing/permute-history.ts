import type { Activity } from '@throughline/canonical';
import {
  type MoneyBalance,
  type Projection,
  balanceMoney,
  inFixedOrder,
  projectAll,
  tolerancesOf,
} from '@throughline/lineage';
import { inBatches, inDisorder } from '../../disorder.js';
import { moneyNodesOf } from '../../money-nodes.js';
import { Draw } from '../draw.js';
import { GrowingLineage, type GrowthCount, type ProjectionTerms } from './growing-lineage.js';
import type { RandomHistory } from '../random-history.js';

/** All that a history comes to: the projection, and what becomes of its money. */
export type Outcome = Projection & { balances: MoneyBalance[] };

/** Tolerances of the entities of the histories. */
const TOLERANCES = tolerancesOf([{ legalEntity: 'DE01', currency: 'EUR', amount: '5.00', basisPoints: 100 }]);

/** What a history comes to, taken as it happened. */
export function outcomeOf({ activities }: RandomHistory, terms: ProjectionTerms): Outcome {
  return withBalances(projectAll(activities, terms.workflows, terms.calendarOf, terms.rules), activities);
}

/** What it comes to in another order with repetitions, money being added up in another order as well. */
export function permutedOutcome({ activities, seed }: RandomHistory, terms: ProjectionTerms): Outcome {
  const draw = new Draw(seed + 0x5eed);
  const disorder = inDisorder(activities, draw.random);
  return withBalances(projectAll(disorder, terms.workflows, terms.calendarOf, terms.rules), disorder, draw);
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

function withBalances(projection: Projection, activities: readonly Activity[], draw?: Draw): Outcome {
  const flow = projection.links.filter(({ isContext }) => !isContext);
  const nodes = [...moneyNodesOf(projection, activities)];
  const links = draw === undefined ? flow : draw.shuffled([...flow, ...flow.slice(0, 3)]);
  const disordered = draw === undefined ? nodes : draw.shuffled(nodes);
  return { ...projection, balances: balanceMoney(new Map(disordered), links, TOLERANCES) };
}
