import { Refusal } from './refusal.js';

/** Bounds how many bytes of requests are in memory at the same time, over all protocols. */
export class ByteBudget {
  private used = 0;

  constructor(private readonly limit: number) {}

  /** Bytes held now. */
  get inFlight(): number {
    return this.used;
  }

  /** An account of one request: it grows while the request is read and is closed when the request is answered. */
  open(): ByteAccount {
    let held = 0;
    return {
      take: (bytes) => {
        if (this.used + bytes > this.limit) {
          throw new Refusal('unavailable', 'the collector holds as many bytes as it may; try again shortly', {
            retryAfterSeconds: 1,
          });
        }
        held += bytes;
        this.used += bytes;
      },
      close: () => {
        this.used -= held;
        held = 0;
      },
    };
  }
}

/** The bytes that one request holds. `take` throws a Refusal when the budget is used up. */
export type ByteAccount = { take(bytes: number): void; close(): void };
