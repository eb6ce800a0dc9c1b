import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../../shared/graphql/use-act.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { daysAway } from '../../shared/people/absence-words.js';
import { useViewer } from '../../shared/viewer/viewer.js';
import { StateAbsenceDocument } from './absence-acts.js';

type AbsenceDialogProps = { today: string; onClose: () => void; onDone: (said: readonly string[]) => void };

/** One's own absence: whole days, and who stands in. */
export function AbsenceDialog({ today, onClose, onDone }: AbsenceDialogProps) {
  const viewer = useViewer();
  const act = useAct(StateAbsenceDocument);
  const [first, setFirst] = useState(today);
  const [last, setLast] = useState(today);
  const [deputyId, setDeputy] = useState('');
  const [note, setNote] = useState('');
  const days = daysAway(first, last);
  const submit = async () => {
    if (days === undefined) return;
    const input = { ...days, deputyId: deputyId === '' ? null : deputyId, note: note.trim() };
    const done = await act.run({ input });
    if (done) onDone(['Absence stated', ...done.warnings]);
  };
  return (
    <FormDialog
      title="I will be away"
      submit="State it"
      onSubmit={() => void submit()}
      onClose={onClose}
      canSubmit={days !== undefined}
      isRunning={act.isRunning}
      problem={act.problem}
    >
      <TextInput
        data-autofocus
        type="date"
        label="First day away"
        value={first}
        onChange={(event) => setFirst(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label="Last day away"
        value={last}
        error={days === undefined && first !== '' && last !== '' ? 'It is before the first day' : undefined}
        onChange={(event) => setLast(event.currentTarget.value)}
      />
      <NativeSelect
        label="Deputy"
        description="Hears what you would hear. Rights are not lent: only who may approve anyway is asked to, and never of what they asked for"
        value={deputyId}
        onChange={(event) => setDeputy(event.currentTarget.value)}
        data={[
          { value: '', label: 'Nobody' },
          ...viewer.people
            .filter(({ id }) => id !== viewer.id)
            .map(({ id, displayName }) => ({ value: id, label: displayName })),
        ]}
      />
      <TextInput
        label="Note"
        description="Everybody sees it"
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
