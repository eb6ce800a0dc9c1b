import { NativeSelect, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../../shared/graphql/use-act.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { ChangeStateDocument } from './life-documents.js';
import { CORRECTING_TYPES } from './object-choices.js';
import { seen, type StateDialogProps } from './state-dialog.js';

type How = 'SOURCE_FIXED' | 'POSTED_BY_HAND';

/** Resolved by a person: at its source, or by a document posted by hand, which stays unverified until it is seen. */
export function ResolveDialog({ rows, subject, onClose, onDone }: StateDialogProps) {
  const act = useAct(ChangeStateDocument);
  const [how, setHow] = useState<How>('SOURCE_FIXED');
  const [documentType, setDocumentType] = useState('journal-entry');
  const [documentKey, setDocumentKey] = useState('');
  const [note, setNote] = useState('');
  const isWhole = how === 'SOURCE_FIXED' || documentKey.trim() !== '';
  const submit = async () => {
    const resolve =
      how === 'SOURCE_FIXED' ? { resolution: how } : { resolution: how, documentType, documentKey: documentKey.trim() };
    const done = await act.run({ input: { exceptions: seen(rows), act: 'RESOLVE', comment: note.trim(), resolve } });
    if (done) onDone(`${subject} resolved`);
  };
  return (
    <FormDialog
      title={`${subject}: resolve`}
      submit="Resolve"
      onSubmit={() => void submit()}
      onClose={onClose}
      canSubmit={isWhole}
      isRunning={act.isRunning}
      problem={act.problem}
    >
      <Radio.Group label="How" value={how} onChange={(value) => setHow(value as How)}>
        <Stack gap={6} mt={6}>
          <Radio value="SOURCE_FIXED" data-autofocus label="Corrected at its source" />
          <Radio value="POSTED_BY_HAND" label="Posted by hand" />
        </Stack>
      </Radio.Group>
      {how === 'POSTED_BY_HAND' && (
        <>
          <NativeSelect
            label="Document"
            data={CORRECTING_TYPES}
            value={documentType}
            onChange={(event) => setDocumentType(event.currentTarget.value)}
          />
          <TextInput
            label="Document number"
            description="Unverified until a system reports this document"
            value={documentKey}
            onChange={(event) => setDocumentKey(event.currentTarget.value)}
          />
        </>
      )}
      <Textarea label="Note" rows={2} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
    </FormDialog>
  );
}
