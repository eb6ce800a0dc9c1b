import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.js';

/** What one transmission came to. */
export type Transmission =
  | { outcome: 'accepted' }
  /** Can never succeed: sent again, it would be refused again. */
  | { outcome: 'rejected'; reason: string }
  | { outcome: 'retryable'; reason: string; retryAfterMs?: number };

export type Delivery = { name: string; transmit(): Promise<Transmission> };

export type OutboxOptions = {
  log: Log;
  /** Most deliveries that wait; further ones wait outside, so that nothing is dropped and memory stays bounded. */
  capacity: number;
  /** Transmissions under way at once. */
  lanes: number;
  firstBackOffMs?: number;
  longestBackOffMs?: number;
};

const FIRST_BACK_OFF_MS = 250;
const LONGEST_BACK_OFF_MS = 5_000;
const LONGEST_RETRY_AFTER_MS = 30_000;

type Entry = { delivery: Delivery; settle(outcome: 'accepted' | 'rejected'): void };

/** Holds deliveries until the receiver has accepted them, however long it is away. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #waiting: Entry[] = [];
  readonly #roomWanted: (() => void)[] = [];
  readonly #closing = new AbortController();
  #busyLanes = 0;
  #isAway = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Deliveries not yet accepted. */
  get pending(): number {
    return this.#waiting.length + this.#busyLanes;
  }

  get isFull(): boolean {
    return this.#waiting.length >= this.#options.capacity;
  }

  /** Resolves once the receiver accepted the delivery (or refused it for good); stays open when the outbox is closed before. */
  async deliver(delivery: Delivery): Promise<'accepted' | 'rejected'> {
    while (this.isFull) await new Promise<void>((resolve) => this.#roomWanted.push(resolve));
    return new Promise((settle) => {
      this.#waiting.push({ delivery, settle });
      this.#fillLanes();
    });
  }

  /** Lets what waits go out for at most the given time, then gives up; returns how many were not delivered. */
  async close(withinMs: number): Promise<number> {
    const deadline = Date.now() + withinMs;
    while (this.pending > 0 && Date.now() < deadline) await sleep(20);
    this.#closing.abort();
    return this.pending;
  }

  #fillLanes(): void {
    while (this.#busyLanes < this.#options.lanes) {
      const entry = this.#waiting.shift();
      if (entry === undefined) return;
      this.#roomWanted.shift()?.();
      this.#busyLanes += 1;
      void this.#transmitUntilSettled(entry).finally(() => {
        this.#busyLanes -= 1;
        this.#fillLanes();
      });
    }
  }

  async #transmitUntilSettled({ delivery, settle }: Entry): Promise<void> {
    const { log, firstBackOffMs = FIRST_BACK_OFF_MS, longestBackOffMs = LONGEST_BACK_OFF_MS } = this.#options;
    let backOffMs = firstBackOffMs;
    while (!this.#closing.signal.aborted) {
      const result = await delivery.transmit();
      if (result.outcome === 'retryable') {
        if (!this.#isAway)
          log.warn({ delivery: delivery.name, reason: result.reason }, 'collector does not take deliveries, retrying');
        this.#isAway = true;
        const waitMs = Math.min(result.retryAfterMs ?? backOffMs * (0.8 + Math.random() * 0.4), LONGEST_RETRY_AFTER_MS);
        backOffMs = Math.min(backOffMs * 2, longestBackOffMs);
        await sleep(waitMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
        continue;
      }
      if (this.#isAway) log.info({ waiting: this.pending }, 'collector takes deliveries again');
      this.#isAway = false;
      if (result.outcome === 'rejected')
        log.error({ delivery: delivery.name, reason: result.reason }, 'collector refused a delivery');
      settle(result.outcome);
      return;
    }
  }
}
