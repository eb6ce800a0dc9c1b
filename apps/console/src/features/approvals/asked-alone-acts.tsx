import {
  ApproveAcceptanceDocument,
  RejectAcceptanceDocument,
  WithdrawAcceptanceDocument,
} from '../../shared/acceptance/acceptance-documents.js';
import { DecisionActs, type DecisionAct, type DecisionEnd } from '../../shared/decision/decision-acts.js';
import { COMMENT, DecisionDialog, reasonFor } from '../../shared/decision/decision-dialog.js';
import { useAct } from '../../shared/graphql/use-act.js';
import type { AskedAlone } from './approval-documents.js';

/** What can be decided on one request by itself, by button and by key. */
export function AskedAloneActs({ asked, onDone }: { asked: AskedAlone; onDone: () => void }) {
  const { canDecide, canWithdraw } = asked;
  return (
    <DecisionActs
      decidable={{ canDecide, canWithdraw, canBreakGlass: false, canReview: false, approvers: [] }}
      what="the request"
      group="Request"
      approving="exception.approve"
      withdrawing="exception.work"
      dialog={(act, end) => {
        const Dialog = DIALOGS[act];
        return Dialog && <Dialog asked={asked} {...end} />;
      }}
      onDone={onDone}
    />
  );
}

type DialogProps = DecisionEnd & { asked: AskedAlone };

const DIALOGS: Readonly<Partial<Record<DecisionAct, (props: DialogProps) => React.JSX.Element>>> = {
  approve: ApproveDialog,
  reject: RejectDialog,
  withdraw: WithdrawDialog,
};

function ApproveDialog({ asked: { id, title }, ...end }: DialogProps) {
  const act = useAct(ApproveAcceptanceDocument);
  return (
    <DecisionDialog
      {...end}
      act={act}
      title="Approve closing without correction"
      submit="Approve"
      field={COMMENT}
      decide={async (comment) => (await act.run({ id, comment })) && 'Approved: closed without correction'}
    >
      <p>{title}: closed, it posts nothing and writes nothing off.</p>
    </DecisionDialog>
  );
}

function RejectDialog({ asked: { id, makerName }, ...end }: DialogProps) {
  const act = useAct(RejectAcceptanceDocument);
  return (
    <DecisionDialog
      {...end}
      act={act}
      title="Reject closing without correction"
      submit="Reject"
      isDangerous
      field={reasonFor(makerName)}
      decide={async (reason) => (await act.run({ id, reason })) && 'Rejected: it goes back to where it was'}
    />
  );
}

function WithdrawDialog({ asked: { id }, ...end }: DialogProps) {
  const act = useAct(WithdrawAcceptanceDocument);
  return (
    <DecisionDialog
      {...end}
      act={act}
      title="Withdraw the request"
      submit="Withdraw"
      decide={async () => (await act.run({ id })) && 'Withdrawn'}
    >
      <p>It goes back to where it was.</p>
    </DecisionDialog>
  );
}
