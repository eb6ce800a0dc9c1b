import { notifications } from '@mantine/notifications';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { useMutation, type CombinedError } from 'urql';
import { count } from '../../shared/format/words.js';
import { describeFailure } from '../../shared/graphql/failure.js';
import { useKeys, type KeyBinding } from '../../shared/keyboard/keyboard.js';
import { useCan, useViewer } from '../../shared/viewer/viewer.js';
import { ACT_KEYS } from './act-keys.js';
import { AssignDialog } from './assign-dialog.js';
import { CompensateDialog } from './compensation/compensate-dialog.js';
import { CorrectionDialog } from './correction/correction-dialog.js';
import { AssignDocument, CommentDocument, type ExceptionRow } from './exception-documents.js';
import { MoveDialog } from './move-dialog.js';
import { NoteDialog } from './note-dialog.js';
import { PriorityDialog } from './priority-dialog.js';
import { SendAgainDialog } from './send-again-dialog.js';
import { seen } from './state-dialog.js';
import { whatWasSent } from './send-plan.js';
import { PERMITTED_STATE_ACTS, useStateActs, type StateAct } from './use-state-acts.js';

export type Act =
  | 'send'
  | 'correct'
  | 'compensate'
  | 'assign'
  | 'mine'
  | 'move'
  | 'prioritise'
  | 'note'
  | 'handBack'
  | 'reroute'
  | StateAct;

export type ExceptionActs = {
  /** whether the act makes sense for at least one of the targets */
  allows: (act: Act) => boolean;
  start: (act: Act) => void;
  dialogs: ReactNode;
};

const PERMITTED: Partial<Record<Act, string>> = {
  send: 'requeue',
  correct: 'correct',
  compensate: 'compensate',
  assign: 'assign',
  mine: 'assign',
  move: 'move',
  prioritise: 'prioritise',
  note: 'note',
  ...PERMITTED_STATE_ACTS,
};

/** Acts that are about one exception, never about several at once. */
const SINGLE: ReadonlySet<Act> = new Set(['correct', 'compensate', 'note', 'prioritise', 'accept', 'duplicate']);

const STATE_KEYS: readonly { keys: string; label: string; act: StateAct }[] = [
  { keys: ACT_KEYS.start, label: 'Take in hand', act: 'start' },
  { keys: ACT_KEYS.back, label: 'Put back', act: 'back' },
  { keys: ACT_KEYS.wait, label: 'Wait', act: 'wait' },
  { keys: ACT_KEYS.resolve, label: 'Resolve', act: 'resolve' },
  { keys: ACT_KEYS.snooze, label: 'Snooze', act: 'snooze' },
  { keys: ACT_KEYS.accept, label: 'Close without correction', act: 'accept' },
  { keys: ACT_KEYS.duplicate, label: 'Duplicate of another', act: 'duplicate' },
];

function isStateAct(act: Act): act is StateAct {
  return act in PERMITTED_STATE_ACTS;
}

type Answer =
  | { data?: Record<string, { __typename: string; message?: string }> | undefined; error?: CombinedError | undefined }
  | undefined;

function problemOf(answer: Answer): string | undefined {
  if (answer?.error) return describeFailure(answer.error).message;
  const [member] = Object.values(answer?.data ?? {});
  return member?.__typename === 'ActFailure' ? (member.message ?? 'It was refused.') : undefined;
}

function tell(message: string, isProblem = false): void {
  notifications.show({ message, color: isProblem ? 'critical' : 'accent', autoClose: isProblem ? 10_000 : 4000 });
}

/** What can be done with one or many exceptions: dialogs, keys and what is said afterwards. */
export function useExceptionActs(targets: readonly ExceptionRow[], onDone: () => void, hasKeys = true): ExceptionActs {
  const viewer = useViewer();
  const can = useCan();
  const [open, setOpen] = useState<{ act: Act; rows: readonly ExceptionRow[]; version?: number }>();
  const [, assign] = useMutation(AssignDocument);
  const [commenting, comment] = useMutation(CommentDocument);

  const allows = useCallback(
    (act: Act) =>
      targets.some((row) => row.actions.includes(PERMITTED[act] ?? '') && (act !== 'wake' || row.snooze !== null)) &&
      (!SINGLE.has(act) || targets.length === 1),
    [targets],
  );
  const finish = useCallback(
    (problem: string | undefined, done: string) => {
      if (problem === undefined) {
        setOpen(undefined);
        onDone();
      }
      tell(problem ?? done, problem !== undefined);
    },
    [onDone],
  );
  const assignTo = useCallback(
    async (rows: readonly ExceptionRow[], ownerId: string | null, isForwarded = false) => {
      const given = rows.filter((row) => row.actions.includes('assign'));
      const name = viewer.people.find((person) => person.id === ownerId)?.displayName ?? 'nobody';
      const answer = await assign({ exceptions: seen(given), ownerId, ...(isForwarded && { isForwarded }) });
      const result = answer.data?.assignExceptions;
      const warnings = result?.__typename === 'ExceptionsChanged' ? (result.warnings ?? []) : [];
      const said =
        given.length === 1 ? `Assigned to ${name}` : `${count(given.length, 'exception')} assigned to ${name}`;
      // what is said of who is away says who got it
      finish(
        problemOf(answer),
        isForwarded && warnings.length > 0 ? warnings.join(' ') : [said, ...warnings].join('. '),
      );
    },
    [assign, finish, viewer.people],
  );
  const stateActs = useStateActs(
    useCallback((words: string) => finish(undefined, words), [finish]),
    useCallback(({ message }: { message: string }) => tell(message, true), []),
  );
  const start = useCallback(
    (act: Act) => {
      if (!allows(act)) return;
      if (act === 'mine') void assignTo(targets, viewer.id);
      else if (isStateAct(act)) stateActs.start(act, targets);
      else setOpen({ act, rows: targets });
    },
    [allows, assignTo, stateActs, targets, viewer.id],
  );

  const bindings = useMemo<KeyBinding[]>(() => {
    const group = 'Exception';
    const all: (KeyBinding & { isPermitted: boolean })[] = [
      {
        keys: ACT_KEYS.send,
        label: 'Send again',
        group,
        run: () => start('send'),
        isPermitted: can('requeue.request'),
      },
      {
        keys: ACT_KEYS.correct,
        label: 'Correct the payload',
        group,
        run: () => start('correct'),
        isPermitted: can('requeue.request'),
      },
      {
        keys: ACT_KEYS.undo,
        label: 'Reverse, cancel or notify',
        group,
        run: () => start('compensate'),
        isPermitted: can('requeue.request'),
      },
      {
        keys: ACT_KEYS.assign,
        label: 'Assign to somebody',
        group,
        run: () => start('assign'),
        isPermitted: can('exception.work'),
      },
      {
        keys: ACT_KEYS.mine,
        label: 'Assign to me',
        group,
        run: () => start('mine'),
        isPermitted: can('exception.work'),
      },
      {
        keys: ACT_KEYS.move,
        label: 'Move to a queue',
        group,
        run: () => start('move'),
        isPermitted: can('exception.work'),
      },
      {
        keys: ACT_KEYS.prioritise,
        label: 'Set the priority',
        group,
        run: () => start('prioritise'),
        isPermitted: can('exception.work'),
      },
      { keys: ACT_KEYS.note, label: 'Add a note', group, run: () => start('note'), isPermitted: can('exception.note') },
      ...STATE_KEYS.map(({ keys, label, act }) => ({
        keys,
        label,
        group,
        run: () => start(act),
        isPermitted: can('exception.work'),
      })),
    ];
    return all.filter((binding) => binding.isPermitted);
  }, [start, can]);
  useKeys(bindings, hasKeys && targets.length > 0);

  const close = () => setOpen(undefined);
  const [first] = open?.rows ?? [];
  const subject =
    open && open.rows.length > 1 ? count(open.rows.length, 'exception') : (first?.businessObject.key ?? '');
  const dialogs =
    open && first ? (
      <>
        {open.act === 'send' && (
          <SendAgainDialog
            rows={open.rows}
            version={open.version}
            onClose={close}
            onSent={(sent) => finish(undefined, whatWasSent(sent))}
          />
        )}
        {open.act === 'correct' && (
          <CorrectionDialog
            row={first}
            onClose={close}
            onSaved={(version, isToSend) => {
              if (!isToSend) return finish(undefined, `Version ${version} is saved`);
              onDone();
              setOpen({ act: 'send', rows: [first], version });
            }}
          />
        )}
        {open.act === 'compensate' && (
          <CompensateDialog row={first} onClose={close} onAsked={(words) => finish(undefined, words)} />
        )}
        {open.act === 'assign' && (
          <AssignDialog
            title={`Assign ${subject}`}
            rows={open.rows}
            onClose={close}
            onAssign={(ownerId, isForwarded) => void assignTo(open.rows, ownerId, isForwarded)}
          />
        )}
        {open.act === 'move' && (
          <MoveDialog
            rows={open.rows.filter((row) => row.actions.includes('move'))}
            title={`Move ${subject}`}
            onClose={close}
            onMoved={(done) => finish(undefined, done)}
          />
        )}
        {open.act === 'prioritise' && (
          <PriorityDialog
            row={first}
            title={`Priority of ${subject}`}
            onClose={close}
            onSaved={(done) => finish(undefined, done)}
          />
        )}
        {open.act === 'note' && (
          <NoteDialog
            title={`Note on ${subject}`}
            isSaving={commenting.fetching}
            onClose={close}
            onSave={(text, isOnGroup) =>
              void comment({ id: first.id, text, ...(isOnGroup && { isOnGroup }) }).then((answer) =>
                finish(problemOf(answer), 'Note added'),
              )
            }
          />
        )}
      </>
    ) : (
      stateActs.dialog
    );
  return { allows, start, dialogs };
}
