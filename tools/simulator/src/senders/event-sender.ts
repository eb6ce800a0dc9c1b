import { FINANCE_EVENT_SCHEMA } from '@throughline/canonical';
import { CloudEvent, emitterFor, HTTP, Mode, type EmitterFunction, type Message } from 'cloudevents';
import type { EventDraft } from '../story/signals.js';
import type { Outbox, Transmission } from './outbox.js';
import { postTo } from './post.js';

export type EventSender = {
  /** One event in the content mode of its publisher. */
  send(draft: EventDraft): Promise<void>;
  /** Many events in one request (batched content mode). */
  sendBatch(drafts: readonly EventDraft[]): Promise<void>;
};

/** Sends CloudEvents over HTTP with the CloudEvents SDK; each stays in the outbox until the collector took it. */
export function createEventSender(options: { collectorUrl: string; ingestKey: string; outbox: Outbox }): EventSender {
  const post = postTo(options.collectorUrl, options.ingestKey);
  const toEvents = (message: Message): Promise<Transmission> =>
    post('/v1/events', message.headers, String(message.body));
  const emitters: Record<EventDraft['mode'], EmitterFunction> = {
    structured: emitterFor(toEvents, { binding: HTTP, mode: Mode.STRUCTURED }),
    binary: emitterFor(toEvents, { binding: HTTP, mode: Mode.BINARY }),
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
      await options.outbox.deliver({
        name: `batch of ${String(drafts.length)} events`,
        transmit: () => toEvents(message),
      });
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
