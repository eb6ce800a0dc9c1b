/** What happens to an order, in the order in which it happens when all goes well; `cancel` only when somebody asks for it. */
export type StepKind = 'contract' | 'sync' | 'invoice' | 'payment' | 'position' | 'application' | 'cancel';

/** The request of Throughline that made a step run again. */
export type RequeueOrigin = {
  requeueId: string;
  /** W3C trace context of the attempt; the re-run continues it. */
  traceparent: string;
};

/** One thing to be played: it happened (or happens) at one time and is told to the collector at another. */
export type Step = {
  kind: StepKind;
  /** Epoch milliseconds; null = the moment at which it is played. */
  occursAt: number | null;
  playAt: number;
  /** Counts the runs of the same step of one order from 1. */
  run: number;
  /** Result of a sync; decided by the mappings of the ERP when the step is played, unless it is history. */
  outcome?: 'accepted' | 'failed';
  requeue?: RequeueOrigin;
};

/** How quickly the steps of a live order follow each other. */
export type Pace = 'normal' | 'fast';
