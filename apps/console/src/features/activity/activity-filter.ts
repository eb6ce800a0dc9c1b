import type { ExceptionActivityFilter } from '../../gql/graphql.js';
import type { ActivitySearch, ActivityWindow } from '../../shared/url-people.js';

const HOUR_MS = 3_600_000;

const WINDOW_HOURS: Record<Exclude<ActivityWindow, 'all'>, number> = { '24h': 24, '7d': 7 * 24, '30d': 30 * 24 };

export const WINDOW_NAMES: Record<ActivityWindow, string> = {
  '24h': '24 hours',
  '7d': '7 days',
  '30d': '30 days',
  all: 'Always',
};

/** Steps that can be asked for one by one; the rest is found by time. */
export const KIND_NAMES: readonly { id: string; name: string }[] = [
  { id: 'opened', name: 'Opened' },
  { id: 'assigned', name: 'Assigned' },
  { id: 'not-assigned', name: 'Assigned to nobody' },
  { id: 'commented', name: 'Notes' },
  { id: 'requeue-requested', name: 'Sent again' },
  { id: 'waiting', name: 'Waiting' },
  { id: 'resolved', name: 'Resolved' },
  { id: 'accepted', name: 'Closed without correction' },
  { id: 'reopened', name: 'Reopened' },
];

/** The filter of the API for an address; `now` is cut to the minute, so that the question stays the same for a while. */
export function activityFilter(search: ActivitySearch, viewerId: string, now: Date): ExceptionActivityFilter {
  const isNamed = search.from !== undefined || search.to !== undefined;
  const minute = Math.floor(now.getTime() / 60_000) * 60_000;
  const since =
    isNamed || search.since === 'all'
      ? undefined
      : new Date(minute - WINDOW_HOURS[search.since] * HOUR_MS).toISOString();
  const from = search.from ?? since;
  return {
    ...(search.by && { by: search.by === 'people' ? 'PEOPLE' : 'AUTOMATION' }),
    ...(search.person && { personId: search.person === 'me' ? viewerId : search.person }),
    ...(search.kind.length > 0 && { kinds: [...search.kind] }),
    ...(search.queue && { queue: search.queue }),
    ...(search.group && { groupId: search.group }),
    ...(from !== undefined && { from }),
    ...(search.to !== undefined && { to: search.to }),
  };
}
