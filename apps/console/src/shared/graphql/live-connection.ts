import { useSyncExternalStore } from 'react';

export type LiveState = 'idle' | 'live' | 'paused';

type Snapshot = { state: LiveState; reconnections: number };

/** Whether live updates arrive; `reconnections` grows each time they come back, so that readers load what they missed. */
export class LiveConnection {
  private snapshot: Snapshot = { state: 'idle', reconnections: 0 };
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly read = (): Snapshot => this.snapshot;

  opened(): void {
    const isReturn = this.snapshot.state === 'paused';
    this.set({ state: 'live', reconnections: this.snapshot.reconnections + (isReturn ? 1 : 0) });
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
