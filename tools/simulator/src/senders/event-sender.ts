import { FINANCE_EVENT_SCHEMA } from '@throughline/canonical';
import { CloudEvent, emitterFor, HTTP, Mode, type EmitterFunction, type Message } from 'cloudevents';
import type { EventDraft } from '../story/signals.js';
import type { Outbox, Transmission } from './outbox.js';

export type EventSender = {
  /** One event in the content mode of its publisher. */
  send(draft: EventDraft): Promise<void>;
  /** Many events in one request (batched content mode). */
  sendBatch(drafts: readonly EventDraft[]): Promise<void>;
};

const TIMEOUT_MS = 15_000;
/** Answers that stay the same however often the request is sent again. */
const NEVER_ACCEPTED = new Set([400, 404, 405, 406, 410, 411, 413, 414, 415, 422, 431]);

/** Sends CloudEvents over HTTP with the CloudEvents SDK; each stays in the outbox until the collector took it. */
export function createEventSender(options: { collectorUrl: string; ingestKey: string; outbox: Outbox }): EventSender {
  const url = new URL('/v1/events', options.collectorUrl);
  const post = async (message: Message): Promise<Transmission> => {
    let response: Response;
    try {
      response = await fetch(url, {
        method: 'POST',
        headers: { ...textHeaders(message.headers), authorization: `Bearer ${options.ingestKey}` },
        body: String(message.body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      return { outcome: 'retryable', reason: reasonOf(error) };
    }
    const answer = await response.text().catch(() => '');
    if (response.ok) return { outcome: 'accepted' };
    const reason = `HTTP ${String(response.status)} ${answer.slice(0, 300)}`;
    if (NEVER_ACCEPTED.has(response.status)) return { outcome: 'rejected', reason };
    const retryAfterMs = retryAfterOf(response.headers.get('retry-after'), Date.now());
    return { outcome: 'retryable', reason, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
  };
  const emitters: Record<EventDraft['mode'], EmitterFunction> = {
    structured: emitterFor(post, { binding: HTTP, mode: Mode.STRUCTURED }),
    binary: emitterFor(post, { binding: HTTP, mode: Mode.BINARY }),
  };
  return {
    async send(draft) {
      const event = cloudEventOf(draft);
      // an emitter answers with what its transport function answered
      const transmit = async (): Promise<Transmission> => (await emitters[draft.mode](event)) as Transmission;
      await options.outbox.deliver({ name: draft.id, transmit });
    },
    async sendBatch(drafts) {
      if (drafts.length === 0) return;
      const message: Message = {
        headers: { 'content-type': 'application/cloudevents-batch+json; charset=utf-8' },
        body: JSON.stringify(drafts.map(cloudEventOf)),
      };
      await options.outbox.deliver({ name: `batch of ${String(drafts.length)} events`, transmit: () => post(message) });
    },
  };
}

/** The event as the SDK knows it; throws when it would not be a valid CloudEvent. */
export function cloudEventOf(draft: EventDraft): CloudEvent<EventDraft['data']> {
  return new CloudEvent({
    id: draft.id,
    source: draft.source,
    type: draft.type,
    subject: draft.subject,
    time: new Date(draft.time).toISOString(),
    datacontenttype: 'application/json',
    dataschema: FINANCE_EVENT_SCHEMA,
    data: draft.data,
    ...draft.extensions,
  });
}

/** Milliseconds to wait by a Retry-After header (seconds or HTTP date), null without a usable one. */
export function retryAfterOf(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

function textHeaders(headers: Message['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
