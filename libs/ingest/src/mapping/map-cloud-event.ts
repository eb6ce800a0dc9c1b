import type { Activity, SignalReference } from '@throughline/canonical';
import type { StoredEvent } from './stored-event.js';

/** What the mapping made of an event: its activities, or why there are none. */
export type MappedEvent = { activities: Activity[] } | { unmappedReason: string };

/** Mapping "finance-event": see FinanceEventData. */
export function mapCloudEvent(event: StoredEvent, reference: SignalReference): MappedEvent {
  void reference;
  return { unmappedReason: `no mapping takes the event type "${event.type}"` };
}
