import type { RequeueRequestState } from '../../gql/graphql.js';
import { joinWords } from '../../shared/format/money.js';
import { count, countNumber } from '../../shared/format/words.js';
import { decidingSentence } from '../../shared/sending/deciding-words.js';
import type { PlannedRequest, SelectionPlan } from './plan-documents.js';

/** Why something is left out, as a heading of those it is true of. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  ALREADY_REQUEUED: 'Sent again already',
  OPEN_CLAIM: 'Part of another request',
  OUTCOME_UNKNOWN: 'Sent, without an answer',
  NOT_REQUEUEABLE: 'Nothing to send again',
  NO_REQUEUE_TARGET: 'No address that takes it',
  ALREADY_PROCESSED: 'Overcome since it failed',
  CANCELLED_OR_REVERSED: 'Cancelled or reversed',
  SUPERSEDED: 'Newer version exists',
  PERIOD_CLOSED: 'Posting period closed',
  LOOK_ALIKE_POSTED: 'Looks posted already',
  CARRY_FORWARD_NEEDED: 'Date or cut-off passed',
  OBJECT_IN_SELECTION: 'Goes with another of these',
  BLOCKED_BY_PREDECESSOR: 'Stuck behind another',
  PAYLOAD_UNFIT: 'Payload cannot be sent',
  NOT_PLANNED: 'Could not be planned',
};

export function leftOutWords(code: string): string {
  return LEFT_OUT[code] ?? code.toLowerCase().replaceAll('_', ' ');
}

const AT_WORK: readonly RequeueRequestState[] = ['PLANNING', 'FREEZING', 'APPROVING', 'CLOSING'];

/** Whether the worker has it in hand. */
export function isAtWork(state: RequeueRequestState): boolean {
  return AT_WORK.includes(state);
}

/** The sentence of the page. */
export function planAnswer(
  { state, run, deciding }: Pick<PlannedRequest, 'state' | 'run' | 'deciding'>,
  plan: SelectionPlan,
): string {
  const { items, planned, going, frozen } = plan;
  const of = countNumber(items);
  switch (state) {
    case 'PLANNING':
      return `Working out what would be sent: ${countNumber(planned)} of ${of}.`;
    case 'PLANNED':
      return going === 0
        ? `None of ${of} can be sent again.`
        : `${countNumber(going ?? 0)} of ${of} can be sent again; ${count(items - (going ?? 0), 'is', 'are')} left out.`;
    case 'FREEZING':
      return `Writing what is sent: ${countNumber(frozen)} of ${countNumber(going ?? 0)}.`;
    case 'PENDING_APPROVAL':
      return `${countNumber(frozen)} wait for approval to be sent again.`;
    case 'APPROVING':
    case 'CLOSING':
      return decidingSentence(state, deciding);
    case 'REJECTED':
      return `Not approved: none of ${countNumber(frozen)} was sent.`;
    case 'WITHDRAWN':
      return `Withdrawn: none of ${countNumber(frozen)} was sent.`;
    case 'EXPIRED':
      return frozen > 0
        ? 'Nobody approved it in time: nothing was sent.'
        : 'Nobody went on with this plan in time: nothing of it was sent.';
    case 'CANCELLED':
      return plan.note ?? run.note ?? 'Cancelled.';
    case 'SENDING':
    case 'PAUSED':
    case 'STOPPED':
    case 'FINISHED':
      return `${countNumber(frozen)} are sent again.`;
  }
}

/** "Send 98,412 again"; "Ask to send 98,412 again". */
export function goOnWords({ going, approval }: Pick<SelectionPlan, 'going' | 'approval'>): string {
  const number = countNumber(going ?? 0);
  return approval === null ? `Send ${number} again` : `Ask to send ${number} again`;
}

/** "It waits for one more person, treasurer among those who decide: It moves money." */
export function approvalWords({ approvals, roles, rules }: NonNullable<SelectionPlan['approval']>): string {
  const people = approvals === 1 ? 'one more person' : `${approvals} more people`;
  const among = roles.length === 0 ? '' : `, ${joinWords([...roles])} among those who decide`;
  return `It waits for ${people}${among}: ${rules.map(({ title }) => title).join('; ')}.`;
}

/** What was asked for in spite of what a plan says; empty = nothing. */
export function wishWords(
  plan: Pick<SelectionPlan, 'despitePredecessors' | 'despiteLookAlikes' | 'carryForward'>,
): string {
  return [
    ...(plan.despitePredecessors ? ['although what comes before is stuck'] : []),
    ...(plan.despiteLookAlikes ? ['although one that looks the same was posted since'] : []),
    ...(plan.carryForward ? ['passed dates are carried forward'] : []),
  ].join('; ');
}
