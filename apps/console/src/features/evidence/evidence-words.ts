import { titleWords } from '../../shared/format/words.js';

const ACTION_WORDS: Readonly<Record<string, string>> = {
  'exception.assigned': 'Assigned an exception',
  'exception.noted': 'Noted on an exception',
  'exception.opened': 'Opened an exception',
  'exception.resolved': 'Resolved an exception',
  'exception.reopened': 'Reopened an exception',
  'requeue.requested': 'Asked to send again',
  'session.started': 'Signed in',
  'session.ended': 'Signed out',
  'session.refused': 'Sign-in refused',
};

/** The act in words; one that is not known here keeps its own name. */
export function actionWords(action: string): string {
  return ACTION_WORDS[action] ?? titleWords(action);
}

export const ACTIONS: readonly { value: string; label: string }[] = Object.entries(ACTION_WORDS).map(([value, label]) => ({
  value,
  label,
}));

export const SUBJECT_TYPES: readonly { value: string; label: string }[] = ['exception', 'requeue-request', 'person'].map(
  (value) => ({ value, label: titleWords(value) }),
);
