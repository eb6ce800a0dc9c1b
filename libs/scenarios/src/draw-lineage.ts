import type { Activity } from '@throughline/canonical';
import {
  type Projection,
  type StandingAct,
  type Tolerance,
  IS_SETTLED_ATTRIBUTE,
  aliasStatements,
  balanceMoney,
  describeBalances,
  tolerancesOf,
  undoneAtOf,
} from '@throughline/lineage';

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
  const acts = actsOfSubjects(projection, activities);
  const nodes = new Map(
    projection.objects.map((object) => [
      object.objectId,
      {
        ...object,
        isSettled: object.attributes[IS_SETTLED_ATTRIBUTE] === 'true',
        undoneAt: undoneAtOf(object.type, acts.get(object.objectId) ?? []),
      },
    ]),
  );
  const balances = balanceMoney(nodes, projection.links, tolerancesOf(tolerances)).filter(({ sides }) =>
    sides.some(({ standing, explained }) => standing !== 'balanced' || explained.length > 0),
  );
  const lines = Object.entries(describeBalances(balances));
  return Object.fromEntries(lines.map(([objectId, said]) => [names.get(objectId) ?? objectId, said]));
}

/** What happened to each object as the subject of an activity. */
function actsOfSubjects({ aliases }: Projection, activities: readonly Activity[]): Map<string, StandingAct[]> {
  const objectIdOf = new Map(aliases.map(({ aliasId, objectId }) => [aliasId, objectId]));
  const acts = new Map<string, StandingAct[]>();
  for (const activity of activities) {
    for (const { aliasId, isSubject } of aliasStatements(activity)) {
      const objectId = objectIdOf.get(aliasId);
      if (isSubject && objectId !== undefined) acts.set(objectId, [...(acts.get(objectId) ?? []), activity]);
    }
  }
  return acts;
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
