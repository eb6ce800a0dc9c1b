import { Radio, Textarea } from '@mantine/core';
import { useState } from 'react';
import { count } from '../../shared/format/words.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { useQueueNames } from '../../shared/viewer/queues.js';
import type { ExceptionRow } from './exception-documents.js';
import { MoveToQueueDocument } from './standing-documents.js';
import { seen } from './state-dialog.js';
import styles from './dialogs.module.css';

type MoveDialogProps = {
  rows: readonly ExceptionRow[];
  title: string;
  onClose: () => void;
  onMoved: (done: string) => void;
};

/** Which queue, and why; whoever had it gives it up. */
export function MoveDialog({ rows, title, onClose, onMoved }: MoveDialogProps) {
  const queues = useQueueNames();
  const [queue, setQueue] = useState<string>();
  const [reason, setReason] = useState('');
  const move = useAct(MoveToQueueDocument);
  const here = new Set(rows.map((row) => row.queue?.name));
  const chosen = queues.find(({ name }) => name === queue);
  const submit = async () => {
    if (chosen === undefined) return;
    if (!(await move.run({ exceptions: seen(rows), queue: chosen.name, reason: reason.trim() }))) return;
    onMoved(`${rows.length === 1 ? 'Moved' : `${count(rows.length, 'exception')} moved`} to ${chosen.title}`);
  };
  return (
    <FormDialog
      title={title}
      submit={chosen ? `Move to ${chosen.title}` : 'Move'}
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={chosen !== undefined && reason.trim() !== ''}
      isRunning={move.isRunning}
      problem={move.problem}
    >
      <Radio.Group label="Queue" value={queue ?? ''} onChange={setQueue}>
        <div className={styles['choices']}>
          {queues.map(({ name, title: word, purpose }) => (
            <Radio
              key={name}
              value={name}
              label={word}
              description={purpose}
              disabled={here.size === 1 && here.has(name)}
            />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        label="Reason"
        description="Nobody has it there until somebody takes it, and rules do not move it again"
        rows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
