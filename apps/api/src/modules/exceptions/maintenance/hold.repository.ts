import { NIL_UUID } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { milestoneOf, OVERDUE_SIGNATURE } from '../domain/overdue.js';
import { OPEN_STATES } from '../queue.repository.js';

/** What would have opened, had there been no maintenance. */
export type Hold = {
  windowId: string;
  objectId: string;
  hop: string;
  signature: string;
  title: string;
  message: string;
  occurredAt: Date;
  heldAt: Date;
};

export type HoldOutcome = 'opened' | 'overcome';

export type ListedHold = Hold & { objectType: string; objectKey: string; outcome: HoldOutcome | null };

export async function insertHolds(tx: Tx, holds: readonly Hold[]): Promise<void> {
  if (holds.length === 0) return;
  await tx.query(
    `insert into maintenance_hold (tenant_id, window_id, object_id, hop, signature, title, message, occurred_at, held_at)
     select $1, h."windowId", h."objectId", h.hop, h.signature, h.title, h.message, h."occurredAt", h."heldAt"
     from jsonb_to_recordset($2::jsonb) as h("windowId" uuid, "objectId" uuid, hop text, signature text, title text, message text,
       "occurredAt" timestamptz, "heldAt" timestamptz)
     on conflict do nothing`,
    [tx.tenantId, JSON.stringify(holds)],
  );
}

/** Notes milestones that are overdue and not told of, as what they wait for is under maintenance; answers how many. */
export async function holdOverdue(
  tx: Tx,
  held: ReadonlyMap<string, string>,
  now: Date,
  limit: number,
): Promise<number> {
  if (held.size === 0) return 0;
  const hops = [...held.keys()];
  const rows = await tx.query(
    `insert into maintenance_hold (tenant_id, window_id, object_id, hop, signature, title, message, occurred_at, held_at)
     select $1, h.window_id, case when m.object_id = '${NIL_UUID}' then t.anchor_object_id else m.object_id end, h.hop, $5,
            m.title || ' is overdue', 'It waits for what is under maintenance.', m.due_at, $4
     from unnest($2::text[], $3::uuid[], $7::text[], $8::text[]) as h(hop, window_id, workflow, name)
     join milestone m on m.tenant_id = $1 and m.name = h.name and m.reached_at is null and m.due_at is not null and m.due_at < $4
       and m.rule_kind = 'service'
     join business_transaction t on t.tenant_id = $1 and t.transaction_id = m.transaction_id and t.progress = 'running'
       and t.workflow = h.workflow
     where not exists (
       select 1 from overdue_mark k
       where k.tenant_id = $1 and k.transaction_id = m.transaction_id and k.name = m.name and k.object_id = m.object_id
         and k.due_at = m.due_at)
       and not exists (
         select 1 from maintenance_hold o
         where o.tenant_id = $1 and o.window_id = h.window_id
           and o.object_id = case when m.object_id = '${NIL_UUID}' then t.anchor_object_id else m.object_id end
           and o.hop = h.hop and o.signature = $5 and o.occurred_at = m.due_at)
     limit $6
     on conflict do nothing returning 1`,
    [
      tx.tenantId,
      hops,
      [...held.values()],
      now,
      OVERDUE_SIGNATURE,
      limit,
      hops.map((hop) => milestoneOf(hop).workflow),
      hops.map((hop) => milestoneOf(hop).name),
    ],
  );
  return rows.length;
}

/** Holds without an outcome, the oldest first, of windows other than those that are held now. */
export async function findReleased(
  tx: Tx,
  activeWindowIds: readonly string[],
  limit: number,
): Promise<Pick<Hold, 'windowId' | 'objectId' | 'hop' | 'signature' | 'occurredAt'>[]> {
  return tx.query(
    `select window_id as "windowId", object_id as "objectId", hop, signature, occurred_at as "occurredAt"
     from maintenance_hold where tenant_id = $1 and outcome is null and window_id <> all($2::uuid[])
     order by occurred_at limit $3`,
    [tx.tenantId, activeWindowIds, limit],
  );
}

/**
 * Says what became of released holds: opened where an exception is open or was closed since, overcome where nothing is. An overdue
 * milestone that is not reached yet is told of by the sweep in a moment, and keeps waiting for that; not where it has an exception
 * already, which has just been followed and stays closed.
 */
export async function settleHolds(
  tx: Tx,
  holds: readonly Pick<Hold, 'windowId' | 'objectId' | 'hop' | 'signature' | 'occurredAt'>[],
  now: Date,
): Promise<number> {
  const rows = await tx.query(
    `with released as materialized (
       select r.*, told.is_open, told.closed_at,
         told.is_open is null and r.signature = $5 and exists (
           select from transaction_object o
           join business_transaction t on t.tenant_id = $1 and t.transaction_id = o.transaction_id and t.progress = 'running'
           join milestone m on m.tenant_id = $1 and m.transaction_id = t.transaction_id
             and m.name = substr(r.hop, length(t.workflow) + 2) and m.reached_at is null and m.due_at < $3 and m.rule_kind = 'service'
           where o.tenant_id = $1 and o.object_id = r."objectId" and t.workflow || '/' || m.name = r.hop
             and (m.object_id = r."objectId" or (m.object_id = '${NIL_UUID}' and t.anchor_object_id = r."objectId"))) as is_late
       from jsonb_to_recordset($2::jsonb) as r("windowId" uuid, "objectId" uuid, hop text, signature text, "occurredAt" timestamptz)
       cross join lateral (
         select bool_or(e.state = any($4::text[])) as is_open,
                max(case when e.resolved_at is null then e.updated_at else e.resolved_at end) as closed_at
         from exception e
         where e.tenant_id = $1 and e.object_id = r."objectId" and e.hop = r.hop and e.signature = r.signature
       ) told
     )
     update maintenance_hold h
     set outcome = case when r.is_open or r.closed_at >= h.held_at then 'opened' else 'overcome' end, outcome_at = $3
     from released r
     where h.tenant_id = $1 and h.window_id = r."windowId" and h.object_id = r."objectId" and h.hop = r.hop
       and h.signature = r.signature and h.occurred_at = r."occurredAt" and not r.is_late
     returning 1`,
    [tx.tenantId, JSON.stringify(holds), now, OPEN_STATES, OVERDUE_SIGNATURE],
  );
  return rows.length;
}

/** The latest of what each window holds or held, and how many there are. Fits Operation.loader. */
export async function findHolds(
  tx: Tx,
  windowIds: readonly string[],
  limit: number,
): Promise<{ holds: ListedHold[]; held: number; opened: number; overcome: number }[]> {
  const counts = await tx.query<{ windowId: string; held: number; opened: number; overcome: number }>(
    `select window_id as "windowId", (count(*) filter (where outcome is null))::int as held,
            (count(*) filter (where outcome = 'opened'))::int as opened,
            (count(*) filter (where outcome = 'overcome'))::int as overcome
     from maintenance_hold where tenant_id = $1 and window_id = any($2::uuid[]) group by window_id`,
    [tx.tenantId, windowIds],
  );
  const holds = await tx.query<ListedHold>(
    `select found.window_id as "windowId", found.object_id as "objectId", b.type as "objectType", b.key as "objectKey", found.hop,
            found.signature, found.title, found.message, found.occurred_at as "occurredAt", found.held_at as "heldAt", found.outcome
     from unnest($2::uuid[]) as asked(id)
     cross join lateral (
       select * from maintenance_hold where tenant_id = $1 and window_id = asked.id order by occurred_at desc, object_id limit $3
     ) found
     join business_object b on b.tenant_id = $1 and b.object_id = found.object_id`,
    [tx.tenantId, windowIds, limit],
  );
  return windowIds.map((id) => ({
    ...(counts.find(({ windowId }) => windowId === id) ?? { held: 0, opened: 0, overcome: 0 }),
    holds: holds.filter(({ windowId }) => windowId === id),
  }));
}
