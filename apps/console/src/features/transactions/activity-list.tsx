import { dateTime, exactInstant } from '../../shared/format/time.js';
import { count, plainWords, systemName } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { Panel } from '../../shared/page/panel.js';
import { Status } from '../../shared/status/status.js';
import { transactionHref, type TransactionSearch } from '../../shared/url.js';
import type { TransactionFull } from './transaction-documents.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import styles from './transaction-page.module.css';

/** What happened, newest first, each with the run in which it happened. */
export function ActivityList({ transaction, search }: { transaction: TransactionFull; search: TransactionSearch }) {
  const newestFirst = transaction.activities.toSorted((a, b) => b.occurredAt.localeCompare(a.occurredAt));
  return (
    <Panel title="Activities" isFlush aside={count(newestFirst.length, 'activity', 'activities')}>
      <ScrollRegion className={styles['activities']} label="Activities">
        <ul>
          {newestFirst.map((activity) => {
            const isFailed = activity.outcome.toLowerCase() === 'failure';
            return (
              <li key={activity.id} data-failed={isFailed || undefined}>
                <time title={exactInstant(activity.occurredAt)}>{dateTime(activity.occurredAt, undefined, true)}</time>
                {isFailed ? <Status tone="critical">Failed</Status> : <Status tone="good">Done</Status>}
                <span>
                  {plainWords(activity.type)}
                  {activity.requeueId && <span className="muted"> · sent again</span>}
                  {activity.message && <span className="muted"> · {activity.message}</span>}
                </span>
                <span className={styles['objects']}>
                  <span className="muted">{systemName(activity.system)} · </span>
                  {activity.objects.map((object) => object.key).join(', ')}
                </span>
                <span className={styles['run']}>
                  {activity.traceId && (
                    <AppLink
                      replace
                      href={transactionHref(transaction.id, { ...search, run: activity.traceId })}
                      title={`Show the run of “${plainWords(activity.type)}” above`}
                    >
                      Run
                    </AppLink>
                  )}
                </span>
              </li>
            );
          })}
        </ul>
      </ScrollRegion>
    </Panel>
  );
}
