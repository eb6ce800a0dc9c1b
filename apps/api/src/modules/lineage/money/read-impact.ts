import { CONTEXT_TYPES, type Direction } from '@throughline/canonical';
import {
  balanceMoney,
  directionOf,
  impactOf,
  openAmountOf,
  sumByCurrency,
  type MoneyBalance,
} from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import type { Operation } from '../../../graphql/operation.js';
import type { AffectedType, ImpactType, WaitingDocumentsType } from '../graphql/impact.types.js';
import { MAX_NODES, walkLineage } from '../lineage.repository.js';
import { findAttachedDocuments } from './attached-documents.repository.js';
import { findImpactStarts, MOST_ATTACHED } from './impact-starts.js';
import { loadMoneyGraph, readMoney } from './money-graph.repository.js';
import { loadTolerances } from './object-money.js';

/** Levels downstream, as deep as lineage goes. */
const DEEPEST = 20;
/** Receivables and payables that are named; of more the largest. */
const MOST_NAMED = 500;

/** Everything downstream of an object that counts on its money. */
export async function readImpact(
  operation: Operation,
  object: { id: string; type: string; key: string },
): Promise<ImpactType> {
  const tx = await operation.read();
  const { starts, isTruncated } = await findImpactStarts(tx, object);
  const walk = await walkLineage(tx, starts, 'DOWNSTREAM', { depth: DEEPEST, maxNodes: MAX_NODES });
  const ids = walk.nodes.filter(({ isHub }) => !isHub).map(({ id }) => id);
  const [graph, toleranceOf] = [await loadMoneyGraph(tx, ids), await loadTolerances(tx)];
  const balances = new Map<string, MoneyBalance[]>();
  if (!graph.isTruncated) {
    for (const balance of balanceMoney(graph.nodes, graph.links, toleranceOf, ids))
      balances.set(balance.objectId, [...(balances.get(balance.objectId) ?? []), balance]);
  }
  const nodes = new Map(
    walk.nodes.map(({ id, type, isHub, amount, currency }) => {
      const direction: Direction | null = graph.nodes.get(id)?.direction ?? directionOf(type, null);
      return [id, { objectId: id, type, isHub, amount: readMoney(amount, currency), direction }];
    }),
  );
  if (!nodes.has(object.id)) {
    nodes.set(object.id, { objectId: object.id, type: object.type, isHub: false, amount: null, direction: null });
  }
  const links = walk.edges.map(({ from, to, qualifier, amount, currency }) => ({
    fromObjectId: from,
    toObjectId: to,
    qualifier,
    amount: readMoney(amount, currency),
  }));
  const byId = new Map(walk.nodes.map((node) => [node.id, node]));
  const affected = impactOf(
    object.id,
    nodes,
    links,
    (id) => (graph.isTruncated ? null : openAmountOf(balances.get(id) ?? [])),
    starts.map(({ id }) => id),
  ).map(({ objectId: id, ...rest }): AffectedType => {
    const { type, key, legalEntity } = byId.get(id)!;
    return { object: { id, type, key }, legalEntity, ...rest };
  });
  return {
    object: { id: object.id, type: object.type, key: object.key },
    waiting: CONTEXT_TYPES.has(object.type) ? await readWaiting(tx, object.id) : null,
    affected: affected.slice(0, MOST_NAMED),
    isTruncated: isTruncated || walk.isTruncated || graph.isTruncated || affected.length > MOST_NAMED,
  };
}

/** The open documents that wait for what they are attached to. */
async function readWaiting(tx: Tx, objectId: string): Promise<WaitingDocumentsType> {
  const { rows, truncated } = await findAttachedDocuments(tx, [objectId], MOST_ATTACHED);
  const openOf = (direction: Direction) =>
    sumByCurrency(rows.flatMap((row) => (row.direction === direction && row.open !== null ? [row.open] : [])));
  return {
    documents: rows.length,
    inflow: openOf('inflow'),
    outflow: openOf('outflow'),
    isComplete: rows.every(({ direction, open }) => direction !== null && open !== null),
    isTruncated: truncated.size > 0,
  };
}
