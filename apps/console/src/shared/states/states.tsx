import { Button } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import type { CombinedError } from 'urql';
import { countNumber } from '../format/words.js';
import { describeFailure } from '../graphql/failure.js';
import type { PageEnd } from '../graphql/use-pages.js';
import { StatusShape } from '../status/status.js';
import styles from './states.module.css';

const SKELETON_AFTER_MS = 200;

/** The shape of what comes, shown only when it takes longer than a blink. */
export function Loading({
  label,
  rows = 8,
  height = 'var(--row-height)',
}: {
  label: string;
  rows?: number;
  height?: string;
}) {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SKELETON_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-busy="true" aria-label={`Loading ${label}`} className={styles['loading']}>
      {isShown &&
        Array.from({ length: rows }, (_, row) => (
          <div key={row} className={styles['skeletonRow']} style={{ height }}>
            <span style={{ width: `${18 + ((row * 7) % 9)}%` }} />
            <span style={{ width: `${30 + ((row * 13) % 22)}%` }} />
            <span style={{ width: `${10 + ((row * 5) % 8)}%` }} />
          </div>
        ))}
    </div>
  );
}

/** Why there is nothing, and the one thing to do. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles['state']}>
      <p className={styles['title']}>{title}</p>
      {children && <p className="muted">{children}</p>}
      {action}
    </div>
  );
}

/** What failed, what still holds, retry, and the trace id for those who look after it. */
export function Failed({ what, error, onRetry }: { what: string; error: CombinedError; onRetry?: () => void }) {
  const failure = describeFailure(error);
  if (failure.kind === 'not-allowed') return <NotAllowed what={what} />;
  return (
    <div className={styles['state']} role="alert">
      <p className={styles['title']}>
        <StatusShape tone="critical" size={12} /> {titleOf(failure.kind, what)}
      </p>
      <p className="muted">
        {failure.message.replace(/[.\s]*$/, '.')}{' '}
        {failure.kind !== 'not-found' && 'Nothing was changed; what is recorded stays as it is.'}
      </p>
      {failure.traceId && (
        <p className="muted">
          Trace id <code className="mono">{failure.traceId}</code>
        </p>
      )}
      {onRetry && failure.kind !== 'not-found' && (
        <Button variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

function titleOf(kind: string, what: string): string {
  return kind === 'not-found' ? `There is no such ${what}` : `The ${what} could not be loaded`;
}

/** What right is needed and who gives it. */
export function NotAllowed({ what }: { what: string }) {
  return (
    <div className={styles['state']}>
      <p className={styles['title']}>You may not see the {what}</p>
      <p className="muted">
        Your role does not include it. An administrator of your organisation can give you a role that does.
      </p>
    </div>
  );
}

/** The end of a page of rows: how many are shown, and the next ones. */
export function MoreRows({ pages, shown, noun }: { pages: PageEnd; shown: number; noun: string }) {
  if (!pages.hasMore) return null;
  return (
    <div className={styles['more']}>
      <span className="muted">
        {countNumber(shown)} of {pages.isEstimate ? 'about ' : ''}
        {countNumber(pages.totalCount)} {noun} shown. Narrow with the filters, or
      </span>
      <Button variant="default" size="compact-xs" loading={pages.isLoadingMore} onClick={pages.loadMore}>
        show more
      </Button>
      {pages.moreError && (
        <span role="alert" className={styles['moreError']}>
          The next ones could not be loaded: {describeFailure(pages.moreError).message}
        </span>
      )}
    </div>
  );
}
