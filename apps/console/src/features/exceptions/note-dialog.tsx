import { Button, Checkbox, Modal, Textarea } from '@mantine/core';
import { useRef, useState, type KeyboardEvent } from 'react';
import { countNumber } from '../../shared/format/words.js';
import { callBefore, peopleCalled, withCall } from '../../shared/notes/call-somebody.js';
import { useViewer } from '../../shared/viewer/viewer.js';
import styles from './dialogs.module.css';

/** What the server takes; what is longer is said while it is written. */
const LONGEST_NOTE = 10_000;

type NoteDialogProps = {
  title: string;
  isSaving: boolean;
  onClose: () => void;
  onSave: (text: string, isOnGroup: boolean) => void;
};

/** A note stays with the exception, also when it comes back; "@" and a name calls somebody. */
export function NoteDialog({ title, isSaving, onClose, onSave }: NoteDialogProps) {
  const { people, id: viewerId } = useViewer();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [caret, setCaret] = useState(0);
  const [isOnGroup, setOnGroup] = useState(false);
  const isTooLong = text.trim().length > LONGEST_NOTE;
  const canSave = text.trim() !== '' && !isTooLong;
  const begun = callBefore(text, caret);
  const others = people.filter(({ id }) => id !== viewerId);
  const called = begun === undefined ? [] : peopleCalled(others, begun);

  const save = () => {
    if (canSave) onSave(text.trim(), isOnGroup);
  };
  const call = (name: string) => {
    if (begun === undefined) return;
    const next = withCall(text, caret, begun, name);
    setText(next.text);
    setCaret(next.caret);
    field.current?.focus();
    // the caret is set when the new text is in the field
    requestAnimationFrame(() => field.current?.setSelectionRange(next.caret, next.caret));
  };
  const key = (event: KeyboardEvent) => {
    const [first] = called;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
    else if (event.key === 'Tab' && !event.shiftKey && first && begun !== '') {
      event.preventDefault();
      call(first.displayName);
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} size={520}>
      <div className={styles['stack']}>
        <Textarea
          ref={field}
          data-autofocus
          label="Note"
          description="Everybody who sees the exception can read it. Markdown; @name calls somebody"
          rows={5}
          value={text}
          error={
            isTooLong
              ? `${countNumber(text.trim().length)} characters; a note may have ${countNumber(LONGEST_NOTE)}`
              : undefined
          }
          onChange={(event) => {
            setText(event.currentTarget.value);
            setCaret(event.currentTarget.selectionStart);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={key}
        />
        {called.length > 0 && (
          <div role="group" aria-label="Call somebody" className={styles['called']}>
            {called.map(({ id, displayName }, index) => (
              <Button key={id} size="compact-xs" variant="default" onClick={() => call(displayName)}>
                {displayName}
                {index === 0 && begun !== '' && <span className="muted">&nbsp;Tab</span>}
              </Button>
            ))}
          </div>
        )}
        <Checkbox
          size="xs"
          label="Also on the group: all of its exceptions show it, and it outlives them"
          checked={isOnGroup}
          onChange={(event) => setOnGroup(event.currentTarget.checked)}
        />
        <div className={styles['buttons']}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={!canSave} loading={isSaving} onClick={save}>
            Add note
          </Button>
        </div>
      </div>
    </Modal>
  );
}
