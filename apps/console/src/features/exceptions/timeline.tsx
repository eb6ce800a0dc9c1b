import { dateTime, exactInstant } from '../../shared/format/time.js';
import { mentionsOf, NoteText } from '../../shared/notes/note-text.js';
import { Panel } from '../../shared/page/panel.js';
import { StatusShape } from '../../shared/status/status.js';
import type { ExceptionFull } from './exception-documents.js';
import { AppLink } from '../../shared/navigation.js';
import { bulkActsHref } from '../../shared/url-bulk.js';
import { bulkActIdOf, happenedWords, timelineEntry } from './timeline-words.js';
import styles from './timeline.module.css';

/** Everything that happened to the exception, newest first. */
export function Timeline({ events }: { events: ExceptionFull['events'] }) {
  const newestFirst = events.toSorted((a, b) => b.at.localeCompare(a.at));
  return (
    <Panel title="What happened">
      <ol className={styles['timeline']}>
        {newestFirst.map((event) => {
          const entry = timelineEntry(event.kind, event.details);
          const bulkActId = bulkActIdOf(event.details);
          const happened = happenedWords(event.at, event.details);
          return (
            <li key={event.id} className={styles['entry']}>
              <span className={styles['dot']}>
                <StatusShape tone={entry.tone} />
              </span>
              <div className={styles['body']}>
                <p>{entry.words}</p>
                {entry.text &&
                  (event.kind === 'commented' ? (
                    <div className={styles['text']}>
                      <NoteText text={entry.text} mentions={mentionsOf(event.details)} />
                    </div>
                  ) : (
                    <p className={styles['text']}>{entry.text}</p>
                  ))}
                <p className={styles['when']}>
                  <time dateTime={event.at} title={exactInstant(event.at)}>
                    {dateTime(event.at, undefined, true)}
                  </time>
                  , {event.actorName}
                  {happened && `, ${happened}`}
                  {bulkActId && (
                    <>
                      , in a <AppLink href={bulkActsHref({ open: bulkActId })}>bulk act</AppLink>
                    </>
                  )}
                </p>
              </div>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
