import { DecisionActs, type DecisionAct, type DecisionEnd } from '../decision/decision-acts.js';
import { COMMENT, DecisionDialog, FINDING, reasonFor, WHY_NOW } from '../decision/decision-dialog.js';
import { useAct } from '../graphql/use-act.js';
import {
  ApproveLineageChangeDocument,
  BreakGlassLineageChangeDocument,
  RejectLineageChangeDocument,
  ReviewLineageChangeDocument,
  WithdrawLineageChangeDocument,
  type LineageApproval,
} from './change-documents.js';

type ActsProps = {
  approval: LineageApproval;
  /** what happens if it is approved */
  effect: string;
  onDone: () => void;
  /** False where several changes stand on one screen: nobody could tell which one a key is about. */
  hasKeys?: boolean;
};

/** What can be decided on a change of lineage, by button and by key. */
export function LineageActs({ approval, effect, onDone, hasKeys = true }: ActsProps) {
  return (
    <DecisionActs
      decidable={approval}
      what="the change"
      group="Change"
      withdrawing="transaction.read"
      emergency="Changing lineage in an emergency"
      dialog={(act, end) => {
        const Dialog = DIALOGS[act];
        return <Dialog approval={approval} effect={effect} {...end} />;
      }}
      onDone={onDone}
      hasKeys={hasKeys}
    />
  );
}

type DialogProps = DecisionEnd & { approval: LineageApproval; effect: string };

const DIALOGS: Readonly<Record<DecisionAct, (props: DialogProps) => React.JSX.Element>> = {
  approve: ApproveDialog,
  reject: RejectDialog,
  withdraw: WithdrawDialog,
  'break-glass': EmergencyDialog,
  review: ReviewDialog,
};

function ApproveDialog({ approval, effect, ...end }: DialogProps) {
  const act = useAct(ApproveLineageChangeDocument);
  return (
    <DecisionDialog
      {...end}
      act={act}
      title="Approve the change of lineage"
      submit="Approve"
      field={COMMENT}
      decide={async (comment) => {
        const done = await act.run({ id: approval.id, hash: approval.hash, comment });
        const isWaiting = done?.approval.state === 'PENDING_APPROVAL';
        return done && (isWaiting ? 'Approved; another person has to as well' : 'Approved: it is done now');
      }}
    >
      <p>{effect}</p>
      <p className="muted">
        Exactly this report <span className="mono">{approval.hash.slice(0, 12)}</span>: if something else would change
        by then, it is asked for anew.
      </p>
    </DecisionDialog>
  );
}

function RejectDialog({ approval, effect: _effect, ...end }: DialogProps) {
  const act = useAct(RejectLineageChangeDocument);
  return (
    <DecisionDialog
      {...end}
      act={act}
      title="Reject the change of lineage"
      submit="Reject"
      isDangerous
      field={reasonFor(approval.makerName)}
      decide={async (reason) => (await act.run({ id: approval.id, reason })) && 'Rejected: nothing changes'}
    />
  );
}

function WithdrawDialog({ approval, effect: _effect, ...end }: DialogProps) {
  const act = useAct(WithdrawLineageChangeDocument);
  return (
    <DecisionDialog
      {...end}
      act={act}
      title="Withdraw the change of lineage"
      submit="Withdraw"
      decide={async () => (await act.run({ id: approval.id })) && 'Withdrawn: nothing changes'}
    >
      <p>Nothing changes, and nobody has to look at it.</p>
    </DecisionDialog>
  );
}

function EmergencyDialog({ approval, effect, ...end }: DialogProps) {
  const act = useAct(BreakGlassLineageChangeDocument);
  return (
    <DecisionDialog
      {...end}
      act={act}
      title="Change lineage without approval in an emergency"
      submit="Change now"
      isDangerous
      field={WHY_NOW}
      decide={async (reason) =>
        (await act.run({ id: approval.id, hash: approval.hash, reason })) &&
        'It is done; somebody else has to review it'
      }
    >
      <p>{effect} It is shown to all until somebody else reviewed it.</p>
    </DecisionDialog>
  );
}

function ReviewDialog({ approval, effect: _effect, ...end }: DialogProps) {
  const act = useAct(ReviewLineageChangeDocument);
  return (
    <DecisionDialog
      {...end}
      act={act}
      title="Review the emergency"
      submit="Reviewed"
      field={FINDING}
      decide={async (comment) => (await act.run({ id: approval.id, comment })) && 'Reviewed'}
    >
      <p>{approval.decisionReason}</p>
    </DecisionDialog>
  );
}
