import { ChartFrame } from '../../shared/charts/chart-frame.js';
import { runLength } from '../../shared/format/time.js';
import { systemName } from '../../shared/format/words.js';
import type { TraceHead } from '../../shared/waterfall/trace-documents.js';
import styles from './trace-page.module.css';

/** Rows that are read at a glance. */
const MOST_ROWS = 6;

/** The critical path of a run by service: what it waited for, one after the other. */
export function PathPanel({ head }: { head: TraceHead }) {
  const { durationMs, services } = head.criticalPath;
  const [first] = services;
  if (first === undefined || durationMs === 0) return null;
  const shareOf = (ms: number) => `${Math.round((ms / durationMs) * 100)} %`;
  const words = services
    .slice(0, MOST_ROWS)
    .map((service) => `${systemName(service.serviceName)} ${runLength(service.durationMs)}`)
    .join(', ');
  return (
    <div className={styles['path']}>
      <ChartFrame
        title={`${runLength(first.durationMs)} of the ${runLength(durationMs)} on the critical path went into ${systemName(first.serviceName)}.`}
        summary={`The critical path by service: ${words}.`}
        chart={
          <ul className={styles['shares']}>
            {services.slice(0, MOST_ROWS).map((service) => (
              <li key={service.serviceName}>
                <span className={styles['shareName']}>{systemName(service.serviceName)}</span>
                <span className={styles['shareTrack']}>
                  <span
                    className={styles['shareBar']}
                    style={{ width: `max(2px, ${(service.durationMs / durationMs) * 100}%)` }}
                  />
                </span>
                <span className={styles['shareTime']}>{runLength(service.durationMs)}</span>
                <span className={styles['shareTime']}>{shareOf(service.durationMs)}</span>
              </li>
            ))}
          </ul>
        }
        table={
          <table>
            <thead>
              <tr>
                <th scope="col">Service</th>
                <th scope="col">On the critical path</th>
                <th scope="col">Of it waiting for a message to be taken up</th>
                <th scope="col">Share</th>
              </tr>
            </thead>
            <tbody>
              {services.map((service) => (
                <tr key={service.serviceName}>
                  <td>{systemName(service.serviceName)}</td>
                  <td>{runLength(service.durationMs)}</td>
                  <td>{service.waitingMs > 0 ? runLength(service.waitingMs) : '–'}</td>
                  <td>{shareOf(service.durationMs)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        }
      />
    </div>
  );
}
