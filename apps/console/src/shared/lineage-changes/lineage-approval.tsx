import { emergencyState, reviewDue } from '../decision/review-words.js';
import { dateTime, exactInstant } from '../format/time.js';
import { joinWords } from '../format/money.js';
import { Panel } from '../page/panel.js';
import type { Worded } from '../status/state-words.js';
import { Status } from '../status/status.js';
import type { LineageApproval } from './change-documents.js';
import styles from './lineage-changes.module.css';

const STATES: Readonly<Record<string, Worded>> = {
  PENDING_APPROVAL: { tone: 'waiting', word: 'Awaits approval' },
  APPROVED: { tone: 'good', word: 'Approved' },
  REJECTED: { tone: 'critical', word: 'Rejected' },
  EXPIRED: { tone: 'unknown', word: 'Expired' },
  WITHDRAWN: { tone: 'unknown', word: 'Withdrawn' },
  OVERTAKEN: { tone: 'unknown', word: 'Asked for anew' },
};

export function approvalState(state: string): Worded {
  return STATES[state] ?? { tone: 'unknown', word: state };
}

/** "One more person, controller among those who decide." */
function neededWords({ approvals, roles, excludesTouchers }: LineageApproval['needed']): string {
  const people = approvals === 1 ? 'One more person' : `${approvals} more people`;
  const among = roles.length === 0 ? '' : `, ${joinWords(roles)} among those who decide`;
  return `${people}${among}${excludesTouchers ? ', nobody who made a mapping in force' : ''}.`;
}

/** Who has to approve it and why, who did, who may, and what was decided. */
export function LineageApprovalPanel({ approval }: { approval: LineageApproval }) {
  const { needed, approvals, approvers, askedAgain, decidedAt, decidedByName, decisionReason } = approval;
  const isPending = approval.state === 'PENDING_APPROVAL';
  const { tone, word } = approvalState(approval.state);
  const emergency = emergencyState(approval);
  const due = reviewDue(approval);
  return (
    <Panel title="Approval" aside={`${approvals.length} of ${needed.approvals} approved`}>
      <div className={styles['block']}>
        <p>
          <Status tone={tone}>{word}</Status>
          {approval.isBreakGlass && <Status tone={emergency.tone}>{emergency.word}</Status>}
          {isPending && (
            <span className="muted">
              {' '}
              Expires <time title={exactInstant(approval.dueAt)}>{dateTime(approval.dueAt)}</time>
            </span>
          )}
          {due !== null && (
            <span className="muted">
              {' '}
              To be reviewed by <time title={exactInstant(due)}>{dateTime(due)}</time>
            </span>
          )}
        </p>
        {askedAgain !== null && <p>{askedAgain}</p>}
        <p>{neededWords(needed)}</p>
        <ul className={styles['list']} aria-label="Rules that ask">
          {needed.rules.map((rule) => (
            <li key={rule.name}>{rule.title}</li>
          ))}
        </ul>
        {approvals.map((one) => (
          <p key={one.personId} className="muted">
            Approved by {one.personName}
            {one.forPersonName === null ? '' : `, who stands in for ${one.forPersonName}`}, {dateTime(one.approvedAt)}
            {one.comment === '' ? '' : `: ${one.comment}`}
          </p>
        ))}
        {decidedByName !== null && decidedAt !== null && (
          <p className="muted">
            {word} by {decidedByName}, {dateTime(decidedAt)}
            {decisionReason ? `: ${decisionReason}` : ''}
          </p>
        )}
        {approval.reviewedByName !== null && (
          <p className="muted">
            Reviewed by {approval.reviewedByName}: {approval.reviewComment}
          </p>
        )}
        {isPending && (
          <ul className={styles['list']} aria-label="Who may approve it">
            {approvers.map(({ person, canApprove, whyNot }) => (
              <li key={person.id}>
                <Status tone={canApprove ? 'good' : 'unknown'}>{person.displayName}</Status>
                {whyNot !== null && <span className="muted"> {whyNot}</span>}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}
