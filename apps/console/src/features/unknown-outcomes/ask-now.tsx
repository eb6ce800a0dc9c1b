import type { ReactNode } from 'react';
import { useAct } from '../../shared/graphql/use-act.js';
import { plainWords } from '../../shared/format/words.js';
import { useKeys } from '../../shared/keyboard/keyboard.js';
import { Problem } from '../../shared/page/form-dialog.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { useCan } from '../../shared/viewer/viewer.js';
import { AskOutcomeDocument, type UnknownRow } from './unknown-documents.js';
import styles from '../../shared/bulk/bulk.module.css';

type AskNowProps = {
  row: UnknownRow | undefined;
  onAsked: () => void;
  /** what else can be done about it */
  children?: ReactNode;
};

/** Has the target asked at once about the send that the list stands on. */
export function AskNow({ row, onAsked, children }: AskNowProps) {
  const can = useCan();
  const ask = useAct(AskOutcomeDocument);
  const canAsk = Boolean(row?.probe) && row?.attempt.state === 'UNKNOWN';
  const run = async () => {
    if (row !== undefined && (await ask.run({ attemptId: row.attempt.id }))) onAsked();
  };
  const keys = [{ keys: 'a', label: 'Ask the target now', group: 'Send', run: () => void run() }];
  useKeys(keys, canAsk && can('requeue.request'));
  return (
    <div className={styles['acts']}>
      <PermittedButton
        needs="requeue.request"
        what="Asking a target"
        keys="a"
        size="compact-sm"
        variant="default"
        loading={ask.isRunning}
        whyNot={whyNot(row)}
        onClick={() => void run()}
      >
        Ask now
      </PermittedButton>
      {children}
      {row?.exception && canAsk && (
        <span>
          Asks the target of {plainWords(row.exception.businessObject.type)} {row.exception.businessObject.key}.
        </span>
      )}
      {ask.problem && <Problem problem={ask.problem} />}
    </div>
  );
}

function whyNot(row: UnknownRow | undefined): string | undefined {
  if (row === undefined) return 'Pick a send first.';
  if (row.attempt.state === 'ACKNOWLEDGED') return 'Its target answered that it took it.';
  return row.probe ? undefined : 'The target of this send has no status address.';
}
