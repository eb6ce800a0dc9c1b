import { useCallback } from 'react';
import { useSubscription } from 'urql';
import { graphql } from '../../gql/index.js';
import type { HomeExceptionFragment, HomeQuery } from '../../gql/graphql.js';
import { age, exactInstant } from '../../shared/format/time.js';
import { cutMiddle } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { AppLink } from '../../shared/navigation.js';
import { MoneyText } from '../../shared/page/money-text.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Panel } from '../../shared/page/panel.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { exceptionState } from '../../shared/status/state-words.js';
import { StatusShape } from '../../shared/status/status.js';
import { exceptionHref, exceptionsHref } from '../../shared/url.js';
import { useBurst } from '../../shared/use-burst.js';
import { useNow } from '../../shared/use-now.js';
import { useCan, useViewer } from '../../shared/viewer/viewer.js';
import { HomeAnswer } from './home-answer.js';
import { IntegrationStrip } from './integration-strip.js';
import { MoneyTable } from './money-table.js';
import { UnreadSignals } from './unread-signals.js';
import styles from './home-page.module.css';

export const HomeExceptionText = graphql(`
  fragment HomeException on Exception {
    id
    state
    resolution
    legalEntity
    counterparty
    openedAt
    direction
    businessObject {
      type
      key
    }
    moneyAtRisk {
      amount
      currency
    }
    group {
      title
    }
    owner {
      displayName
    }
  }
`);

const HomeDocument = graphql(`
  query Home($unresolved: ExceptionFilter!, $mine: ExceptionFilter!, $free: ExceptionFilter!) {
    all: exceptions(first: 5, filter: $unresolved, orderBy: MONEY_DESC) {
      totalCount
      totalCountIsEstimate
      totals {
        currency
        inflow
        outflow
        count
      }
      edges {
        node {
          ...HomeException
        }
      }
    }
    oldest: exceptions(first: 5, filter: $unresolved, orderBy: OPENED_ASC) {
      edges {
        node {
          ...HomeException
        }
      }
    }
    mine: exceptions(first: 5, filter: $mine, orderBy: PRIORITY_DESC) {
      totalCount
      edges {
        node {
          ...HomeException
        }
      }
    }
    free: exceptions(first: 1, filter: $free) {
      totalCount
    }
  }
`);

// Home follows the estate, not single documents: a burst of changes is one reload.
const RELOAD_PAUSE_MS = 2500;

const HomeChangedDocument = graphql(`
  subscription HomeChanged {
    exceptionChanged {
      id
    }
  }
`);

const UNRESOLVED = ['OPEN', 'IN_PROGRESS', 'WAITING', 'PENDING_APPROVAL', 'REQUEUED'] as const;

/** Home of operations: how much hangs, on what, and what to do first. */
export function HomePage() {
  const viewer = useViewer();
  const can = useCan();
  const states = [...UNRESOLVED];
  const { data, error, isLoading, asOf, reload } = useLoad(HomeDocument, {
    unresolved: { states },
    mine: { states, ownerId: viewer.id },
    free: { states, unassigned: true },
  });
  const reloadSoon = useBurst(RELOAD_PAUSE_MS, reload);
  useSubscription(
    { query: HomeChangedDocument },
    useCallback(
      (_: unknown, event: unknown) => {
        reloadSoon();
        return event;
      },
      [reloadSoon],
    ),
  );

  return (
    <div className={styles['page']}>
      <PageHeader
        name="Home"
        asOf={asOf}
        answer={data ? <HomeAnswer all={data.all} /> : 'Home'}
        detail={can('signal.read') && <UnreadSignals />}
      />
      {isLoading && <Loading label="home" rows={10} />}
      {error && !data && <Failed what="home page" error={error} onRetry={reload} />}
      {data && (
        <div className={styles['grid']}>
          <div className={styles['queue']}>
            <Queue data={data} />
          </div>
          <div className={styles['money']}>
            <MoneyTable totals={data.all.totals} />
          </div>
          <Panel
            title="Most money"
            isFlush
            aside={<AppLink href={exceptionsHref({ order: 'money' })}>All by money</AppLink>}
          >
            <ExceptionList label="Exceptions with the most money" rows={data.all.edges.map((edge) => edge.node)} />
          </Panel>
          <Panel
            title="Oldest"
            isFlush
            aside={<AppLink href={exceptionsHref({ order: 'oldest' })}>All by age</AppLink>}
          >
            <ExceptionList label="Oldest exceptions" rows={data.oldest.edges.map((edge) => edge.node)} />
          </Panel>
          {can('catalog.read') && (
            <div className={styles['wide']}>
              <IntegrationStrip />
            </div>
          )}
        </div>
      )}
    </div>
  );
}

function Queue({ data }: { data: HomeQuery }) {
  const can = useCan();
  const { mine, free } = data;
  const freeLink = <AppLink href={exceptionsHref({ owner: 'none' })}>{free.totalCount} without an owner</AppLink>;
  return (
    <Panel
      title={`My queue: ${mine.totalCount}`}
      isFlush
      aside={mine.totalCount > 0 ? <AppLink href={exceptionsHref({ owner: 'me' })}>All of mine</AppLink> : undefined}
    >
      {mine.totalCount > 0 ? (
        <ExceptionList label="My exceptions" rows={mine.edges.map((edge) => edge.node)} />
      ) : (
        <Empty title="Nothing is assigned to you" action={free.totalCount > 0 ? freeLink : undefined}>
          {can('exception.work')
            ? 'Take one from the inbox with the key m.'
            : 'Your role reads exceptions and does not work on them.'}
        </Empty>
      )}
    </Panel>
  );
}

function ExceptionList({ rows, label }: { rows: readonly HomeExceptionFragment[]; label: string }) {
  const now = useNow();
  if (rows.length === 0) return <Empty title="No exception is unresolved" />;
  return (
    <ul className={styles['list']} aria-label={label}>
      {rows.map((row) => {
        const { tone, word } = exceptionState(row.state, row.resolution);
        return (
          <li key={row.id}>
            <AppLink href={exceptionHref(row.id)} className={styles['row']}>
              <span className={styles['state']} title={word}>
                <StatusShape tone={tone} />
                <span className="visually-hidden">{word}</span>
              </span>
              <span className={styles['subject']}>
                <span className="mono" title={row.businessObject.key}>
                  {cutMiddle(row.businessObject.key, 18)}
                </span>{' '}
                {[row.counterparty, row.legalEntity].filter(Boolean).join(', ')}
              </span>
              <span className={styles['amount']}>
                <MoneyText money={row.moneyAtRisk} direction={row.direction} />
              </span>
              <span className={styles['words']}>{row.group.title}</span>
              <span className={styles['age']} title={`Since ${exactInstant(row.openedAt)}`}>
                {age(row.openedAt, now)}
              </span>
            </AppLink>
          </li>
        );
      })}
    </ul>
  );
}
