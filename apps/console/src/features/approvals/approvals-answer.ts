import { count } from '../../shared/format/words.js';

/** The answer of the approvals page. */
export function approvalsAnswer(total: number, mine: number): string {
  if (total === 0) return 'Nothing waits for approval.';
  const waits = `${count(total, 'request')} to close without correction ${total === 1 ? 'waits' : 'wait'}`;
  return mine === 0 ? `${waits}; none of them for you.` : `${waits}, ${mine} of them for you.`;
}
