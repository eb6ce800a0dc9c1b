import { Refusal } from './refusal.js';

/** How long a request that must be alone waits for the others to end. */
const LONGEST_WAIT_MS = 10_000;

/** The bytes that one request holds; closed when the request is answered. */
export type ByteAccount = {
  /** Bytes as they were received and decompressed, without what unpacking makes of them. */
  readonly bytes: number;
  /** Announces bytes that will be taken: they are paid for now. Waits like `admit`. */
  reserve(bytes: number): Promise<void>;
  /** Takes bytes. A request that is larger than the budget waits until it is alone. Throws a Refusal. */
  admit(bytes: number): Promise<void>;
  /** Takes bytes without ever waiting. Throws a Refusal. */
  take(bytes: number): void;
  close(): void;
};

/**
 * Bounds what requests of all protocols take in memory at the same time. A byte of a request is charged with `factor`: what
 * it becomes once it is unpacked. A request that is charged more than the whole budget is served alone: it waits for the
 * others to end while new ones are sent away, so that it has its turn under any load.
 */
export class ByteBudget {
  private used = 0;
  private alone: object | undefined;
  private wake: (() => void) | undefined;

  constructor(
    private readonly limit: number,
    private readonly longestWaitMs = LONGEST_WAIT_MS,
  ) {}

  /** Bytes charged now. */
  get inFlight(): number {
    return this.used;
  }

  /** An account of one request: it grows while the request is read. */
  open(factor = 1): ByteAccount {
    let held = 0;
    let bytes = 0;
    let reserved = 0;
    const self = {};
    const fits = (charge: number): boolean => {
      if (this.alone === self) return true;
      if (this.used === held && this.alone === undefined) {
        if (held + charge > this.limit) this.alone = self;
        return true;
      }
      // Whoever waits to be alone is waited for: nobody begins, and those who have begun may end.
      return (this.alone === undefined || held > 0) && this.used + charge <= this.limit;
    };
    const charge = (amount: number): void => {
      held += amount;
      this.used += amount;
    };
    const unpaid = (count: number): number => {
      const paid = Math.min(reserved, count);
      reserved -= paid;
      bytes += count;
      return (count - paid) * factor;
    };
    const pay = async (amount: number): Promise<void> => {
      if (amount === 0) return;
      if (!fits(amount)) {
        if (held + amount <= this.limit || this.alone !== undefined) throw this.full();
        this.alone = self;
        await this.untilOthersEnd(() => this.used === held);
      }
      charge(amount);
    };
    return {
      get bytes() {
        return bytes;
      },
      reserve: async (count) => {
        await pay(count * factor);
        reserved += count;
      },
      admit: (count) => pay(unpaid(count)),
      take: (count) => {
        const amount = unpaid(count);
        if (amount > 0 && !fits(amount)) throw this.full();
        charge(amount);
      },
      close: () => {
        this.used -= held;
        held = 0;
        if (this.alone === self) this.alone = undefined;
        this.wake?.();
      },
    };
  }

  private async untilOthersEnd(haveEnded: () => boolean): Promise<void> {
    const deadline = performance.now() + this.longestWaitMs;
    while (!haveEnded()) {
      const left = deadline - performance.now();
      if (left <= 0) {
        this.alone = undefined;
        throw this.full();
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.wake = undefined;
  }

  private full(): Refusal {
    return new Refusal('unavailable', 'the collector holds as many bytes as it may; try again shortly', {
      retryAfterSeconds: 1,
    });
  }
}
