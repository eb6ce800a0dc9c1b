import { useState } from 'react';
import { plainWords } from '../../shared/format/words.js';
import { useKeys } from '../../shared/keyboard/keyboard.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { SettleDialog } from '../../shared/sending/settle-dialog.js';
import { useCan } from '../../shared/viewer/viewer.js';
import type { UnknownRow } from './unknown-documents.js';

/** Lets a second person say what became of the send that the list stands on. */
export function SettleNow({ row, onSettled }: { row: UnknownRow | undefined; onSettled: () => void }) {
  const can = useCan();
  const [settling, setSettling] = useState<UnknownRow>();
  const keys = [{ keys: 's', label: 'Settle by hand', group: 'Send', run: () => setSettling(row) }];
  useKeys(keys, row !== undefined && can('requeue.approve'));
  return (
    <>
      <PermittedButton
        needs="requeue.approve"
        what="Settling an outcome"
        keys="s"
        size="compact-sm"
        variant="default"
        whyNot={row === undefined ? 'Pick a send first.' : undefined}
        onClick={() => setSettling(row)}
      >
        Settle by hand
      </PermittedButton>
      {settling && (
        <SettleDialog
          attemptId={settling.attempt.id}
          what={nameOf(settling)}
          onClose={() => setSettling(undefined)}
          onSettled={() => {
            setSettling(undefined);
            onSettled();
          }}
        />
      )}
    </>
  );
}

function nameOf({ exception, exceptionId }: UnknownRow): string {
  if (!exception) return exceptionId;
  return `${plainWords(exception.businessObject.type)} ${exception.businessObject.key}`;
}
