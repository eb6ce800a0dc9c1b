import type { Tx } from '@throughline/persistence';
import { permissionsOf, type PersonRow } from '../../identity/index.js';
import { standInOf } from '../domain/deputies.js';
import { queueTitle, type QueueName } from '../domain/queues.js';
import { isOfQueue } from '../domain/rule-assignment.js';
import { findQueueMembers } from '../queue.repository.js';
import { listAbsencesAt } from './absence.repository.js';

/** Who gets what was meant for somebody, and what has to be said about it. */
export type Assignee = {
  owner: PersonRow;
  insteadOf: PersonRow | null;
  /** Who could get it instead, or does; null = whoever it was meant for is there, or nobody stands in. */
  deputy: PersonRow | null;
  warnings: string[];
};

/** Whoever is there gets it; for who is away the deputy, where it is to be forwarded, else a word of warning. */
export async function assigneeOf(
  tx: Tx,
  owner: PersonRow,
  people: readonly PersonRow[],
  { now, isForwarded, isPreview = false }: { now: Date; isForwarded: boolean; isPreview?: boolean },
): Promise<Assignee> {
  const byId = new Map(people.map((person) => [person.id, person]));
  const isAble = (id: string) => permissionsOf(byId.get(id)?.roles ?? []).has('exception.work');
  const standIn = standInOf(owner.id, now, await listAbsencesAt(tx, now), isAble);
  if (standIn.kind === 'present') return { owner, insteadOf: null, deputy: null, warnings: [] };
  const away = `${owner.displayName} is away until ${standIn.until.toISOString().slice(0, 10)}`;
  const deputy = standIn.deputyId === null ? undefined : byId.get(standIn.deputyId);
  if (deputy === undefined) {
    return { owner, insteadOf: null, deputy: null, warnings: [`${away}, and nobody stands in.`] };
  }
  const { displayName: name } = deputy;
  return isForwarded
    ? { owner: deputy, insteadOf: owner, deputy, warnings: [`${away}: ${name} ${isPreview ? 'gets' : 'got'} it.`] }
    : { owner, insteadOf: null, deputy, warnings: [`${away}: ${name} stands in and is told as well.`] };
}

/** What has to be said of each of these queues that a person is no member of; one that nobody was named for is everybody's. */
export async function strangerWarnings(
  tx: Tx,
  { id, displayName }: PersonRow,
  queues: readonly (QueueName | null)[],
): Promise<Map<QueueName, string>> {
  const asked = [...new Set(queues)].filter((queue) => queue !== null);
  const members = asked.length === 0 ? [] : await findQueueMembers(tx, asked);
  return new Map(
    asked.flatMap((queue, index): [QueueName, string][] =>
      isOfQueue(id, new Set(members[index]?.map((member) => member.id)))
        ? []
        : [[queue, `${displayName} is no member of the queue ${queueTitle(queue)}`]],
    ),
  );
}
