import { useMemo, useState, type ReactNode } from 'react';
import { useKeys } from '../keyboard/keyboard.js';
import { PermittedButton } from '../page/permitted-button.js';
import { tell } from '../tell.js';
import { useViewer, type Permission } from '../viewer/viewer.js';
import page from '../page/list-page.module.css';

export type DecisionAct = 'approve' | 'reject' | 'withdraw' | 'break-glass' | 'review';

/** What may be decided on it now, and why the viewer cannot approve it. */
export type Decidable = {
  canDecide: boolean;
  canWithdraw: boolean;
  canBreakGlass: boolean;
  canReview: boolean;
  approvers: readonly { person: { id: string }; whyNot?: string | null }[];
};

/** How a dialog of these acts ends. */
export type DecisionEnd = { onClose: () => void; onDone: (words: string) => void };

type DecisionActsProps = {
  decidable: Decidable;
  /** As keys name it: "the request". */
  what: string;
  /** Of its keys, in the list of keys. */
  group: string;
  withdrawing: Permission;
  /** What approving and rejecting need. */
  approving?: Permission;
  /** What an emergency does, as the reason names it that somebody may not; absent = no emergency lets it go. */
  emergency?: string;
  dialog: (act: DecisionAct, end: DecisionEnd) => ReactNode;
  onDone: () => void;
  /** False where several stand on one screen: nobody could tell which one a key is about. */
  hasKeys?: boolean;
};

/** What can be decided on something that waits for a second person, by button and by key. */
export function DecisionActs(props: DecisionActsProps) {
  const {
    decidable,
    what,
    group,
    withdrawing,
    approving = 'requeue.approve',
    emergency = '',
    dialog,
    onDone,
    hasKeys = true,
  } = props;
  const viewer = useViewer();
  const [asked, setAsked] = useState<DecisionAct>();
  const { canDecide, canWithdraw, canBreakGlass, canReview } = decidable;
  const whyNot = decidable.approvers.find(({ person }) => person.id === viewer.id)?.whyNot ?? undefined;
  const canApprove = canDecide && whyNot === undefined;
  useKeys(
    useMemo(
      () => [
        ...(canApprove ? [{ keys: 'y', label: `Approve ${what}`, group, run: () => setAsked('approve') }] : []),
        ...(canDecide ? [{ keys: 'Shift-n', label: `Reject ${what}`, group, run: () => setAsked('reject') }] : []),
      ],
      [canApprove, canDecide, what, group],
    ),
    hasKeys,
  );
  const end = {
    onClose: () => setAsked(undefined),
    onDone: (words: string) => {
      setAsked(undefined);
      tell(words);
      onDone();
    },
  };
  const button = (act: DecisionAct) => ({ size: 'compact-sm', onClick: () => setAsked(act) }) as const;
  return (
    <div className={page['acts']}>
      {canDecide && (
        <>
          <PermittedButton
            {...button('approve')}
            needs={approving}
            what="Approving"
            {...(hasKeys && { keys: 'y' })}
            whyNot={whyNot}
          >
            Approve
          </PermittedButton>
          <PermittedButton
            {...button('reject')}
            needs={approving}
            what="Rejecting"
            {...(hasKeys && { keys: 'Shift N' })}
            variant="default"
          >
            Reject
          </PermittedButton>
        </>
      )}
      {canWithdraw && (
        <PermittedButton {...button('withdraw')} needs={withdrawing} what="Withdrawing" variant="default">
          Withdraw
        </PermittedButton>
      )}
      {canReview && (
        <PermittedButton {...button('review')} needs="requeue.approve" what="Reviewing">
          Review
        </PermittedButton>
      )}
      {canBreakGlass && (
        <PermittedButton
          {...button('break-glass')}
          needs="requeue.break-glass"
          what={emergency}
          variant="subtle"
          color="critical"
        >
          Emergency
        </PermittedButton>
      )}
      {asked && dialog(asked, end)}
    </div>
  );
}
