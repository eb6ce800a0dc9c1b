import {
  type AliasStatement,
  type SettledIdentities,
  type StatementOrigin,
  type NameGroups,
  contradictedObjects,
  hasTwoValues,
  identifyObjects,
  isSingleValued,
  settleIdentities,
  trustOf,
} from '@throughline/lineage';
import { type Tx, uuidArray } from '@throughline/persistence';
import type { Alias, ObjectType } from '@throughline/canonical';
import { readAliases } from './read-objects.js';
import { MASTER_DATA_RULES } from './master-data-rules.js';
import { readSystemKinds } from './read-attribute-statements.js';

/** Whether two values of this key contradict one another. */
export function isOneOfItsKind(type: ObjectType, alias: Alias): boolean {
  return isSingleValued(MASTER_DATA_RULES, type, alias);
}

/**
 * Which names belong to which object. Who said what, and when, is read only where statements contradict one another: it is
 * what decides between them.
 */
export async function identifyNames(tx: Tx, statements: readonly AliasStatement[]): Promise<SettledIdentities> {
  const identities = identifyObjects(statements);
  const contradicted = contradictedObjects(identities, isOneOfItsKind);
  if (contradicted.length === 0) return { ...identities, contradictions: [] };
  const objectIds = new Set(contradicted.map(({ objectId }) => objectId));
  const concerned = statements.filter(({ aliasId }) => objectIds.has(identities.objectIdOf.get(aliasId) ?? ''));
  const origins = await readOrigins(tx, [...new Set(concerned.map(({ activityId }) => activityId))]);
  const kindOf = await readSystemKinds(tx);
  return settleIdentities(identities, statements, isOneOfItsKind, (activityId, type): StatementOrigin => {
    const { system, occurredAt } = origins.get(activityId) ?? { system: '', occurredAt: '' };
    return { trust: trustOf(MASTER_DATA_RULES, type, system, kindOf(system)), occurredAt };
  });
}

/**
 * Names that would give an object that is known a second value of a key that it has one of. Also further numbers of objects
 * that contradict one another already: by which of their keys they do is told from all numbers together.
 */
export async function contradictedNames(tx: Tx, { groups }: NameGroups): Promise<string[]> {
  const adding = [...groups.values()].filter(
    ({ isKnown, type, added }) => isKnown && [...added.values()].some((alias) => isOneOfItsKind(type, alias)),
  );
  const aliases = await readAliases(
    tx,
    adding.map(({ objectId }) => objectId),
  );
  const grown = adding.map(({ objectId, type, added }) => {
    const names = [...(aliases.get(objectId)?.values() ?? []), ...added.values()];
    const numbers = names.filter((alias) => isOneOfItsKind(type, alias));
    return { objectId, added, isTwofold: hasTwoValues(type, names, isOneOfItsKind), hasSeveral: numbers.length > 1 };
  });
  const asked = grown.filter(({ isTwofold, hasSeveral }) => hasSeveral && !isTwofold);
  const contradicted = await readContradicted(
    tx,
    asked.map(({ objectId }) => objectId),
  );
  return grown.flatMap(({ objectId, added, isTwofold }) =>
    isTwofold || contradicted.has(objectId) ? [...added.keys()] : [],
  );
}

/** Those of the objects about which there are contradicting statements. */
async function readContradicted(tx: Tx, objectIds: readonly string[]): Promise<Set<string>> {
  if (objectIds.length === 0) return new Set();
  const rows = await tx.query<{ id: string }>(
    `select subject_id as id from finding
     where tenant_id = $1 and kind = 'contradictory-alias' and subject_id = any($2::uuid[])`,
    [tx.tenantId, uuidArray(objectIds)],
  );
  return new Set(rows.map(({ id }) => id));
}

async function readOrigins(
  tx: Tx,
  activityIds: readonly string[],
): Promise<Map<string, { system: string; occurredAt: string }>> {
  const rows = await tx.query<{ id: string; system: string; occurredAt: Date }>(
    `select activity_id as id, system, occurred_at as "occurredAt" from activity
     where tenant_id = $1 and activity_id = any($2::uuid[])`,
    [tx.tenantId, uuidArray(activityIds)],
  );
  return new Map(rows.map(({ id, system, occurredAt }) => [id, { system, occurredAt: occurredAt.toISOString() }]));
}
