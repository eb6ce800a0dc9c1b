import { Textarea } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useAct } from '../../shared/graphql/use-act.js';
import { useKeys } from '../../shared/keyboard/keyboard.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { ACT_WORDS, actionNoun } from '../../shared/status/action-words.js';
import { tell } from '../../shared/tell.js';
import { useViewer } from '../../shared/viewer/viewer.js';
import {
  ApproveRequeueDocument,
  BreakGlassRequeueDocument,
  RejectRequeueDocument,
  ReviewBreakGlassDocument,
  WithdrawRequeueDocument,
  type ApprovalRequest,
} from './requeue-approval-documents.js';
import { effectSentence } from './requeue-approval-words.js';
import page from '../../shared/page/list-page.module.css';

type ActsProps = { request: ApprovalRequest; onDone: () => void };
type Asked = 'approve' | 'reject' | 'withdraw' | 'break-glass' | 'review';

/** Fewest characters of the reason for an emergency. */
const LEAST_EMERGENCY = 10;

/** What can be decided on a request, by button and by key. */
export function RequeueActs({ request, onDone }: ActsProps) {
  const viewer = useViewer();
  const [asked, setAsked] = useState<Asked>();
  const { approval } = request;
  const { canDecide, canWithdraw, canBreakGlass, canReview } = approval;
  const own = request.approvers.find(({ person }) => person.id === viewer.id);
  const whyNot = own?.whyNot ?? undefined;
  const canApprove = canDecide && whyNot === undefined;
  useKeys(
    useMemo(
      () => [
        ...(canApprove
          ? [{ keys: 'y', label: 'Approve the request', group: 'Request', run: () => setAsked('approve') }]
          : []),
        ...(canDecide
          ? [{ keys: 'Shift-n', label: 'Reject the request', group: 'Request', run: () => setAsked('reject') }]
          : []),
      ],
      [canApprove, canDecide],
    ),
  );
  const finish = (words: string) => {
    setAsked(undefined);
    tell(words);
    onDone();
  };
  const dialog = { request, onClose: () => setAsked(undefined), onDone: finish };
  return (
    <div className={page['acts']}>
      {canDecide && (
        <>
          <PermittedButton
            needs="requeue.approve"
            what="Approving"
            keys="y"
            size="compact-sm"
            whyNot={whyNot}
            onClick={() => setAsked('approve')}
          >
            Approve
          </PermittedButton>
          <PermittedButton
            needs="requeue.approve"
            what="Rejecting"
            keys="Shift N"
            size="compact-sm"
            variant="default"
            onClick={() => setAsked('reject')}
          >
            Reject
          </PermittedButton>
        </>
      )}
      {canWithdraw && (
        <PermittedButton
          needs="requeue.request"
          what="Withdrawing"
          size="compact-sm"
          variant="default"
          onClick={() => setAsked('withdraw')}
        >
          Withdraw
        </PermittedButton>
      )}
      {canReview && (
        <PermittedButton needs="requeue.approve" what="Reviewing" size="compact-sm" onClick={() => setAsked('review')}>
          Review
        </PermittedButton>
      )}
      {canBreakGlass && (
        <PermittedButton
          needs="requeue.break-glass"
          what="Releasing in an emergency"
          size="compact-sm"
          variant="subtle"
          color="critical"
          onClick={() => setAsked('break-glass')}
        >
          Emergency
        </PermittedButton>
      )}
      {asked === 'approve' && <ApproveDialog {...dialog} />}
      {asked === 'reject' && <RejectDialog {...dialog} />}
      {asked === 'withdraw' && <WithdrawDialog {...dialog} />}
      {asked === 'break-glass' && <EmergencyDialog {...dialog} />}
      {asked === 'review' && <ReviewDialog {...dialog} />}
    </div>
  );
}

type DialogProps = { request: ApprovalRequest; onClose: () => void; onDone: (words: string) => void };

function ApproveDialog({ request, onClose, onDone }: DialogProps) {
  const act = useAct(ApproveRequeueDocument);
  const [comment, setComment] = useState('');
  const submit = async () => {
    const done = await act.run({ id: request.id, hash: request.selectionHash, comment: comment.trim() });
    if (done)
      onDone(
        done.request.state === 'PENDING_APPROVAL' ? 'Approved; another person has to as well' : 'Approved: it goes out',
      );
  };
  return (
    <FormDialog
      title={`Approve ${actionNoun(request.action).toLowerCase()}`}
      submit="Approve"
      onClose={onClose}
      onSubmit={() => void submit()}
      isRunning={act.isRunning}
      problem={act.problem}
    >
      <p>{effectSentence(request)}</p>
      <p className="muted">
        Exactly the frozen selection <span className="mono">{request.selectionHash.slice(0, 12)}</span> is approved.
      </p>
      <Words label="Comment" description="Kept as evidence; may stay empty" value={comment} onChange={setComment} />
    </FormDialog>
  );
}

function RejectDialog({ request, onClose, onDone }: DialogProps) {
  const act = useAct(RejectRequeueDocument);
  const [reason, setReason] = useState('');
  const submit = async () => {
    if (await act.run({ id: request.id, reason: reason.trim() })) onDone('Rejected: it goes back to its maker');
  };
  return (
    <FormDialog
      title={`Reject ${actionNoun(request.action).toLowerCase()}`}
      submit="Reject"
      isDangerous
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={reason.trim() !== ''}
      isRunning={act.isRunning}
      problem={act.problem}
    >
      <Words label="Reason" description={`${request.makerName} reads it`} value={reason} onChange={setReason} />
    </FormDialog>
  );
}

function WithdrawDialog({ request, onClose, onDone }: DialogProps) {
  const act = useAct(WithdrawRequeueDocument);
  const submit = async () => {
    if (await act.run({ id: request.id })) onDone('Withdrawn: nothing goes out');
  };
  return (
    <FormDialog
      title="Withdraw the request"
      submit="Withdraw"
      onClose={onClose}
      onSubmit={() => void submit()}
      isRunning={act.isRunning}
      problem={act.problem}
    >
      <p>Nothing goes out, and its exceptions are open again.</p>
    </FormDialog>
  );
}

function EmergencyDialog({ request, onClose, onDone }: DialogProps) {
  const act = useAct(BreakGlassRequeueDocument);
  const [reason, setReason] = useState('');
  const submit = async () => {
    const variables = { id: request.id, hash: request.selectionHash, reason: reason.trim() };
    if (await act.run(variables)) onDone('It goes out; somebody else has to review it');
  };
  return (
    <FormDialog
      title={`${actionNoun(request.action)} without approval in an emergency`}
      submit={`${ACT_WORDS[request.action]} now`}
      isDangerous
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={reason.trim().length >= LEAST_EMERGENCY}
      isRunning={act.isRunning}
      problem={act.problem}
    >
      <p>{effectSentence(request, 'If you release it')}</p>
      <p className="muted">It goes out at once, and is shown to all until somebody else reviewed it.</p>
      <Words
        label="Why it cannot wait"
        description={`At least ${LEAST_EMERGENCY} characters; whoever reviews it reads it`}
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  );
}

function ReviewDialog({ request, onClose, onDone }: DialogProps) {
  const act = useAct(ReviewBreakGlassDocument);
  const [comment, setComment] = useState('');
  const submit = async () => {
    if (await act.run({ id: request.id, comment: comment.trim() })) onDone('Reviewed');
  };
  return (
    <FormDialog
      title="Review the emergency"
      submit="Reviewed"
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={comment.trim() !== ''}
      isRunning={act.isRunning}
      problem={act.problem}
    >
      <p>{request.approval.decisionReason}</p>
      <Words label="What you found" description="Kept as evidence" value={comment} onChange={setComment} />
    </FormDialog>
  );
}

type WordsProps = { label: string; description: string; value: string; onChange: (text: string) => void };

function Words({ label, description, value, onChange }: WordsProps) {
  return (
    <Textarea
      data-autofocus
      label={label}
      description={description}
      rows={3}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
