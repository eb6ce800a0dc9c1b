import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  decodeLogsInSteps,
  decodeTracesInSteps,
  MalformedRequest,
  RPC_CODES,
  type DecodedCounts,
  type OtlpEncoding,
  type PartialSuccess,
} from '@throughline/ingest';
import { asRefusal, type Intake, type IntakeRequest } from '../intake/intake.js';
import { INTEGRATION, logSignals } from '../intake/log-signal.js';
import type { RefusedSignal } from '../intake/redaction-of-signals.js';
import { Refusal, type RefusalKind } from '../intake/refusal.js';
import { partialSuccessOf } from './otlp-messages.js';

/** google.rpc code of each kind of refusal. */
export const RPC_CODE: Record<RefusalKind, number> = {
  unauthenticated: RPC_CODES.UNAUTHENTICATED,
  forbidden: RPC_CODES.PERMISSION_DENIED,
  'not-found': RPC_CODES.NOT_FOUND,
  gone: RPC_CODES.NOT_FOUND,
  malformed: RPC_CODES.INVALID_ARGUMENT,
  misframed: RPC_CODES.INTERNAL,
  'unsupported-media-type': RPC_CODES.INVALID_ARGUMENT,
  'too-large': RPC_CODES.RESOURCE_EXHAUSTED,
  'too-late': RPC_CODES.DEADLINE_EXCEEDED,
  'not-taken': RPC_CODES.UNIMPLEMENTED,
  // With RetryInfo, which is what makes it retryable.
  'rate-limited': RPC_CODES.RESOURCE_EXHAUSTED,
  unavailable: RPC_CODES.UNAVAILABLE,
  internal: RPC_CODES.INTERNAL,
};

/** A request of either transport, read. takeTraces lets its body go: while it waits for the database nobody needs it. */
export type OtlpRequest = { body: Uint8Array; encoding: OtlpEncoding; hopTraceparent: string | null };

/** Decodes and stores a request of one signal; answers what was refused of it. Throws a Refusal. */
export type Take = (intake: Intake, taken: IntakeRequest, request: OtlpRequest) => Promise<PartialSuccess | undefined>;

const pause = (): Promise<void> => nextTurn();
const NO_BODY = new Uint8Array(0);

/** Takes an ExportTraceServiceRequest. */
export const takeTraces: Take = async (intake, taken, request) => {
  const decoded = await readable(request, () =>
    decodeTracesInSteps(request.body, request.encoding, taken.receivedAt.getTime(), pause),
  );
  if (decoded.rejectedCount === 0) request.body = NO_BODY;
  const good = decoded.spans.length;
  await intake.takeSpans(taken, decoded.spans, decoded.rejectedCount);
  const partial = partialSuccessOf(decoded, good, 'traces');
  if (partial && partial.rejected > 0) await intake.keepRefused(taken, partial.message, request.body);
  return partial;
};

/** Takes an ExportLogsServiceRequest. */
export const takeLogs: Take = async (intake, taken, request) => {
  const { body, encoding, hopTraceparent } = request;
  const decoded = await readable(request, () => decodeLogsInSteps(body, encoding, pause));
  const { tenantId } = taken.sender;
  const [names, source] = await intake.configured(() =>
    Promise.all([intake.attributeNames.of(tenantId), intake.sourceSystems.find(tenantId, taken.sourceSystem)]),
  );
  const sender = { names, source: source ?? boundSource(taken), hopTraceparent };
  // By the name under which they are stored.
  const services = new Map<string, number>();
  const integrations = new Map<string, number>();
  const { refused } = await intake.takeSignals(
    taken,
    logSignals(decoded.records, sender),
    decoded.rejectedCount,
    (stored) => {
      for (const { source, attributes } of stored) {
        services.set(source, (services.get(source) ?? 0) + 1);
        const integration = attributes[INTEGRATION];
        if (typeof integration === 'string') integrations.set(integration, (integrations.get(integration) ?? 0) + 1);
      }
    },
  );
  intake.sight(taken, { services, integrations });
  const partial = partialSuccessOf(withRefused(decoded, refused), decoded.records.length - refused.length, 'logs');
  if (partial && partial.rejected > 0) await intake.keepRefused(taken, partial.message, body);
  return partial;
};

/** What a redaction rule keeps from being stored is refused like what cannot be read. */
function withRefused(decoded: DecodedCounts, refused: readonly RefusedSignal[]): DecodedCounts {
  const rejections = new Map(decoded.rejections);
  for (const { reason } of refused) rejections.set(reason, (rejections.get(reason) ?? 0) + 1);
  return { ...decoded, rejectedCount: decoded.rejectedCount + refused.length, rejections };
}

/** A key may be bound to a source system that nobody has configured yet. */
function boundSource({ sourceSystem }: IntakeRequest): { name: string; kind: string } | null {
  return sourceSystem === '' ? null : { name: sourceSystem, kind: '' };
}

async function readable<T>(request: OtlpRequest, decode: () => Promise<T>): Promise<T> {
  try {
    return await decode();
  } catch (error) {
    if (error instanceof MalformedRequest) throw new Refusal('malformed', error.message, { sample: request.body });
    throw asRefusal(error).about(request.body);
  }
}
