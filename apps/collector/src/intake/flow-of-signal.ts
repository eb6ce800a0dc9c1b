import { EVENT_EXTENSIONS } from '@throughline/canonical';
import type { NewSignal } from './new-signal.js';

/** Of a flow or a cause that signals are found by; a longer one stands among the attributes alone. */
const LONGEST = 256;

/** Attribute of a stored log record: the conversation that it says it belongs to. */
export const CONVERSATION = 'conversationid';

/** The flow that an event or log record says it belongs to, and within it the id of the event that caused it. */
export function flowOfSignal({ kind, attributes }: Pick<NewSignal, 'kind' | 'attributes'>): {
  correlationId: string | null;
  causationId: string | null;
} {
  if (kind === 'log') return { correlationId: nameOf(attributes[CONVERSATION]), causationId: null };
  const correlationId = kind === 'cloud-event' ? nameOf(attributes[EVENT_EXTENSIONS.correlationId]) : null;
  // The id of a cause is unique within its flow alone.
  const causationId = correlationId === null ? null : nameOf(attributes[EVENT_EXTENSIONS.causationId]);
  return { correlationId, causationId };
}

function nameOf(value: NewSignal['attributes'][string] | undefined): string | null {
  const text = value === undefined ? '' : String(value);
  return text.trim() === '' || text.length > LONGEST ? null : text;
}
