import { HUB_TYPES, parseMoney, type Direction, type Money } from '@throughline/canonical';
import {
  directionOf,
  IS_SETTLED_ATTRIBUTE,
  LEADING_QUALIFIERS,
  MONEY_QUALIFIERS,
  type MoneyLink,
  type MoneyNode,
} from '@throughline/lineage';
import { type Tx, uuidArray } from '@throughline/persistence';
import type { HappenedLine } from '../pipeline/read-objects.js';
import { findUndone } from './undone.repository.js';

/** Links of one graph of money; with more, nothing is said of it rather than something wrong. */
const MOST_LINKS = 10_000;

/** Links that take back what was. */
const UNDOING = ['returns', 'charges-back', 'refunds', 'reverses'];

export type MoneyGraphNode = MoneyNode & { key: string };

/** The money around some objects: all that their balances depend on. */
export type MoneyGraph = {
  nodes: ReadonlyMap<string, MoneyGraphNode>;
  links: readonly MoneyLink[];
  isTruncated: boolean;
};

type LinkRow = {
  fromObjectId: string;
  toObjectId: string;
  qualifier: string;
  fromType: string;
  toType: string;
  amount: string | null;
  currency: string | null;
  firstOccurredAt: Date;
  isEstablished: boolean;
  establishedAt: Date | null;
};

/**
 *     invoice ──► payment ──► return          what an invoice still lacks depends on what came back of its payment, and that
 *     other   ──┘                             on what else the payment settles: links are read ring by ring, one statement each
 *
 * Rings do not go on from hubs, which gather thousands.
 */
export async function loadMoneyGraph(
  tx: Tx,
  objectIds: readonly string[],
  mostLinks = MOST_LINKS,
): Promise<MoneyGraph> {
  const links = new Map<string, LinkRow>();
  const known = new Set(objectIds);
  let isTruncated = false;
  const add = (rows: readonly LinkRow[]): LinkRow[] => {
    isTruncated ||= links.size + rows.length > mostLinks;
    for (const row of rows) links.set(`${row.fromObjectId}/${row.toObjectId}/${row.qualifier}`, row);
    return [...rows];
  };
  const first = add(await findLinksOf(tx, [...known], MONEY_QUALIFIERS, mostLinks));
  const neighbours = endsOf(first).filter((id) => !known.has(id));
  for (const id of neighbours) known.add(id);
  const second = isTruncated ? [] : add(await findLinksOf(tx, neighbours, MONEY_QUALIFIERS, mostLinks));
  const beyond = [
    ...new Set([...endsOf(second).filter((id) => !known.has(id)), ...takenBackBy(first), ...takenBackBy(second)]),
  ];
  if (!isTruncated) add(await findLinksOf(tx, beyond, UNDOING, mostLinks));
  if (isTruncated) return { nodes: await findMoneyNodes(tx, objectIds), links: [], isTruncated };
  const ends = [...links.values()].flatMap(({ fromObjectId, toObjectId }) => [fromObjectId, toObjectId]);
  return {
    nodes: await findMoneyNodes(tx, [...new Set([...objectIds, ...ends])]),
    links: [...links.values()].map((row) => ({
      fromObjectId: row.fromObjectId,
      toObjectId: row.toObjectId,
      qualifier: row.qualifier,
      amount: readMoney(row.amount, row.currency),
      firstOccurredAt: row.firstOccurredAt.toISOString(),
      establishedAt: row.isEstablished ? (row.establishedAt ?? row.firstOccurredAt).toISOString() : null,
    })),
    isTruncated,
  };
}

function endsOf(rows: readonly LinkRow[]): string[] {
  const ends = new Set<string>();
  for (const { fromObjectId, fromType, toObjectId, toType } of rows) {
    if (!HUB_TYPES.has(fromType)) ends.add(fromObjectId);
    if (!HUB_TYPES.has(toType)) ends.add(toObjectId);
  }
  return [...ends];
}

function takenBackBy(rows: readonly LinkRow[]): string[] {
  return rows.filter(({ qualifier }) => UNDOING.includes(qualifier)).map(({ toObjectId }) => toObjectId);
}

/** Attempts to pay, credit, give back or explain that failed are left out: no money moved along them. */
async function findLinksOf(
  tx: Tx,
  ids: readonly string[],
  qualifiers: readonly string[],
  mostLinks: number,
): Promise<LinkRow[]> {
  if (ids.length === 0) return [];
  return tx.query<LinkRow>(
    `select from_object_id as "fromObjectId", to_object_id as "toObjectId", qualifier, from_type as "fromType",
            to_type as "toType", amount::text as amount, currency, first_occurred_at as "firstOccurredAt",
            is_established as "isEstablished", established_at as "establishedAt"
     from object_link
     where tenant_id = $1 and from_object_id = any($2::uuid[]) and qualifier = any($3::text[]) and not is_context
       and (is_established or qualifier = any($5::text[]))
     union
     select from_object_id, to_object_id, qualifier, from_type, to_type, amount::text, currency, first_occurred_at,
            is_established, established_at
     from object_link
     where tenant_id = $1 and to_object_id = any($2::uuid[]) and qualifier = any($3::text[]) and not is_context
       and (is_established or qualifier = any($5::text[]))
     limit $4`,
    [tx.tenantId, uuidArray(ids), qualifiers, mostLinks + 1, LEADING_QUALIFIERS],
  );
}

async function findMoneyNodes(tx: Tx, ids: readonly string[]): Promise<Map<string, MoneyGraphNode>> {
  const rows = await tx.query<{
    objectId: string;
    type: string;
    key: string;
    legalEntity: string | null;
    amount: string | null;
    currency: string | null;
    direction: Direction | null;
    isSettled: boolean;
    happened: HappenedLine[] | null;
  }>(
    `select object_id as "objectId", type, key, legal_entity as "legalEntity", amount::text as amount, currency, direction,
            coalesce(attributes ->> '${IS_SETTLED_ATTRIBUTE}' = 'true', false) as "isSettled", happened
     from business_object where tenant_id = $1 and object_id = any($2::uuid[])`,
    [tx.tenantId, uuidArray(ids)],
  );
  const undone = await findUndone(tx, rows);
  return new Map(
    rows.map(({ objectId, type, key, legalEntity, amount, currency, direction, isSettled }) => [
      objectId,
      {
        objectId,
        type,
        key,
        legalEntity,
        amount: readMoney(amount, currency),
        direction: directionOf(type, direction),
        isSettled,
        undoneAt: undone.get(objectId) ?? null,
      },
    ]),
  );
}

/** Money of two columns; null when one is missing, or is none that could be calculated with. */
export function readMoney(amount: string | null, currency: string | null): Money | null {
  if (amount === null || currency === null) return null;
  const parsed = parseMoney(amount, currency);
  return parsed.ok ? parsed.value : null;
}
