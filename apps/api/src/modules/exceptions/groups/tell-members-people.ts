import type { Tx } from '@throughline/persistence';
import type { Actor } from '../../audit/index.js';
import { isSetAside, setAsideNotices, type Concerned, type SetAside } from '../domain/group-notices.js';
import { IS_CLOSED } from '../exceptions.repository.js';
import { tellNotices } from '../people/tell-people.js';

type Group = SetAside & { id: string; title: string };

/** Notifies those who work on or watch open members of a group that is snoozed or marked as a known error, in the same transaction. */
export async function tellMembersPeople(
  tx: Tx,
  { actor, at }: { actor: Actor; at: Date },
  before: Group,
  after: Group,
): Promise<void> {
  if (!isSetAside(before, after, at)) return;
  await tellNotices(tx, { actor, at }, setAsideNotices(before, after, await findConcerned(tx, after.id), actor.id, at));
}

/** By person; whoever wants to hear no more of a member is not concerned by it. */
async function findConcerned(tx: Tx, groupId: string): Promise<Concerned[]> {
  return tx.query<Concerned>(
    `select person_id as "personId", count(*)::int as members from (
       select e.owner_id as person_id, e.exception_id from exception e
       where e.tenant_id = $1 and e.group_id = $2 and not ${IS_CLOSED} and e.owner_id is not null
         and not exists (
           select from exception_watch m
           where m.tenant_id = $1 and m.exception_id = e.exception_id and m.person_id = e.owner_id and not m.is_watching)
       union
       select w.person_id, e.exception_id from exception e
       join exception_watch w on w.tenant_id = $1 and w.exception_id = e.exception_id and w.is_watching
       where e.tenant_id = $1 and e.group_id = $2 and not ${IS_CLOSED}
     ) concerned
     group by person_id order by person_id`,
    [tx.tenantId, groupId],
  );
}
