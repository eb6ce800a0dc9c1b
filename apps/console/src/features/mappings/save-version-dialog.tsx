import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../../shared/graphql/use-act.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { SaveMappingDocument } from './mapping-documents.js';

type SaveVersionDialogProps = { name: string; definition: string; onClose: () => void; onSaved: () => void };

/** Saves a draft; another person brings it into force. */
export function SaveVersionDialog({ name, definition, onClose, onSaved }: SaveVersionDialogProps) {
  const [note, setNote] = useState('');
  const save = useAct(SaveMappingDocument);
  const submit = async () => {
    if (await save.run({ name, definition, note: note.trim() })) onSaved();
  };
  return (
    <FormDialog
      title="Save as new version"
      submit="Save"
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={note.trim() !== ''}
      isRunning={save.isRunning}
      problem={save.problem}
    >
      <p>It is not in force until another person has approved it.</p>
      <Textarea
        label="Note"
        description="What changed and why; the approver reads it"
        data-autofocus
        rows={3}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
