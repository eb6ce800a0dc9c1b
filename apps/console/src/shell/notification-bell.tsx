import { Tooltip } from '@mantine/core';
import { useSubscription } from 'urql';
import { countNumber } from '../shared/format/words.js';
import { useLoad } from '../shared/graphql/use-load.js';
import { Icon } from '../shared/icons/icon.js';
import { AppLink } from '../shared/navigation.js';
import { UnreadNotificationsChangedDocument, UnreadNotificationsDocument } from '../shared/people/unread-documents.js';
import { notificationsHref } from '../shared/url-people.js';
import { useCan } from '../shared/viewer/viewer.js';
import styles from './notification-bell.module.css';

/** A badge holds no more; the page says how many. */
const MOST_SHOWN = 99;

/** How many notifications are unread, live, and the way to them. */
export function NotificationBell() {
  const isPaused = !useCan()('exception.read');
  const { data, asOf } = useLoad(UnreadNotificationsDocument, {}, { pause: isPaused });
  const [live] = useSubscription({ query: UnreadNotificationsChangedDocument, pause: isPaused }, heardAt);
  if (isPaused) return null;
  // after a break of the connection the count that was loaded anew is the later one
  const isLoadedLater = asOf !== undefined && live.data !== undefined && asOf.getTime() > live.data.at;
  const unread = (isLoadedLater ? undefined : live.data?.unread) ?? data?.myUnreadNotifications ?? 0;
  const name = unread === 0 ? 'Notifications, none unread' : `Notifications, ${countNumber(unread)} unread`;
  return (
    <Tooltip label={`${name} (g g)`}>
      <AppLink href={notificationsHref()} className={styles['bell']} aria-label={name}>
        <Icon name="bell" />
        {unread > 0 && (
          <span className={styles['count']} aria-hidden="true">
            {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
          </span>
        )}
      </AppLink>
    </Tooltip>
  );
}

function heardAt(_: unknown, event: { myUnreadNotificationsChanged: number }): { unread: number; at: number } {
  return { unread: event.myUnreadNotificationsChanged, at: Date.now() };
}
