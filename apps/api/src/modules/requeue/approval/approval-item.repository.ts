import type { RequeueMode } from '@throughline/contracts';
import { uuidArray, type Tx } from '@throughline/persistence';
import type { Page } from '../../../graphql/connection.js';
import { COUNTED, countedOnceSql, type StoredException } from '../../exceptions/index.js';
import type { PlanSum } from '../domain/plan-sums.js';
import { hasUnknownMoney } from './domain/approval-subject.js';
import type { CounterpartySum } from './domain/limits.js';

/** One exception of a frozen selection, as it was then. */
export type ItemRow = {
  position: number;
  attemptId: string;
  exceptionId: string;
  objectId: string;
  objectType: string;
  objectKey: string;
  title: string;
  integration: string;
  legalEntity: string | null;
  counterparty: string | null;
  amount: string | null;
  currency: string | null;
  direction: string | null;
  occurrences: number;
  mode: RequeueMode;
  /** Null = sent before versions were noted. */
  payloadVersion: number | null;
};

const COLUMNS = `i.position, i.attempt_id as "attemptId", i.exception_id as "exceptionId", i.object_id as "objectId",
  i.object_type as "objectType", i.object_key as "objectKey", i.title, i.integration, i.legal_entity as "legalEntity",
  i.counterparty, i.amount, i.currency, i.direction, i.occurrences, a.mode, a.payload_version as "payloadVersion"`;

/** Keeps the selection, or the next part of it behind what is kept before, with what is known of its money. */
export async function insertItems(
  tx: Tx,
  requestId: string,
  exceptions: readonly StoredException[],
  attemptIds: ReadonlyMap<string, string>,
  before = 0,
): Promise<void> {
  const items = exceptions.map((one, index) => ({
    ...one,
    position: before + index + 1,
    attemptId: attemptIds.get(one.exceptionId),
    isMoneyUnknown: hasUnknownMoney(one),
  }));
  await tx.query(
    `insert into requeue_item (tenant_id, request_id, position, attempt_id, exception_id, object_id, object_type, object_key, title,
       integration, legal_entity, counterparty, amount, currency, direction, reporting_minor, is_money_unknown, occurrences,
       money_part_id, money_whole_id)
     select $1, $2, i.position, i."attemptId", i."exceptionId", i."objectId", i."objectType", i."objectKey", i.title, i.integration,
            i."legalEntity", i.counterparty, i.amount, i.currency, i.direction, i."reportingMinor", i."isMoneyUnknown", i.occurrences,
            i."moneyPartId", i."moneyWholeId"
     from jsonb_to_recordset($3::jsonb) as i(position integer, "attemptId" uuid, "exceptionId" uuid, "objectId" uuid,
       "objectType" text, "objectKey" text, title text, integration text, "legalEntity" text, counterparty text, amount numeric,
       currency text, direction text, "reportingMinor" bigint, "isMoneyUnknown" boolean, occurrences integer,
       "moneyPartId" uuid, "moneyWholeId" uuid)`,
    [tx.tenantId, requestId, JSON.stringify(items)],
  );
}

export const ITEM_CURSOR_PARTS = ['integer'] as const;

/** Items in their order, one more than asked. */
export function listItems(tx: Tx, requestId: string, page: Page): Promise<ItemRow[]> {
  return tx.query<ItemRow>(
    `select ${COLUMNS} from requeue_item i
     join requeue_attempt a on a.tenant_id = $1 and a.attempt_id = i.attempt_id
     where i.tenant_id = $1 and i.request_id = $2 and i.position > $3 order by i.position limit $4`,
    [tx.tenantId, requestId, page.after?.[0] ?? 0, page.first + 1],
  );
}

/** Exceptions of a request. */
export async function findItemExceptions(tx: Tx, requestId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select exception_id as id from requeue_item where tenant_id = $1 and request_id = $2 order by exception_id`,
    [tx.tenantId, requestId],
  );
  return rows.map(({ id }) => id);
}

/** An item that can still go: its attempt waits and holds its claim. */
export type LeftItem = Pick<ItemRow, 'attemptId' | 'exceptionId' | 'objectKey' | 'amount' | 'currency' | 'occurrences'>;

const LEFT_ITEMS = `requeue_item i
  join requeue_attempt a on a.tenant_id = $1 and a.attempt_id = i.attempt_id and a.state = 'QUEUED'
  join requeue_claim c on c.tenant_id = $1 and c.exception_id = i.exception_id and c.attempt_id = i.attempt_id`;

export function findLeftItems(tx: Tx, requestId: string): Promise<LeftItem[]> {
  return tx.query<LeftItem>(
    `select i.attempt_id as "attemptId", i.exception_id as "exceptionId", i.object_key as "objectKey", i.amount, i.currency,
            i.occurrences
     from ${LEFT_ITEMS} where i.tenant_id = $1 and i.request_id = $2 order by i.position`,
    [tx.tenantId, requestId],
  );
}

/** How many of each request can still go. Fits Operation.loader. */
export async function countLeftItems(tx: Tx, requestIds: readonly string[]): Promise<number[]> {
  const rows = await tx.query<{ id: string; count: number }>(
    `select i.request_id as id, count(*)::int as count
     from ${LEFT_ITEMS} where i.tenant_id = $1 and i.request_id = any($2::uuid[]) group by i.request_id`,
    [tx.tenantId, requestIds],
  );
  const byId = new Map(rows.map(({ id, count }) => [id, count]));
  return requestIds.map((id) => byId.get(id) ?? 0);
}

/** Which version of which of these exceptions waits to go out corrected with a request. */
export async function findVersionsThatWait(
  tx: Tx,
  requestId: string,
  exceptionIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx.query<{ exceptionId: string; payloadVersion: number }>(
    `select exception_id as "exceptionId", payload_version as "payloadVersion" from requeue_attempt
     where tenant_id = $1 and request_id = $2 and exception_id = any($3::uuid[]) and mode = 'corrected' and state = 'QUEUED'`,
    [tx.tenantId, requestId, uuidArray(exceptionIds)],
  );
  return new Map(rows.map(({ exceptionId, payloadVersion }) => [exceptionId, payloadVersion]));
}

/** What of these waits to go out with a request and has one of these words, or is to be extracted anew, whose body nobody needs. */
export function findWaitingOrders(
  tx: Tx,
  requestId: string,
  exceptionIds: readonly string[],
  words: string,
): Promise<{ exceptionId: string; mode: RequeueMode; body: string }[]> {
  return tx.query(
    `select exception_id as "exceptionId", mode, case when mode = 'extract-anew' then '' else body end as body
     from requeue_attempt
     where tenant_id = $1 and request_id = $2 and exception_id = any($3::uuid[]) and state = 'QUEUED'
       and (mode = 'extract-anew' or body ~* $4)`,
    [tx.tenantId, requestId, uuidArray(exceptionIds), words],
  );
}

export type WaitingBody = { exceptionId: string; integration: string; payloadJson: string | null };

const WAITING_BODIES = `select exception_id as "exceptionId", integration, nullif((body::json -> 'payload')::text, 'null') as "payloadJson"
  from requeue_attempt
  where tenant_id = $1 and request_id = $2 and mode = 'as-is' and state = 'QUEUED' and integration = any($3::text[])`;

/** The payload of what waits to go out as it failed, through these integrations, as it was frozen; behind an exception, in order. */
export function findBodiesThatWait(
  tx: Tx,
  requestId: string,
  integrations: readonly string[],
  after: string,
  most: number,
): Promise<WaitingBody[]> {
  return tx.query(
    `${WAITING_BODIES} and ($4 = '' or exception_id > nullif($4, '')::uuid) order by exception_id limit $5`,
    [tx.tenantId, requestId, integrations, after, most],
  );
}

/** The same of these exceptions alone. */
export function findBodiesOf(
  tx: Tx,
  requestId: string,
  integrations: readonly string[],
  exceptionIds: readonly string[],
): Promise<WaitingBody[]> {
  return tx.query(`${WAITING_BODIES} and exception_id = any($4::uuid[])`, [
    tx.tenantId,
    requestId,
    integrations,
    uuidArray(exceptionIds),
  ]);
}

/** Which of these people wrote a correction that is sent with a request, or one that it is based on. */
export async function findCorrectors(tx: Tx, requestId: string, personIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `select distinct v.author_id as id
     from requeue_attempt a
     join payload_version v on v.tenant_id = $1 and v.exception_id = a.exception_id and v.version <= a.payload_version
       and v.author_id = any($3::uuid[])
     where a.tenant_id = $1 and a.request_id = $2 and a.mode = 'corrected'
       and not exists (select from payload_version s where s.tenant_id = $1 and s.exception_id = a.exception_id
                         and s.based_on is null and s.version > v.version and s.version < a.payload_version)`,
    [tx.tenantId, requestId, personIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Items by their position: behind `after`, up to `upTo`. */
export type Positions = { after: number; upTo: number };

const ALL_POSITIONS: Positions = { after: 0, upTo: 2_147_483_647 };

/**
 * Exceptions of a request of which what is sent goes through the same integration already, with an earlier item or with another request:
 * two documents that turned out to be one while it waited.
 */
export async function findDoubles(
  tx: Tx,
  requestId: string,
  { after, upTo }: Positions = ALL_POSITIONS,
): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `select distinct i.exception_id as id
     from requeue_item i
     join object_alias mine on mine.tenant_id = $1 and mine.alias_id = i.object_id
     join object_alias o on o.tenant_id = $1 and o.object_id = mine.object_id
     join requeue_claim c on c.tenant_id = $1 and c.object_id = o.alias_id and c.integration = i.integration
       and c.attempt_id <> i.attempt_id
     join requeue_attempt a on a.tenant_id = $1 and a.attempt_id = c.attempt_id
     join requeue_request r on r.tenant_id = $1 and r.request_id = a.request_id
     left join requeue_item other on other.tenant_id = $1 and other.request_id = $2 and other.attempt_id = c.attempt_id
     where i.tenant_id = $1 and i.request_id = $2 and i.position > $3 and i.position <= $4
       and (a.request_id <> $2 and r.state not in ('PENDING_APPROVAL', 'CLOSING') or other.position < i.position)`,
    [tx.tenantId, requestId, after, upTo],
  );
  return new Set(rows.map(({ id }) => id));
}

/**
 * Money per legal entity and currency of each request; an object counts once, with the most that is told of it, and with what holds its
 * money. Fits Operation.loader.
 */
export async function findItemSums(tx: Tx, requestIds: readonly string[]): Promise<PlanSum[][]> {
  const found = (condition: string) =>
    `select ${COUNTED}, e.request_id, e.legal_entity, e.currency, e.is_outflow, e.amount, false as is_unknown
     from per_object e where ${condition}`;
  const rows = await tx.query<PlanSum & { requestId: string }>(
    `with per_object as materialized (
       select distinct on (request_id, object_id) request_id, object_id, money_part_id, money_whole_id, legal_entity, currency, amount,
              direction is not distinct from 'outflow' as is_outflow
       from requeue_item where tenant_id = $1 and request_id = any($2::uuid[]) and currency is not null and amount is not null
       order by request_id, object_id, amount desc, position
     )
     select request_id as "requestId", legal_entity as "legalEntity", currency,
            coalesce(sum(amount) filter (where not is_outflow), 0)::text as inflow,
            coalesce(sum(amount) filter (where is_outflow), 0)::text as outflow, sum(exceptions)::int as count
     from (${countedOnceSql(found, ['request_id', 'legal_entity', 'currency', 'is_outflow'])}) once
     group by request_id, legal_entity, currency order by request_id, legal_entity, currency`,
    [tx.tenantId, requestIds],
  );
  return requestIds.map((id) => rows.filter(({ requestId }) => requestId === id));
}

/** What a request names: legal entities, integrations and types of object. */
export type ItemScope = { legalEntities: string[]; integrations: string[]; objectTypes: string[] };

export async function findItemScopes(tx: Tx, requestIds: readonly string[]): Promise<(ItemScope | null)[]> {
  const rows = await tx.query<ItemScope & { requestId: string }>(
    `select request_id as "requestId",
            coalesce(array_agg(distinct legal_entity) filter (where legal_entity is not null), '{}') as "legalEntities",
            array_agg(distinct integration) as integrations, array_agg(distinct object_type) as "objectTypes"
     from requeue_item where tenant_id = $1 and request_id = any($2::uuid[]) group by request_id`,
    [tx.tenantId, requestIds],
  );
  const byId = new Map(rows.map((row) => [row.requestId, row]));
  return requestIds.map((id) => byId.get(id) ?? null);
}

/** Makes whoever else approves within these people's limits wait: what they approve adds up. */
export async function lockLimits(tx: Tx, personIds: readonly string[]): Promise<void> {
  // one order for everybody, so that nobody waits in a circle
  await tx.query(
    `select pg_advisory_xact_lock(hashtextextended('approval limit ' || $1 || id, 0))
     from (select distinct id from unnest($2::text[]) as id order by id) owners`,
    [tx.tenantId, personIds],
  );
}

/**
 * Per owner of a limit and counterparty: what the request asks for and what was approved of the same maker that day. What was given up
 * before its run began counts no more: nothing of it went.
 */
export async function findCounterpartySums(
  tx: Tx,
  { requestId, makerId, day }: { requestId: string; makerId: string; day: string },
  ownerIds: readonly string[],
): Promise<Map<string, CounterpartySum[]>> {
  const found = (condition: string) =>
    `select ${COUNTED}, e.counterparty, e.reporting_minor as amount, e.is_money_unknown as is_unknown from per_object e where ${condition}`;
  const rows = await tx.query<{
    ownerId: string;
    counterparty: string;
    askedMinor: string;
    usedMinor: string;
    isMoneyUnknown: boolean;
  }>(
    `with per_object as materialized (
       select object_id, (array_agg(money_part_id))[1] as money_part_id, (array_agg(money_whole_id))[1] as money_whole_id,
              lower(coalesce(min(counterparty), '')) collate "C" as counterparty, max(reporting_minor) as reporting_minor,
              bool_or(is_money_unknown) as is_money_unknown
       from requeue_item where tenant_id = $1 and request_id = $2 group by object_id
     ), asked as materialized (
       select counterparty, coalesce(sum(amount), 0)::bigint as minor, sum(unknown) > 0 as unknown
       from (${countedOnceSql(found, ['counterparty'])}) once group by counterparty
     )
     select o.id as "ownerId", a.counterparty, a.minor as "askedMinor", a.unknown as "isMoneyUnknown",
            coalesce((select sum(u.reporting_minor) from requeue_approval_amount u
                      join requeue_request r on r.tenant_id = $1 and r.request_id = u.request_id
                        and r.state not in ('REJECTED', 'EXPIRED', 'WITHDRAWN', 'CLOSING')
                        and not (r.state = 'CANCELLED' and exists (
                          select from requeue_run n
                          where n.tenant_id = $1 and n.request_id = u.request_id and n.measured_from is null))
                      where u.tenant_id = $1 and u.person_id = o.id and u.approved_on = $4::date and u.maker_id = $3
                        and lower(u.counterparty) = a.counterparty and u.request_id <> $2), 0)::bigint as "usedMinor"
     from asked a cross join unnest($5::uuid[]) as o(id) order by a.counterparty`,
    [tx.tenantId, requestId, makerId, day, ownerIds],
  );
  const sums = new Map<string, CounterpartySum[]>(ownerIds.map((id) => [id, []]));
  for (const { ownerId, counterparty, askedMinor, usedMinor, isMoneyUnknown } of rows) {
    sums
      .get(ownerId)
      ?.push({ counterparty, askedMinor: BigInt(askedMinor), usedMinor: BigInt(usedMinor), isMoneyUnknown });
  }
  return sums;
}

/** Counts what is approved against the limit of its owner. */
export async function insertApprovalAmounts(
  tx: Tx,
  { requestId, makerId, day, ownerId }: { requestId: string; makerId: string; day: string; ownerId: string },
  sums: readonly CounterpartySum[],
): Promise<void> {
  await tx.query(
    `insert into requeue_approval_amount (tenant_id, person_id, approved_on, maker_id, counterparty, request_id, reporting_minor)
     select $1, $2, $3::date, $4, s.counterparty, $5, s.minor
     from jsonb_to_recordset($6::jsonb) as s(counterparty text, minor bigint) on conflict do nothing`,
    [
      tx.tenantId,
      ownerId,
      day,
      makerId,
      requestId,
      JSON.stringify(sums.map(({ counterparty, askedMinor }) => ({ counterparty, minor: askedMinor.toString() }))),
    ],
  );
}

/**
 * Which of these people worked on an exception of the lineage of the request, at its objects or at others of their transactions, or
 * stated something about those. To have said something is not to have worked on it.
 */
export async function findTouchers(tx: Tx, requestId: string, personIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `with objects as materialized (
       select object_id from requeue_item where tenant_id = $1 and request_id = $2
       union
       select beside.object_id
       from requeue_item i
       join transaction_object mine on mine.tenant_id = $1 and mine.object_id = i.object_id and not mine.is_hub
       join transaction_object beside on beside.tenant_id = $1 and beside.transaction_id = mine.transaction_id and not beside.is_hub
       where i.tenant_id = $1 and i.request_id = $2
     )
     select distinct v.actor_id as id
     from objects o
     join exception e on e.tenant_id = $1 and e.object_id = o.object_id
     join exception_event v on v.tenant_id = $1 and v.exception_id = e.exception_id and v.actor_id = any($3::text[])
       and v.kind not in ('commented', 'requeue-approval-given', 'requeue-approved', 'requeue-rejected')
     union
     select s.stated_by::text
     from objects o
     join object_alias a on a.tenant_id = $1 and a.object_id = o.object_id
     join lateral (
       select l.stated_by from lineage_statement l where l.tenant_id = $1 and l.first_alias_id = a.alias_id
       union
       select l.stated_by from lineage_statement l where l.tenant_id = $1 and l.second_alias_id = a.alias_id
     ) s on s.stated_by::text = any($3::text[])`,
    [tx.tenantId, requestId, personIds],
  );
  return new Set(rows.map(({ id }) => id));
}
