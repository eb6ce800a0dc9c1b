import type { Tx } from '@throughline/persistence';
import { countRows, instantCursorSql, type Page, type RowCount } from '../../../graphql/connection.js';
import type { GroupRule } from '../domain/group-rules.js';
import { IS_CLOSED } from '../exceptions.repository.js';

/** Exceptions of the same problem at the same hop, whatever their subject, and what people decided of them together. */
export type GroupRow = GroupRule & {
  id: string;
  title: string;
  taxonomy: string;
  hop: string;
  /** All but duplicates. */
  memberCount: number;
  /** There are more: closed ones are counted to ten thousand. */
  memberCountIsLowerBound: boolean;
  /** Those that still wait for somebody or something. */
  openCount: number;
  lastOccurredAt: Date | null;
  ownerId: string | null;
  note: string;
  isKnownError: boolean;
  knownErrorReference: string | null;
  snoozedUntil: Date | null;
  snoozeReason: string | null;
  parentId: string | null;
  version: number;
  changedAt: Date | null;
  changedByName: string | null;
};

/** Select list of what is said of `exception_group g`, without its members. */
export const GROUP_COLUMNS = `g.group_id as id, g.title, g.taxonomy, g.hop, g.owner_id as "ownerId", g.note, g.is_known_error as "isKnownError",
  g.known_error_reference as "knownErrorReference", g.snoozed_until as "snoozedUntil", g.snooze_reason as "snoozeReason",
  g.merged_into as "mergedInto", g.split_by as "splitBy", g.parent_id as "parentId", g.version, g.changed_at as "changedAt",
  g.changed_by_name as "changedByName"`;

/** Closed members of a group are counted so far: some groups have millions. */
const MOST_CLOSED = 10_000;
/** Of the closed members those that were closed last are looked at for when they last occurred. */
const LATEST_CLOSED = 100;

/** Joins, as `closed`, how many members of a group are closed, as far as they are counted: one more where there are more. */
export const withClosedSql = (groupId: string) => `cross join lateral (
  select count(*)::int as members from (
    select 1 from exception e where e.tenant_id = $1 and e.group_id = ${groupId} and e.state in ('RESOLVED', 'ACCEPTED')
    limit ${MOST_CLOSED + 1}) members
) closed`;

/** Select list of how many members a group has, of so many open ones and what is joined as `closed`. */
export const memberCountSql = (open: string) => `${open} + least(closed.members, ${MOST_CLOSED}) as "memberCount",
            closed.members > ${MOST_CLOSED} as "memberCountIsLowerBound"`;

/** Groups by id, in the order of the ids; null where there is none. Fits Operation.loader. */
export async function findGroups(tx: Tx, groupIds: readonly string[]): Promise<(GroupRow | null)[]> {
  const rows = await tx.query<GroupRow>(
    `select ${GROUP_COLUMNS}, ${memberCountSql('open.members')}, open.members as "openCount",
            case when latest.last is null or open.last > latest.last then open.last else latest.last end as "lastOccurredAt"
     from exception_group g
     cross join lateral (
       select count(*)::int as members, max(e.last_occurred_at) as last
       from exception e where e.tenant_id = $1 and e.group_id = g.group_id and not ${IS_CLOSED}
     ) open
     ${withClosedSql('g.group_id')}
     cross join lateral (
       select max(last_occurred_at) as last from (
         select e.last_occurred_at from exception e
         where e.tenant_id = $1 and e.group_id = g.group_id and e.resolved_at is not null
         order by e.resolved_at desc limit ${LATEST_CLOSED}) ended
     ) latest
     where g.tenant_id = $1 and g.group_id = any($2::uuid[])`,
    [tx.tenantId, groupIds],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return groupIds.map((id) => byId.get(id) ?? null);
}

/** Of the groups made part of one so many are told. */
const MOST_PARTS = 100;

/** Ids of the groups that were made part of each of these, by their titles. Fits Operation.loader. */
export async function findMergedParts(tx: Tx, groupIds: readonly string[]): Promise<string[][]> {
  const rows = await tx.query<{ whole: string; id: string }>(
    `select w.id as whole, part.group_id as id
     from unnest($2::uuid[]) as w(id)
     cross join lateral (
       select g.group_id, g.title from exception_group g where g.tenant_id = $1 and g.merged_into = w.id
       order by g.title, g.group_id limit ${MOST_PARTS}
     ) part
     order by part.title, part.group_id`,
    [tx.tenantId, groupIds],
  );
  return groupIds.map((groupId) => rows.filter(({ whole }) => whole === groupId).map(({ id }) => id));
}

/** Groups by id, locked in the order of their ids, without their members. */
export function lockGroups(
  tx: Tx,
  groupIds: readonly string[],
): Promise<Omit<GroupRow, 'memberCount' | 'memberCountIsLowerBound' | 'openCount'>[]> {
  return tx.query(
    `select ${GROUP_COLUMNS} from exception_group g where g.tenant_id = $1 and g.group_id = any($2::uuid[])
     order by g.group_id for update`,
    [tx.tenantId, groupIds],
  );
}

export const GROUP_ORDERS = ['OPEN_DESC', 'LAST_OCCURRED_DESC'] as const;

export type GroupOrder = (typeof GROUP_ORDERS)[number];

/** Which groups: with open members unless `withClosed`; `snoozed` and `knownErrors` null = either way. */
export type GroupSelection = {
  ownerId: string | null;
  unowned: boolean;
  knownErrors: boolean | null;
  snoozed: boolean | null;
  now: Date;
};

/** A group on a list, with where the list goes on behind it. */
export type ListedGroup = GroupRow & { sortText: string };

const SORT: Record<GroupOrder, { column: string; type: string; text: string }> = {
  OPEN_DESC: { column: 'o.open', type: 'bigint', text: 'o.open::text' },
  LAST_OCCURRED_DESC: { column: 'o.last', type: 'timestamptz', text: instantCursorSql('o.last') },
};

/** Parts of a cursor of the list. */
export function groupCursorParts(order: GroupOrder): readonly ('integer' | 'instant' | 'uuid')[] {
  return [order === 'OPEN_DESC' ? 'integer' : 'instant', 'uuid'];
}

// The open ones alone are counted, from their own small index.
const OPEN = `open as materialized (
  select e.group_id, count(*) as open, max(e.last_occurred_at) as last
  from exception e where e.tenant_id = $1 and not ${IS_CLOSED} group by e.group_id)`;

/** Groups that have open members, and how many. */
export async function listGroups(
  tx: Tx,
  selection: GroupSelection,
  order: GroupOrder,
  page: Page,
): Promise<ListedGroup[]> {
  const { column, type, text } = SORT[order];
  const params: unknown[] = [tx.tenantId];
  const conditions = conditionsOf(selection, params);
  const after =
    page.after === null
      ? ''
      : `and (${column}, g.group_id) < ($${params.push(page.after[0])}::${type}, $${params.push(page.after[1])}::uuid)`;
  return tx.query<ListedGroup>(
    `with ${OPEN}
     select page.*, ${memberCountSql('page."openCount"')}
     from (
       select ${GROUP_COLUMNS}, o.open::int as "openCount", o.last as "lastOccurredAt", ${text} as "sortText"
       from open o join exception_group g on g.tenant_id = $1 and g.group_id = o.group_id
       where ${conditions} ${after}
       order by ${column} desc, g.group_id desc limit ${page.first + 1}
     ) page
     ${withClosedSql('page.id')}
     order by "${order === 'OPEN_DESC' ? 'openCount' : 'lastOccurredAt'}" desc, page.id desc`,
    params,
  );
}

/** How many they are. */
export function countGroups(tx: Tx, selection: GroupSelection): Promise<RowCount> {
  const params: unknown[] = [tx.tenantId];
  const conditions = conditionsOf(selection, params);
  return countRows(
    tx,
    `select 1 from exception_group g where ${conditions}
     and exists (select 1 from exception e where e.tenant_id = $1 and e.group_id = g.group_id and not ${IS_CLOSED})`,
    params,
  );
}

function conditionsOf({ ownerId, unowned, knownErrors, snoozed, now }: GroupSelection, params: unknown[]): string {
  const conditions = ['g.tenant_id = $1'];
  if (ownerId !== null) conditions.push(`g.owner_id = $${params.push(ownerId)}::uuid`);
  if (unowned) conditions.push('g.owner_id is null');
  if (knownErrors !== null) conditions.push(knownErrors ? 'g.is_known_error' : 'not g.is_known_error');
  if (snoozed !== null) {
    const isSnoozed = `g.snoozed_until > $${params.push(now)}::timestamptz`;
    conditions.push(snoozed ? isSnoozed : `(${isSnoozed}) is not true`);
  }
  return conditions.join(' and ');
}

/** What people say of a group. */
export type GroupWords = Pick<
  GroupRow,
  | 'ownerId'
  | 'note'
  | 'isKnownError'
  | 'knownErrorReference'
  | 'snoozedUntil'
  | 'snoozeReason'
  | 'mergedInto'
  | 'splitBy'
>;

/** Writes what was decided of groups that are locked; their versions go up. */
export async function updateGroups(
  tx: Tx,
  groups: readonly (GroupWords & { id: string })[],
  by: { id: string; name: string; at: Date },
): Promise<void> {
  await tx.query(
    `update exception_group g set owner_id = w."ownerId", note = w.note, is_known_error = w."isKnownError",
            known_error_reference = w."knownErrorReference", snoozed_until = w."snoozedUntil", snooze_reason = w."snoozeReason",
            merged_into = w."mergedInto", split_by = w."splitBy", version = g.version + 1, changed_at = $3, changed_by = $4,
            changed_by_name = $5
     from jsonb_to_recordset($2::jsonb) as w(id uuid, "ownerId" uuid, note text, "isKnownError" boolean, "knownErrorReference" text,
            "snoozedUntil" timestamptz, "snoozeReason" text, "mergedInto" uuid, "splitBy" text[])
     where g.tenant_id = $1 and g.group_id = w.id`,
    [tx.tenantId, JSON.stringify(groups), by.at, by.id, by.name],
  );
}
