import { DecisionActs, type DecisionAct, type DecisionEnd } from '../../shared/decision/decision-acts.js';
import { COMMENT, DecisionDialog, FINDING, reasonFor, WHY_NOW } from '../../shared/decision/decision-dialog.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { ACT_WORDS, actionNoun } from '../../shared/status/action-words.js';
import {
  ApproveRequeueDocument,
  BreakGlassRequeueDocument,
  RejectRequeueDocument,
  ReviewBreakGlassDocument,
  WithdrawRequeueDocument,
  type ApprovalRequest,
} from './requeue-approval-documents.js';
import { effectSentence } from './requeue-approval-words.js';

/** What can be decided on a request, by button and by key. */
export function RequeueActs({ request, onDone }: { request: ApprovalRequest; onDone: () => void }) {
  return (
    <DecisionActs
      decidable={{ ...request.approval, approvers: request.approvers }}
      what="the request"
      group="Request"
      withdrawing="requeue.request"
      emergency="Releasing in an emergency"
      dialog={(act, end) => {
        const Dialog = DIALOGS[act];
        return <Dialog request={request} {...end} />;
      }}
      onDone={onDone}
    />
  );
}

type DialogProps = DecisionEnd & { request: ApprovalRequest };

const DIALOGS: Readonly<Record<DecisionAct, (props: DialogProps) => React.JSX.Element>> = {
  approve: ApproveDialog,
  reject: RejectDialog,
  withdraw: WithdrawDialog,
  'break-glass': EmergencyDialog,
  review: ReviewDialog,
};

const CHANGED_SINCE = 'What changed since it was asked for does not go.';

function ApproveDialog({ request, ...end }: DialogProps) {
  const act = useAct(ApproveRequeueDocument);
  return (
    <DecisionDialog
      {...end}
      act={act}
      title={`Approve ${actionNoun(request.action).toLowerCase()}`}
      submit="Approve"
      field={COMMENT}
      decide={async (comment) => {
        const done = await act.run({ id: request.id, hash: request.selectionHash, comment });
        const isWaiting = done?.request.state === 'PENDING_APPROVAL';
        if (!done || isWaiting) return done && 'Approved; another person has to as well';
        return done.isInSlices ? 'Approved: it goes out when all of it is made ready' : 'Approved: it goes out';
      }}
    >
      <p>{effectSentence(request)}</p>
      <p className="muted">
        Exactly the frozen selection <span className="mono">{request.selectionHash.slice(0, 12)}</span> is approved.
        {request.approval.isDecidedInSlices && ` ${CHANGED_SINCE}`}
      </p>
    </DecisionDialog>
  );
}

function RejectDialog({ request, ...end }: DialogProps) {
  const act = useAct(RejectRequeueDocument);
  return (
    <DecisionDialog
      {...end}
      act={act}
      title={`Reject ${actionNoun(request.action).toLowerCase()}`}
      submit="Reject"
      isDangerous
      field={reasonFor(request.makerName)}
      decide={async (reason) => (await act.run({ id: request.id, reason })) && 'Rejected: it goes back to its maker'}
    />
  );
}

function WithdrawDialog({ request, ...end }: DialogProps) {
  const act = useAct(WithdrawRequeueDocument);
  return (
    <DecisionDialog
      {...end}
      act={act}
      title="Withdraw the request"
      submit="Withdraw"
      decide={async () => (await act.run({ id: request.id })) && 'Withdrawn: nothing goes out'}
    >
      <p>Nothing goes out, and its exceptions are open again.</p>
    </DecisionDialog>
  );
}

function EmergencyDialog({ request, ...end }: DialogProps) {
  const act = useAct(BreakGlassRequeueDocument);
  return (
    <DecisionDialog
      {...end}
      act={act}
      title={`${actionNoun(request.action)} without approval in an emergency`}
      submit={`${ACT_WORDS[request.action]} now`}
      isDangerous
      field={WHY_NOW}
      decide={async (reason) => {
        const done = await act.run({ id: request.id, hash: request.selectionHash, reason });
        const when = done?.isInSlices ? 'It goes out when all of it is made ready' : 'It goes out';
        return done && `${when}; somebody else has to review it`;
      }}
    >
      <p>{effectSentence(request, 'If you release it')}</p>
      <p className="muted">
        {request.approval.isDecidedInSlices
          ? `It goes out when all of it is made ready. ${CHANGED_SINCE}`
          : 'It goes out at once.'}{' '}
        It is shown to all until somebody else reviewed it.
      </p>
    </DecisionDialog>
  );
}

function ReviewDialog({ request, ...end }: DialogProps) {
  const act = useAct(ReviewBreakGlassDocument);
  return (
    <DecisionDialog
      {...end}
      act={act}
      title="Review the emergency"
      submit="Reviewed"
      field={FINDING}
      decide={async (comment) => (await act.run({ id: request.id, comment })) && 'Reviewed'}
    >
      <p>{request.approval.decisionReason}</p>
    </DecisionDialog>
  );
}
