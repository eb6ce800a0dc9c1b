import type { FileSignal, ScenarioSignal } from '@throughline/scenarios';
import { CloudEvent, emitterFor, HTTP, Mode, type Message } from 'cloudevents';
import type { Outbox } from './outbox.js';
import { type Post, postTo } from './post.js';

export type SignalSender = {
  /** One signal as its protocol wants it; resolves once the collector took it, or refused it for good. */
  send(signal: ScenarioSignal): Promise<void>;
  /** Many signals: events in batches, all else each on its own. */
  sendAll(signals: readonly ScenarioSignal[]): Promise<void>;
};

const MOST_EVENTS_IN_BATCH = 400;

/** Sends the signals of journeys to the real ports: events with the CloudEvents SDK, spans as OTLP/JSON, webhooks, files. */
export function createSignalSender(options: { collectorUrl: string; ingestKey: string; outbox: Outbox }): SignalSender {
  const { outbox } = options;
  const post: Post = postTo(options.collectorUrl, options.ingestKey);
  const emit = emitterFor((message: Message) => post('/v1/events', message.headers, String(message.body)), {
    binding: HTTP,
    mode: Mode.STRUCTURED,
  });
  const send = async (signal: ScenarioSignal): Promise<void> => {
    await outbox.deliver({ name: signal.name, transmit: () => transmit(signal) });
  };
  const transmit = (signal: ScenarioSignal): ReturnType<Post> => {
    switch (signal.protocol) {
      case 'otlp':
        return post('/v1/traces', signal.headers, signal.body);
      case 'webhook':
        return post(`/v1/webhooks/${signal.source}`, signal.headers, signal.body);
      case 'file':
        return post(pathOfFile(signal), { 'content-type': 'application/octet-stream' }, signal.body);
      case 'cloudevents':
        // an emitter answers with what its transport function answered
        return emit(eventOf(signal)) as ReturnType<Post>;
    }
  };
  const sendBatch = async (signals: readonly ScenarioSignal[]): Promise<void> => {
    const body = JSON.stringify(signals.map(eventOf));
    const headers = { 'content-type': 'application/cloudevents-batch+json; charset=utf-8' };
    await outbox.deliver({
      name: `batch of ${String(signals.length)} events`,
      transmit: () => post('/v1/events', headers, body),
    });
  };
  return {
    send,
    async sendAll(signals) {
      const events = signals.filter(({ protocol }) => protocol === 'cloudevents');
      const batches: Promise<void>[] = [];
      for (let start = 0; start < events.length; start += MOST_EVENTS_IN_BATCH)
        batches.push(sendBatch(events.slice(start, start + MOST_EVENTS_IN_BATCH)));
      const others = signals.filter(({ protocol }) => protocol !== 'cloudevents');
      await Promise.all([...batches, ...others.map(send)]);
    },
  };
}

function eventOf(signal: ScenarioSignal): CloudEvent<unknown> {
  return new CloudEvent(JSON.parse(signal.body) as Record<string, unknown>);
}

function pathOfFile({ format, source, fileName, layout }: FileSignal): string {
  const query = new URLSearchParams({ source, name: fileName, ...(layout === undefined ? {} : { layout }) });
  return `/v1/files/${format}?${query.toString()}`;
}
