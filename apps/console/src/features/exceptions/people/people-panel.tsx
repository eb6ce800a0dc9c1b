import { Button } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { dateTime } from '../../../shared/format/time.js';
import { useAct } from '../../../shared/graphql/use-act.js';
import { useLoad } from '../../../shared/graphql/use-load.js';
import { useKeys } from '../../../shared/keyboard/keyboard.js';
import { AppLink } from '../../../shared/navigation.js';
import { NoteText } from '../../../shared/notes/note-text.js';
import { Problem } from '../../../shared/page/form-dialog.js';
import { Panel } from '../../../shared/page/panel.js';
import { TicketDialog } from '../../../shared/people/ticket-dialog.js';
import { TicketLink } from '../../../shared/people/ticket-link.js';
import { Failed } from '../../../shared/states/states.js';
import { exceptionHref } from '../../../shared/url.js';
import { useCan, useViewer } from '../../../shared/viewer/viewer.js';
import { ExceptionPeopleDocument, SetTicketDocument, WatchDocument, type ExceptionPeople } from './people-documents.js';
import styles from './people.module.css';

/** Keys of what people do beside working on it; the keys of acts are in act-keys.ts. */
const KEYS = { watch: 'y', ticket: 'l' } as const;

/** `stamp` changes when something happened to the exception. */
type PeoplePanelProps = { id: string; stamp: string; hasKeys: boolean; onChanged: () => void };

/** Who watches, which tickets are about it, and what is known of all of its group. */
export function PeoplePanel({ id, stamp, hasKeys, onChanged }: PeoplePanelProps) {
  const load = useLoad(ExceptionPeopleDocument, { id });
  const { reload } = load;
  const seen = useRef(stamp);
  useEffect(() => {
    if (seen.current === stamp) return;
    seen.current = stamp;
    reload();
  }, [reload, stamp]);
  const people = load.data?.exception;
  if (load.error && !people) return <Failed what="people around it" error={load.error} onRetry={reload} />;
  if (!people) return null;
  const changed = () => {
    reload();
    onChanged();
  };
  return <Loaded people={people} hasKeys={hasKeys} onChanged={changed} />;
}

type LoadedProps = { people: ExceptionPeople; hasKeys: boolean; onChanged: () => void };

function Loaded({ people, hasKeys, onChanged }: LoadedProps) {
  const canWork = useCan()('exception.work');
  const watch = useAct(WatchDocument);
  const set = useAct(SetTicketDocument);
  const [isLinking, setLinking] = useState(false);
  const { id, version, isWatched, ticket, group, groupNotes } = people;
  const { run } = watch;
  const toggle = useMemo(
    () => async () => {
      if (await run({ ids: [id], isWatching: !isWatched })) onChanged();
    },
    [id, isWatched, onChanged, run],
  );
  const keys = useMemo(
    () => [
      { keys: KEYS.watch, label: 'Watch, or watch no more', group: 'Exception', run: () => void toggle() },
      ...(canWork
        ? [{ keys: KEYS.ticket, label: 'Link a ticket', group: 'Exception', run: () => setLinking(true) }]
        : []),
    ],
    [canWork, toggle],
  );
  useKeys(keys, hasKeys && !isLinking);
  const save = async (next: { system: string; number: string; url: string | null } | null) => {
    if (await set.run({ exceptions: [{ id, version }], ticket: next })) {
      setLinking(false);
      onChanged();
    }
  };
  return (
    <>
      <Panel title="People and tickets">
        <dl className={styles['rows']}>
          <dt>Watching</dt>
          <dd>
            <Watchers people={people} />{' '}
            <Button
              size="compact-xs"
              variant="default"
              title={KEYS.watch}
              loading={watch.isRunning}
              onClick={() => void toggle()}
            >
              {isWatched ? 'Watch no more' : 'Watch'}
            </Button>
          </dd>
          <dt>Ticket</dt>
          <dd>
            {ticket ? <TicketLink ticket={ticket} /> : <span className="muted">none</span>}{' '}
            {canWork && (
              <Button size="compact-xs" variant="default" title={KEYS.ticket} onClick={() => setLinking(true)}>
                {ticket ? 'Change' : 'Link'}
              </Button>
            )}
            {canWork && ticket && (
              <Button size="compact-xs" variant="subtle" color="gray" onClick={() => void save(null)}>
                Remove
              </Button>
            )}
          </dd>
          {group.ticket && (
            <>
              <dt>Of the group</dt>
              <dd>
                <TicketLink ticket={group.ticket} />
              </dd>
            </>
          )}
        </dl>
        {watch.problem && <Problem problem={watch.problem} />}
        {set.problem && !isLinking && <Problem problem={set.problem} />}
      </Panel>
      {groupNotes.length > 0 && (
        <Panel title="Notes on the group" aside="also on its other exceptions">
          <ul className={styles['notes']}>
            {groupNotes.map((note) => (
              <li key={note.id}>
                <NoteText text={note.text} mentions={note.mentions} />
                <p className="muted">
                  {note.writtenByName}, {dateTime(note.writtenAt)}
                  {note.exceptionId !== null && note.exceptionId !== id && (
                    <>
                      {' '}
                      on <AppLink href={exceptionHref(note.exceptionId)}>another exception</AppLink>
                    </>
                  )}
                </p>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {isLinking && (
        <TicketDialog
          title="Ticket in another system"
          ticket={ticket}
          isRunning={set.isRunning}
          problem={set.problem}
          onClose={() => setLinking(false)}
          onSave={(next) => void save(next)}
        />
      )}
    </>
  );
}

function Watchers({ people: { watchers } }: { people: ExceptionPeople }) {
  const viewer = useViewer();
  if (watchers.length === 0) return <span className="muted">nobody</span>;
  return <>{watchers.map(({ id, displayName }) => (id === viewer.id ? 'you' : displayName)).join(', ')}</>;
}
