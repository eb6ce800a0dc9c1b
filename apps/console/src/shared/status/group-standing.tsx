import { dateTime } from '../format/time.js';
import { Status } from './status.js';

type GroupStanding = { snoozedUntil: string | null; isKnownError: boolean; knownErrorReference: string | null };

/** What people decided of a group: snoozed, a known error, or nothing yet. */
export function GroupStanding({ group, now }: { group: GroupStanding; now: Date }) {
  if (group.snoozedUntil !== null && new Date(group.snoozedUntil) > now) {
    return <Status tone="waiting">{`snoozed until ${dateTime(group.snoozedUntil)}`}</Status>;
  }
  if (group.isKnownError) {
    const { knownErrorReference: reference } = group;
    return <Status tone="info">{reference === null ? 'known error' : `known error ${reference}`}</Status>;
  }
  return <span className="muted">–</span>;
}
