import { useCallback, useState, type ReactNode } from 'react';
import { useAct, type ActProblem } from '../../shared/graphql/use-act.js';
import { AcceptDialog } from './accept-dialog.js';
import { DuplicateDialog } from './duplicate-dialog.js';
import type { ExceptionRow } from './exception-documents.js';
import { ChangeStateDocument, WakeDocument } from './life-documents.js';
import { ResolveDialog } from './resolve-dialog.js';
import { SnoozeDialog } from './snooze-dialog.js';
import { seen, subjectOf, type StateDialogProps } from './state-dialog.js';
import { WaitDialog } from './wait-dialog.js';

/** Acts that change the state of an exception, or hide it for a while. */
export type StateAct = 'start' | 'back' | 'wait' | 'resolve' | 'snooze' | 'wake' | 'accept' | 'duplicate';

/** The act as the API names it among those that are open to the viewer. */
export const PERMITTED_STATE_ACTS: Readonly<Record<StateAct, string>> = {
  start: 'start',
  back: 'put-back',
  wait: 'wait',
  resolve: 'resolve',
  snooze: 'snooze',
  wake: 'snooze',
  accept: 'accept',
  duplicate: 'mark-duplicate',
};

type StateActs = {
  start: (act: StateAct, rows: readonly ExceptionRow[]) => void;
  dialog: ReactNode;
};

/** Runs these acts: at once where nothing has to be asked, else by their dialog. */
export function useStateActs(onDone: (words: string) => void, onProblem: (problem: ActProblem) => void): StateActs {
  const [open, setOpen] = useState<{ act: StateAct; rows: readonly ExceptionRow[] }>();
  const change = useAct(ChangeStateDocument, onProblem);
  const wake = useAct(WakeDocument, onProblem);

  const start = useCallback(
    (act: StateAct, all: readonly ExceptionRow[]) => {
      const rows = all.filter((row) => row.actions.includes(PERMITTED_STATE_ACTS[act]));
      const subject = subjectOf(rows);
      if (act === 'start' || act === 'back') {
        const input = { exceptions: seen(rows), act: act === 'start' ? ('START' as const) : ('PUT_BACK' as const) };
        const words = act === 'start' ? `${subject} taken in hand` : `${subject} put back`;
        void change.run({ input }).then((answer) => answer && onDone(words));
      } else if (act === 'wake') {
        void wake.run({ exceptions: seen(rows) }).then((answer) => answer && onDone(`${subject} back in the inbox`));
      } else setOpen({ act, rows });
    },
    [change, wake, onDone],
  );

  const finish = (words: string) => {
    setOpen(undefined);
    onDone(words);
  };
  const close = () => setOpen(undefined);
  const Dialog = open && DIALOGS[open.act];
  const dialog = open && Dialog && (
    <Dialog rows={open.rows} subject={subjectOf(open.rows)} onClose={close} onDone={finish} />
  );
  return { start, dialog };
}

const DIALOGS: Readonly<Partial<Record<StateAct, (props: StateDialogProps) => ReactNode>>> = {
  wait: WaitDialog,
  resolve: ResolveDialog,
  snooze: SnoozeDialog,
  accept: AcceptDialog,
  duplicate: DuplicateDialog,
};
