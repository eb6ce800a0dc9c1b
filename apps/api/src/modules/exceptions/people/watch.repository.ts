import type { Tx } from '@throughline/persistence';
import type { PersonRow } from '../../identity/index.js';
import type { Audience } from '../domain/notices.js';

type Watch = { exceptionId: string; personId: string };

/** Who watches these exceptions, and who wants to hear no more of them. */
export async function findAudience(
  tx: Tx,
  exceptionIds: readonly string[],
): Promise<Pick<Audience, 'watchers' | 'muted'>> {
  const rows = await tx.query<Watch & { isWatching: boolean }>(
    `select exception_id as "exceptionId", person_id as "personId", is_watching as "isWatching"
     from exception_watch where tenant_id = $1 and exception_id = any($2::uuid[])`,
    [tx.tenantId, exceptionIds],
  );
  const watchers = new Map<string, Set<string>>();
  const muted = new Map<string, Set<string>>();
  for (const { exceptionId, personId, isWatching } of rows) {
    const people = isWatching ? watchers : muted;
    people.set(exceptionId, (people.get(exceptionId) ?? new Set()).add(personId));
  }
  return { watchers, muted };
}

/** Those who watch, without being asked to: whoever decided about it keeps what was decided. */
export async function watchByDefault(tx: Tx, watches: readonly Watch[], at: Date): Promise<void> {
  await tx.query(
    `insert into exception_watch (tenant_id, exception_id, person_id, is_watching, since)
     select $1, w."exceptionId", w."personId", true, $3
     from jsonb_to_recordset($2::jsonb) as w("exceptionId" uuid, "personId" uuid)
     on conflict do nothing`,
    [tx.tenantId, JSON.stringify(watches), at],
  );
}

/** Turns watching on or off for one person; answers the exceptions for which that changed something. */
export async function setWatching(
  tx: Tx,
  exceptionIds: readonly string[],
  personId: string,
  isWatching: boolean,
  at: Date,
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `insert into exception_watch as w (tenant_id, exception_id, person_id, is_watching, since)
     select $1, id, $3, $4, $5 from unnest($2::uuid[]) as x(id) order by id
     on conflict (tenant_id, exception_id, person_id) do update set is_watching = $4, since = $5
     where w.is_watching <> $4
     returning exception_id as id`,
    [tx.tenantId, exceptionIds, personId, isWatching, at],
  );
  return rows.map(({ id }) => id);
}

/** The active people who watch each exception, by name. Fits Operation.loader. */
export async function findWatchers(tx: Tx, exceptionIds: readonly string[]): Promise<PersonRow[][]> {
  const rows = await tx.query<PersonRow & { exceptionId: string }>(
    `select w.exception_id as "exceptionId", p.person_id as id, p.display_name as "displayName", p.email, p.roles
     from exception_watch w
     join person p on p.tenant_id = $1 and p.person_id = w.person_id and p.is_active
     where w.tenant_id = $1 and w.exception_id = any($2::uuid[]) and w.is_watching
     order by p.display_name, p.person_id`,
    [tx.tenantId, exceptionIds],
  );
  return exceptionIds.map((id) =>
    rows.filter(({ exceptionId }) => exceptionId === id).map(({ exceptionId: _id, ...person }) => person),
  );
}
