import { CONTEXT_TYPES } from '@throughline/canonical';
import { findLinkCycles } from '@throughline/lineage';
import { type Tx, uuidArray } from '@throughline/persistence';
import type { ProjectedObjects } from './project-objects.js';
import type { ProjectedTransactions } from './project-transactions.js';

/** Objects, and links of a level, of one walk; beyond it a circle is not found. */
const MOST_WALKED = 10_000;

type LinkLine = { from: string; to: string; type: string };

/**
 * Circles through changed links that lie downstream of no transaction and of nothing that failed: where lineage was walked they are
 * found, and of what starts no transaction the rest is. Of a sane estate, whose links are nearly all in transactions, there is
 * next to nothing to read.
 */
export async function addCyclesElsewhere(
  tx: Tx,
  { linkEnds, touched }: ProjectedObjects,
  projected: ProjectedTransactions,
): Promise<void> {
  const isWalked = new Set(projected.walkedIds);
  const nodes = new Map<string, { type: string }>();
  for (const id of linkEnds) {
    const type = touched.get(id)?.type;
    if (type !== undefined && !CONTEXT_TYPES.has(type) && !isWalked.has(id)) nodes.set(id, { type });
  }
  const edgesFrom = new Map<string, { toObjectId: string }[]>();
  let level = [...nodes.keys()];
  while (level.length > 0 && nodes.size <= MOST_WALKED) {
    const further: string[] = [];
    const links = await readLinksFrom(tx, level);
    if (links.length > MOST_WALKED) return;
    for (const { from, to, type } of links) {
      const known = edgesFrom.get(from);
      if (known === undefined) edgesFrom.set(from, [{ toObjectId: to }]);
      else known.push({ toObjectId: to });
      if (nodes.has(to)) continue;
      nodes.set(to, { type });
      further.push(to);
    }
    level = further;
  }
  // of a walk that was cut nothing is known, and nothing is taken back
  if (level.length > 0) return;
  projected.cycles.push(...findLinkCycles({ nodes, edgesFrom }));
  for (const id of nodes.keys()) projected.walkedIds.push(id);
}

/** The flow links of one level, those that lead back from a hub to a document too. */
function readLinksFrom(tx: Tx, ids: readonly string[]): Promise<LinkLine[]> {
  return tx.query<LinkLine>(
    `select from_object_id as "from", to_object_id as "to", to_type as type from object_link
     where tenant_id = $1 and from_object_id = any($2::uuid[]) and not is_context
     limit ${MOST_WALKED + 1}`,
    [tx.tenantId, uuidArray(ids)],
  );
}
