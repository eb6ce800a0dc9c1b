import { connect, type ChannelModel, type ConfirmChannel, type SocketOptions } from 'amqplib';
import {
  bareHost,
  portOf,
  wordsOf,
  type OutboundClient,
  type OutboundResult,
  type Reach,
} from '../../../outbound/index.js';
import type { Delivery, RequeueAdapter } from './adapter.js';

type Reached = Extract<Reach, { kind: 'reached' }>;

/** Reply codes of a broker that closes the channel because it does not take what was published (AMQP 0-9-1, 1.1). */
const REFUSALS: ReadonlySet<number> = new Set([311, 403, 404, 405, 406]);

/** Who signs in so is never let in. */
const WRONG_PASSWORD = /\b403 \(/;

/** What the library says of a broker that lets the user in, but not to the virtual host; the reason is lost in it. */
const WRONG_HOST = /Expected ConnectionOpenOk; got <ConnectionClose/;

/** Nothing that a broker says to a publisher is longer. */
const LARGEST_FRAME = 131_072;

/** How long the parting from a broker that has confirmed may take. */
const PARTING_MS = 1_000;

/**
 * AMQP 0-9-1, as RabbitMQ speaks it. Taken is what the broker confirmed and could route. A connection of its own for each transmission:
 * what was published on it is known by the end of it, or not known.
 */
export function createAmqpAdapter(client: OutboundClient): RequeueAdapter {
  return {
    async send(delivery) {
      const reached = await client.reach(delivery.target.url, 'amqp');
      return reached.kind === 'notSent' ? reached : publish(reached, delivery, client.authorities);
    },
  };
}

async function publish(reached: Reached, delivery: Delivery, authorities: readonly string[]): Promise<OutboundResult> {
  const { remainingMs } = reached;
  const cut = new AbortController();
  const line = new Line();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<OutboundResult>((resolve) => {
    timer = setTimeout(
      () => resolve(line.lost(`nothing came within ${Math.round(remainingMs / 1_000)} s`)),
      remainingMs,
    );
  });
  try {
    return await Promise.race([tooLate, talk(reached, delivery, line, { authorities, signal: cut.signal })]);
  } catch (error) {
    return line.lost(wordsOf(error));
  } finally {
    clearTimeout(timer);
    void line.part().finally(() => cut.abort());
  }
}

/** What is known of one connection. */
class Line {
  model: ChannelModel | null = null;
  hasPublished = false;

  /** After the message left nobody knows whether it arrived; before that nothing was sent. */
  lost(words: string): OutboundResult {
    if (this.hasPublished) return { kind: 'unknown', reason: `no confirm: ${words}` };
    if (WRONG_HOST.test(words)) {
      const reason = 'no connection: the virtual host is not there, or not for this user';
      return { kind: 'notSent', reason, isPermanent: true };
    }
    return { kind: 'notSent', reason: `no connection: ${words}`, isPermanent: WRONG_PASSWORD.test(words) };
  }

  async part(): Promise<void> {
    const closing = this.model?.close().catch(() => undefined);
    const patience = new Promise<void>((resolve) => setTimeout(resolve, PARTING_MS).unref());
    await Promise.race([closing, patience]);
  }
}

type Tls = { authorities: readonly string[]; signal: AbortSignal };

async function talk(reached: Reached, delivery: Delivery, line: Line, tls: Tls): Promise<OutboundResult> {
  const model = await open(reached, delivery, tls);
  line.model = model;
  // without a listener an error would end the process; what it means is told by the end of the channel
  let why = 'the connection was closed';
  model.on('error', (error) => (why = wordsOf(error)));
  const channel = await model.createConfirmChannel();
  return new Promise((resolve) => {
    let returned: string | null = null;
    channel.on('return', ({ fields }) => (returned = returnedWords(fields)));
    channel.on('error', (error) => resolve(closedBecause(error, line)));
    channel.on('close', () => resolve(line.lost(why)));
    channel.on('nack', () => resolve(nacked(delivery.target.settings)));
    // the broker returns what it cannot route before it confirms it
    channel.on('ack', () =>
      resolve(
        returned === null
          ? { kind: 'success', status: null, body: 'confirmed by the broker' }
          : { kind: 'rejected', status: null, body: returned },
      ),
    );
    line.hasPublished = true;
    publishOn(channel, delivery);
  });
}

const NACKED = 'the broker did not take it (basic.nack)';

/** The default exchange has one queue for a key. Any other may have put it into some queues when another one rejected it. */
function nacked({ exchange = '' }: Readonly<Record<string, string>>): OutboundResult {
  return exchange === ''
    ? { kind: 'retryable', status: null, body: NACKED, afterMs: null }
    : { kind: 'unknown', reason: `${NACKED}; another queue may have it` };
}

function open(
  { target, lookup }: Reached,
  { target: { settings, secrets } }: Delivery,
  tls: Tls,
): Promise<ChannelModel> {
  const vhost = target.pathname.slice(1);
  // connects to the checked addresses only
  const socket: SocketOptions & { signal: AbortSignal } = { lookup, signal: tls.signal, noDelay: true };
  if (tls.authorities.length > 0) socket.ca = [...tls.authorities];
  return connect(
    {
      protocol: target.protocol.replace(':', ''),
      hostname: bareHost(target),
      port: Number(portOf(target)),
      username: settings.userName ?? '',
      password: secrets.password ?? '',
      vhost: vhost === '' ? '/' : vhost,
      maxFrameSize: LARGEST_FRAME,
    },
    socket,
  );
}

function publishOn(
  channel: ConfirmChannel,
  { target, requestId, idempotencyKey, body, traceparent, at }: Delivery,
): void {
  const { exchange = '', routingKey = '' } = target.settings;
  channel.publish(exchange, routingKey, Buffer.from(body, 'utf8'), {
    mandatory: true,
    persistent: true,
    messageId: idempotencyKey,
    contentType: 'application/json',
    appId: 'throughline-requeue',
    timestamp: Math.floor(at.getTime() / 1_000),
    headers: { traceparent, 'throughline.requeue.id': requestId },
  });
}

function closedBecause(error: Error, line: Line): OutboundResult {
  const code = 'code' in error && typeof error.code === 'number' ? error.code : 0;
  const words = wordsOf(error);
  return REFUSALS.has(code)
    ? { kind: 'rejected', status: null, body: `the broker refused it: ${words}` }
    : line.lost(words);
}

/** The reply of basic.return stands in the fields of the message, which its types describe for deliveries alone. */
function returnedWords(fields: { exchange: string; routingKey: string }): string {
  const said = 'replyText' in fields && typeof fields.replyText === 'string' ? ` (${fields.replyText})` : '';
  return `no queue takes routing key "${fields.routingKey}" of exchange "${fields.exchange}"${said}`;
}
