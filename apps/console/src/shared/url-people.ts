// Addresses of the screens on which people work together: notifications, activity, hand-over, absences.
import { type RawSearch, href, instant, list, oneOf, text } from './url-search.js';

/** `open`: the notification whose exceptions are listed beside the list */
export type NotificationsSearch = { show: 'unread' | 'all'; open: string | undefined };

export function parseNotificationsSearch(raw: RawSearch): NotificationsSearch {
  return { show: oneOf(text(raw, 'show'), ['unread', 'all'], 'unread'), open: text(raw, 'open') };
}

export function notificationsHref(search: Partial<NotificationsSearch> = {}): string {
  return href('/notifications', search, { show: 'unread' });
}

export const ACTIVITY_WINDOWS = ['24h', '7d', '30d', 'all'] as const;
export type ActivityWindow = (typeof ACTIVITY_WINDOWS)[number];

export type ActivitySearch = {
  by: 'people' | 'automation' | undefined;
  /** `me` or a person's id */
  person: string | undefined;
  /** kinds of steps, as timelines name them */
  kind: readonly string[];
  queue: string | undefined;
  group: string | undefined;
  since: ActivityWindow;
  /** instants, when another time is meant */
  from: string | undefined;
  to: string | undefined;
};

export function parseActivitySearch(raw: RawSearch): ActivitySearch {
  const by = text(raw, 'by');
  return {
    by: by === 'people' || by === 'automation' ? by : undefined,
    person: text(raw, 'person'),
    kind: list(raw, 'kind'),
    queue: text(raw, 'queue'),
    group: text(raw, 'group'),
    since: oneOf(text(raw, 'since'), ACTIVITY_WINDOWS, '7d'),
    from: instant(raw, 'from'),
    to: instant(raw, 'to'),
  };
}

export function activityHref(search: Partial<ActivitySearch> = {}): string {
  return href('/activity', search, { since: '7d' });
}

/** Without queue and person: of all. `since` and `until` are instants; left out, eight hours back and ahead. */
export type HandOverSearch = {
  queue: string | undefined;
  /** `me` or a person's id */
  person: string | undefined;
  since: string | undefined;
  until: string | undefined;
};

export function parseHandOverSearch(raw: RawSearch): HandOverSearch {
  const queue = text(raw, 'queue');
  return {
    queue,
    person: queue === undefined ? text(raw, 'person') : undefined,
    since: instant(raw, 'since'),
    until: instant(raw, 'until'),
  };
}

export function handOverHref(search: Partial<HandOverSearch> = {}): string {
  return href('/hand-over', search);
}

export function absencesHref(): string {
  return '/absences';
}
