import { priorityBand } from '../../shared/status/state-words.js';
import { Status } from '../../shared/status/status.js';
import type { ExceptionRow } from './exception-documents.js';

type Priority = ExceptionRow['priority'];

/** "set by Anna Lindqvist: the customer called; EUR 1.2 m, misses Batch sent at 17:00 CET in 48 min". */
export function priorityWords({ reasons, overriddenBy, overrideReason }: Priority): string {
  const facts = reasons.join(', ');
  if (overrideReason === null) return facts;
  return `set by ${overriddenBy?.displayName ?? 'somebody who has left'}: ${overrideReason}; ${facts}`;
}

/** The band with its shape and colour, and why when the pointer asks. */
export function PriorityMark({ priority }: { priority: Priority }) {
  return (
    <span title={priorityWords(priority)}>
      <Status tone={priorityBand(priority.band)}>{priority.band}</Status>
    </span>
  );
}

/** Why it stands where it stands, in a line. */
export function PriorityLine({ priority }: { priority: Priority }) {
  return (
    <p>
      <Status tone={priorityBand(priority.band)}>{priority.band}</Status>
      {priority.band !== priority.ratedBand && <span className="muted"> (rated {priority.ratedBand})</span>}
      <span className="muted">: </span>
      {priorityWords(priority)}
    </p>
  );
}
