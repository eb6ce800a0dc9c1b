import { dateTime, runLength } from '../../shared/format/time.js';
import { count, cutMiddle, systemName } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { AppLink } from '../../shared/navigation.js';
import { Panel } from '../../shared/page/panel.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { Failed, Loading } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { traceHref } from '../../shared/url.js';
import { TransactionTracesDocument, type TransactionTrace, type TransactionTraces } from './delay-documents.js';
import styles from './runs-panel.module.css';

const TIES: Readonly<Record<string, string>> = {
  ACTIVITY: '',
  LINKED_TO: 'linked to by another run',
  LINKED_FROM: 'links to another run',
};

/** Every run of technology behind a transaction: those of its activities, each try, and the ones linked with them. */
export function RunsPanel({ id }: { id: string }) {
  const { data, error, isLoading, reload } = useLoad(TransactionTracesDocument, { id });
  const found = data?.transaction?.traces;
  return (
    <Panel title="Runs" isFlush aside={found && runsWords(found)}>
      {isLoading && <Loading label="runs" rows={3} />}
      {error && !found && <Failed what="the runs" error={error} onRetry={reload} />}
      {found?.traces.length === 0 && <p className={styles['none']}>No span tells of a run of this transaction.</p>}
      {found && found.traces.length > 0 && (
        <ScrollRegion className={styles['runs']} label="Runs of the transaction">
          <table>
            <thead>
              <tr>
                <th scope="col">Run</th>
                <th scope="col">Started</th>
                <th scope="col">Systems</th>
                <th scope="col">Steps</th>
                <th scope="col">Length</th>
                <th scope="col">Outcome</th>
              </tr>
            </thead>
            <tbody>
              {found.traces.map((trace) => (
                <RunRow key={trace.traceId} trace={trace} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Panel>
  );
}

function runsWords({ traces, spanCount, retries, isTruncated }: TransactionTraces): string {
  const tries = retries > 0 ? `, ${count(retries, 'further try', 'further tries')}` : '';
  return `${count(traces.length, 'run')}, ${count(spanCount, 'step')}${tries}${isTruncated ? ' of those looked at' : ''}`;
}

function RunRow({ trace }: { trace: TransactionTrace }) {
  const { traceId, tie, name, startedAt, services, spanCount, errorCount, durationMs, runs } = trace;
  const beside = [
    TIES[tie],
    trace.isRetry && (trace.requeueId ? 'sent again' : 'another try'),
    ...runs.map((run) => run.key),
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <tr>
      <td>
        <AppLink href={traceHref(traceId)} title={traceId}>
          {name ?? cutMiddle(traceId, 16)}
        </AppLink>
        {beside && <span className="muted"> · {beside}</span>}
      </td>
      <td>{startedAt === null ? 'not stored' : dateTime(startedAt, undefined, true)}</td>
      <td className={styles['systems']}>{services.map(systemName).join(', ')}</td>
      <td className={styles['number']}>{spanCount}</td>
      <td className={styles['number']}>{spanCount > 0 ? runLength(durationMs) : '–'}</td>
      <td>
        {trace.hasFailed || errorCount > 0 ? (
          <Status tone="critical">{errorCount > 0 ? `${count(errorCount, 'step')} failed` : 'Failed'}</Status>
        ) : (
          <Status tone={spanCount > 0 ? 'good' : 'unknown'}>{spanCount > 0 ? 'Went through' : 'Not stored'}</Status>
        )}
      </td>
    </tr>
  );
}
