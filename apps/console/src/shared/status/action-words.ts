import type { CompensationAction, RequeueAction } from '../../gql/graphql.js';

/** What is done to a document, as a button says it. */
export const ACT_WORDS: Readonly<Record<RequeueAction, string>> = {
  REQUEUE: 'Send again',
  REVERSE: 'Reverse',
  CANCEL: 'Cancel',
  NOTIFY: 'Notify',
};

const DONE: Readonly<Record<RequeueAction, string>> = {
  REQUEUE: 'sent again',
  REVERSE: 'reversed',
  CANCEL: 'cancelled',
  NOTIFY: 'told of',
};

/** "is reversed", "are told of": what happens to documents. */
export function doneWords(action: RequeueAction): string {
  return DONE[action];
}

const NOUNS: Readonly<Record<RequeueAction, string>> = {
  REQUEUE: 'Sending again',
  REVERSE: 'Reversal',
  CANCEL: 'Cancellation',
  NOTIFY: 'Notice',
};

/** "Reversal": what a request is. */
export function actionNoun(action: RequeueAction): string {
  return NOUNS[action];
}

/** What undoes something, not what only tells of it. */
export function isUndoing(action: RequeueAction | CompensationAction): boolean {
  return action === 'REVERSE' || action === 'CANCEL';
}
