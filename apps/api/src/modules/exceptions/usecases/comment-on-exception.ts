import type { Tx } from '@throughline/persistence';
import type { Viewer } from '../../identity/index.js';
import { applyActs } from './apply-acts.js';
import { lockAsked, type ActOutcome } from './act-outcome.js';

export type CommentInput = {
  viewer: Viewer;
  exceptionId: string;
  /** Trimmed, not empty. */
  text: string;
  now: Date;
  traceId: string | undefined;
};

/** Adds a note to an exception, in whatever state it is. */
export async function commentOnException(tx: Tx, input: CommentInput): Promise<ActOutcome> {
  const { viewer, exceptionId, text, now, traceId } = input;
  const exceptions = await lockAsked(tx, [exceptionId]);
  await applyActs(
    tx,
    { actor: { kind: 'person', id: viewer.personId, name: viewer.displayName }, at: now, traceId },
    exceptions.map((exception) => ({ exception, act: null, kind: 'commented', details: { text } })),
  );
  return { kind: 'changed', exceptionIds: [exceptionId] };
}
