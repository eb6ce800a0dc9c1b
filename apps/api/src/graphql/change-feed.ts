import type { Database } from '@throughline/persistence';

/** Of a notification the id is that of the person who is notified, of a decision on sending again that of the tenant. */
export type ChangeKind = 'exception' | 'transaction' | 'requeue' | 'requeue-approval' | 'bulk-act' | 'notification';

/** Something changed; ids only, whoever listens reads the state anew. */
export type Change = { id: string };

/** Distinct ids that wait for a slow subscriber; beyond it the subscription ends and the client subscribes anew. */
const MAX_WAITING_IDS = 10_000;

const RETRY_MS = 1_000;

type Subscriber = { ids: ReadonlySet<string> | null; push(id: string): void; end(): void };

/** Brings `throughline_changed` notifications of any process to the GraphQL subscriptions of this one, per tenant. */
export class ChangeFeed {
  private readonly subscribers = new Map<string, Set<Subscriber>>();
  private stopListening: (() => Promise<void>) | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;

  /** Starts listening, tried again until it succeeds; from then on the connection re-establishes itself. */
  async start(database: Database): Promise<void> {
    try {
      const stopListening = await database.listen('throughline_changed', (payload) => this.publish(payload));
      this.stopListening = stopListening;
    } catch {
      // the database is away: readiness says so already
      if (!this.isStopped) {
        this.timer = setTimeout(() => void this.start(database), RETRY_MS);
      }
      return;
    }
    if (this.isStopped) {
      await this.stop();
    }
  }

  /** Ends listening and all subscriptions. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    for (const subscriber of [...this.subscribers.values()].flatMap((set) => [...set])) {
      subscriber.end();
    }
    await this.stopListening?.();
    this.stopListening = undefined;
  }

  /**
   * Changes of one kind in one tenant, from now on; `ids` narrows. Repeats of an id that was not yet taken are one:
   * a burst of a thousand changes to one transaction costs a slow reader one read.
   */
  changes(tenantId: string, kind: ChangeKind, ids?: readonly string[] | null): AsyncIterableIterator<Change> {
    const key = `${tenantId}/${kind}`;
    const waiting = new Set<string>();
    let wake: (() => void) | undefined;
    let isEnded = false;
    const subscriber: Subscriber = {
      ids: ids ? new Set(ids) : null,
      push(id) {
        waiting.add(id);
        isEnded ||= waiting.size > MAX_WAITING_IDS;
        wake?.();
      },
      end: () => end(),
    };
    const set = this.subscribers.get(key) ?? new Set<Subscriber>();
    this.subscribers.set(key, set.add(subscriber));
    const end = () => {
      isEnded = true;
      set.delete(subscriber);
      wake?.();
    };
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      async next(): Promise<IteratorResult<Change>> {
        while (!isEnded) {
          const [id] = waiting;
          if (id !== undefined) {
            waiting.delete(id);
            return { done: false, value: { id } };
          }
          await new Promise<void>((resolve) => (wake = resolve));
        }
        end();
        return { done: true, value: undefined };
      },
      async return(): Promise<IteratorResult<Change>> {
        end();
        return { done: true, value: undefined };
      },
      async throw(error): Promise<IteratorResult<Change>> {
        end();
        throw error;
      },
    };
  }

  /** Hands one notification to its subscribers; what is no well-formed change is ignored. */
  publish(payload: string): void {
    const change = parseChange(payload);
    if (change === undefined) {
      return;
    }
    for (const subscriber of this.subscribers.get(`${change.tenantId}/${change.kind}`) ?? []) {
      for (const id of change.ids) {
        if (subscriber.ids === null || subscriber.ids.has(id)) subscriber.push(id);
      }
    }
  }
}

/** One id, or several of one kind. */
function parseChange(payload: string): { tenantId: string; kind: string; ids: readonly string[] } | undefined {
  try {
    const parsed: unknown = JSON.parse(payload);
    if (typeof parsed !== 'object' || parsed === null) {
      return undefined;
    }
    const { tenantId, kind, id, ids = [id] } = parsed as Record<string, unknown>;
    return typeof tenantId === 'string' && typeof kind === 'string' && Array.isArray(ids) && ids.every(isText)
      ? { tenantId, kind, ids }
      : undefined;
  } catch {
    return undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
