import { useSyncExternalStore } from 'react';

export type LiveState = 'idle' | 'live' | 'paused';

type Snapshot = { state: LiveState; openings: number };

/** Whether live updates arrive; `openings` grows each time they begin to arrive or some were missed, so that readers load what happened before. */
export class LiveConnection {
  private snapshot: Snapshot = { state: 'idle', openings: 0 };
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly read = (): Snapshot => this.snapshot;

  opened(): void {
    this.set({ state: 'live', openings: this.snapshot.openings + 1 });
  }

  /** One of them was behind and begins anew: readers load what it did not tell, whatever the connection is like. */
  missed(): void {
    this.set({ ...this.snapshot, openings: this.snapshot.openings + 1 });
  }

  /** `isWanted` false: closed because nobody listens, which is no disturbance. */
  closed(isWanted: boolean): void {
    this.set({ ...this.snapshot, state: isWanted ? 'paused' : 'idle' });
  }

  private set(next: Snapshot): void {
    this.snapshot = next;
    for (const listener of this.listeners) listener();
  }
}

export const liveConnection = new LiveConnection();

export function useLiveConnection(): Snapshot {
  return useSyncExternalStore(liveConnection.subscribe, liveConnection.read);
}
