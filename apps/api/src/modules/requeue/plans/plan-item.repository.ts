import { uuidArray, type Tx } from '@throughline/persistence';
import type { Page, RowCount } from '../../../graphql/connection.js';
import { MOVES_MONEY } from '../domain/hard-rules.js';
import type { AskedException, LeftOut, LeftOutCode } from '../domain/left-out.js';
import type { BlockingException, JudgedItem } from '../domain/plan.js';
import type { PlannedMoney } from '../usecases/read-plan.js';

/** An item of a selection with its exception as it is now. */
export type ItemToJudge = AskedException & { position: number; taxonomy: string };

/** The next items in their order. What is deleted meanwhile has no exception, and is not among them. */
export function nextToJudge(tx: Tx, requestId: string, after: number, most: number): Promise<ItemToJudge[]> {
  return tx.query<ItemToJudge>(
    `select i.position, e.exception_id as "exceptionId", e.object_id as "objectId", e.object_type as "objectType",
            e.object_key as "objectKey", e.integration, e.state, e.queue, e.legal_entity as "legalEntity",
            e.posting_period as "postingPeriod", e.taxonomy
     from requeue_plan_item i join exception e on e.tenant_id = $1 and e.exception_id = i.exception_id
     where i.tenant_id = $1 and i.request_id = $2 and i.position > $3 and i.position <= $3 + $4 order by i.position`,
    [tx.tenantId, requestId, after, most],
  );
}

/** What is written of an item by itself. */
export type Verdict = {
  position: number;
  refusal: LeftOut | null;
  before: readonly BlockingException[];
  movesMoney: boolean;
};

/** Writes what there is to say of items; of most there is nothing. */
export async function putVerdicts(tx: Tx, requestId: string, verdicts: readonly Verdict[]): Promise<void> {
  const said = verdicts
    .filter(({ refusal, before, movesMoney }) => refusal !== null || before.length > 0 || movesMoney)
    .map(({ position, refusal, before, movesMoney }) => ({
      position,
      code: refusal?.code ?? null,
      reason: refusal?.reason ?? null,
      before: before.length === 0 ? null : before,
      movesMoney,
    }));
  if (said.length === 0) return;
  await tx.query(
    `update requeue_plan_item i set code = v.code, reason = v.reason, before = v.before, moves_money = v."movesMoney"
     from jsonb_to_recordset($3::jsonb) as v(position integer, code text, reason text, before jsonb, "movesMoney" boolean)
     where i.tenant_id = $1 and i.request_id = $2 and i.position = v.position`,
    [tx.tenantId, requestId, JSON.stringify(said)],
  );
}

/** Leaves out what is no more there. */
export async function leaveOutMissing(tx: Tx, requestId: string, why: LeftOut): Promise<void> {
  await tx.query(
    `update requeue_plan_item i set code = $3, reason = $4
     where i.tenant_id = $1 and i.request_id = $2 and i.code is null
       and not exists (select from exception e where e.tenant_id = $1 and e.exception_id = i.exception_id)`,
    [tx.tenantId, requestId, why.code, why.reason],
  );
}

export type JudgedRow = PlannedMoney & JudgedItem & { position: number };

type StoredJudged = Omit<JudgedRow, 'refusal' | 'before'> & {
  code: LeftOutCode | null;
  reason: string | null;
  before: BlockingException[] | null;
};

/** All items with what was said of each, and their money as it is now. */
export async function findJudged(tx: Tx, requestId: string): Promise<JudgedRow[]> {
  const rows = await tx.query<StoredJudged>(
    `select i.position, i.exception_id as "exceptionId", i.code, i.reason, i.before, i.moves_money as "movesMoney",
            e.object_id as "objectId", e.object_type as "objectType", e.object_key as "objectKey", e.integration, e.state,
            e.legal_entity as "legalEntity", e.amount, e.currency, e.direction, e.reporting_minor as "reportingMinor",
            e.is_money_unknown as "isMoneyUnknown", e.money_part_id as "moneyPartId", e.money_whole_id as "moneyWholeId"
     from requeue_plan_item i join exception e on e.tenant_id = $1 and e.exception_id = i.exception_id
     where i.tenant_id = $1 and i.request_id = $2 order by i.position`,
    [tx.tenantId, requestId],
  );
  return rows.map(({ code, reason, before, ...row }) => ({
    ...row,
    refusal: code === null ? null : { code, reason: reason ?? '' },
    before: before ?? [],
  }));
}

export type SettledItem = {
  position: number;
  code: LeftOutCode | null;
  reason: string | null;
  after: readonly string[];
};

/** Writes what the whole of a selection brought for single items. */
export async function putSettled(tx: Tx, requestId: string, settled: readonly SettledItem[]): Promise<void> {
  if (settled.length === 0) return;
  await tx.query(
    `update requeue_plan_item i set code = s.code, reason = s.reason,
            after = case when jsonb_array_length(s.after) > 0 then array(select jsonb_array_elements_text(s.after)::uuid) end
     from jsonb_to_recordset($3::jsonb) as s(position integer, code text, reason text, after jsonb)
     where i.tenant_id = $1 and i.request_id = $2 and i.position = s.position`,
    [tx.tenantId, requestId, JSON.stringify(settled)],
  );
}

/** An item that is to go, with what was before it when it was planned, and what it goes behind. */
export type ItemToFreeze = {
  position: number;
  exceptionId: string;
  before: BlockingException[] | null;
  after: string[] | null;
};

/** The next items that are to go, in their order. */
export function nextToFreeze(tx: Tx, requestId: string, after: number, most: number): Promise<ItemToFreeze[]> {
  return tx.query<ItemToFreeze>(
    `select position, exception_id as "exceptionId", before, after from requeue_plan_item
     where tenant_id = $1 and request_id = $2 and position > $3 and code is null order by position limit $4`,
    [tx.tenantId, requestId, after, most],
  );
}

/** Which of these exceptions go with a selection, by themselves or with another one of their object. */
export async function findGoing(tx: Tx, requestId: string, exceptionIds: readonly string[]): Promise<Set<string>> {
  if (exceptionIds.length === 0) return new Set();
  const rows = await tx.query<{ id: string }>(
    `select exception_id as id from requeue_plan_item
     where tenant_id = $1 and request_id = $2 and exception_id = any($3::uuid[])
       and (code is null or code = 'OBJECT_IN_SELECTION')`,
    [tx.tenantId, requestId, uuidArray(exceptionIds)],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Those that would go first of what is to go, by the rule of domain/canary.ts. */
export async function findCanary(tx: Tx, requestId: string, most: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from (
       select i.exception_id as id, e.integration, i.after is not null as is_behind,
              row_number() over (partition by e.integration, i.after is not null
                order by case when not (e.is_money_unknown or case when e.amount is null then e.object_type = any($4::text[])
                                                                   else e.reporting_minor is null end)
                              then coalesce(e.reporting_minor, 0) end nulls last,
                         coalesce(e.priority_order, 0), e.exception_id) as turn
       from requeue_plan_item i join exception e on e.tenant_id = $1 and e.exception_id = i.exception_id
       where i.tenant_id = $1 and i.request_id = $2 and i.code is null
     ) staked
     order by is_behind, turn, integration limit $3`,
    [tx.tenantId, requestId, most, [...MOVES_MONEY]],
  );
  return rows.map(({ id }) => id);
}

export type FreezeOutcome =
  | { position: number; attempt: number; bodyHash: string; movesMoney: boolean }
  /** It was to go and does not. */
  | ({ position: number } & LeftOut);

/** Writes what became of items that were to go. */
export async function putFreezeOutcomes(tx: Tx, requestId: string, outcomes: readonly FreezeOutcome[]): Promise<void> {
  await tx.query(
    `update requeue_plan_item i set code = o.code, reason = o.reason, has_fallen_out = o.code is not null, attempt = o.attempt,
            body_hash = decode(o."bodyHash", 'hex'), moves_money = coalesce(o."movesMoney", i.moves_money)
     from jsonb_to_recordset($3::jsonb)
       as o(position integer, code text, reason text, attempt integer, "bodyHash" text, "movesMoney" boolean)
     where i.tenant_id = $1 and i.request_id = $2 and i.position = o.position`,
    [tx.tenantId, requestId, JSON.stringify(outcomes)],
  );
}

/** What is frozen, as approval measures it. */
export async function findFrozenMoney(tx: Tx, requestId: string): Promise<PlannedMoney[]> {
  const rows = await tx.query<Omit<PlannedMoney, 'state' | 'movesMoney'>>(
    `select exception_id as "exceptionId", object_id as "objectId", object_type as "objectType", integration,
            legal_entity as "legalEntity", amount, currency, direction, reporting_minor as "reportingMinor",
            is_money_unknown as "isMoneyUnknown", money_part_id as "moneyPartId", money_whole_id as "moneyWholeId"
     from requeue_item where tenant_id = $1 and request_id = $2`,
    [tx.tenantId, requestId],
  );
  // apart, not joined: before statistics are taken the planner would look through all items for each of them
  const moving = await tx.query<{ id: string }>(
    `select exception_id as id from requeue_plan_item where tenant_id = $1 and request_id = $2 and moves_money`,
    [tx.tenantId, requestId],
  );
  const isMoving = new Set(moving.map(({ id }) => id));
  return rows.map((row) => ({ ...row, state: 'OPEN', movesMoney: isMoving.has(row.exceptionId) }));
}

/** An item as it is shown. */
export type PlanItemRow = {
  position: number;
  exceptionId: string;
  objectKey: string | null;
  integration: string | null;
  code: LeftOutCode | null;
  reason: string | null;
  hasFallenOut: boolean;
  after: string[] | null;
};

export const PLAN_ITEM_CURSOR_PARTS = ['integer'] as const;

/** Which items are listed: all, what goes, what is left out for any reason, or for one. */
export type ShownItems = 'all' | 'going' | 'left-out' | LeftOutCode;

function conditionOf(shown: ShownItems, params: unknown[]): string {
  if (shown === 'all') return '';
  if (shown === 'going') return 'and i.code is null';
  return shown === 'left-out' ? 'and i.code is not null' : `and i.code = $${params.push(shown)}`;
}

/** Items in their order, the most urgent first, one more than asked. */
export function listPlanItems(tx: Tx, requestId: string, shown: ShownItems, page: Page): Promise<PlanItemRow[]> {
  const params: unknown[] = [tx.tenantId, requestId, page.after?.[0] ?? 0, page.first + 1];
  return tx.query<PlanItemRow>(
    `select i.position, i.exception_id as "exceptionId", e.object_key as "objectKey", nullif(e.integration, '') as integration, i.code,
            i.reason, i.has_fallen_out as "hasFallenOut", i.after
     from requeue_plan_item i left join exception e on e.tenant_id = $1 and e.exception_id = i.exception_id
     where i.tenant_id = $1 and i.request_id = $2 and i.position > $3 ${conditionOf(shown, params)} order by i.position limit $4`,
    params,
  );
}

/** How many that are, exactly: they are rows of one request. */
export async function countPlanItems(tx: Tx, requestId: string, shown: ShownItems): Promise<RowCount> {
  const params: unknown[] = [tx.tenantId, requestId];
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::int as count from requeue_plan_item i
     where i.tenant_id = $1 and i.request_id = $2 ${conditionOf(shown, params)}`,
    params,
  );
  return { count: row?.count ?? 0, isEstimate: false };
}
