import { standInOf, type Absence } from './deputies.js';
import { queueTitle, type QueueName } from './queues.js';

/** Who could be given work at a time. */
export type Workers = {
  /** Active people by id. */
  people: ReadonlyMap<string, { name: string; mayWork: boolean }>;
  /** Members of queues; a queue that is absent or has none is worked by whoever may work on exceptions. */
  members: ReadonlyMap<QueueName, ReadonlySet<string>>;
  absences: readonly Absence[];
};

/** What the person of a rule comes to: somebody is given it, or nobody and why, in a sentence. */
export type RuleAssignment =
  | {
      ownerId: string;
      ownerName: string;
      /** Name of whom the rule names, where the deputy gets it. */
      insteadOf: string | null;
    }
  | { ownerId: null; why: string };

/** Why a person cannot hold work of a queue, in a sentence; null = can. Being away is no such reason. */
export function whyCannotHold(personId: string, queue: QueueName, { people, members }: Workers): string | null {
  const person = people.get(personId);
  if (person === undefined) return 'The person whom the rule names is not here any more.';
  if (!person.mayWork) return `${person.name} may not work on exceptions.`;
  return isOfQueue(personId, members.get(queue))
    ? null
    : `${person.name} is no member of the queue ${queueTitle(queue)}.`;
}

/** Whether a person is one of those who work a queue; of one that nobody was named for, everybody is. */
export function isOfQueue(personId: string, members: ReadonlySet<string> | undefined): boolean {
  return members === undefined || members.size === 0 || members.has(personId);
}

/** Who gets what a rule routes to a queue: the person whom it names, the deputy where that one is away, or nobody. */
export function assignByRule(personId: string, queue: QueueName, workers: Workers, now: Date): RuleAssignment {
  const why = whyCannotHold(personId, queue, workers);
  if (why !== null) return { ownerId: null, why };
  const nameOf = (id: string) => workers.people.get(id)?.name ?? id;
  const standIn = standInOf(personId, now, workers.absences, (id) => whyCannotHold(id, queue, workers) === null);
  if (standIn.kind === 'present') return { ownerId: personId, ownerName: nameOf(personId), insteadOf: null };
  if (standIn.deputyId !== null) {
    return { ownerId: standIn.deputyId, ownerName: nameOf(standIn.deputyId), insteadOf: nameOf(personId) };
  }
  const away = `${nameOf(personId)} is away until ${standIn.until.toISOString().slice(0, 10)}`;
  const nobody =
    standIn.why === 'not-able'
      ? `whoever stands in cannot hold work of the queue ${queueTitle(queue)}`
      : 'nobody stands in';
  return { ownerId: null, why: `${away}, and ${nobody}.` };
}
