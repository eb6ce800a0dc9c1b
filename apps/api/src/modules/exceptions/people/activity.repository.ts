import type { Tx } from '@throughline/persistence';
import { countRows, instantCursorSql, type Page, type RowCount } from '../../../graphql/connection.js';

/** One step of one exception, by whomever. */
export type ActivityRow = {
  id: string;
  exceptionId: string;
  at: Date;
  kind: string;
  actorId: string;
  actorName: string;
  details: Record<string, unknown>;
  /** For the cursor: the exact instant, and the order within it. */
  atText: string;
  ordinal: string;
};

/** Which steps; null = whichever. */
export type ActivitySelection = {
  personId: string | null;
  /** Of people alone, or of the system alone. */
  by: 'people' | 'automation' | null;
  kinds: readonly string[] | null;
  exceptionId: string | null;
  groupId: string | null;
  queue: string | null;
  /** From the first instant until before the second. */
  from: Date | null;
  to: Date | null;
};

export const ACTIVITY_CURSOR_PARTS = ['instant', 'integer'] as const;

/** Steps, the latest first. */
export async function listActivity(tx: Tx, selection: ActivitySelection, page: Page): Promise<ActivityRow[]> {
  const params: unknown[] = [tx.tenantId];
  const conditions = conditionsOf(selection, params);
  const beyond =
    page.after === null
      ? ''
      : `and (v.at, v.ordinal) < ($${params.push(page.after[0])}::timestamptz, $${params.push(page.after[1])}::bigint)`;
  return tx.query<ActivityRow>(
    `select v.event_id as id, v.exception_id as "exceptionId", v.at, v.kind, v.actor_id as "actorId", v.actor_name as "actorName",
            v.details, ${instantCursorSql('v.at')} as "atText", v.ordinal::text as ordinal
     from exception_event v where ${conditions} ${beyond}
     order by v.at desc, v.ordinal desc limit ${page.first + 1}`,
    params,
  );
}

/** How many there are. */
export function countActivity(tx: Tx, selection: ActivitySelection): Promise<RowCount> {
  const params: unknown[] = [tx.tenantId];
  return countRows(tx, `select 1 from exception_event v where ${conditionsOf(selection, params)}`, params);
}

/** Exceptions per kind of step, the most frequent first. */
export async function countDeeds(
  tx: Tx,
  selection: ActivitySelection,
): Promise<{ kind: string; steps: number; exceptions: number }[]> {
  const params: unknown[] = [tx.tenantId];
  return tx.query(
    `select v.kind, count(*)::int as steps, count(distinct v.exception_id)::int as exceptions
     from exception_event v where ${conditionsOf(selection, params)}
     group by v.kind order by exceptions desc, v.kind`,
    params,
  );
}

function conditionsOf(selection: ActivitySelection, params: unknown[]): string {
  const { personId, by, kinds, exceptionId, groupId, queue, from, to } = selection;
  const conditions = ['v.tenant_id = $1'];
  if (from !== null) conditions.push(`v.at >= $${params.push(from)}::timestamptz`);
  if (to !== null) conditions.push(`v.at < $${params.push(to)}::timestamptz`);
  // in the words of the partial indexes: the detecting of problems is most of what happens
  if (personId !== null || by === 'people') conditions.push(`v.actor_id <> 'exceptions'`);
  if (personId !== null) conditions.push(`v.actor_id = $${params.push(personId)}`);
  if (by !== null) conditions.push(`length(v.actor_id) ${by === 'people' ? '=' : '<>'} ${UUID_LENGTH}`);
  if (kinds !== null) conditions.push(`v.kind = any($${params.push(kinds)}::text[])`);
  if (exceptionId !== null) conditions.push(`v.exception_id = $${params.push(exceptionId)}::uuid`);
  const of = [
    ...(groupId === null ? [] : [`e.group_id = $${params.push(groupId)}::uuid`]),
    ...(queue === null ? [] : [`e.queue = $${params.push(queue)}`]),
  ];
  if (of.length > 0) {
    conditions.push(
      `exists (select from exception e where e.tenant_id = $1 and e.exception_id = v.exception_id and ${of.join(' and ')})`,
    );
  }
  return conditions.join(' and ');
}

/** People are known by uuids, parts of the system by words. */
const UUID_LENGTH = 36;

/** Whether a step was made by the system itself. */
export function isAutomation(actorId: string): boolean {
  return actorId.length !== UUID_LENGTH;
}
