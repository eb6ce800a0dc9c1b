import { useState } from 'react';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { SettleDialog } from '../../shared/sending/settle-dialog.js';
import { canBeSettled, settledSentence } from '../../shared/sending/settle-words.js';
import { useNow } from '../../shared/use-now.js';
import type { Attempt } from './exception-documents.js';
import styles from './attempt-panel.module.css';

/** What a person said became of an attempt, or the way to say it. */
export function SettleAttempt({ attempt, what, onSettled }: { attempt: Attempt; what: string; onSettled: () => void }) {
  const now = useNow();
  const [isOpen, setOpen] = useState(false);
  if (attempt.settlement) return <p className={styles['why']}>{settledSentence(attempt.settlement)}</p>;
  if (!canBeSettled(attempt, now)) return null;
  return (
    <p className={styles['why']}>
      <PermittedButton
        needs="requeue.approve"
        what="Settling an outcome"
        size="compact-sm"
        variant="default"
        onClick={() => setOpen(true)}
      >
        Settle by hand
      </PermittedButton>{' '}
      <span className="muted">A second person who looked at the target says what became of it.</span>
      {isOpen && (
        <SettleDialog
          attemptId={attempt.id}
          what={what}
          onClose={() => setOpen(false)}
          onSettled={() => {
            setOpen(false);
            onSettled();
          }}
        />
      )}
    </p>
  );
}
