import type { Activity } from '@throughline/canonical';
import { type Projection, type Tolerance, balanceMoney, describeBalances, tolerancesOf } from '@throughline/lineage';
import { moneyNodesOf } from './money-nodes.js';

/** Every link as a line, sorted: "invoice 901 ─settles 970.00 EUR→ payment P-1". It points downstream. */
export function drawLinks(projection: Projection): string[] {
  const names = namesIn(projection);
  return projection.links
    .map(({ fromObjectId, toObjectId, qualifier, amount }) => {
      const money = amount === null ? '' : ` ${amount.amount} ${amount.currency}`;
      return `${names.get(fromObjectId)} ─${qualifier}${money}→ ${names.get(toObjectId)}`;
    })
    .sort();
}

/**
 * What flows in and out of objects, in the words of `describeBalances`, by "type key": of each object that is open, explained,
 * unexplained or unknown on a side, all of its sides.
 */
export function drawMoney(
  projection: Projection,
  activities: readonly Activity[],
  tolerances: readonly Tolerance[] = [],
): Record<string, string[]> {
  const names = namesIn(projection);
  const nodes = moneyNodesOf(projection, activities);
  const balances = balanceMoney(nodes, projection.links, tolerancesOf(tolerances)).filter(({ sides }) =>
    sides.some(({ standing, explained }) => standing !== 'balanced' || explained.length > 0),
  );
  const lines = Object.entries(describeBalances(balances));
  return Object.fromEntries(lines.map(([objectId, said]) => [names.get(objectId) ?? objectId, said]));
}

/** What is wrong with the lineage itself, sorted: "contradictory-alias of customer 4711: account-number". */
export function drawFindings(projection: Projection): string[] {
  const names = namesIn(projection);
  for (const { transactionId, workflow, anchorObjectId } of projection.transactions)
    names.set(transactionId, `${workflow} ${names.get(anchorObjectId)}`);
  return projection.findings
    .map(({ kind, subjectId, about }) => `${kind} of ${names.get(subjectId)}${about === '' ? '' : `: ${about}`}`)
    .sort();
}

function namesIn({ objects }: Projection): Map<string, string> {
  return new Map(objects.map(({ objectId, type, key }) => [objectId, `${type} ${key}`]));
}
