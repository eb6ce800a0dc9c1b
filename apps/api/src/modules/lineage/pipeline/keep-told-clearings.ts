import { type ProblemState, type ToldClearing, type Workflow, isUnprovable, keepClearings } from '@throughline/lineage';
import { type Tx, uuidArray } from '@throughline/persistence';

type ToldRow = Omit<ToldClearing, 'clearedAt'> & { clearedAt: Date };

/**
 * The computed problems of objects, of which those stay overcome that were so while a workflow proved them which is in force no more,
 * as while its file is wrong. What is stored is read where there are such alone.
 */
export async function keepToldClearings(
  tx: Tx,
  objectIds: readonly string[],
  problems: readonly ProblemState[],
  workflows: readonly Workflow[],
): Promise<readonly ProblemState[]> {
  if (!problems.some((problem) => isUnprovable(problem, workflows))) return problems;
  const told = await tx.query<ToldRow>(
    `select object_id as "objectId", hop, signature, last_activity_id as "lastActivityId", cleared_at as "clearedAt",
            cleared_by as "clearedBy"
     from problem where tenant_id = $1 and object_id = any($2::uuid[]) and cleared_at is not null`,
    [tx.tenantId, uuidArray(objectIds)],
  );
  return keepClearings(
    problems,
    told.map((one) => ({ ...one, clearedAt: one.clearedAt.toISOString() })),
    workflows,
  );
}
