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
  type Notice,
} from '../domain/notices.js';
import { listAbsencesAt } from './absence.repository.js';
import { notify } from './notification.repository.js';
import { findAudience } from './watch.repository.js';

/** Who did it, when, and in which bulk act. */
type Telling = { actor: Actor; at: Date; bulkActId?: string | undefined };

/**
 * Notifies those who are to hear of steps of exceptions, in the transaction that makes them: set-based, whatever their number. Whoever
 * may not see exceptions hears of none.
 */
export async function tellPeople(tx: Tx, telling: Telling, happenings: readonly Happening[]): Promise<void> {
  const tellable = happenings.filter(isTellable);
  if (tellable.length === 0) return;
  const watched = await findAudience(
    tx,
    tellable.map(({ after }) => after.exceptionId),
  );
  const people = await loadPeople(tx);
  const thoseWho = (permission: Permission) =>
    [...people.values()].filter((person) => may(person, permission)).map(({ id }) => id);
  const audience = {
    ...watched,
    approvers: thoseWho('exception.approve'),
    requeueApprovers: thoseWho('requeue.approve'),
  };
  const notices = tellable.flatMap((happening) => noticesOf(happening, audience, telling.actor.id));
  await deliver(tx, telling, notices, people);
}

/** Notifies people of what is no step of one exception, as of a group; those who are away through their deputies as well. */
export async function tellNotices(tx: Tx, telling: Telling, notices: readonly Notice[]): Promise<void> {
  if (notices.length > 0) await deliver(tx, telling, notices, await loadPeople(tx));
}

async function loadPeople(tx: Tx): Promise<Map<string, PersonRow>> {
  return new Map((await listActivePeople(tx)).map((person) => [person.id, person]));
}

async function deliver(
  tx: Tx,
  { actor, at, bulkActId }: Telling,
  told: readonly Notice[],
  people: ReadonlyMap<string, PersonRow>,
): Promise<void> {
  const notices = told.filter(({ personId }) => may(people.get(personId), 'exception.read'));
  if (notices.length === 0) return;
  const absences = await listAbsencesAt(tx, at);
  const deputyOf: DeputyOf = (personId, notice) => {
    const standIn = standInOf(personId, at, absences, (id) => isAble(people.get(id), notice));
    return standIn.kind === 'away' ? standIn.deputyId : null;
  };
  await notify(tx, gather(withDeputies(notices, deputyOf, actor.id)), { actor, at, bulkActId });
}

/** Standing in for somebody gives no rights: only who may decide himself is asked to. */
function isAble(person: PersonRow | undefined, { kind, details }: Pick<Notice, 'kind' | 'details'>): boolean {
  if (!may(person, 'exception.read')) return false;
  if (kind === 'review-overdue') return may(person, 'requeue.approve');
  if (kind !== 'approval-asked') return true;
  return may(person, details['requestId'] === undefined ? 'exception.approve' : 'requeue.approve');
}

function may(person: PersonRow | undefined, permission: Permission): boolean {
  return person !== undefined && permissionsOf(person.roles).has(permission);
}
