import type { OutboundResult } from '../../../outbound/index.js';
import type { RequeueTarget } from '../../catalog/index.js';

/** One attempt on its way to its target: the same key and bytes each time that it goes out. */
export type Delivery = {
  target: RequeueTarget;
  /** The re-run carries it as `throughline.requeue.id`. */
  requestId: string;
  idempotencyKey: string;
  body: string;
  traceparent: string;
  at: Date;
};

/** What a target says of an attempt that got no answer. `unknown` = it cannot tell, or was not reached. */
export type ProbeResult = { kind: 'applied' | 'not-applied' | 'unknown'; words: string };

/** What a target says of something that is not sent yet. */
export type ValidationAnswer = { isAccepted: boolean | null; words: string };

/** How one kind of target is talked to. It sends once: whether, when and how often is decided before it. */
export interface RequeueAdapter {
  send(delivery: Delivery): Promise<OutboundResult>;
  /** Asks what became of an attempt that got no answer; absent = such targets cannot be asked. */
  probe?(question: Omit<Delivery, 'body'>): Promise<ProbeResult>;
  /** Asks whether it would take this, without doing it; absent = such targets cannot be asked. */
  validate?(delivery: Delivery): Promise<ValidationAnswer>;
}
