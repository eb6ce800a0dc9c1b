import { Button } from '@mantine/core';
import { useState } from 'react';
import { graphql } from '../../gql/index.js';
import { dateTime } from '../../shared/format/time.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { AppLink } from '../../shared/navigation.js';
import { NoteText } from '../../shared/notes/note-text.js';
import { Problem } from '../../shared/page/form-dialog.js';
import { Panel } from '../../shared/page/panel.js';
import { TicketDialog } from '../../shared/people/ticket-dialog.js';
import { TicketLink } from '../../shared/people/ticket-link.js';
import { Failed } from '../../shared/states/states.js';
import { activityHref } from '../../shared/url-people.js';
import { exceptionHref } from '../../shared/url.js';
import { useCan } from '../../shared/viewer/viewer.js';
import styles from './groups.module.css';

const GroupPeopleDocument = graphql(`
  query GroupPeople($id: ID!) {
    exceptionGroup(id: $id) {
      id
      ticket {
        ...TicketParts
      }
      notes {
        id
        text
        exceptionId
        writtenAt
        writtenByName
        mentions {
          personId
          name
          text
        }
      }
    }
  }
`);

const SetGroupTicketDocument = graphql(`
  mutation SetExceptionGroupTicket($id: ID!, $ticket: ExternalTicketInput) {
    setExceptionGroupTicket(id: $id, ticket: $ticket) {
      __typename
      ... on ExceptionGroupsChanged {
        moved
      }
      ... on ExceptionGroupFailure {
        code
        message
      }
    }
  }
`);

/** The ticket of a group, and what was written about all of it on one of its exceptions. */
export function GroupPeople({ id }: { id: string }) {
  const load = useLoad(GroupPeopleDocument, { id });
  const canWork = useCan()('exception.work');
  const set = useAct(SetGroupTicketDocument);
  const [isLinking, setLinking] = useState(false);
  const group = load.data?.exceptionGroup;
  if (load.error && !group) return <Failed what="notes of the group" error={load.error} onRetry={load.reload} />;
  if (!group) return null;
  const { ticket, notes } = group;
  const save = async (next: { system: string; number: string; url: string | null } | null) => {
    if (await set.run({ id, ticket: next })) {
      setLinking(false);
      load.reload();
    }
  };
  return (
    <>
      <Panel title="Ticket" aside={<AppLink href={activityHref({ group: id, since: 'all' })}>What happened</AppLink>}>
        <p>
          {ticket ? <TicketLink ticket={ticket} /> : <span className="muted">None in another system.</span>}{' '}
          {canWork && (
            <Button size="compact-xs" variant="default" onClick={() => setLinking(true)}>
              {ticket ? 'Change' : 'Link'}
            </Button>
          )}
          {canWork && ticket && (
            <Button size="compact-xs" variant="subtle" color="gray" onClick={() => void save(null)}>
              Remove
            </Button>
          )}
        </p>
        {set.problem && !isLinking && <Problem problem={set.problem} />}
      </Panel>
      {notes.length > 0 && (
        <Panel title="Notes from its exceptions">
          <ul className={styles['choices']}>
            {notes.map((note) => (
              <li key={note.id}>
                <NoteText text={note.text} mentions={note.mentions} />
                <p className="muted">
                  {note.writtenByName}, {dateTime(note.writtenAt)}
                  {note.exceptionId !== null && (
                    <>
                      {' '}
                      on <AppLink href={exceptionHref(note.exceptionId)}>this exception</AppLink>
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
          title="Ticket of the group in another system"
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
