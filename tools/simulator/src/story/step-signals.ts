import {
  cashPositionKey,
  cashPositionUpdated,
  contractApproved,
  invoicePosted,
  paymentApplied,
  paymentReceived,
  salesOrderAccepted,
  salesOrderCancelled,
  salesOrderRejected,
  type EventOrigin,
  type PositionEntries,
} from './events.js';
import type { Order } from './order.js';
import type { StepSignals, TraceDraft } from './signals.js';
import type { Step } from './step.js';
import { applicationTrace, bankCreditTrace, billingTrace, cashPositionTrace, syncTrace } from './traces.js';

/** A step whose time is known: it is being played. */
export type PlayedStep = Pick<Step, 'run' | 'outcome' | 'requeue'> & {
  kind: Exclude<Step['kind'], 'position'>;
  at: number;
};

/** What the estate sends when a step of an order happens. */
export function signalsOfStep(seed: string, order: Order, step: PlayedStep): StepSignals {
  const { at } = step;
  const requeued = step.requeue === undefined ? {} : { requeue: step.requeue };
  const run = { seed, order, at, run: step.run, ...requeued };
  const withOrigin = (
    trace: TraceDraft,
    publish: (origin: EventOrigin) => StepSignals['events'][number],
  ): StepSignals => ({
    traces: [trace],
    events: [publish({ traceId: trace.traceId, spanId: trace.spans[0]?.spanId ?? '', run: step.run, ...requeued })],
  });
  switch (step.kind) {
    case 'contract':
      return { traces: [], events: [contractApproved(order, at)] };
    case 'sync':
      return step.outcome === 'failed'
        ? withOrigin(syncTrace(run, 'failed'), (origin) => salesOrderRejected(order, at, origin))
        : withOrigin(syncTrace(run, 'accepted'), (origin) => salesOrderAccepted(order, at, origin));
    case 'cancel':
      return { traces: [], events: [salesOrderCancelled(order, at, { run: step.run, ...requeued })] };
    case 'invoice':
      return withOrigin(billingTrace(run), (origin) => invoicePosted(order, at, origin));
    case 'payment':
      return withOrigin(bankCreditTrace(run), (origin) => paymentReceived(order, at, origin));
    case 'application':
      return withOrigin(applicationTrace(run), (origin) => paymentApplied(order, at, origin));
  }
}

/** What the estate sends when a cash position takes in the bank entries of the given orders. */
export function signalsOfPosition(seed: string, entries: PositionEntries, at: number): StepSignals {
  const [first] = entries.orders;
  const key = cashPositionKey(first, entries.creditedAt);
  const trace = cashPositionTrace({ seed, order: first, at, run: 1 }, { ...key, entries: entries.orders.length });
  const origin = { traceId: trace.traceId, spanId: trace.spans[0]?.spanId ?? '', run: 1 };
  return { traces: [trace], events: [cashPositionUpdated(entries, at, origin)] };
}
