import { type Activity, type Money, isNegative } from '@throughline/canonical';
import {
  BATCH,
  type MoneyNode,
  type Projection,
  type StandingAct,
  IS_SETTLED_ATTRIBUTE,
  aliasStatements,
  directionOf,
  refusedWithBatch,
  undoneWithBatchAt,
} from '@throughline/lineage';

/** The objects of a projection as far as money is concerned; what happened to them is taken from the activities. */
export function moneyNodesOf(projection: Projection, activities: readonly Activity[]): Map<string, MoneyNode> {
  const acts = actsOfSubjects(projection, activities);
  const intoBatches = projection.links.filter(({ toType, isContext }) => toType === BATCH && !isContext);
  const refusedAt = refusedWithBatch(intoBatches, (batchId) => acts.get(batchId) ?? []);
  return new Map(
    projection.objects.map(({ objectId, type, legalEntity, amount, direction, attributes }) => {
      const node: MoneyNode = {
        objectId,
        type,
        legalEntity,
        amount: calculable(amount),
        direction: directionOf(type, direction),
        isSettled: attributes[IS_SETTLED_ATTRIBUTE] === 'true',
        // What gathers thousands is not looked at: a batch that was rejected keeps its money.
        undoneAt: type === BATCH ? null : undoneWithBatchAt(type, acts.get(objectId) ?? [], refusedAt(objectId)),
      };
      return [objectId, node];
    }),
  );
}

/** What happened to each object as the subject of an activity. */
function actsOfSubjects({ aliases }: Projection, activities: readonly Activity[]): Map<string, StandingAct[]> {
  const objectIdOf = new Map(aliases.map(({ aliasId, objectId }) => [aliasId, objectId]));
  const acts = new Map<string, StandingAct[]>();
  for (const activity of activities) {
    for (const { aliasId, isSubject } of aliasStatements(activity)) {
      const objectId = objectIdOf.get(aliasId);
      if (!isSubject || objectId === undefined) continue;
      const known = acts.get(objectId);
      if (known === undefined) acts.set(objectId, [activity]);
      else known.push(activity);
    }
  }
  return acts;
}

function calculable(amount: Money | null): Money | null {
  return amount === null || isNegative(amount) ? null : amount;
}
