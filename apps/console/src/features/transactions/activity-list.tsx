import { dateTime, exactInstant } from '../../shared/format/time.js';
import { count, countNumber, plainWords, systemName } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { Panel } from '../../shared/page/panel.js';
import { Status } from '../../shared/status/status.js';
import { traceHref, transactionHref, type TransactionSearch } from '../../shared/url.js';
import type { TransactionFull } from './transaction-documents.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import styles from './transaction-page.module.css';

type ActivityListProps = {
  transaction: Pick<TransactionFull, 'id' | 'activities' | 'activityCount'>;
  search: TransactionSearch;
};

/** What happened, newest first, each with the run in which it happened and the message that told of it. */
export function ActivityList({ transaction, search }: ActivityListProps) {
  const newestFirst = transaction.activities.toSorted((a, b) => b.occurredAt.localeCompare(a.occurredAt));
  return (
    <Panel title="Activities" isFlush aside={shownWords(newestFirst.length, transaction.activityCount)}>
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
                  <MessageLink activity={activity} transactionId={transaction.id} search={search} />
                </span>
              </li>
            );
          })}
        </ul>
      </ScrollRegion>
    </Panel>
  );
}

/** "latest 500 of 1,240 activities" */
function shownWords(shown: number, all: number): string {
  return shown < all
    ? `latest ${countNumber(shown)} of ${count(all, 'activity', 'activities')}`
    : count(shown, 'activity', 'activities');
}

type MessageLinkProps = {
  activity: TransactionFull['activities'][number];
  transactionId: string;
  search: TransactionSearch;
};

/** To the message that an activity was made of; one that was made of a step of a run leads there. */
function MessageLink({ activity, transactionId, search }: MessageLinkProps) {
  const { type, signalId, traceId, spanId } = activity;
  if (signalId !== null) {
    return (
      <AppLink
        replace
        href={transactionHref(transactionId, { ...search, message: signalId })}
        title={`Show the message of “${plainWords(type)}” above`}
      >
        Message
      </AppLink>
    );
  }
  if (traceId === null || spanId === null) return null;
  return (
    <AppLink href={traceHref(traceId, { span: spanId })} title={`The step that told of “${plainWords(type)}”`}>
      Step
    </AppLink>
  );
}
