import { actionNoun } from '../../shared/status/action-words.js';
import { attemptState } from '../../shared/status/state-words.js';
import { clockTime, dateTime, exactInstant } from '../../shared/format/time.js';
import { AppLink } from '../../shared/navigation.js';
import { Panel } from '../../shared/page/panel.js';
import { Status, StatusShape } from '../../shared/status/status.js';
import { traceHref } from '../../shared/url.js';
import { certificateHref, runsHref } from '../../shared/url-requeue.js';
import type { Attempt } from './exception-documents.js';
import { sentWords } from './send-modes.js';
import { prepareClocks } from './prepare-clocks.js';
import { SettleAttempt } from './settle-attempt.js';
import styles from './attempt-panel.module.css';

type AttemptPanelProps = {
  attempts: readonly Attempt[];
  /** "sales order O-100" */
  what: string;
  onChanged: () => void;
};

/** The latest attempt with its three clocks, earlier ones below it. */
export function AttemptPanel({ attempts, what, onChanged }: AttemptPanelProps) {
  const [latest, ...earlier] = attempts.toSorted((a, b) => b.attempt - a.attempt);
  if (!latest) return null;
  return (
    <Panel
      title={`${latest.action === 'REQUEUE' ? 'Sent again' : actionNoun(latest.action)}: attempt ${latest.attempt}`}
      aside={<Maker attempt={latest} />}
    >
      <ol className={styles['clocks']} aria-live="polite">
        {prepareClocks(latest).map((clock) => (
          <li key={clock.name} className={styles['clock']} data-phase={clock.phase}>
            <span className={styles['name']}>{clock.name}</span>
            <span className={styles['word']} data-tone={clock.tone}>
              <StatusShape tone={clock.tone} size={12} />
              <b>{clock.word}</b>
              {clock.at && <time title={exactInstant(clock.at)}>{clockTime(clock.at, undefined, true)}</time>}
            </span>
            <span className={styles['explanation']}>{clock.explanation}</span>
          </li>
        ))}
      </ol>
      <p className={styles['why']}>
        <span className="muted">Reason:</span> {latest.reason}
        <span className="muted">{sentWords(latest)}</span>
      </p>
      <SettleAttempt key={latest.id} attempt={latest} what={what} onSettled={onChanged} />
      {earlier.length > 0 && (
        <ul className={styles['earlier']} aria-label="Earlier attempts">
          {earlier.map((attempt) => {
            const { tone, word } = attemptState(attempt.state);
            return (
              <li key={attempt.id}>
                <span className={styles['number']}>Attempt {attempt.attempt}</span>
                <Status tone={tone}>{word}</Status>
                <span className={styles['reason']} title={attempt.reason}>
                  {attempt.reason}
                </span>
                <Maker attempt={attempt} />
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}

function Maker({ attempt }: { attempt: Attempt }) {
  return (
    <span className="muted">
      {attempt.makerName}, {dateTime(attempt.createdAt)}
      {attempt.traceId && (
        <>
          {' · '}
          <AppLink href={traceHref(attempt.traceId)}>run</AppLink>
        </>
      )}
      {' · '}
      <AppLink href={runsHref({ open: attempt.requestId })}>sent with</AppLink>
      {' · '}
      <AppLink href={certificateHref(attempt.id)}>certificate</AppLink>
    </span>
  );
}
