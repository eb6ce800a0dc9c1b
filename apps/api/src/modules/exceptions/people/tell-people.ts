import type { Tx } from '@throughline/persistence';
import type { Actor } from '../../audit/index.js';
import { listActivePeople, permissionsOf, type PersonRow, type Permission } from '../../identity/index.js';
import { standInOf } from '../domain/deputies.js';
import {
  gather,
  isTellable,
  noticesOf,
  withDeputies,
  type DeputyOf,
  type Happening,
  type NoticeKind,
} from '../domain/notices.js';
import { listAbsencesAt } from './absence.repository.js';
import { notify } from './notification.repository.js';
import { findAudience } from './watch.repository.js';

/**
 * Notifies those who are to hear of steps of exceptions, in the transaction that makes them: set-based, whatever their number. Whoever
 * may not see exceptions hears of none.
 */
export async function tellPeople(
  tx: Tx,
  { actor, at, bulkActId }: { actor: Actor; at: Date; bulkActId?: string | undefined },
  happenings: readonly Happening[],
): Promise<void> {
  const tellable = happenings.filter(isTellable);
  if (tellable.length === 0) return;
  const watched = await findAudience(
    tx,
    tellable.map(({ after }) => after.exceptionId),
  );
  const people = new Map((await listActivePeople(tx)).map((person) => [person.id, person]));
  const approvers = [...people.values()].filter((person) => may(person, 'exception.approve')).map(({ id }) => id);
  const audience = { ...watched, approvers };
  const notices = tellable
    .flatMap((happening) => noticesOf(happening, audience, actor.id))
    .filter(({ personId }) => may(people.get(personId), 'exception.read'));
  if (notices.length === 0) return;
  const absences = await listAbsencesAt(tx, at);
  const deputyOf: DeputyOf = (personId, kind) => {
    const standIn = standInOf(personId, at, absences, (id) => isAble(people.get(id), kind));
    return standIn.kind === 'away' ? standIn.deputyId : null;
  };
  await notify(tx, gather(withDeputies(notices, deputyOf, actor.id)), { actor, at, bulkActId });
}

/** Standing in for somebody gives no rights: only who may decide himself is asked to. */
function isAble(person: PersonRow | undefined, kind: NoticeKind): boolean {
  return may(person, 'exception.read') && (kind !== 'approval-asked' || may(person, 'exception.approve'));
}

function may(person: PersonRow | undefined, permission: Permission): boolean {
  return person !== undefined && permissionsOf(person.roles).has(permission);
}
