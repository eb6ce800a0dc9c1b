import type { Tx } from '@throughline/persistence';
import type { Actor } from '../../audit/index.js';
import { recurrenceNotices, recurrenceOf, type OwnedGroup } from '../domain/group-notices.js';
import { IS_CLOSED } from '../exceptions.repository.js';
import { tellNotices } from '../people/tell-people.js';

/** Members that opened now, also again. */
export type Newcomer = { exceptionId: string; groupId: string };

/**
 * Notifies owners whose groups came again, in the transaction that opens their members. Of two workers that open the first members of
 * a resolved group at once the second one waits, and finds it open.
 */
export async function tellGroupOwners(
  tx: Tx,
  { actor, at }: { actor: Actor; at: Date },
  newcomers: readonly Newcomer[],
): Promise<void> {
  const groups = await findOwned(tx, newcomers);
  const resolved = groups.filter((group) => recurrenceOf(group, at) === 'resolved').map(({ id }) => id);
  await lockRecurrences(tx, resolved);
  const present = resolved.length === 0 ? groups : await findOwned(tx, newcomers);
  await tellNotices(tx, { actor, at }, recurrenceNotices(present, newcomers, at));
}

async function findOwned(tx: Tx, newcomers: readonly Newcomer[]): Promise<OwnedGroup[]> {
  if (newcomers.length === 0) return [];
  return tx.query<OwnedGroup>(
    `select g.group_id as id, g.title, g.owner_id as "ownerId", g.is_known_error as "isKnownError", g.snoozed_until as "snoozedUntil",
            exists (select 1 from exception e where e.tenant_id = $1 and e.group_id = g.group_id and not ${IS_CLOSED}
                    and e.exception_id <> all ($3::uuid[])) as "hasOpen"
     from exception_group g
     where g.tenant_id = $1 and g.group_id = any($2::uuid[]) and g.owner_id is not null
     order by g.group_id`,
    [tx.tenantId, [...new Set(newcomers.map(({ groupId }) => groupId))], newcomers.map((one) => one.exceptionId)],
  );
}

/** Not the rows: those are shared with whoever opens members, and two who both want more of them would wait for each other. */
async function lockRecurrences(tx: Tx, groupIds: readonly string[]): Promise<void> {
  if (groupIds.length === 0) return;
  await tx.query(
    `select pg_advisory_xact_lock(hashtextextended('recurrence ' || $1 || id, 0))
     from (select id from unnest($2::text[]) as g(id) order by id) sorted`,
    [tx.tenantId, groupIds],
  );
}
