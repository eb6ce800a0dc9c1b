import { HUB_TYPES } from '@throughline/canonical';
import type { MoneyLink, MoneyNodes } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { loadMoneyGraph } from './money-graph.repository.js';

/** Steps away from an object that what is open at it can depend on. */
const RINGS = 3;

/** The money near one object. */
export type MoneyAround = (objectId: string) => { nodes: MoneyNodes; links: readonly MoneyLink[] };

/**
 * Reads the money of many objects together and hands it out near each: what is open at one of them does not depend on all the
 * others. Of a graph that is too large the objects alone are known.
 */
export async function loadMoneyAround(tx: Tx, objectIds: readonly string[]): Promise<MoneyAround> {
  const ids = [...new Set(objectIds)];
  const around = new Map<string, MoneyAround>();
  for (let from = 0; from < ids.length; from += OBJECTS_AT_ONCE) {
    const some = ids.slice(from, from + OBJECTS_AT_ONCE);
    const aroundSome = await loadAroundSome(tx, some);
    for (const id of some) around.set(id, aroundSome);
  }
  return (objectId) => around.get(objectId)?.(objectId) ?? { nodes: new Map(), links: [] };
}

async function loadAroundSome(tx: Tx, objectIds: readonly string[]): Promise<MoneyAround> {
  const { nodes, links } = await loadMoneyGraph(tx, objectIds, MOST_LINKS);
  const touching = new Map<string, MoneyLink[]>();
  for (const link of links) {
    for (const end of [link.fromObjectId, link.toObjectId]) {
      const known = touching.get(end);
      if (known) known.push(link);
      else touching.set(end, [link]);
    }
  }
  return (objectId) => {
    const near = new Set<MoneyLink>();
    const seen = new Set([objectId]);
    let ring = [objectId];
    for (let distance = 0; distance < RINGS; distance += 1) {
      const next: string[] = [];
      for (const link of ring.flatMap((id) => touching.get(id) ?? [])) {
        near.add(link);
        for (const end of [link.fromObjectId, link.toObjectId]) {
          if (seen.has(end)) continue;
          seen.add(end);
          if (!HUB_TYPES.has(nodes.get(end)?.type ?? '')) next.push(end);
        }
      }
      ring = next;
    }
    return { nodes, links: [...near] };
  };
}

/** Objects of one look: a bound on what one of them with very many links takes from the others. */
const OBJECTS_AT_ONCE = 500;
/** Links around all objects of one look; what is lost beyond it is that amounts are shown whole. */
const MOST_LINKS = 50_000;
