import {
  balanceMoney,
  effectiveFlows,
  flowsOf,
  tolerancesOf,
  type MoneyBalance,
  type MoneyFlow,
  type ToleranceOf,
} from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import type { Operation } from '../../../graphql/operation.js';
import { listMoneyTolerances } from '../../catalog/index.js';
import type { MoneyBalanceType, MoneyFlowType, ObjectMoneyType } from '../graphql/money-graph.types.js';
import { loadMoneyGraph, type MoneyGraph, type MoneyGraphNode } from './money-graph.repository.js';

/** Flows of one direction that are shown of an object; the balance counts all. */
const MOST_SHOWN = 200;

/** What flows through an object, batched within the operation. */
export async function objectMoneyOf(operation: Operation, objectId: string): Promise<ObjectMoneyType> {
  const loader = operation.loader<string, ObjectMoneyType>('object money', async (tx, ids) => {
    const [graph, toleranceOf] = [await loadMoneyGraph(tx, ids), await loadTolerances(tx)];
    const balances = balancesIn(graph, toleranceOf, ids);
    const flows = effectiveFlows(graph.nodes, flowsOf(graph.nodes, graph.links));
    const into = byEnd(flows, 'toObjectId');
    const outOf = byEnd(flows, 'fromObjectId');
    return ids.map((id) => ({
      balances: balances.get(id) ?? [],
      inflows: shown(graph, into.get(id) ?? [], 'fromObjectId'),
      outflows: shown(graph, outOf.get(id) ?? [], 'toObjectId'),
      isTruncated: graph.isTruncated,
    }));
  });
  return (await loader.load(objectId)) ?? { balances: [], inflows: [], outflows: [], isTruncated: false };
}

/** What differences the tenant's entities let go. */
export async function loadTolerances(tx: Tx): Promise<ToleranceOf> {
  return tolerancesOf(await listMoneyTolerances(tx));
}

/** Balances by object; of a graph that was cut none, since a part of the links would say something wrong. */
export function balancesIn(
  graph: MoneyGraph,
  toleranceOf: ToleranceOf,
  ids: readonly string[],
): Map<string, MoneyBalanceType[]> {
  const byObject = new Map<string, MoneyBalanceType[]>();
  if (graph.isTruncated) return byObject;
  for (const balance of balanceMoney(graph.nodes, graph.links, toleranceOf, ids)) {
    byObject.set(balance.objectId, [...(byObject.get(balance.objectId) ?? []), toBalance(balance)]);
  }
  return byObject;
}

function toBalance({ sides, ...balance }: MoneyBalance): MoneyBalanceType {
  return {
    ...balance,
    sides: sides.map(({ explained, ...side }) => ({ ...side, explained: [...explained] })),
    isBreak: sides.some(({ isBreak }) => isBreak),
  };
}

type End = 'fromObjectId' | 'toObjectId';

function byEnd(flows: readonly MoneyFlow[], end: End): Map<string, MoneyFlow[]> {
  const groups = new Map<string, MoneyFlow[]>();
  for (const flow of flows) {
    const known = groups.get(flow[end]);
    if (known) known.push(flow);
    else groups.set(flow[end], [flow]);
  }
  return groups;
}

function shown({ nodes }: MoneyGraph, flows: readonly MoneyFlow[], other: End): MoneyFlowType[] {
  return flows.slice(0, MOST_SHOWN).flatMap((flow) => {
    const node: MoneyGraphNode | undefined = nodes.get(flow[other]);
    if (node === undefined) return [];
    const isInto = other === 'fromObjectId';
    return [
      {
        object: { id: node.objectId, type: node.type, key: node.key },
        qualifier: flow.qualifier,
        amount: isInto ? flow.arrived : flow.left,
        explained: [...(isInto ? flow.more : flow.less)],
      },
    ];
  });
}
