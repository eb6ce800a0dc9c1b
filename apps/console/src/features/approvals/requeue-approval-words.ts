import { compactMoney, isZero, joinWords, sumMoney, type Money } from '../../shared/format/money.js';
import { count } from '../../shared/format/words.js';
import { reviewAnswer } from '../../shared/decision/review-words.js';
import { actionNoun, doneWords } from '../../shared/status/action-words.js';
import type { RequeueApprovalsSearch } from '../../shared/url-approvals.js';
import type { ApprovalRequest, RequeueCounts } from './requeue-approval-documents.js';

export type Sum = { legalEntity: string | null; inflow: Money; outflow: Money; count: number };

/** "EUR 160 k in and EUR 2 k out"; "no money". */
export function moneyWords(sums: readonly Sum[]): string {
  const words = (money: readonly Money[], way: string) =>
    sumMoney(money)
      .filter(({ amount }) => !isZero(amount))
      .map((one) => `${compactMoney(one)} ${way}`);
  const all = [
    ...words(
      sums.map(({ inflow }) => inflow),
      'in',
    ),
    ...words(
      sums.map(({ outflow }) => outflow),
      'out',
    ),
  ];
  return all.length === 0 ? 'no money' : joinWords(all);
}

/** The answer of the page. */
export function requeueAnswer(
  show: RequeueApprovalsSearch['show'],
  { waiting, mine, forMe, ...reviews }: RequeueCounts,
): string {
  switch (show) {
    case 'waiting':
      if (waiting === 0) return 'Nothing waits to be sent again or undone.';
      return `${count(waiting, 'request')} ${waiting === 1 ? 'waits' : 'wait'}, ${forMe === 0 ? 'none' : forMe} for you.`;
    case 'mine':
      return mine === 0
        ? 'Nothing that you asked for waits.'
        : `${count(mine, 'request')} of yours ${mine === 1 ? 'waits' : 'wait'} for somebody else.`;
    case 'review':
      return reviewAnswer(reviews);
    case 'decided':
      return 'What was decided on sending again and undoing';
  }
}

/** What will happen: "2 documents are sent again: EUR 160 k in." */
export function effectSentence(
  { action, items, left, state, amounts }: Pick<ApprovalRequest, 'action' | 'items' | 'left' | 'state' | 'amounts'>,
  condition = 'If you approve',
): string {
  const money = moneyWords(amounts);
  if (state !== 'PENDING_APPROVAL') {
    const what = action === 'REQUEUE' ? '' : `${actionNoun(action)} of `;
    return `${what}${subjectWords(action, items)}: ${money}.`;
  }
  const gone = items - left;
  const solved =
    gone === 0
      ? ''
      : ` ${count(gone, 'was', 'were')} solved otherwise meanwhile and ${gone === 1 ? 'does' : 'do'} not go.`;
  return `${condition}, ${happensWords(action, left)}: ${money}.${solved}`;
}

/** "2 documents are reversed"; of a notice it is somebody who is told. */
function happensWords(action: ApprovalRequest['action'], left: number): string {
  const subject = subjectWords(action, left);
  return action === 'NOTIFY'
    ? `somebody is told of ${subject}`
    : `${subject} ${left === 1 ? 'is' : 'are'} ${doneWords(action)}`;
}

/** What is undone is a document, not the exception that tells of it. */
function subjectWords(action: ApprovalRequest['action'], left: number): string {
  return action === 'REQUEUE' ? count(left, 'exception') : count(left, 'document');
}

/** "Two more people, one of them treasurer, none of them having worked on it." */
export function neededWords(needed: NonNullable<ApprovalRequest['approval']['needed']>): string {
  const people = needed.approvals === 1 ? 'One more person' : `${needed.approvals} more people`;
  const roles = needed.roles.length === 0 ? '' : `, ${joinWords(needed.roles)} among those who decide`;
  return `${people}${roles}${needed.excludesTouchers ? ', nobody who worked on the documents' : ''}.`;
}
