import { Button } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useMutation } from 'urql';
import type { MyNotificationsQuery } from '../../gql/graphql.js';
import { age, exactInstant } from '../../shared/format/time.js';
import { count } from '../../shared/format/words.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { useKeys, type KeyBinding } from '../../shared/keyboard/keyboard.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { DetailHead } from '../../shared/page/detail-head.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Panel } from '../../shared/page/panel.js';
import { SectionTabs } from '../../shared/page/section-tabs.js';
import { SplitDetail } from '../../shared/split-detail/split-detail.js';
import { Empty } from '../../shared/states/states.js';
import { StatusShape } from '../../shared/status/status.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { notificationsHref, type NotificationsSearch } from '../../shared/url-people.js';
import { exceptionHref } from '../../shared/url.js';
import { useNow } from '../../shared/use-now.js';
import {
  MarkAllNotificationsDocument,
  MarkNotificationsDocument,
  MyNotificationsDocument,
  type Notification,
} from './notification-documents.js';
import { notificationWords } from './notification-words.js';
import page from '../../shared/page/list-page.module.css';
import styles from './notifications.module.css';

const PAGE = 50;
const rowId = (row: Notification) => row.id;
const selectNotifications = (data: MyNotificationsQuery) => data.myNotifications;

/** What the viewer is to hear, the latest first; each leads to what it is about. */
export function NotificationsPage({ search }: { search: NotificationsSearch }) {
  const { go } = useNavigation();
  const now = useNow();
  const isUnread = search.show === 'unread';
  const pages = usePages(MyNotificationsDocument, { first: PAGE, unreadOnly: isUnread }, selectNotifications, {
    keepPrevious: true,
  });
  const { nodes, data, asOf, totalCount, reload } = pages;
  const [, mark] = useMutation(MarkNotificationsDocument);
  const [marking, markAll] = useMutation(MarkAllNotificationsDocument);
  const ids = useMemo(() => nodes.map(rowId), [nodes]);

  const setRead = useCallback(
    (id: string, isRead: boolean) => void mark({ ids: [id], isRead }).then(reload),
    [mark, reload],
  );
  const open = useCallback(
    (id: string) => {
      const found = nodes.find((one) => one.id === id);
      if (!found) return;
      if (found.readAt === null) setRead(id, true);
      go(notificationWords(found).href);
    },
    [go, nodes, setRead],
  );
  const close = useCallback(() => go(notificationsHref({ show: search.show }), { replace: true }), [go, search.show]);
  const cursor = useListCursor({
    ids,
    noun: 'notification',
    onOpen: open,
    onClose: search.open === undefined ? undefined : close,
  });
  const readAll = useCallback(() => {
    // what came since the list was read stays unread
    const upTo = nodes[0]?.at;
    if (upTo !== undefined) void markAll({ upTo: justAfter(upTo) }).then(reload);
  }, [markAll, nodes, reload]);
  const { cursorId } = cursor;
  const keys = useMemo<KeyBinding[]>(() => {
    const at = nodes.find(({ id }) => id === cursorId);
    return [
      {
        keys: 'u',
        label: 'Mark as read or unread',
        group: 'Notifications',
        run: () => at && setRead(at.id, at.readAt === null),
      },
      { keys: 'Shift-u', label: 'Mark all as read', group: 'Notifications', run: readAll },
    ];
  }, [cursorId, nodes, readAll, setRead]);
  useKeys(keys);

  const columns = useMemo(() => columnsOf(now, setRead), [now, setRead]);
  const opened = nodes.find(({ id }) => id === search.open);
  return (
    <div className={page['page']}>
      <PageHeader
        name="Notifications"
        asOf={asOf}
        answer={data ? answerOf(totalCount, isUnread) : 'Notifications'}
        actions={
          <Button
            variant="default"
            size="xs"
            loading={marking.fetching}
            disabled={nodes.length === 0}
            onClick={readAll}
          >
            Mark all as read
          </Button>
        }
      />
      <SectionTabs
        label="Notifications"
        chosen={search.show}
        tabs={[
          { id: 'unread', name: 'Unread', href: notificationsHref() },
          { id: 'all', name: 'All', href: notificationsHref({ show: 'all' }) },
        ]}
      />
      <SplitDetail
        detailLabel="The exceptions that it is about"
        detail={opened && <Members notification={opened} onClose={close} />}
        list={
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
              <Empty
                title={isUnread ? 'Nothing is unread' : 'Nobody has told you anything yet'}
                action={isUnread && <AppLink href={notificationsHref({ show: 'all' })}>See what you have read</AppLink>}
              >
                You hear of what is assigned to you, of notes that call you, of approvals, and of changes of what you
                watch.
              </Empty>
            }
          />
        }
      />
    </div>
  );
}

function answerOf(total: number, isUnread: boolean): string {
  if (isUnread) return total === 0 ? 'Nothing is unread' : `${count(total, 'notification')} to read`;
  return total === 0 ? 'No notifications yet' : `${count(total, 'notification')}, the latest first`;
}

/** Rows are stamped to the microsecond, texts to the millisecond: the newest row is not left out by what was cut off. */
function justAfter(at: string): string {
  return new Date(Date.parse(at) + 1).toISOString();
}

function columnsOf(now: Date, setRead: (id: string, isRead: boolean) => void): DataColumn<Notification>[] {
  return [
    {
      id: 'what',
      header: 'What',
      cell: (row) => {
        const { tone, sentence, text, href } = notificationWords(row);
        return (
          <span className={row.readAt === null ? styles['unread'] : undefined}>
            <StatusShape tone={tone} />{' '}
            <AppLink href={href} title={sentence} onClick={() => row.readAt === null && setRead(row.id, true)}>
              {sentence}
            </AppLink>
            {text !== undefined && <span className="muted"> {text}</span>}
          </span>
        );
      },
    },
    {
      id: 'when',
      header: 'When',
      width: 130,
      cell: (row) => <span title={exactInstant(row.at)}>{age(row.at, now)} ago</span>,
    },
    {
      id: 'read',
      header: 'Read',
      width: 140,
      cell: (row) => (
        <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setRead(row.id, row.readAt === null)}>
          {row.readAt === null ? 'Mark read' : 'Mark unread'}
        </Button>
      ),
    },
  ];
}

/** What a notification of many is about. */
function Members({ notification, onClose }: { notification: Notification; onClose: () => void }) {
  const { sentence } = notificationWords(notification);
  const { exceptions, count: total } = notification;
  return (
    <article className={page['detail']} aria-label={sentence}>
      <DetailHead
        topline={<span className="muted">{notification.actorName}</span>}
        title={sentence}
        onClose={onClose}
      />
      <Panel title="Exceptions" aside={exceptions.length < total && `the first ${exceptions.length} of ${total}`}>
        <ul className={styles['members']}>
          {exceptions.map(({ id, title }) => (
            <li key={id}>
              <AppLink href={exceptionHref(id)}>{title}</AppLink>
            </li>
          ))}
        </ul>
      </Panel>
    </article>
  );
}
