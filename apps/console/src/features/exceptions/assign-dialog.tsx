import { Modal, TextInput } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { initials, joinRoles } from '../../shared/format/words.js';
import { Icon } from '../../shared/icons/icon.js';
import { useViewer } from '../../shared/viewer/viewer.js';
import styles from './dialogs.module.css';

type AssignDialogProps = { title: string; onClose: () => void; onAssign: (ownerId: string | null) => void };

/** People by name; Enter takes the first one found. */
export function AssignDialog({ title, onClose, onAssign }: AssignDialogProps) {
  const viewer = useViewer();
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const people = viewer.people
    .filter((person) => `${person.displayName} ${person.roles.join(' ')}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => Number(b.id === viewer.id) - Number(a.id === viewer.id));
  const key = (event: KeyboardEvent) => {
    const [first] = people;
    if (event.key === 'Enter' && first) onAssign(first.id);
  };
  return (
    <Modal opened onClose={onClose} title={title} size={420}>
      <div className={styles['stack']}>
        <TextInput
          data-autofocus
          aria-label="Find a person"
          placeholder="Name or role"
          value={text}
          leftSection={<Icon name="search" size={13} />}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={key}
        />
        <ul className={styles['people']}>
          {people.map((person) => (
            <li key={person.id}>
              <button type="button" className={styles['person']} onClick={() => onAssign(person.id)}>
                <span className={styles['initials']} aria-hidden="true">
                  {initials(person.displayName)}
                </span>
                <span>
                  {person.displayName}
                  {person.id === viewer.id && <span className="muted"> (you)</span>}
                </span>
                <span className={styles['role']}>{joinRoles(person.roles)}</span>
              </button>
            </li>
          ))}
          {wanted === '' && (
            <li>
              <button type="button" className={styles['person']} onClick={() => onAssign(null)}>
                <span className={styles['initials']} aria-hidden="true">
                  –
                </span>
                <span>Nobody: hand back to the queue</span>
              </button>
            </li>
          )}
        </ul>
        {people.length === 0 && <p className="muted">Nobody is called “{text}”.</p>}
      </div>
    </Modal>
  );
}
