import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.js';
import { seededRandom } from '../story/seeded-random.js';
import type { Estate } from './estate.js';

const MINUTE_MS = 60_000;
const HELD_UP_MS = 1_000;

/** Lets new orders come in at a rate, until stopped. */
export class Traffic {
  readonly #deps: { estate: Estate; seed: string; log: Log };
  readonly #stopping = new AbortController();
  #changed = new AbortController();
  #ordersPerMinute: number;
  #running: Promise<void> = Promise.resolve();

  constructor(deps: { estate: Estate; seed: string; log: Log }, ordersPerMinute: number) {
    this.#deps = deps;
    this.#ordersPerMinute = ordersPerMinute;
  }

  get ordersPerMinute(): number {
    return this.#ordersPerMinute;
  }

  change(ordersPerMinute: number): void {
    this.#ordersPerMinute = ordersPerMinute;
    this.#changed.abort();
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#changed.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { estate, seed, log } = this.#deps;
    for (let arrival = 0; !this.#stopping.signal.aborted; arrival += 1) {
      if (this.#changed.signal.aborted) this.#changed = new AbortController();
      const gap = seededRandom(seed, 'arrival', arrival).integer(50, 150) / 100;
      const waitMs = this.#ordersPerMinute > 0 ? (MINUTE_MS / this.#ordersPerMinute) * gap : MINUTE_MS;
      const wasInterrupted = await sleep(waitMs, false, { signal: this.#changed.signal }).catch(() => true);
      if (wasInterrupted || this.#ordersPerMinute === 0) continue;
      if (estate.isHeldUp) {
        await sleep(HELD_UP_MS);
        continue;
      }
      try {
        await estate.placeOrder(Date.now());
      } catch (error) {
        log.error({ error: error instanceof Error ? error.message : String(error) }, 'an order could not be placed');
      }
    }
  }
}
