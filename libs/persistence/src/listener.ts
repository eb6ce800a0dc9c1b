import pg from 'pg';
import { DatabaseUnavailable, reasonOf } from './transient-error.js';
import type { NotifyChannel } from './notify-channel.js';

const firstRetryMs = 100;
const longestRetryMs = 5_000;
// A peer that vanished without a word (cable, NAT) is noticed by asking.
const probeIntervalMs = 15_000;

type Handler = (payload: string) => void;

/** LISTEN over one connection of its own, shared by all channels of a process; made again, for ever, when it breaks. */
export class Listener {
  private readonly handlers = new Map<NotifyChannel, Set<Handler>>();
  private client: pg.Client | undefined;
  private connecting: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private tail: Promise<unknown> = Promise.resolve();
  private isClosed = false;

  constructor(
    private readonly url: string,
    private readonly applicationName: string,
  ) {}

  /** Resolves once the channel is listened to; throws DatabaseUnavailable when the first connection cannot be made. */
  async listen(channel: NotifyChannel, handler: Handler): Promise<() => Promise<void>> {
    if (this.isClosed) throw new Error('the database is closed');
    const handlers = this.handlers.get(channel) ?? new Set();
    this.handlers.set(channel, handlers.add(handler));
    try {
      await this.ensureConnected();
      await this.ask(`listen ${channel}`);
    } catch (cause) {
      handlers.delete(handler);
      throw new DatabaseUnavailable(`the database cannot be listened to: ${reasonOf(cause)}`, { cause });
    }
    return async () => {
      handlers.delete(handler);
      if (handlers.size > 0 || !this.handlers.delete(channel)) return;
      // Nothing to stop when the connection is away: the next one listens to what is left.
      await this.ask(`unlisten ${channel}`).catch(() => undefined);
    };
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    await this.connecting?.catch(() => undefined);
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private ensureConnected(): Promise<void> {
    if (this.client) return Promise.resolve();
    this.connecting ??= this.connect().finally(() => {
      this.connecting = undefined;
    });
    return this.connecting;
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: this.applicationName,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
    });
    client.on('notification', (message) => this.deliver(message.channel, message.payload ?? ''));
    client.on('error', () => this.reconnect(client));
    client.on('end', () => this.reconnect(client));
    try {
      await client.connect();
      for (const channel of this.handlers.keys()) await client.query(`listen ${channel}`);
    } catch (error) {
      client.end().catch(() => undefined);
      throw error;
    }
    this.client = client;
    this.scheduleProbe(client);
  }

  // One statement at a time: a pg client must not be given a second one while the first runs.
  private ask(sql: string): Promise<unknown> {
    const answer = this.tail.then(() => this.client?.query(sql));
    this.tail = answer.catch(() => undefined);
    return answer;
  }

  private deliver(channel: string, payload: string): void {
    for (const handler of this.handlers.get(channel as NotifyChannel) ?? []) handler(payload);
  }

  private scheduleProbe(client: pg.Client): void {
    this.timer = setTimeout(() => {
      this.ask('select 1').then(
        () => this.client === client && !this.isClosed && this.scheduleProbe(client),
        () => this.reconnect(client),
      );
    }, probeIntervalMs).unref();
  }

  private reconnect(broken: pg.Client, delayMs = firstRetryMs): void {
    if (this.isClosed || this.client !== broken) return;
    this.client = undefined;
    clearTimeout(this.timer);
    broken.end().catch(() => undefined);
    this.retry(delayMs);
  }

  private retry(delayMs: number): void {
    this.timer = setTimeout(() => {
      if (this.isClosed) return;
      this.ensureConnected().catch(() => this.retry(Math.min(delayMs * 2, longestRetryMs)));
    }, delayMs);
  }
}
