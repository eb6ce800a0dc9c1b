import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../graphql/use-act.js';
import { FormDialog, Problem } from '../page/form-dialog.js';
import { tell } from '../tell.js';
import {
  ApproveAcceptanceDocument,
  RejectAcceptanceDocument,
  WithdrawAcceptanceDocument,
  type Acceptance,
} from './acceptance-documents.js';

type AcceptanceActsProps = { acceptance: Acceptance; onDone: () => void };

/** Approve or reject, for the second person; withdraw, for whoever asked. */
export function AcceptanceActs({ acceptance, onDone }: AcceptanceActsProps) {
  const { id, canDecide, canWithdraw } = acceptance;
  const approve = useAct(ApproveAcceptanceDocument);
  const withdraw = useAct(WithdrawAcceptanceDocument);
  const [isRejecting, setRejecting] = useState(false);
  const finish = (words: string) => {
    setRejecting(false);
    tell(words);
    onDone();
  };
  const problem = approve.problem ?? withdraw.problem;
  return (
    <>
      {canDecide && (
        <>
          <Button
            size="compact-xs"
            loading={approve.isRunning}
            onClick={() =>
              void approve.run({ id }).then((done) => done && finish('Approved: closed without correction'))
            }
          >
            Approve
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => setRejecting(true)}>
            Reject
          </Button>
        </>
      )}
      {canWithdraw && (
        <Button
          size="compact-xs"
          variant="default"
          loading={withdraw.isRunning}
          onClick={() => void withdraw.run({ id }).then((done) => done && finish('Withdrawn'))}
        >
          Withdraw
        </Button>
      )}
      {problem && <Problem problem={problem} />}
      {isRejecting && <RejectDialog id={id} onClose={() => setRejecting(false)} onDone={finish} />}
    </>
  );
}

type RejectDialogProps = { id: string; onClose: () => void; onDone: (words: string) => void };

function RejectDialog({ id, onClose, onDone }: RejectDialogProps) {
  const act = useAct(RejectAcceptanceDocument);
  const [reason, setReason] = useState('');
  const submit = async () => {
    if (await act.run({ id, reason: reason.trim() })) onDone('Rejected: it goes back to where it was');
  };
  return (
    <FormDialog
      title="Reject closing without correction"
      submit="Reject"
      onSubmit={() => void submit()}
      onClose={onClose}
      canSubmit={reason.trim() !== ''}
      isRunning={act.isRunning}
      isDangerous
      problem={act.problem}
    >
      <Textarea
        data-autofocus
        label="Reason"
        description="Whoever asked for it reads it"
        rows={3}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
