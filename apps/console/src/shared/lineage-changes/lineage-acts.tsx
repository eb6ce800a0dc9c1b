import { Textarea } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useAct } from '../graphql/use-act.js';
import { useKeys } from '../keyboard/keyboard.js';
import { FormDialog } from '../page/form-dialog.js';
import { PermittedButton } from '../page/permitted-button.js';
import { tell } from '../tell.js';
import { useViewer } from '../viewer/viewer.js';
import {
  ApproveLineageChangeDocument,
  BreakGlassLineageChangeDocument,
  RejectLineageChangeDocument,
  ReviewLineageChangeDocument,
  WithdrawLineageChangeDocument,
  type LineageApproval,
} from './change-documents.js';
import page from '../page/list-page.module.css';

type Asked = 'approve' | 'reject' | 'withdraw' | 'break-glass' | 'review';
type ActsProps = {
  approval: LineageApproval;
  /** what happens if it is approved */
  effect: string;
  onDone: () => void;
  /** False where several changes stand on one screen: nobody could tell which one a key is about. */
  hasKeys?: boolean;
};

/** Fewest characters of the reason for an emergency. */
const LEAST_EMERGENCY = 10;

/** What can be decided on a change of lineage, by button and by key. */
export function LineageActs({ approval, effect, onDone, hasKeys = true }: ActsProps) {
  const viewer = useViewer();
  const [asked, setAsked] = useState<Asked>();
  const { canDecide, canWithdraw, canBreakGlass, canReview } = approval;
  const whyNot = approval.approvers.find(({ person }) => person.id === viewer.id)?.whyNot ?? undefined;
  const canApprove = canDecide && whyNot === undefined;
  useKeys(
    useMemo(
      () => [
        ...(canApprove
          ? [{ keys: 'y', label: 'Approve the change', group: 'Change', run: () => setAsked('approve') }]
          : []),
        ...(canDecide
          ? [{ keys: 'Shift-n', label: 'Reject the change', group: 'Change', run: () => setAsked('reject') }]
          : []),
      ],
      [canApprove, canDecide],
    ),
    hasKeys,
  );
  const finish = (words: string) => {
    setAsked(undefined);
    tell(words);
    onDone();
  };
  const dialog = { approval, effect, onClose: () => setAsked(undefined), onDone: finish };
  const button = { size: 'compact-sm', needs: 'requeue.approve' } as const;
  return (
    <div className={page['acts']}>
      {canDecide && (
        <>
          <PermittedButton
            {...button}
            what="Approving"
            {...(hasKeys && { keys: 'y' })}
            whyNot={whyNot}
            onClick={() => setAsked('approve')}
          >
            Approve
          </PermittedButton>
          <PermittedButton
            {...button}
            what="Rejecting"
            {...(hasKeys && { keys: 'Shift N' })}
            variant="default"
            onClick={() => setAsked('reject')}
          >
            Reject
          </PermittedButton>
        </>
      )}
      {canWithdraw && (
        <PermittedButton
          size="compact-sm"
          needs="transaction.read"
          what="Withdrawing"
          variant="default"
          onClick={() => setAsked('withdraw')}
        >
          Withdraw
        </PermittedButton>
      )}
      {canReview && (
        <PermittedButton {...button} what="Reviewing" onClick={() => setAsked('review')}>
          Review
        </PermittedButton>
      )}
      {canBreakGlass && (
        <PermittedButton
          size="compact-sm"
          needs="requeue.break-glass"
          what="Changing lineage in an emergency"
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

type DialogProps = {
  approval: LineageApproval;
  effect: string;
  onClose: () => void;
  onDone: (words: string) => void;
};

function ApproveDialog({ approval, effect, onClose, onDone }: DialogProps) {
  const act = useAct(ApproveLineageChangeDocument);
  const [comment, setComment] = useState('');
  const submit = async () => {
    const done = await act.run({ id: approval.id, hash: approval.hash, comment: comment.trim() });
    if (done)
      onDone(
        done.approval.state === 'PENDING_APPROVAL'
          ? 'Approved; another person has to as well'
          : 'Approved: it is done now',
      );
  };
  return (
    <FormDialog
      title="Approve the change of lineage"
      submit="Approve"
      onClose={onClose}
      onSubmit={() => void submit()}
      isRunning={act.isRunning}
      problem={act.problem}
    >
      <p>{effect}</p>
      <p className="muted">
        Exactly this report <span className="mono">{approval.hash.slice(0, 12)}</span>: if something else would change
        by then, it is asked for anew.
      </p>
      <Words label="Comment" description="Kept as evidence; may stay empty" value={comment} onChange={setComment} />
    </FormDialog>
  );
}

function RejectDialog({ approval, onClose, onDone }: DialogProps) {
  const act = useAct(RejectLineageChangeDocument);
  const [reason, setReason] = useState('');
  const submit = async () => {
    if (await act.run({ id: approval.id, reason: reason.trim() })) onDone('Rejected: nothing changes');
  };
  return (
    <FormDialog
      title="Reject the change of lineage"
      submit="Reject"
      isDangerous
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={reason.trim() !== ''}
      isRunning={act.isRunning}
      problem={act.problem}
    >
      <Words label="Reason" description={`${approval.makerName} reads it`} value={reason} onChange={setReason} />
    </FormDialog>
  );
}

function WithdrawDialog({ approval, onClose, onDone }: DialogProps) {
  const act = useAct(WithdrawLineageChangeDocument);
  const submit = async () => {
    if (await act.run({ id: approval.id })) onDone('Withdrawn: nothing changes');
  };
  return (
    <FormDialog
      title="Withdraw the change of lineage"
      submit="Withdraw"
      onClose={onClose}
      onSubmit={() => void submit()}
      isRunning={act.isRunning}
      problem={act.problem}
    >
      <p>Nothing changes, and nobody has to look at it.</p>
    </FormDialog>
  );
}

function EmergencyDialog({ approval, effect, onClose, onDone }: DialogProps) {
  const act = useAct(BreakGlassLineageChangeDocument);
  const [reason, setReason] = useState('');
  const submit = async () => {
    const variables = { id: approval.id, hash: approval.hash, reason: reason.trim() };
    if (await act.run(variables)) onDone('It is done; somebody else has to review it');
  };
  return (
    <FormDialog
      title="Change lineage without approval in an emergency"
      submit="Change now"
      isDangerous
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={reason.trim().length >= LEAST_EMERGENCY}
      isRunning={act.isRunning}
      problem={act.problem}
    >
      <p>{effect} It is shown to all until somebody else reviewed it.</p>
      <Words
        label="Why it cannot wait"
        description={`At least ${LEAST_EMERGENCY} characters; whoever reviews it reads it`}
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  );
}

function ReviewDialog({ approval, onClose, onDone }: DialogProps) {
  const act = useAct(ReviewLineageChangeDocument);
  const [comment, setComment] = useState('');
  const submit = async () => {
    if (await act.run({ id: approval.id, comment: comment.trim() })) onDone('Reviewed');
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
      <p>{approval.decisionReason}</p>
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
