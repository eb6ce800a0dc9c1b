import { dateTime } from '../../shared/format/time.js';
import { Panel } from '../../shared/page/panel.js';
import { Status } from '../../shared/status/status.js';
import { clockSentence, minutesInWords, targetWords, type Clock } from './clock-words.js';
import styles from './clock-panel.module.css';

/** Response and resolution against their targets, and with whom the time went. */
export function ClockPanel({ clock, zone }: { clock: Clock; zone: string }) {
  const targets = [
    { name: 'In hand', target: clock.response },
    { name: 'Over', target: clock.resolution },
  ];
  return (
    <Panel title="Clock" aside={`${clock.band}, open hours of ${clock.calendar}`}>
      <p>{clockSentence(clock)}</p>
      <dl className={styles['rows']}>
        {targets.map(({ name, target }) => {
          const { tone, words } = targetWords(target, zone);
          return (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <Status tone={tone}>{words}</Status>
              </dd>
            </div>
          );
        })}
        {clock.holders.map(({ holder, countedMinutes, pausedMinutes }) => (
          <div key={holder ?? ''}>
            <dt>{holder ?? 'Nobody'}</dt>
            <dd>
              {minutesInWords(countedMinutes)}
              {pausedMinutes > 0 && <span className="muted"> and {minutesInWords(pausedMinutes)} stopped</span>}
            </dd>
          </div>
        ))}
        {clock.pauses.map(({ reason, byName, from, to }) => (
          <div key={from}>
            <dt>Stopped</dt>
            <dd className="muted">
              {reason}, by {byName}: {dateTime(from, zone)} {to === null ? 'until now' : `to ${dateTime(to, zone)}`}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
