import { useCallback, useMemo, useState } from 'react';
import type { ExceptionFilter } from '../../gql/graphql.js';
import { useKeys, type KeyBinding } from '../../shared/keyboard/keyboard.js';
import { useCan, useViewer } from '../../shared/viewer/viewer.js';
import { ACT_KEYS } from './act-keys.js';
import { BulkDialog } from './bulk-dialog.js';
import { BULK_KINDS, type BulkTarget } from './bulk-input.js';
import type { ExceptionRow } from './exception-documents.js';
import { seen } from './state-dialog.js';
import { MOST_PLANNED_AT_ONCE, usePlanSelection } from './use-plan-selection.js';
import { useExceptionActs, type Act, type ExceptionActs } from './use-exception-acts.js';

type InboxActsOptions = {
  /** the selected rows, or the one under the cursor */
  rows: readonly ExceptionRow[];
  /** all that match are picked, however many are loaded */
  all: { filter: ExceptionFilter; count: number } | undefined;
  onDone: () => void;
  hasKeys: boolean;
};

const BULK_KEYS: readonly { keys: string; label: string; act: Act }[] = [
  { keys: ACT_KEYS.assign, label: 'Assign them', act: 'assign' },
  { keys: ACT_KEYS.mine, label: 'Assign them to me', act: 'mine' },
  { keys: ACT_KEYS.move, label: 'Move them to a queue', act: 'move' },
  { keys: ACT_KEYS.prioritise, label: 'Set their priority', act: 'prioritise' },
  { keys: ACT_KEYS.note, label: 'Add a note to each', act: 'note' },
  { keys: ACT_KEYS.start, label: 'Take them in hand', act: 'start' },
  { keys: ACT_KEYS.back, label: 'Put them back', act: 'back' },
  { keys: ACT_KEYS.wait, label: 'Wait with them', act: 'wait' },
  { keys: ACT_KEYS.resolve, label: 'Resolve them', act: 'resolve' },
  { keys: ACT_KEYS.snooze, label: 'Snooze them', act: 'snooze' },
  { keys: ACT_KEYS.accept, label: 'Close them without correction', act: 'accept' },
];

/** The acts of the inbox: on one exception at once, on several as a bulk act with its preview, under the same keys. */
export function useInboxActs({ rows, all, onDone, hasKeys }: InboxActsOptions): ExceptionActs {
  const viewer = useViewer();
  const can = useCan();
  const isBulk = all !== undefined || rows.length > 1;
  const plan = usePlanSelection();
  const single = useExceptionActs(rows, onDone, hasKeys && !isBulk);
  const [open, setOpen] = useState<{ act: Act; target: BulkTarget }>();

  const target = useMemo<BulkTarget>(
    () =>
      all === undefined
        ? { selection: { exceptions: seen(rows) }, count: rows.length }
        : { selection: { filter: all.filter }, count: all.count },
    [all, rows],
  );
  const allows = useCallback(
    // whether each of them takes the act is what the preview tells
    (act: Act) => {
      if (BULK_KINDS[act] !== undefined) return can('exception.work');
      return all === undefined ? single.allows(act) : act === 'send' && can('requeue.request');
    },
    [all, can, single],
  );
  const start = useCallback(
    (act: Act) => {
      if (!allows(act)) return;
      const isLarge = all !== undefined || rows.length > MOST_PLANNED_AT_ONCE;
      if (act === 'send' && isLarge) plan(target.selection);
      else if (BULK_KINDS[act] === undefined) single.start(act);
      else setOpen({ act, target });
    },
    [all, allows, plan, rows, single, target],
  );
  const bindings = useMemo<KeyBinding[]>(() => {
    const bind = (keys: string, label: string, act: Act) => ({
      keys,
      label,
      group: 'Selection',
      run: () => start(act),
    });
    return [
      ...(can('requeue.request') ? [bind(ACT_KEYS.send, 'Send them again', 'send')] : []),
      ...(can('exception.work') ? BULK_KEYS.map(({ keys, label, act }) => bind(keys, label, act)) : []),
    ];
  }, [can, start]);
  useKeys(bindings, hasKeys && isBulk);

  const kind = open && BULK_KINDS[open.act];
  const dialogs = open && kind && (
    <BulkDialog
      kind={kind}
      target={open.target}
      ownerId={open.act === 'mine' ? viewer.id : ''}
      onClose={() => setOpen(undefined)}
      onSubmitted={onDone}
    />
  );
  if (!isBulk && !open) return single;
  return {
    allows: isBulk ? allows : single.allows,
    start: isBulk ? start : single.start,
    dialogs: dialogs ?? single.dialogs,
  };
}
