import { useState } from 'react';
import { DecisionActs, type DecisionAct, type DecisionEnd } from '../../shared/decision/decision-acts.js';
import { COMMENT, DecisionDialog, reasonFor } from '../../shared/decision/decision-dialog.js';
import { useAct } from '../../shared/graphql/use-act.js';
import {
  ApproveAskedDocument,
  RejectAskedDocument,
  WithdrawAskedDocument,
  type AskedByAct,
  type AskedWaiting,
} from './approval-documents.js';
import { askedSentence, decidedWords } from './asked-words.js';

type ActsProps = { asked: AskedByAct; waiting: AskedWaiting; onDone: () => void };

/** What can be decided on all that one act asked for, by button and by key. */
export function AskedActs({ asked, waiting, onDone }: ActsProps) {
  const { canDecide, canWithdraw } = asked;
  return (
    <DecisionActs
      decidable={{ canDecide, canWithdraw, canBreakGlass: false, canReview: false, approvers: [] }}
      what="all of it"
      group="Request"
      approving="exception.approve"
      withdrawing="exception.work"
      dialog={(act, end) => {
        const Dialog = DIALOGS[act];
        return Dialog && <Dialog asked={asked} waiting={waiting} onStale={onDone} {...end} />;
      }}
      onDone={onDone}
    />
  );
}

type DialogProps = DecisionEnd & { asked: AskedByAct; waiting: AskedWaiting; onStale: () => void };

const DIALOGS: Readonly<Partial<Record<DecisionAct, (props: DialogProps) => React.JSX.Element>>> = {
  approve: ApproveDialog,
  reject: RejectDialog,
  withdraw: WithdrawDialog,
};

/** What was shown when the dialog was opened is what is decided, and no other; closed after a refusal, what waits is read again. */
function useSeen({ waiting, onClose, onStale }: DialogProps, problem: object | undefined) {
  const [shown] = useState(waiting);
  const { count, hash, asOf } = shown;
  const close = () => {
    if (problem) onStale();
    onClose();
  };
  return { shown, seen: { count, hash, asOf }, close };
}

function ApproveDialog(props: DialogProps) {
  const act = useAct(ApproveAskedDocument);
  const { shown, seen, close } = useSeen(props, act.problem);
  return (
    <DecisionDialog
      onClose={close}
      onDone={props.onDone}
      act={act}
      title="Approve closing without correction"
      submit="Approve"
      field={COMMENT}
      decide={async (comment) => {
        const done = await act.run({ id: props.asked.id, seen, comment });
        return done && decidedWords(done.bulkAct);
      }}
    >
      <p>{askedSentence(shown)}: closed, it posts nothing and writes nothing off.</p>
      <p className="muted">
        Exactly what waits now <span className="mono">{shown.hash.slice(0, 12)}</span> is approved. What changed since
        it was asked for, or is above your limit, stays waiting, each with its reason.
      </p>
    </DecisionDialog>
  );
}

function RejectDialog(props: DialogProps) {
  const act = useAct(RejectAskedDocument);
  const { shown, seen, close } = useSeen(props, act.problem);
  return (
    <DecisionDialog
      onClose={close}
      onDone={props.onDone}
      act={act}
      title="Reject closing without correction"
      submit="Reject"
      isDangerous
      field={reasonFor(props.asked.makerName)}
      decide={async (reason) => {
        const done = await act.run({ id: props.asked.id, seen, reason });
        return done && decidedWords(done.bulkAct);
      }}
    >
      <p>{askedSentence(shown)}: they go back to where they were.</p>
    </DecisionDialog>
  );
}

function WithdrawDialog(props: DialogProps) {
  const act = useAct(WithdrawAskedDocument);
  const { shown, seen, close } = useSeen(props, act.problem);
  return (
    <DecisionDialog
      onClose={close}
      onDone={props.onDone}
      act={act}
      title="Withdraw the request"
      submit="Withdraw"
      decide={async () => {
        const done = await act.run({ id: props.asked.id, seen });
        return done && decidedWords(done.bulkAct);
      }}
    >
      <p>{askedSentence(shown)}: they go back to where they were.</p>
    </DecisionDialog>
  );
}
