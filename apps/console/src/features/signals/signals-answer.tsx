import { age, exactInstant, startOfUtcDay } from '../../shared/format/time.js';
import { count, countNumber } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { Facts } from '../../shared/page/panel.js';
import { unreadNumber, unreadWords, type IngestSummary } from '../../shared/signals/ingest-summary.js';
import { signalsHref } from '../../shared/url.js';
import page from '../../shared/page/list-page.module.css';

/** Whether everything that came could be read; every number leads to its rows. */
export function SignalsAnswer({ summary, now }: { summary: IngestSummary; now: Date }) {
  const { receivedToday, unmapped, refusedToday } = summary;
  const received = (
    <AppLink href={signalsHref({ from: startOfUtcDay(now) })}>{count(receivedToday, 'item')} came in today</AppLink>
  );
  if (unmapped === 0 && refusedToday === 0) {
    return receivedToday === 0 ? 'Nothing has come in today.' : <>{received}; all of them can be read.</>;
  }
  return (
    <>
      {unmapped > 0 ? (
        <AppLink href={signalsHref({ state: ['UNMAPPED'] })}>{unreadWords(unmapped)} cannot be read</AppLink>
      ) : (
        'Every signal can be read'
      )}
      {refusedToday > 0 && (
        <>
          , <AppLink href={signalsHref({ show: 'refused' })}>{countNumber(refusedToday)} refused today</AppLink>
        </>
      )}
      ; {received}.
    </>
  );
}

/** The figures of intake, each with what it counts and how fresh it is. */
export function SignalsFigures({ summary, now }: { summary: IngestSummary; now: Date }) {
  const { oldestPendingAt, lastReceivedAt } = summary;
  return (
    <div className={page['figures']}>
      <Facts
        facts={[
          {
            name: 'Received today',
            value: (
              <AppLink href={signalsHref({ from: startOfUtcDay(now) })}>{countNumber(summary.receivedToday)}</AppLink>
            ),
            title: 'Since midnight UTC, spans too; spans are found by their trace, the list shows the others',
          },
          {
            name: 'Cannot be read',
            value: (
              <AppLink
                href={signalsHref({ state: ['UNMAPPED'] })}
                className={summary.unmapped > 0 ? page['critical'] : undefined}
              >
                {unreadNumber(summary.unmapped)}
              </AppLink>
            ),
            title: 'Kept as received, of any day, until a mapping takes them',
          },
          {
            name: 'Refused today',
            value: <AppLink href={signalsHref({ show: 'refused' })}>{countNumber(summary.refusedToday)}</AppLink>,
            title: 'Answered with an error and not kept; a sample of each is',
          },
          {
            name: 'Waiting to be mapped',
            value: (
              <AppLink href={signalsHref({ state: ['PENDING'], order: 'oldest' })}>
                {countNumber(summary.pending)}
                {oldestPendingAt && `, the oldest for ${age(oldestPendingAt, now)}`}
              </AppLink>
            ),
            title: 'On disk and acknowledged, not yet read by a worker',
          },
          {
            name: 'Last received',
            value: lastReceivedAt ? (
              <time title={exactInstant(lastReceivedAt)}>{age(lastReceivedAt, now)} ago</time>
            ) : (
              <span className="muted">never</span>
            ),
          },
        ]}
      />
    </div>
  );
}
