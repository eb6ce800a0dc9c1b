import type { Tx } from '@throughline/persistence';
import {
  NO_RULE,
  partTitle,
  placeMember,
  SPLIT_BY,
  type GroupPart,
  type GroupRule,
  type Placement,
  type SplitBy,
  type SplitValues,
} from '../domain/group-rules.js';

/** A member to be: the group of its own fingerprint, and what groups are split by. */
export type Member = { homeId: string; values: SplitValues };

type RuleRow = GroupRule & { id: string };

/**
 * Where members belong, by what people decided of groups. The rules are locked against change until the transaction ends, so that
 * nobody is put into a group from which all others are just being moved.
 */
export async function placeMembers(tx: Tx, members: readonly Member[]): Promise<Placement[]> {
  const rules = new Map<string, GroupRule>();
  for (let wanted = new Set(members.map(({ homeId }) => homeId)); wanted.size > 0;) {
    for (const [id, rule] of await readRules(tx, [...wanted])) rules.set(id, rule);
    wanted = new Set(
      members.flatMap(({ homeId, values }) => {
        const placed = placeMember(homeId, values, rules);
        return 'unknown' in placed ? [placed.unknown] : [];
      }),
    );
  }
  return members.map(({ homeId, values }) => placeMember(homeId, values, rules) as Placement);
}

async function readRules(tx: Tx, groupIds: readonly string[]): Promise<Map<string, GroupRule>> {
  const rows = await tx.query<RuleRow>(
    `select group_id as id, merged_into as "mergedInto", split_by as "splitBy" from exception_group
     where tenant_id = $1 and group_id = any($2::uuid[]) order by group_id for share`,
    [tx.tenantId, groupIds],
  );
  const known = new Map(rows.map(({ id, ...rule }) => [id, rule]));
  return new Map(groupIds.map((id) => [id, known.get(id) ?? NO_RULE]));
}

/** Stores parts of split groups that are not stored yet; the whole of each must be. A part of a part comes behind it. */
export async function storeParts(tx: Tx, parts: readonly GroupPart[], now: Date): Promise<void> {
  const waiting = new Map(parts.map((part) => [part.groupId, part]));
  while (waiting.size > 0) {
    const next = [...waiting.values()].filter(({ parentId }) => !waiting.has(parentId));
    const titles = await titlesOf(tx, [...new Set(next.map(({ parentId }) => parentId))]);
    await tx.query(
      `insert into exception_group (tenant_id, group_id, fingerprint, title, taxonomy, hop, parent_id, created_at)
       select $1, p."groupId", p.fingerprint, p.title, whole.taxonomy, whole.hop, p."parentId", $3
       from jsonb_to_recordset($2::jsonb) as p("groupId" uuid, fingerprint text, title text, "parentId" uuid)
       join exception_group whole on whole.tenant_id = $1 and whole.group_id = p."parentId"
       order by p."groupId" on conflict do nothing`,
      [
        tx.tenantId,
        JSON.stringify(
          next.map((part) => ({ ...part, title: partTitle(titles.get(part.parentId) ?? '', part.values) })),
        ),
        now,
      ],
    );
    for (const { groupId } of next) waiting.delete(groupId);
  }
}

async function titlesOf(tx: Tx, groupIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; title: string }>(
    'select group_id as id, title from exception_group where tenant_id = $1 and group_id = any($2::uuid[])',
    [tx.tenantId, groupIds],
  );
  return new Map(rows.map(({ id, title }) => [id, title]));
}

/** Columns of an exception `e` that groups are split by. */
const VALUE_COLUMNS: Record<SplitBy, string> = {
  LEGAL_ENTITY: `coalesce(e.legal_entity, '')`,
  COUNTERPARTY: `coalesce(e.counterparty, '')`,
  INTEGRATION: 'e.integration',
  OBJECT_TYPE: 'e.object_type',
};

const VALUES = SPLIT_BY.map((name) => `${VALUE_COLUMNS[name]} as "${name}"`).join(', ');
const HOME = 'coalesce(e.own_group_id, e.group_id)';

/** Locks all members of groups, in the order of their ids, as whoever changes exceptions does first. */
export async function lockMembers(tx: Tx, groupIds: readonly string[]): Promise<void> {
  await tx.query(
    `select count(*) from (select 1 from exception e where e.tenant_id = $1 and e.group_id = any($2::uuid[])
                           order by e.exception_id for update) locked`,
    [tx.tenantId, groupIds],
  );
}

/** Groups in which there are members whose own group is one of these, and the parts of these. */
export async function groupsOfMembers(tx: Tx, groupIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `with recursive held(id) as (
       select unnest($2::uuid[])
       union
       select next.id from held cross join lateral (
         select g.group_id as id from exception_group g where g.tenant_id = $1 and g.parent_id = held.id
         union all
         select g.merged_into from exception_group g
         where g.tenant_id = $1 and g.group_id = held.id and g.merged_into is not null
       ) next
     ) select id from held`,
    [tx.tenantId, groupIds],
  );
  return rows.map(({ id }) => id);
}

/** Puts members whose facts have changed where they belong by now: only parts of split groups look at what changed. */
export async function followFacts(tx: Tx, groupIds: readonly string[], now: Date): Promise<void> {
  if (groupIds.length === 0) return;
  const parts = await tx.query<{ id: string }>(
    `select group_id as id from exception_group
     where tenant_id = $1 and group_id = any($2::uuid[]) and parent_id is not null`,
    [tx.tenantId, groupIds],
  );
  if (parts.length > 0) {
    await regroup(
      tx,
      parts.map(({ id }) => id),
      now,
    );
  }
}

/**
 * Puts the members of groups where they belong by the rules of now; answers how many moved. One statement finds the kinds of
 * members, one moves them, however many there are.
 */
export async function regroup(tx: Tx, groupIds: readonly string[], now: Date): Promise<number> {
  const kinds = await tx.query<SplitValues & { homeId: string; groupId: string }>(
    `select distinct ${HOME} as "homeId", e.group_id as "groupId", ${VALUES}
     from exception e where e.tenant_id = $1 and e.group_id = any($2::uuid[])`,
    [tx.tenantId, groupIds],
  );
  const placed = await placeMembers(
    tx,
    kinds.map(({ homeId, groupId: _at, ...values }) => ({ homeId, values })),
  );
  const moves = kinds.flatMap((kind, index) => {
    const { groupId } = placed[index]!;
    return groupId === kind.groupId ? [] : [{ ...kind, to: groupId }];
  });
  if (moves.length === 0) return 0;
  await storeParts(
    tx,
    placed.flatMap(({ parts }) => parts),
    now,
  );
  const [moved] = await tx.query<{ rows: number }>(
    `with moved as (
       update exception e set group_id = m.to, own_group_id = nullif(m."homeId", m.to)
       from jsonb_to_recordset($2::jsonb) as m("homeId" uuid, "groupId" uuid, "to" uuid, ${SPLIT_BY.map((name) => `"${name}" text`).join(', ')})
       where e.tenant_id = $1 and e.group_id = m."groupId" and ${HOME} = m."homeId"
         and ${SPLIT_BY.map((name) => `${VALUE_COLUMNS[name]} = m."${name}"`).join(' and ')}
       returning 1
     ) select count(*)::int as rows from moved`,
    [tx.tenantId, JSON.stringify(moves)],
  );
  return moved?.rows ?? 0;
}
