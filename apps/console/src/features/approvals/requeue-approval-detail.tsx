import { useCallback } from 'react';
import { useSubscription } from 'urql';
import type { RequeueApprovalsChangedSubscription } from '../../gql/graphql.js';
import { emergencyState, reviewDue } from '../../shared/decision/review-words.js';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { formatMoney } from '../../shared/format/money.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { AppLink } from '../../shared/navigation.js';
import { DetailHead } from '../../shared/page/detail-head.js';
import { Facts, Panel } from '../../shared/page/panel.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { decidingSentence } from '../../shared/sending/deciding-words.js';
import { canaryWords, limitsSentence, waitsWords } from '../../shared/sending/sending-words.js';
import { requestState } from '../../shared/status/state-words.js';
import { Status } from '../../shared/status/status.js';
import { requeuePlanHref } from '../../shared/url-requeue.js';
import { useNow } from '../../shared/use-now.js';
import { FrozenItems } from './frozen-items.js';
import { RequeueActs } from './requeue-acts.js';
import {
  RequeueApprovalDocument,
  RequeueApprovalsChangedDocument,
  type ApprovalRequest,
} from './requeue-approval-documents.js';
import { effectSentence, neededWords } from './requeue-approval-words.js';
import bulk from '../../shared/bulk/bulk.module.css';
import page from '../../shared/page/list-page.module.css';
import styles from './approvals-page.module.css';

type DetailProps = { id: string; onClose: () => void; onChanged: () => void };

/** One request: what will happen if it is approved, which rule asks, who may decide, and exactly what was frozen. */
export function RequeueApprovalDetail({ id, onClose, onChanged }: DetailProps) {
  const load = useLoad(RequeueApprovalDocument, { id });
  const { reload } = load;
  // what somebody else decides meanwhile is shown, and what was solved otherwise
  useSubscription(
    { query: RequeueApprovalsChangedDocument },
    useCallback(
      (_: unknown, news: RequeueApprovalsChangedSubscription) => {
        reload();
        return news;
      },
      [reload],
    ),
  );
  if (load.isLoading) return <Loading label="request" rows={8} />;
  if (load.error && !load.data) return <Failed what="request" error={load.error} onRetry={load.reload} />;
  const request = load.data?.requeueRequest;
  if (!request) return <Empty title="There is no such request" />;
  const changed = () => {
    load.reload();
    onChanged();
  };
  return <WholeRequest request={request} onClose={onClose} onChanged={changed} />;
}

type WholeProps = { request: ApprovalRequest; onClose: () => void; onChanged: () => void };

function WholeRequest({ request, onClose, onChanged }: WholeProps) {
  const { tone, word } = requestState(request.state);
  const { approval } = request;
  const due = reviewDue(approval);
  return (
    <article className={page['detail']} aria-label={`Request of ${request.makerName}`}>
      <DetailHead
        topline={
          <>
            <Status tone={tone}>{word}</Status>
            {approval.isBreakGlass && <Emergency approval={approval} />}
          </>
        }
        title={effectSentence(request)}
        onClose={onClose}
      />
      <RequeueActs request={request} onDone={onChanged} />
      <Deciding request={request} />
      <Facts
        facts={[
          {
            name: 'Asked for by',
            value: `${request.makerName}, ${dateTime(request.createdAt)}`,
            title: exactInstant(request.createdAt),
          },
          {
            name: 'Measured as',
            value: approval.reportingMoney ? formatMoney(approval.reportingMoney) : 'nobody can tell all of it',
          },
          { name: 'Integrations', value: request.integrations.join(', ') || '–' },
          due === null ? timeFact('Expires', approval.dueAt) : timeFact('To be reviewed by', due),
          {
            name: 'Selection',
            value: <span className="mono">{request.selectionHash.slice(0, 12)}</span>,
            title: request.selectionHash,
          },
        ]}
      />
      <p className={styles['comment']}>{request.reason}</p>
      {request.plan && (
        <p>
          <AppLink href={requeuePlanHref(request.id)}>Its plan</AppLink>
        </p>
      )}
      {approval.isCarriedForward && (
        <p>Cut-offs and execution dates that had passed when it was asked for are carried forward.</p>
      )}
      {approval.decidedByName !== null && approval.decidedAt !== null && (
        <p className="muted">
          {word} by {approval.decidedByName}, {dateTime(approval.decidedAt)}
          {approval.decisionReason ? `: ${approval.decisionReason}` : ''}
        </p>
      )}
      {approval.reviewedByName !== null && (
        <p className="muted">
          Reviewed by {approval.reviewedByName}: {approval.reviewComment}
        </p>
      )}
      {approval.needed && <Deciders request={request} needed={approval.needed} />}
      <HowItIsSent request={request} />
      <Panel title="Frozen selection" aside="as it was when it was asked for" isFlush>
        <FrozenItems id={request.id} />
      </Panel>
    </article>
  );
}

function Emergency({ approval }: Pick<ApprovalRequest, 'approval'>) {
  const { tone, word } = emergencyState(approval);
  return <Status tone={tone}>{word}</Status>;
}

function timeFact(name: string, at: string | null) {
  return at === null ? { name, value: '–' } : { name, value: dateTime(at), title: exactInstant(at) };
}

/** What was decided on a large request is carried out step by step. */
function Deciding({ request: { state, deciding } }: { request: ApprovalRequest }) {
  if (!deciding || (state !== 'APPROVING' && state !== 'CLOSING')) return null;
  return (
    <>
      <p role="status">{decidingSentence(state, deciding)}</p>
      <progress
        className={bulk['bar']}
        aria-label="How far the decision is carried out"
        value={deciding.done}
        max={Math.max(1, deciding.items)}
      />
    </>
  );
}

/** The limits are part of what is approved; the hours are those of the targets at any time. */
function HowItIsSent({ request: { run, approval } }: { request: ApprovalRequest }) {
  const now = useNow();
  const { limits, targets } = run;
  return (
    <Panel title="How it is sent" aside={approval.coversLimits ? 'part of what is approved' : undefined}>
      <p>
        {limits && canaryWords(limits)} {limitsSentence(limits)}
      </p>
      {!approval.coversLimits && (
        <p className="muted">It was asked for before limits were part of the approved hash.</p>
      )}
      {targets.map((target) => {
        const words = waitsWords(target, now);
        return words && <p key={target.integration}>What goes there {words}.</p>;
      })}
    </Panel>
  );
}

type DecidersProps = { request: ApprovalRequest; needed: NonNullable<ApprovalRequest['approval']['needed']> };

function Deciders({ request, needed }: DecidersProps) {
  const isPending = request.state === 'PENDING_APPROVAL';
  return (
    <Panel title="Who decides" aside={`${request.approvals.length} of ${needed.approvals} approved`}>
      <p>{neededWords(needed)}</p>
      <ul className={styles['list']} aria-label="Rules that ask">
        {needed.rules.map((rule) => (
          <li key={rule.name}>{rule.title}</li>
        ))}
      </ul>
      {request.approvals.map((one) => (
        <p key={one.personId} className="muted">
          Approved by {one.personName}
          {one.forPersonName === null ? '' : `, who stands in for ${one.forPersonName}`}, {dateTime(one.approvedAt)}
          {one.comment === '' ? '' : `: ${one.comment}`}
        </p>
      ))}
      {isPending && (
        <ul className={styles['list']} aria-label="Who may approve it">
          {request.approvers.map(({ person, canApprove, whyNot }) => (
            <li key={person.id}>
              <Status tone={canApprove ? 'good' : 'unknown'}>{person.displayName}</Status>
              {whyNot !== null && <span className="muted"> {whyNot}</span>}
            </li>
          ))}
        </ul>
      )}
      {isPending && !request.approvers.some(({ canApprove }) => canApprove) && (
        <p>Nobody can approve it as things stand: withdraw it, or have the limits changed.</p>
      )}
    </Panel>
  );
}
