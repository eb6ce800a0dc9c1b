import { NIL_UUID } from '@throughline/canonical';
import type { Projection } from '@throughline/lineage';

/** A projection in the words of a story: keys instead of ids, so that an expectation can be worked out by hand. */
export type LineageSummary = {
  /** By "workflow key-of-the-anchor". */
  transactions: Record<string, TransactionSummary>;
  problems: ProblemSummary[];
};

/** One transaction: "type key" of its objects, and "milestone" or "milestone key" → times. */
export type TransactionSummary = {
  progress: string;
  members: string[];
  hubs: string[];
  /** reachedAt, or "pending"; with a due time `[reachedAt, dueAt]`. */
  milestones: Record<string, string | [string, string]>;
};

/** One problem. */
export type ProblemSummary = {
  subject: string;
  hop: string;
  signature: string;
  occurrences: number;
  lastOccurredAt: string;
  clearedAt: string | null;
};

/** Says a projection in the words of a story. */
export function summarizeLineage(projection: Projection): LineageSummary {
  const names = new Map(projection.objects.map((object) => [object.objectId, `${object.type} ${object.key}`]));
  const keys = new Map(projection.objects.map((object) => [object.objectId, object.key]));
  const transactions = projection.transactions.map((transaction): [string, TransactionSummary] => {
    const objects = projection.transactionObjects.filter(
      (object) => object.transactionId === transaction.transactionId,
    );
    const named = (isHub: boolean) =>
      objects
        .filter((object) => object.isHub === isHub)
        .map((object) => names.get(object.objectId) ?? object.objectId)
        .sort();
    const milestones = projection.milestones
      .filter((milestone) => milestone.transactionId === transaction.transactionId)
      .map((milestone): [string, string | [string, string]] => {
        const subject = milestone.objectId === NIL_UUID ? '' : ` ${keys.get(milestone.objectId) ?? milestone.objectId}`;
        const reached = milestone.reachedAt ?? 'pending';
        return [`${milestone.name}${subject}`, milestone.dueAt === null ? reached : [reached, milestone.dueAt]];
      });
    return [
      `${transaction.workflow} ${keys.get(transaction.anchorObjectId) ?? transaction.anchorObjectId}`,
      {
        progress: transaction.progress,
        members: named(false),
        hubs: named(true),
        milestones: Object.fromEntries(milestones),
      },
    ];
  });
  const problems = projection.problems.map(
    ({ objectId, hop, signature, occurrences, lastOccurredAt, clearedAt }): ProblemSummary => ({
      subject: names.get(objectId) ?? objectId,
      hop,
      signature,
      occurrences,
      lastOccurredAt,
      clearedAt,
    }),
  );
  return {
    transactions: Object.fromEntries(transactions),
    problems: problems.sort((left, right) => (left.subject < right.subject ? -1 : 1)),
  };
}
