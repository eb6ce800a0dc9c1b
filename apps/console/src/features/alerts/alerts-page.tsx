import { Button } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { graphql } from '../../gql/index.js';
import type { AlertsQuery, NotificationsQuery } from '../../gql/graphql.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { Icon } from '../../shared/icons/icon.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { dateTime } from '../../shared/format/time.js';
import { plainWords } from '../../shared/format/words.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Facts, Panel } from '../../shared/page/panel.js';
import { SplitDetail } from '../../shared/split-detail/split-detail.js';
import { Empty } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { alertsHref, exceptionHref, type AlertsSearch } from '../../shared/url.js';
import { alertsAnswer, notificationColumns, notificationState, type NotificationRow } from './notification-columns.js';
import { SlackText } from './slack-text.js';
import styles from './alerts-page.module.css';

const AlertsDocument = graphql(`
  query Alerts {
    alertPolicies {
      edges {
        node {
          id
          name
          taxonomies
          channelName
          isActive
        }
      }
    }
  }
`);

const NotificationsDocument = graphql(`
  query Notifications($first: Int!, $after: String) {
    notifications(first: $first, after: $after) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          state
          createdAt
          deliveredAt
          attempts
          lastError
          text
          exceptionId
          policyName
          channelName
        }
      }
    }
  }
`);

const PAGE = 100;
const selectNotifications = (data: NotificationsQuery) => data.notifications;
const rowId = (row: NotificationRow) => row.id;

/** Who is told of what, and what was said. */
export function AlertsPage({ search }: { search: AlertsSearch }) {
  const { go } = useNavigation();
  const policies = useLoad(AlertsDocument, {});
  const pages = usePages(NotificationsDocument, { first: PAGE }, selectNotifications);
  const rows = pages.nodes;
  const open = useCallback((id: string) => go(alertsHref({ open: id }), { replace: true }), [go]);
  const close = useCallback(() => go(alertsHref(), { replace: true }), [go]);
  const ids = useMemo(() => rows.map(rowId), [rows]);
  const cursor = useListCursor({
    ids,
    noun: 'notification',
    onOpen: open,
    openId: search.open,
    onClose: search.open === undefined ? undefined : close,
  });
  const columns = useMemo(() => notificationColumns(), []);
  const opened = rows.find((row) => row.id === search.open);
  const list = (
    <PagedTable
      pages={pages}
      label="Notifications"
      noun="notifications"
      columns={columns}
      rowId={rowId}
      cursor={cursor}
      openId={search.open}
      onOpen={open}
      empty={
        <Empty title="Nobody had to be told of anything">
          A notification is sent once for each group of exceptions that a policy above names.
        </Empty>
      }
    />
  );
  return (
    <div className={styles['page']}>
      <PageHeader
        name="Alerts"
        asOf={pages.asOf}
        answer={pages.data ? alertsAnswer(rows, pages.totalCount) : 'Alerts'}
      />
      <Policies policies={policies.data?.alertPolicies.edges.map(({ node }) => node)} />
      <SplitDetail
        list={list}
        detailLabel="The notification that is open"
        detail={opened && <NotificationDetail notification={opened} onClose={close} />}
      />
    </div>
  );
}

/** "mapping-and-master-data.missing-legal-entity-mapping" → "missing legal entity mapping" */
function problemWords(taxonomy: string): string {
  return plainWords(taxonomy.split('.').at(-1) ?? taxonomy);
}

function Policies({ policies }: { policies: AlertsQuery['alertPolicies']['edges'][number]['node'][] | undefined }) {
  if (!policies) return null;
  return (
    <ul className={styles['policies']} aria-label="Alert policies">
      {policies.map((policy) => (
        <li key={policy.id} className={styles['policy']}>
          <span className={styles['policyName']}>{policy.name}</span>
          {policy.isActive ? <Status tone="good">Active</Status> : <Status tone="unknown">Off</Status>}
          <span className="muted">
            {policy.taxonomies.length === 0 ? 'every problem' : policy.taxonomies.map(problemWords).join(', ')} →{' '}
            {policy.channelName}
          </span>
        </li>
      ))}
      {policies.length === 0 && <li className="muted">No alert policy is configured: nobody is told of anything.</li>}
    </ul>
  );
}

function NotificationDetail({ notification, onClose }: { notification: NotificationRow; onClose: () => void }) {
  const { tone, word } = notificationState(notification.state);
  return (
    <article className={styles['detail']} aria-label="Notification">
      <header className={styles['head']}>
        <Status tone={tone}>{word}</Status>
        <Button variant="subtle" color="gray" size="compact-xs" aria-label="Close the detail" onClick={onClose}>
          <Icon name="close" size={14} />
        </Button>
      </header>
      <Facts
        facts={[
          { name: 'Policy', value: notification.policyName },
          { name: 'Channel', value: notification.channelName },
          { name: 'Decided', value: dateTime(notification.createdAt, undefined, true) },
          {
            name: 'Delivered',
            value: notification.deliveredAt ? dateTime(notification.deliveredAt, undefined, true) : 'not yet',
          },
          { name: 'Attempts', value: String(notification.attempts) },
          { name: 'About', value: <AppLink href={exceptionHref(notification.exceptionId)}>the exception</AppLink> },
        ]}
      />
      {notification.lastError && (
        <p className={styles['error']}>
          <Status tone="warning">Last answer of the channel</Status> {notification.lastError}
        </p>
      )}
      <Panel title="The text that was sent">
        <SlackText text={notification.text} />
      </Panel>
    </article>
  );
}
