import { titleWords } from '../../shared/format/words.js';

const ACTION_WORDS: Readonly<Record<string, string>> = {
  'exception.assigned': 'Assigned an exception',
  'exception.commented': 'Noted on an exception',
  'exception.opened': 'Opened an exception',
  'exception.occurred-again': 'Counted a further failure',
  'exception.reopened': 'Reopened an exception',
  'exception.resolved': 'Resolved an exception',
  'exception.merged': 'Merged an exception as a duplicate',
  'exception.restored': 'Restored a duplicate',
  'exception.requeue-requested': 'Asked to send an exception again',
  'exception.requeue-acknowledged': 'Handed it to the integration',
  'exception.requeue-refused': 'The integration refused it',
  'exception.requeue-unknown': 'The integration gave no answer',
  'exception.requeue-failed': 'Sent again and failed again',
  'exception.requeue-verified': 'Verified the outcome of sending it again',
  'exception.requeue-overtaken': 'Found it overcome before it was sent',
  'exception.started': 'Started work on an exception',
  'exception.put-back': 'Put an exception back',
  'exception.waiting': 'Set an exception to wait',
  'exception.wait-over': 'Ended a wait',
  'exception.snoozed': 'Snoozed an exception',
  'exception.snooze-over': 'Brought a snoozed exception back',
  'exception.marked-duplicate': 'Called an exception a duplicate',
  'exception.hand-posting-verified': 'Verified a correction by hand',
  'exception.accepted': 'Closed an exception without correction',
  'exception.acceptance-requested': 'Asked to close an exception without correction',
  'exception.acceptance-rejected': 'Refused to close an exception without correction',
  'exception.acceptance-withdrawn': 'Withdrew a request to close without correction',
  'exception.moved': 'Moved an exception to a queue',
  'exception.prioritised': 'Stated the priority of an exception',
  'exception.step-done': 'Did a step of a runbook',
  'exception.step-undone': 'Took a step of a runbook back',
  'exception-group.changed': 'Changed what is known of a group',
  'exception-group.merged': 'Made a group part of another',
  'exception-group.unmerged': 'Took a group out of another',
  'exception-group.split': 'Split a group',
  'runbook.written': 'Wrote a runbook',
  'runbook.rewritten': 'Wrote a new version of a runbook',
  'runbook.archived': 'Took a runbook out of use',
  'requeue.requested': 'Decided to send again',
  'requeue.outcome-recorded': 'Recorded the outcome of a send',
  'exception-view.saved': 'Saved a view of the inbox',
  'exception-view.changed': 'Changed a view of the inbox',
  'exception-view.deleted': 'Deleted a view of the inbox',
  'exception-view.restored': 'Brought a view of the inbox back',
  'exception-view.arranged': 'Arranged the views of the inbox',
  'exceptions.export-started': 'Began to export exceptions',
  'exceptions.exported': 'Exported exceptions',
  'exceptions.export-broken-off': 'An export of exceptions broke off',
  'transactions.export-started': 'Began to export transactions',
  'transactions.exported': 'Exported transactions',
  'transactions.export-broken-off': 'An export of transactions broke off',
  'notification.created': 'Decided to tell somebody',
  'notification.delivered': 'Delivered a notification',
  'notification.failed': 'Gave a notification up',
  'session.opened': 'Signed in',
  'session.closed': 'Signed out',
  'session.refused': 'Sign-in refused',
  'demo.seeded': 'Set up the demo',
};

/** The act in words; one that is not known here keeps its own name. */
export function actionWords(action: string): string {
  return ACTION_WORDS[action] ?? titleWords(action);
}

export const ACTIONS: readonly { value: string; label: string }[] = Object.entries(ACTION_WORDS).map(
  ([value, label]) => ({
    value,
    label,
  }),
);

export const SUBJECT_TYPES: readonly { value: string; label: string }[] = [
  'exception',
  'exception-group',
  'runbook',
  'exception-view',
  'requeue-request',
  'person',
  'export',
].map((value) => ({ value, label: titleWords(value) }));
