import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import styles from './dialogs.module.css';

type NoteDialogProps = { title: string; isSaving: boolean; onClose: () => void; onSave: (text: string) => void };

/** A note stays with the exception, also when it comes back. */
export function NoteDialog({ title, isSaving, onClose, onSave }: NoteDialogProps) {
  const [text, setText] = useState('');
  const save = () => {
    if (text.trim() !== '') onSave(text.trim());
  };
  return (
    <Modal opened onClose={onClose} title={title} size={520}>
      <div className={styles['stack']}>
        <Textarea
          data-autofocus
          label="Note"
          description="Everybody who sees the exception can read it"
          rows={4}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && save()}
        />
        <div className={styles['buttons']}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={text.trim() === ''} loading={isSaving} onClick={save}>
            Add note
          </Button>
        </div>
      </div>
    </Modal>
  );
}
