import { attributeText, type SpanRecord } from './span-record.js';

/** OpenTelemetry's attribute for what CloudEvents calls `correlationid`: the flow that a message belongs to. */
const CONVERSATION_ID = 'messaging.message.conversation_id';

/** The flow that a span or log record says it belongs to. */
export function conversationOf({ attributes }: Pick<SpanRecord, 'attributes'>): string | undefined {
  const text = attributeText(attributes[CONVERSATION_ID])?.trim();
  return text === '' ? undefined : text;
}
