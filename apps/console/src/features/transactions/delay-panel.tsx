import { ChartFrame } from '../../shared/charts/chart-frame.js';
import { dateTime, duration, exactInstant } from '../../shared/format/time.js';
import { count } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { Panel } from '../../shared/page/panel.js';
import { Failed, Loading } from '../../shared/states/states.js';
import { TransactionDelaysDocument, type CriticalPath } from './delay-documents.js';
import {
  delayAnswer,
  delaySummary,
  longestStretches,
  prepareDelays,
  prepareWay,
  wayAnswer,
  type DelayPart,
  type WayRow,
} from './prepare-delays.js';
import styles from './delay-panel.module.css';

/** Stretches that are drawn; the table has them all. */
const MOST_STRETCHES = 10;

/** Where the time of a transaction went: by system and reason, and along its way. */
export function DelayPanel({ id, zone }: { id: string; zone: string }) {
  const { data, error, isLoading, reload } = useLoad(TransactionDelaysDocument, { id });
  const path = data?.transaction?.criticalPath;
  return (
    <Panel title="Where the time went" aside={path && spans(path)}>
      {isLoading && <Loading label="where the time went" rows={3} />}
      {error && !path && <Failed what="the time" error={error} onRetry={reload} />}
      {path && (
        <div className={styles['both']}>
          <DelayBar path={path} />
          <Way path={path} zone={zone} />
        </div>
      )}
    </Panel>
  );
}

function spans({ durationMs, businessMs, calendar }: CriticalPath): string {
  return `${duration(durationMs)} by the clock, ${duration(businessMs)} of business time (${calendar})`;
}

function DelayBar({ path }: { path: CriticalPath }) {
  const parts = prepareDelays(path);
  return (
    <ChartFrame
      title={delayAnswer(path)}
      summary={delaySummary(path)}
      chart={
        <>
          <div className={styles['bar']}>
            {parts.map((part) => (
              <span
                key={part.key}
                className={styles['part']}
                data-work={part.isWork || undefined}
                style={{ flexGrow: Math.max(part.share, 0.002), color: seriesOf(part) }}
                title={`${labelOf(part)}: ${duration(part.durationMs)}`}
              />
            ))}
          </div>
          <ul className={styles['legend']}>
            {parts.map((part) => (
              <li key={part.key}>
                <span
                  className={styles['swatch']}
                  data-work={part.isWork || undefined}
                  style={{ color: seriesOf(part) }}
                />
                <span className={styles['label']} title={labelOf(part)}>
                  {labelOf(part)}
                </span>
                <span className={styles['time']}>{duration(part.durationMs)}</span>
                <span className={styles['share']}>{percentOf(part.share)}</span>
              </li>
            ))}
          </ul>
        </>
      }
      table={
        <table>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">System</th>
              <th scope="col">By the clock</th>
              <th scope="col">Business time</th>
              <th scope="col">Share</th>
            </tr>
          </thead>
          <tbody>
            {parts.map((part) => (
              <tr key={part.key}>
                <td>{part.name}</td>
                <td>{part.system || '–'}</td>
                <td>{duration(part.durationMs)}</td>
                <td>{duration(part.businessMs)}</td>
                <td>{percentOf(part.share)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}

function Way({ path, zone }: { path: CriticalPath; zone: string }) {
  const rows = prepareWay(path);
  const shown = longestStretches(rows, MOST_STRETCHES);
  return (
    <ChartFrame
      title={wayAnswer(path)}
      summary={`The way in ${rows.length} stretches, from ${dateTime(path.from, zone)} to ${path.isRunning ? 'now' : dateTime(path.until, zone)}.`}
      chart={
        <>
          <ol className={styles['way']}>
            {shown.map((row) => (
              <WayLine key={row.key} row={row} zone={zone} />
            ))}
          </ol>
          {shown.length < rows.length && (
            <p className="muted">{count(rows.length - shown.length, 'shorter one')} in the table</p>
          )}
        </>
      }
      table={
        <table>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">Until</th>
              <th scope="col">What</th>
              <th scope="col">Where</th>
              <th scope="col">Towards</th>
              <th scope="col">By the clock</th>
              <th scope="col">Business time</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <td title={exactInstant(row.from)}>{dateTime(row.from, zone)}</td>
                <td>{row.isOpen ? 'now' : dateTime(row.until, zone)}</td>
                <td>{row.name}</td>
                <td>{row.where || '–'}</td>
                <td>{row.towards ?? '–'}</td>
                <td>{duration(row.durationMs)}</td>
                <td>{duration(row.businessMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}

function WayLine({ row, zone }: { row: WayRow; zone: string }) {
  const closed = row.closedMs > 0 ? `, ${duration(row.closedMs)} outside business hours` : '';
  const words = `${row.name}${row.where && ` · ${row.where}`}`;
  return (
    <li>
      <span className={styles['label']} title={`${words}, from ${dateTime(row.from, zone)}`}>
        {words}
        {row.towards !== null && <span className="muted"> → {row.towards}</span>}
      </span>
      <span className={styles['track']}>
        <span
          className={styles['stretch']}
          data-work={row.isWork || undefined}
          data-open={row.isOpen || undefined}
          style={{ left: `${row.start * 100}%`, width: `max(2px, ${row.length * 100}%)` }}
        />
      </span>
      <span className={styles['time']} title={`${duration(row.durationMs)}${closed}`}>
        {duration(row.durationMs)}
      </span>
    </li>
  );
}

function labelOf({ name, system }: DelayPart): string {
  return system === '' ? name : `${name} · ${system}`;
}

function seriesOf({ series }: DelayPart): string {
  return `var(--series-${series ?? 8})`;
}

function percentOf(share: number): string {
  const percent = share * 100;
  return percent > 0 && percent < 1 ? '< 1 %' : `${Math.round(percent)} %`;
}
