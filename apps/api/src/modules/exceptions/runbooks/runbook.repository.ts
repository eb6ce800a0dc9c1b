import type { Tx } from '@throughline/persistence';
import { countRows, instantCursorSql, type Page, type RowCount } from '../../../graphql/connection.js';
import type { RunbookPlace, RunbookScope } from '../domain/runbook.js';

/** A runbook in the version that is in force. */
export type RunbookRow = {
  id: string;
  scope: RunbookScope;
  scopeKey: string;
  version: number;
  isArchived: boolean;
  title: string;
  body: string;
  writtenAt: Date;
  writtenByName: string;
};

export type ListedRunbook = RunbookRow & { writtenAtText: string };

const COLUMNS = `r.runbook_id as id, r.scope, r.scope_key as "scopeKey", r.version, r.is_archived as "isArchived", v.title, v.body,
  v.written_at as "writtenAt", v.written_by_name as "writtenByName"`;
const IN_FORCE = `runbook r join runbook_version v on v.tenant_id = $1 and v.runbook_id = r.runbook_id and v.version = r.version`;

/** Runbooks by id, in the order of the ids; null where there is none. Fits Operation.loader. */
export async function findRunbooks(tx: Tx, ids: readonly string[]): Promise<(RunbookRow | null)[]> {
  const rows = await tx.query<RunbookRow>(
    `select ${COLUMNS} from ${IN_FORCE} where r.tenant_id = $1 and r.runbook_id = any($2::uuid[])`,
    [tx.tenantId, ids],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** Runbooks of places, in their order; places without one are left out. */
export async function findRunbooksAt(tx: Tx, places: readonly RunbookPlace[]): Promise<RunbookRow[]> {
  return tx.query<RunbookRow>(
    `select ${COLUMNS}
     from unnest($2::text[], $3::text[]) with ordinality as p(scope, key, place)
     join ${IN_FORCE} on r.tenant_id = $1 and r.scope = p.scope collate "C" and r.scope_key = p.key collate "C" and not r.is_archived
     order by p.place`,
    [tx.tenantId, places.map(({ scope }) => scope), places.map(({ key }) => key)],
  );
}

/** Runbooks that are not archived, the latest written first. */
export async function listRunbooks(tx: Tx, page: Page): Promise<ListedRunbook[]> {
  return tx.query<ListedRunbook>(
    `select ${COLUMNS}, ${instantCursorSql('v.written_at')} as "writtenAtText" from ${IN_FORCE}
     where r.tenant_id = $1 and not r.is_archived
       and ($2::timestamptz is null or (v.written_at, r.runbook_id) < ($2::timestamptz, $3::uuid))
     order by v.written_at desc, r.runbook_id desc limit $4`,
    [tx.tenantId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
}

export function countRunbooks(tx: Tx): Promise<RowCount> {
  return countRows(tx, 'select 1 from runbook where tenant_id = $1 and not is_archived', [tx.tenantId]);
}

/** One version of a runbook, as it was written. */
export type RunbookVersionRow = {
  version: number;
  title: string;
  body: string;
  writtenAt: Date;
  writtenByName: string;
};

/** Versions of runbooks, in the order of the ids, the latest first and at most 200 each. Fits Operation.loader. */
export async function findVersions(tx: Tx, runbookIds: readonly string[]): Promise<RunbookVersionRow[][]> {
  const rows = await tx.query<RunbookVersionRow & { runbookId: string }>(
    `select asked.id as "runbookId", v.version, v.title, v.body, v.written_at as "writtenAt", v.written_by_name as "writtenByName"
     from unnest($2::uuid[]) as asked(id)
     cross join lateral (
       select * from runbook_version where tenant_id = $1 and runbook_id = asked.id order by version desc limit 200
     ) v
     order by v.version desc`,
    [tx.tenantId, runbookIds],
  );
  return runbookIds.map((id) => rows.filter((row) => row.runbookId === id));
}

/** Place, version and state of a runbook, locked. */
export async function lockRunbook(
  tx: Tx,
  runbookId: string,
): Promise<(RunbookPlace & { version: number; isArchived: boolean }) | null> {
  const [row] = await tx.query<RunbookPlace & { version: number; isArchived: boolean }>(
    `select scope, scope_key as key, version, is_archived as "isArchived" from runbook
     where tenant_id = $1 and runbook_id = $2 for update`,
    [tx.tenantId, runbookId],
  );
  return row ?? null;
}

/** Makes a runbook; false when there is one at that place. */
export async function insertRunbook(tx: Tx, id: string, { scope, key }: RunbookPlace, at: Date): Promise<boolean> {
  const rows = await tx.query(
    `insert into runbook (tenant_id, runbook_id, scope, scope_key, version, created_at) values ($1, $2, $3, $4, 1, $5)
     on conflict (tenant_id, scope, scope_key) where not is_archived do nothing returning 1`,
    [tx.tenantId, id, scope, key, at],
  );
  return rows.length > 0;
}

/** Writes a version; the runbook must be locked or new. */
export async function insertVersion(
  tx: Tx,
  runbookId: string,
  words: { version: number; title: string; body: string },
  by: { id: string; name: string; at: Date },
): Promise<void> {
  await tx.query(
    `insert into runbook_version (tenant_id, runbook_id, version, title, body, written_at, written_by, written_by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tx.tenantId, runbookId, words.version, words.title, words.body, by.at, by.id, by.name],
  );
  await tx.query('update runbook set version = $3 where tenant_id = $1 and runbook_id = $2', [
    tx.tenantId,
    runbookId,
    words.version,
  ]);
}

export async function archive(tx: Tx, runbookId: string): Promise<void> {
  await tx.query('update runbook set is_archived = true where tenant_id = $1 and runbook_id = $2', [
    tx.tenantId,
    runbookId,
  ]);
}

/** A step that was done for an exception. */
export type TickRow = { exceptionId: string; runbookId: string; stepKey: string; tickedAt: Date; tickedByName: string };

/** Steps that were done for exceptions, in the order of their ids. Fits Operation.loader. */
export async function findTicks(tx: Tx, exceptionIds: readonly string[]): Promise<TickRow[][]> {
  const rows = await tx.query<TickRow>(
    `select exception_id as "exceptionId", runbook_id as "runbookId", step_key as "stepKey", ticked_at as "tickedAt",
            ticked_by_name as "tickedByName"
     from runbook_tick where tenant_id = $1 and exception_id = any($2::uuid[])`,
    [tx.tenantId, exceptionIds],
  );
  return exceptionIds.map((id) => rows.filter((row) => row.exceptionId === id));
}

/** Marks a step done, or not done; false when it was so already. */
export async function writeTick(
  tx: Tx,
  tick: { exceptionId: string; runbookId: string; stepKey: string; isDone: boolean },
  by: { id: string; name: string; at: Date },
): Promise<boolean> {
  const { exceptionId, runbookId, stepKey, isDone } = tick;
  const place = [tx.tenantId, exceptionId, runbookId, stepKey];
  const rows = isDone
    ? await tx.query(
        `insert into runbook_tick (tenant_id, exception_id, runbook_id, step_key, ticked_at, ticked_by, ticked_by_name)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning 1`,
        [...place, by.at, by.id, by.name],
      )
    : await tx.query(
        'delete from runbook_tick where tenant_id = $1 and exception_id = $2 and runbook_id = $3 and step_key = $4 returning 1',
        place,
      );
  return rows.length > 0;
}
