import type { Tx } from '@throughline/persistence';
import { recordAudit } from '../../audit/index.js';
import { listNamedPeople, permissionsOf, type Viewer } from '../../identity/index.js';
import { readNote, type Mention, type ReadNote } from '../domain/mentions.js';
import type { StoredException } from '../domain/stored-exception.js';
import { insertGroupNote } from '../people/group-note.repository.js';
import { watchByDefault } from '../people/watch.repository.js';
import { applyActs, type ActContext } from './apply-acts.js';
import { lockAsked, type ActOutcome } from './act-outcome.js';

export type CommentInput = {
  viewer: Viewer;
  exceptionId: string;
  /** Trimmed, not empty. */
  text: string;
  /** Also for all that the exception has in common with others of its group. */
  isOnGroup: boolean;
  now: Date;
  traceId: string | undefined;
};

/**
 * Adds a note to an exception, in whatever state it is. Who is called by name hears of it; a name that cannot be told refuses the
 * note. Whoever writes or is called watches the exception from then on.
 */
export async function commentOnException(tx: Tx, input: CommentInput): Promise<ActOutcome> {
  const { viewer, exceptionId, text, isOnGroup, now, traceId } = input;
  const exceptions = await lockAsked(tx, [exceptionId]);
  const [exception] = exceptions;
  const read = await readNoteOf(tx, text);
  if ('problem' in read) {
    return { kind: 'failure', ...read.problem, exceptionId };
  }
  const { mentions } = read;
  const actor = { kind: 'person' as const, id: viewer.personId, name: viewer.displayName };
  if (isOnGroup && exception !== undefined) {
    const by = { personId: viewer.personId, personName: viewer.displayName, at: now };
    const { groupId } = exception;
    const noteId = await insertGroupNote(tx, { groupId, exceptionId, text, mentions }, by);
    const subject = { type: 'exception-group', id: groupId };
    await recordAudit(tx, {
      at: now,
      actor,
      action: 'exception-group.noted',
      subject,
      details: { noteId, text },
      traceId,
    });
  }
  await noteAll(tx, { actor, at: now, traceId }, exceptions, { text, mentions, isOnGroup });
  return { kind: 'changed', exceptionIds: [exceptionId] };
}

/** What a note says to the people who are known now, or why it is not taken. */
export async function readNoteOf(tx: Tx, text: string): Promise<ReadNote> {
  const people = await listNamedPeople(tx);
  return readNote(
    text,
    people.map((person) => ({ ...person, mayRead: permissionsOf(person.roles).has('exception.read') })),
  );
}

/** Adds a note that was read to exceptions that the caller holds locked; whoever writes or is called watches them from then on. */
export async function noteAll(
  tx: Tx,
  context: ActContext,
  exceptions: readonly StoredException[],
  { text, mentions, isOnGroup = false }: { text: string; mentions: readonly Mention[]; isOnGroup?: boolean },
): Promise<void> {
  const watching = new Set([context.actor.id, ...mentions.map(({ personId }) => personId)]);
  await watchByDefault(
    tx,
    exceptions.flatMap(({ exceptionId }) => [...watching].map((personId) => ({ exceptionId, personId }))),
    context.at,
  );
  const details = { text, ...(mentions.length > 0 && { mentions }), ...(isOnGroup && { isOnGroup }) };
  await applyActs(
    tx,
    context,
    exceptions.map((exception) => ({ exception, act: null, kind: 'commented', details })),
  );
}
