import type { NotifyChannel } from '@throughline/persistence';

/** A step of the pipeline that works through one tenant's pending rows. */
export type Stage = {
  name: string;
  /** Notifications that say there may be work; polling is the net under them. */
  wakesOn: readonly NotifyChannel[];
  pollMs: number;
  /** Does one bounded piece of work; true = there was some, call again at once; a time = call again then. */
  run(tenantId: string): Promise<StageTurn>;
};

export type StageTurn = boolean | { againInMs: number };

/** Which run of a job this is: number counts from 1. */
export type TaskAttempt = { number: number; max: number };

/** A job of the queue; throwing = tried again later with back-off, until the attempts are used up. */
export type Task = {
  name: string;
  run(payload: unknown, attempt: TaskAttempt): Promise<void>;
};
