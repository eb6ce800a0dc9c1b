import { context, ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import type { Database } from '@throughline/persistence';
import type { OutboundClient, OutboundResult } from '../../../outbound/index.js';
import type { RequeueTarget } from '../../catalog/index.js';
import { targetOfAction } from '../compensation/domain/compensation-address.js';
import type { Adapters } from '../adapters/adapters.js';
import type { SendingRow } from '../sending.repository.js';

export type SenderDeps = {
  database: Database;
  client: OutboundClient;
  secretKey: Buffer;
  clock: () => Date;
  /** In [0, 1): jitter. */
  random: () => number;
};

/** An attempt that may go out now, with the target that takes it. */
export type Transmission = { attempt: SendingRow; target: RequeueTarget };

/** Sends it once; it never throws for what a target does. */
export async function transmit(
  adapters: Adapters,
  { attempt, target: declared }: Transmission,
  at: Date,
): Promise<OutboundResult> {
  const { requestId, idempotencyKey, body, traceparent } = attempt;
  let target: RequeueTarget | null;
  try {
    target = targetOfAction(declared, attempt);
  } catch (error) {
    // a path that was declared for another address than the target has now
    return { kind: 'notSent', reason: error instanceof Error ? error.message : String(error), isPermanent: true };
  }
  if (target === null) {
    const reason = `targets of kind ${declared.adapter} only take something again, they undo and tell nothing`;
    return { kind: 'notSent', reason, isPermanent: true };
  }
  const adapter = adapters[target.adapter];
  if (adapter === undefined) {
    return { kind: 'notSent', reason: `nothing is sent to targets of kind ${target.adapter}`, isPermanent: true };
  }
  // in the attempt's own trace: instrumentation that writes traceparent anew keeps the trace id that the re-run will carry
  return context.with(remoteContext(traceparent), () =>
    adapter.send({ target, requestId, idempotencyKey, body, traceparent, at }),
  );
}

function remoteContext(traceparent: string) {
  const [, traceId = '', spanId = ''] = traceparent.split('-');
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true });
}
