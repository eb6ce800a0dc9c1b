import { Button } from '@mantine/core';
import { useState } from 'react';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { countNumber } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { mentionsOf, NoteText } from '../../shared/notes/note-text.js';
import { Panel } from '../../shared/page/panel.js';
import { Failed } from '../../shared/states/states.js';
import { StatusShape } from '../../shared/status/status.js';
import { EarlierEventsDocument, type ExceptionFull } from './exception-documents.js';
import { AppLink } from '../../shared/navigation.js';
import { bulkActsHref } from '../../shared/url-bulk.js';
import { groupStepEntry, type GroupStep } from './group-steps.js';
import { bulkActIdOf, happenedWords, timelineEntry } from './timeline-words.js';
import styles from './timeline.module.css';

/** As many as the API gives at once. */
const MOST_STEPS = 1_000;

type TimelineProps = {
  id: string;
  events: ExceptionFull['events'];
  /** steps that there are */
  total: number;
  /** what was decided of its group */
  ofGroup?: readonly GroupStep[];
};

/** What happened to the exception, newest first; of a very long timeline the latest, and more on request. */
export function Timeline({ id, events, total, ofGroup = [] }: TimelineProps) {
  const [isWhole, setWhole] = useState(false);
  const earlier = useLoad(EarlierEventsDocument, { id, last: MOST_STEPS }, { pause: !isWhole });
  const loaded = earlier.data?.exception?.events ?? [];
  const known = new Set(events.map((event) => event.id));
  const shown = [...loaded.filter((event) => !known.has(event.id)), ...events];
  const newestFirst = [
    ...shown.map((event) => ({ ...event, entry: timelineEntry(event.kind, event.details) })),
    ...ofGroup.flatMap((step) => {
      const entry = groupStepEntry(step);
      return entry ? [{ ...step, kind: step.action, entry }] : [];
    }),
  ].toSorted((a, b) => b.at.localeCompare(a.at));
  return (
    <Panel title="What happened">
      {shown.length < total && (
        <p className={styles['cut']}>
          The latest {countNumber(shown.length)} of {countNumber(total)} steps.{' '}
          {!isWhole && (
            <Button size="compact-xs" variant="default" onClick={() => setWhole(true)}>
              Show earlier ones
            </Button>
          )}
        </p>
      )}
      {earlier.error && <Failed what="earlier steps" error={earlier.error} onRetry={earlier.reload} />}
      <ol className={styles['timeline']}>
        {newestFirst.map((event) => {
          const { entry } = event;
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
