import { Checkbox, Modal, TextInput } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { initials, joinRoles } from '../../shared/format/words.js';
import { Icon } from '../../shared/icons/icon.js';
import { awayWords } from '../../shared/people/absence-words.js';
import { useAwayNow } from '../../shared/people/use-absences.js';
import { useViewer } from '../../shared/viewer/viewer.js';
import styles from './dialogs.module.css';

type AssignDialogProps = {
  title: string;
  onClose: () => void;
  /** `isForwarded`: for who is away the deputy gets it */
  onAssign: (ownerId: string | null, isForwarded: boolean) => void;
};

/** People by name; Enter takes the first one found. */
export function AssignDialog({ title, onClose, onAssign }: AssignDialogProps) {
  const viewer = useViewer();
  const away = useAwayNow();
  const [text, setText] = useState('');
  const [isForwarded, setForwarded] = useState(false);
  const wanted = text.trim().toLowerCase();
  const people = viewer.people
    .filter((person) => `${person.displayName} ${person.roles.join(' ')}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => Number(b.id === viewer.id) - Number(a.id === viewer.id));
  const key = (event: KeyboardEvent) => {
    const [first] = people;
    if (event.key === 'Enter' && first) onAssign(first.id, isForwarded);
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
              <button type="button" className={styles['person']} onClick={() => onAssign(person.id, isForwarded)}>
                <span className={styles['initials']} aria-hidden="true">
                  {initials(person.displayName)}
                </span>
                <span>
                  {person.displayName}
                  {person.id === viewer.id && <span className="muted"> (you)</span>}
                </span>
                <span className={styles['role']}>{absenceOr(away.get(person.id), joinRoles(person.roles))}</span>
              </button>
            </li>
          ))}
          {wanted === '' && (
            <li>
              <button type="button" className={styles['person']} onClick={() => onAssign(null, false)}>
                <span className={styles['initials']} aria-hidden="true">
                  –
                </span>
                <span>Nobody: hand back to the queue</span>
              </button>
            </li>
          )}
        </ul>
        {people.some(({ id }) => away.has(id)) && (
          <Checkbox
            size="xs"
            label="Give it to the deputy of who is away"
            checked={isForwarded}
            onChange={(event) => setForwarded(event.currentTarget.checked)}
          />
        )}
        {people.length === 0 && <p className="muted">Nobody is called “{text}”.</p>}
      </div>
    </Modal>
  );
}

/** Of who is away that is what must be known; else the role. */
function absenceOr(absence: Parameters<typeof awayWords>[0] | undefined, role: string): string {
  return absence === undefined ? role : awayWords(absence);
}
