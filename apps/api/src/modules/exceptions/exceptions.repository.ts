import { randomUUID } from 'node:crypto';
import { toMinorUnits } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { groupIdOf } from './domain/group-rules.js';
import { CLOSED_STATES } from './domain/life-cycle.js';
import { moneyOf } from './domain/open-amount.js';
import { priorityOrder } from './domain/priority.js';
import type { OpenedException } from './domain/reconcile.js';
import type { StoredException, TimelineStep } from './domain/stored-exception.js';
import { placeMembers, storeParts, type Member } from './groups/placement.repository.js';

/** Field, column, type: one list for reading and writing whole rows. */
const COLUMNS = [
  ['exceptionId', 'exception_id', 'uuid'],
  ['groupId', 'group_id', 'uuid'],
  ['objectId', 'object_id', 'uuid'],
  ['firstObjectId', 'first_object_id', 'uuid'],
  ['hop', 'hop', 'text'],
  ['signature', 'signature', 'text'],
  ['taxonomy', 'taxonomy', 'text'],
  ['title', 'title', 'text'],
  ['message', 'message', 'text'],
  ['integration', 'integration', 'text'],
  ['state', 'state', 'text'],
  ['resolution', 'resolution', 'text'],
  ['duplicateOf', 'duplicate_of', 'uuid'],
  ['stateBeforeDuplicate', 'state_before_duplicate', 'text'],
  ['isDuplicateByHand', 'is_duplicate_by_hand', 'boolean'],
  ['ownerId', 'owner_id', 'uuid'],
  ['objectType', 'object_type', 'text'],
  ['objectKey', 'object_key', 'text'],
  ['legalEntity', 'legal_entity', 'text'],
  ['counterparty', 'counterparty', 'text'],
  ['amount', 'amount', 'numeric'],
  ['currency', 'currency', 'text'],
  ['direction', 'direction', 'text'],
  ['postingPeriod', 'posting_period', 'text'],
  ['dueOn', 'due_on', 'text'],
  ['moneyPartId', 'money_part_id', 'uuid'],
  ['moneyWholeId', 'money_whole_id', 'uuid'],
  ['occurrences', 'occurrences', 'integer'],
  ['openedAt', 'opened_at', 'timestamptz'],
  ['lastOccurredAt', 'last_occurred_at', 'timestamptz'],
  ['lastActivityId', 'last_activity_id', 'uuid'],
  ['resolvedAt', 'resolved_at', 'timestamptz'],
  ['goneAt', 'gone_at', 'timestamptz'],
  ['reopenings', 'reopenings', 'integer'],
  ['queue', 'queue', 'text'],
  ['isQueueStated', 'is_queue_stated', 'boolean'],
  ['reportingMinor', 'reporting_minor', 'bigint'],
  ['isMoneyUnknown', 'is_money_unknown', 'boolean'],
  ['nextDueAt', 'next_due_at', 'timestamptz'],
  ['nextDueStep', 'next_due_step', 'text'],
  ['missedDueAt', 'missed_due_at', 'timestamptz'],
  ['missedDueStep', 'missed_due_step', 'text'],
  ['blocks', 'blocks', 'integer'],
  ['statutory', 'statutory', 'text'],
  ['priorityPoints', 'priority_points', 'smallint'],
  ['priorityBand', 'priority_band', 'text'],
  ['statedBand', 'stated_band', 'text'],
  ['statedReason', 'stated_reason', 'text'],
  ['statedBy', 'stated_by', 'uuid'],
  ['statedAt', 'stated_at', 'timestamptz'],
  ['version', 'version', 'integer'],
] as const satisfies readonly (readonly [keyof StoredException, string, string])[];

/** Columns made from others when a row is written. */
const DERIVED = [
  ['amountMinor', 'amount_minor', 'bigint'],
  ['counterpartyFolded', 'counterparty_folded', 'text'],
  ['priorityOrder', 'priority_order', 'bigint'],
] as const;

const WRITTEN = [...COLUMNS, ...DERIVED];
const RECORD = WRITTEN.map(([field, , type]) => `"${field}" ${type}`).join(', ');

/** Whether the exception `e` is over, in the words of the indexes of what is open. */
export const IS_CLOSED = `(e.state in (${CLOSED_STATES.map((state) => `'${state}'`).join(', ')}))`;

/** Select list of whole rows from `exception e`. */
export const EXCEPTION_COLUMNS = COLUMNS.map(([field, column]) => `e.${column} as "${field}"`).join(', ');

/** Exceptions by id, in the order of the ids; null where there is none. Fits Operation.loader. */
export async function findExceptions(tx: Tx, exceptionIds: readonly string[]): Promise<(StoredException | null)[]> {
  const rows = await tx.query<StoredException>(
    `select ${EXCEPTION_COLUMNS} from exception e where e.tenant_id = $1 and e.exception_id = any($2::uuid[])`,
    [tx.tenantId, exceptionIds],
  );
  const byId = new Map(rows.map((row) => [row.exceptionId, row]));
  return exceptionIds.map((id) => byId.get(id) ?? null);
}

/**
 * Locks exceptions in the order of their ids and reads them after that. Whoever changes exceptions, their attempts or claims
 * takes these locks first and nothing before them, so that people and workers queue up and never deadlock.
 */
export async function lockExceptions(tx: Tx, exceptionIds: readonly string[]): Promise<StoredException[]> {
  if (exceptionIds.length === 0) {
    return [];
  }
  return tx.query<StoredException>(
    `select ${EXCEPTION_COLUMNS} from exception e
     where e.tenant_id = $1 and e.exception_id = any($2::uuid[])
     order by e.exception_id for update`,
    [tx.tenantId, exceptionIds],
  );
}

/**
 * Locks exceptions together with all others at their objects, in one order: whoever may reconcile those objects afterwards must
 * hold all of them from the beginning. Answers all that are locked.
 */
export async function lockExceptionsBeside(tx: Tx, exceptionIds: readonly string[]): Promise<StoredException[]> {
  const places = await tx.query<{ id: string }>(
    `select e.object_id as id from exception e where e.tenant_id = $1 and e.exception_id = any($2::uuid[])
     union
     select coalesce(o.object_id, e.first_object_id) from exception e
     left join object_alias o on o.tenant_id = $1 and o.alias_id = e.first_object_id
     where e.tenant_id = $1 and e.exception_id = any($2::uuid[])`,
    [tx.tenantId, exceptionIds],
  );
  const beside = await findExceptionIdsOf(
    tx,
    places.map((place) => place.id),
  );
  return lockExceptions(tx, [...new Set([...exceptionIds, ...beside])]);
}

/** Ids of the exceptions whose subject is, or was at first, one of these objects under any of its earlier ids. */
export async function findExceptionIdsOf(tx: Tx, objectIds: readonly string[]): Promise<string[]> {
  // Names as an array: joined with rows, of which the planner expects many, it reads all exceptions.
  const rows = await tx.query<{ id: string }>(
    `with names as materialized (
       select array(
         select alias_id from object_alias where tenant_id = $1 and object_id = any($2::uuid[]) and alias_id <> object_id
         union all
         select unnest($2::uuid[])
       ) as ids
     )
     select exception_id as id from exception where tenant_id = $1 and object_id = any((select ids from names)::uuid[])
     union
     select exception_id from exception where tenant_id = $1 and first_object_id = any((select ids from names)::uuid[])`,
    [tx.tenantId, objectIds],
  );
  return rows.map((row) => row.id);
}

/** Present object id per earlier one; ids that name nothing any more are absent. */
export async function findRedirects(tx: Tx, objectIds: readonly string[]): Promise<Map<string, string>> {
  if (objectIds.length === 0) {
    return new Map();
  }
  const rows = await tx.query<{ aliasId: string; objectId: string }>(
    `select alias_id as "aliasId", object_id as "objectId" from object_alias
     where tenant_id = $1 and alias_id = any($2::uuid[])`,
    [tx.tenantId, objectIds],
  );
  return new Map(rows.map((row) => [row.aliasId, row.objectId]));
}

/**
 * Writes new exceptions and their groups. An identity that somebody else opened meanwhile is left out of the answer: the unique
 * index decides, and the caller looks again.
 */
export async function insertExceptions(
  tx: Tx,
  opened: readonly OpenedException[],
  now: Date,
): Promise<StoredException[]> {
  if (opened.length === 0) {
    return [];
  }
  const groups = new Map(opened.map((one) => [groupIdOf(one.fingerprint), one]));
  await tx.query(
    `insert into exception_group (tenant_id, group_id, fingerprint, title, taxonomy, hop, created_at)
     select $1, g."groupId", g.fingerprint, g.title, g.taxonomy, g.hop, $3
     from jsonb_to_recordset($2::jsonb) as g("groupId" uuid, fingerprint text, title text, taxonomy text, hop text)
     order by g."groupId"
     on conflict do nothing`,
    [
      tx.tenantId,
      JSON.stringify(
        [...groups].map(([groupId, { fingerprint, groupTitle, row }]) => ({
          groupId,
          fingerprint,
          title: groupTitle,
          taxonomy: row.taxonomy,
          hop: row.hop,
        })),
      ),
      now,
    ],
  );
  const placed = await placeMembers(tx, opened.map(memberOf));
  await storeParts(
    tx,
    placed.flatMap(({ parts }) => parts),
    now,
  );
  const rows = opened.map(({ row }, index): StoredException => ({
    ...row,
    exceptionId: randomUUID(),
    groupId: placed[index]!.groupId,
    duplicateOf: null,
    stateBeforeDuplicate: null,
    isDuplicateByHand: false,
    version: 1,
  }));
  const inserted = await tx.query<{ id: string }>(
    `insert into exception (tenant_id, updated_at, ${WRITTEN.map(([, column]) => column).join(', ')})
     select $1, $3, ${WRITTEN.map(([field]) => `r."${field}"`).join(', ')}
     from jsonb_to_recordset($2::jsonb) as r(${RECORD})
     order by r."objectId", r.hop, r.signature
     on conflict (tenant_id, object_id, hop, signature) where state <> 'DUPLICATE' do nothing
     returning exception_id as id`,
    [tx.tenantId, JSON.stringify(rows.map(toRecord)), now],
  );
  const written = new Set(inserted.map((row) => row.id));
  const strangers = rows.flatMap(({ exceptionId, groupId }, index) => {
    const ownGroupId = groupIdOf(opened[index]!.fingerprint);
    return written.has(exceptionId) && ownGroupId !== groupId ? [{ exceptionId, ownGroupId }] : [];
  });
  await noteOwnGroups(tx, strangers);
  return rows.filter((row) => written.has(row.exceptionId));
}

function memberOf({
  fingerprint,
  row: { legalEntity, counterparty, integration, objectType },
}: OpenedException): Member {
  return {
    homeId: groupIdOf(fingerprint),
    values: {
      LEGAL_ENTITY: legalEntity ?? '',
      COUNTERPARTY: counterparty ?? '',
      INTEGRATION: integration,
      OBJECT_TYPE: objectType,
    },
  };
}

/** Keeps the group of their own fingerprint of exceptions that are in another one: they go back to it when people undo that. */
async function noteOwnGroups(tx: Tx, rows: readonly { exceptionId: string; ownGroupId: string }[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `update exception e set own_group_id = r."ownGroupId"
     from jsonb_to_recordset($2::jsonb) as r("exceptionId" uuid, "ownGroupId" uuid)
     where e.tenant_id = $1 and e.exception_id = r."exceptionId"`,
    [tx.tenantId, JSON.stringify(rows)],
  );
}

/**
 * Takes exceptions that are about to change place out of the way of the unique index: within one UPDATE two rows could not trade
 * places. The caller writes them whole right after.
 */
export async function vacateIdentities(tx: Tx, exceptionIds: readonly string[]): Promise<void> {
  if (exceptionIds.length > 0) {
    await tx.query(`update exception set state = 'DUPLICATE' where tenant_id = $1 and exception_id = any($2::uuid[])`, [
      tx.tenantId,
      exceptionIds,
    ]);
  }
}

/** Writes whole rows of exceptions that the caller has locked. */
export async function updateExceptions(tx: Tx, changed: readonly StoredException[], now: Date): Promise<void> {
  if (changed.length === 0) {
    return;
  }
  const assigned = WRITTEN.filter(([field]) => field !== 'exceptionId');
  await tx.query(
    `update exception e set updated_at = $3, is_escalated = e.is_escalated and e.reopenings = r.reopenings,
       ${assigned.map(([field, column]) => `${column} = r."${field}"`).join(', ')}
     from jsonb_to_recordset($2::jsonb) as r(${RECORD})
     where e.tenant_id = $1 and e.exception_id = r."exceptionId"`,
    [tx.tenantId, JSON.stringify(changed.map(toRecord)), now],
  );
}

export type NewExceptionEvent = TimelineStep & { exceptionId: string; actorId: string; actorName: string };

/** Appends to the timelines, in the order given; answers the ids. */
export async function insertExceptionEvents(tx: Tx, events: readonly NewExceptionEvent[], at: Date): Promise<string[]> {
  const rows = events.map((event, position) => ({ ...event, eventId: randomUUID(), position }));
  await tx.query(
    `insert into exception_event (tenant_id, exception_id, event_id, at, kind, actor_id, actor_name, details)
     select $1, r."exceptionId", r."eventId", $3, r.kind, r."actorId", r."actorName", r.details
     from jsonb_to_recordset($2::jsonb) as r("exceptionId" uuid, "eventId" uuid, position integer, kind text,
                                             "actorId" text, "actorName" text, details jsonb)
     order by r.position`,
    [tx.tenantId, JSON.stringify(rows), at],
  );
  return rows.map((row) => row.eventId);
}

/** Ids in one notification, which has room for 8,000 characters. */
const TOLD_AT_ONCE = 100;

/** Tells open pages, at commit: the exceptions, and the transactions whose state hangs on them. Ids only. */
export async function notifyExceptionsChanged(tx: Tx, exceptionIds: readonly string[]): Promise<void> {
  await tx.query(
    `with changed as (
       select e.exception_id, e.object_id from exception e where e.tenant_id = $1 and e.exception_id = any($2::uuid[])
     ), told as (
       select 'exception' as kind, exception_id as id from changed
       union
       select 'transaction', t.transaction_id from changed c
       join transaction_object t on t.tenant_id = $1 and t.object_id = c.object_id and not t.is_hub
     )
     select pg_notify('throughline_changed', json_build_object('tenantId', $1::uuid, 'kind', kind, 'ids', json_agg(id))::text)
     from (select kind, id, (row_number() over (partition by kind) - 1) / ${TOLD_AT_ONCE} as part from told) numbered
     group by kind, part`,
    [tx.tenantId, exceptionIds],
  );
}

function toRecord(row: StoredException) {
  const atRisk = moneyOf(row.amount, row.currency);
  return {
    ...row,
    amountMinor: atRisk === null ? '0' : toMinorUnits(atRisk).toString(),
    counterpartyFolded: row.counterparty?.toLowerCase() ?? null,
    priorityOrder: priorityOrder(row, row.statedBand ?? row.priorityBand, row.statedBand !== null),
  };
}
