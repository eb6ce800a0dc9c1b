import { AppLink } from '../../shared/navigation.js';
import { unreadWords, useIngestSummary } from '../../shared/signals/ingest-summary.js';
import { StatusShape } from '../../shared/status/status.js';
import { signalsHref } from '../../shared/url.js';
import styles from './home-page.module.css';

/** What came in and cannot be read is missing from every number of this page; nothing is said while there is none. */
export function UnreadSignals() {
  const summary = useIngestSummary().data?.ingestSummary;
  if (!summary || summary.unmapped === 0) return null;
  return (
    <p className={styles['unread']}>
      <StatusShape tone="critical" />
      <span>
        <AppLink href={signalsHref({ state: ['UNMAPPED'] })}>{unreadWords(summary.unmapped)} cannot be read</AppLink>{' '}
        and {summary.unmapped === 1 ? 'is' : 'are'} not in these numbers.
      </span>
    </p>
  );
}
