import { Checkbox, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { fromLocalInput, toLocalInput } from '../../shared/format/local-input.js';
import { OWN_ZONE, zoneName } from '../../shared/format/time.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { SnoozeDocument } from './life-documents.js';
import { seen, type StateDialogProps } from './state-dialog.js';

const DAY_MS = 86_400_000;

/** Out of the inbox for a while; the clock runs on, and it comes back by itself. */
export function SnoozeDialog({ rows, subject, onClose, onDone }: StateDialogProps) {
  const act = useAct(SnoozeDocument);
  const [end, setEnd] = useState(() => toLocalInput(new Date(Date.now() + DAY_MS).toISOString()));
  const [isUntilAgain, setUntilAgain] = useState(true);
  const [reason, setReason] = useState('');
  const until = fromLocalInput(end);
  const canSubmit = reason.trim() !== '' && (isUntilAgain || until !== undefined);
  const submit = async () => {
    const done = await act.run({
      exceptions: seen(rows),
      reason: reason.trim(),
      until: until ?? null,
      untilNextOccurrence: isUntilAgain,
    });
    if (done) onDone(`${subject} snoozed`);
  };
  return (
    <FormDialog
      title={`${subject}: snooze`}
      submit="Snooze"
      onSubmit={() => void submit()}
      onClose={onClose}
      canSubmit={canSubmit}
      isRunning={act.isRunning}
      problem={act.problem}
    >
      <Textarea
        data-autofocus
        label="Reason"
        description="Stands beside it among the snoozed ones"
        rows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <TextInput
        type="datetime-local"
        label={`Until (${zoneName(new Date(), OWN_ZONE)})`}
        description="Empty: only until it fails again"
        value={end}
        onChange={(event) => setEnd(event.currentTarget.value)}
      />
      <Checkbox
        label="Bring it back when it fails again"
        checked={isUntilAgain}
        onChange={(event) => setUntilAgain(event.currentTarget.checked)}
      />
    </FormDialog>
  );
}
