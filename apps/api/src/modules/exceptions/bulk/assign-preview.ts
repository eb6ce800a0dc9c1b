import type { Tx } from '@throughline/persistence';
import { listActivePeople } from '../../identity/index.js';
import type { QueueName } from '../domain/queues.js';
import { assigneeOf, strangerWarnings, type Assignee } from '../people/assignee.js';
import type { BulkAct } from './domain/bulk-act.js';
import { count } from './domain/exception-count.js';

type Assigning = Extract<BulkAct, { kind: 'ASSIGN' }>;

/** Who gets what is assigned now: whom it names, or who stands in where that is asked for; null = that person has left. */
export async function assigneeOfAct(
  tx: Tx,
  { ownerId, isForwarded = false }: Assigning,
  now: Date,
  { isPreview = false } = {},
): Promise<Assignee | null> {
  const people = await listActivePeople(tx);
  const named = people.find(({ id }) => id === ownerId);
  return named === undefined ? null : assigneeOf(tx, named, people, { now, isForwarded, isPreview });
}

/** The act as it decides what is left out: what who stands in has already is so already. */
export async function actAsDecided(tx: Tx, act: BulkAct, now: Date): Promise<BulkAct> {
  if (act.kind !== 'ASSIGN' || act.isForwarded !== true) return act;
  const assignee = await assigneeOfAct(tx, act, now);
  return assignee === null ? act : { ...act, ownerId: assignee.owner.id };
}

/** What has to be said before exceptions of these queues, so many of each, are given to somebody. */
export async function assignWarnings(
  tx: Tx,
  { owner, warnings }: Assignee,
  countOf: ReadonlyMap<QueueName | null, number>,
): Promise<string[]> {
  const strange = await strangerWarnings(tx, owner, [...countOf.keys()]);
  return [...warnings, ...[...strange].map(([queue, words]) => `${words}: ${count(countOf.get(queue) ?? 0)}.`)];
}
