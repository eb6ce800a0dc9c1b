import { Button, Modal, TextInput } from '@mantine/core';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { initials, joinRoles } from '../../shared/format/words.js';
import { Icon } from '../../shared/icons/icon.js';
import { awayWords } from '../../shared/people/absence-words.js';
import { useAwayNow } from '../../shared/people/use-absences.js';
import { Status } from '../../shared/status/status.js';
import { useViewer } from '../../shared/viewer/viewer.js';
import type { ExceptionRow } from './exception-documents.js';
import { useAssignPreview, type AssignPreview } from './use-assign-preview.js';
import styles from './dialogs.module.css';

type AssignDialogProps = {
  title: string;
  rows: readonly ExceptionRow[];
  onClose: () => void;
  /** `isForwarded`: for who is away the deputy gets it */
  onAssign: (ownerId: string | null, isForwarded: boolean) => void;
};

type Person = { id: string; displayName: string };

/** People by name; Enter takes the first one found. What speaks against somebody is said before it is done. */
export function AssignDialog({ title, rows, onClose, onAssign }: AssignDialogProps) {
  const [warned, setWarned] = useState<AssignPreview & { person: Person }>();
  const [isLooking, setLooking] = useState(false);
  const look = useAssignPreview(rows);
  const choose = async (person: Person) => {
    if (isLooking) return;
    setLooking(true);
    const preview = await look(person.id);
    setLooking(false);
    if (preview.warnings.length === 0) onAssign(person.id, false);
    else setWarned({ ...preview, person });
  };
  return (
    <Modal opened onClose={onClose} title={title} size={420}>
      {warned ? (
        <Warned
          {...warned}
          onBack={() => setWarned(undefined)}
          onAssign={(isForwarded) => onAssign(warned.person.id, isForwarded)}
        />
      ) : (
        <People onChoose={(person) => void (person === null ? onAssign(null, false) : choose(person))} />
      )}
    </Modal>
  );
}

type WarnedProps = AssignPreview & {
  person: Person;
  onBack: () => void;
  onAssign: (isForwarded: boolean) => void;
};

function Warned({ person, warnings, deputyName, onBack, onAssign }: WarnedProps) {
  const id = useId();
  const first = useFocused<HTMLButtonElement>();
  return (
    <div className={styles['stack']} role="group" aria-label={`Before ${person.displayName} gets it`}>
      <div id={id} className={styles['stack']}>
        {warnings.map((words) => (
          <Status key={words} tone="warning" isSentence>
            {words}
          </Status>
        ))}
      </div>
      <div className={styles['choices']}>
        {deputyName !== null && (
          <Button ref={first} aria-describedby={id} onClick={() => onAssign(true)}>
            Give it to {deputyName}
          </Button>
        )}
        <Button
          ref={deputyName === null ? first : undefined}
          aria-describedby={id}
          variant="default"
          onClick={() => onAssign(false)}
        >
          Assign to {person.displayName} all the same
        </Button>
        <Button variant="default" onClick={onBack}>
          Choose somebody else
        </Button>
      </div>
    </div>
  );
}

/** Has the focus once it is there: the dialog itself gives it only where it opens, not where it goes on. */
function useFocused<E extends HTMLElement>() {
  const element = useRef<E>(null);
  useEffect(() => element.current?.focus(), []);
  return element;
}

function People({ onChoose }: { onChoose: (person: Person | null) => void }) {
  const field = useFocused<HTMLInputElement>();
  const viewer = useViewer();
  const away = useAwayNow();
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const people = viewer.people
    .filter((person) => `${person.displayName} ${person.roles.join(' ')}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => Number(b.id === viewer.id) - Number(a.id === viewer.id));
  const key = (event: KeyboardEvent) => {
    const [first] = people;
    if (event.key === 'Enter' && first) onChoose(first);
  };
  return (
    <div className={styles['stack']}>
      <TextInput
        ref={field}
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
            <button type="button" className={styles['person']} onClick={() => onChoose(person)}>
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
            <button type="button" className={styles['person']} onClick={() => onChoose(null)}>
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
  );
}

/** Of who is away that is what must be known; else the role. */
function absenceOr(absence: Parameters<typeof awayWords>[0] | undefined, role: string): string {
  return absence === undefined ? role : awayWords(absence);
}
