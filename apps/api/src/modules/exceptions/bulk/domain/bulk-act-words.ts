import { acceptanceReason, waitReason } from '../../domain/declared-reasons.js';
import { describePredicate } from '../../domain/predicate.js';
import { queueTitle } from '../../domain/queues.js';
import type { BulkAct } from './bulk-act.js';

/** What is done, in words that stand after "Bulk act:"; `ownerName` of whoever is given them. */
export function bulkActWords(act: BulkAct, ownerName: string | null): string {
  switch (act.kind) {
    case 'ASSIGN':
      return `Assign to ${ownerName ?? 'somebody'}${act.isForwarded === true ? ', or to who stands in' : ''}`;
    case 'HAND_BACK':
      return 'Hand back to the queue';
    case 'MOVE':
      return `Move to ${queueTitle(act.queue)}`;
    case 'PRIORITISE':
      return act.band === null ? 'Priority as rated' : `Priority ${act.band}`;
    case 'SNOOZE':
      return act.until === null ? 'Snooze until it fails again' : `Snooze until ${minute(act.until)}`;
    case 'START':
      return 'Take in hand';
    case 'PUT_BACK':
      return 'Put back';
    case 'WAIT':
      return `Wait: ${waitReason(act.waitReason)?.title ?? act.waitReason}, ${waitWords(act)}`;
    case 'RESOLVE':
      return 'Resolve: corrected at the source';
    case 'NOTE':
      return 'Note';
    case 'ACCEPT':
      return `Close without correction: ${acceptanceReason(act.reasonCode)?.title ?? act.reasonCode}`;
    case 'REROUTE':
      return 'Apply the routing rules';
    case 'APPROVE_ACCEPTANCES':
      return 'Approve closing without correction';
    case 'REJECT_ACCEPTANCES':
      return 'Refuse closing without correction';
    case 'WITHDRAW_ACCEPTANCES':
      return 'Withdraw the request to close without correction';
  }
}

function waitWords({ terms: { predicate, expiresAt } }: Extract<BulkAct, { kind: 'WAIT' }>): string {
  const what = predicate === null ? '' : `for ${describePredicate(predicate)}, `;
  return `${what}until ${minute(expiresAt)}`;
}

/** 2026-09-30 08:00 UTC */
function minute(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
