import { type Activity, EVENT_EXTENSIONS, parseInstant } from '@throughline/canonical';
import type { StoredSignal } from './stored-signal.js';

/** When the record of an event was made, where it says so in its extension attribute; one that is no instant says nothing. */
export function recordedAtOf({ kind, attributes }: StoredSignal): Pick<Activity, 'recordedAt'> {
  if (kind !== 'cloud-event') return {};
  const stated = attributes[EVENT_EXTENSIONS.recordedTime];
  const recordedAt = stated === undefined ? undefined : parseInstant(stated);
  return recordedAt?.ok === true ? { recordedAt: recordedAt.value } : {};
}
