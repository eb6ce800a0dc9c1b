import { ROOT_CONTEXT, SpanStatusCode, context, trace } from '@opentelemetry/api';
import { SPAN_ATTRIBUTES } from '@throughline/canonical';
import { OversizedRequest, type SpanRecord } from '@throughline/ingest';
import { OWN_NAMESPACE, withoutTracing, type Logger } from '@throughline/observability';
import type { Database, Tx } from '@throughline/persistence';
import type { ByteBudget } from './byte-budget.js';
import { databaseRefusal } from './database-refusal.js';
import type { IngestKeys, Sender } from './ingest-keys.js';
import type { StoredCounts } from './intake-batch.js';
import type { IntakeMetrics, Protocol } from './intake-metrics.js';
import type { RefusedInputs } from './refused-inputs.js';
import { Refusal } from './refusal.js';
import type { NewSignal } from './new-signal.js';
import { storeSignals } from './store-signals.js';
import { storeSpans } from './store-spans.js';

/** What an intake works with. */
export type IntakeParts = {
  database: Pick<Database, 'withTenant'>;
  keys: IngestKeys;
  refusedInputs: RefusedInputs;
  metrics: IntakeMetrics;
  budget: ByteBudget;
  log: Logger;
  now: () => Date;
};

/** One request being taken in: who sends it, when it came, by which protocol. */
export type IntakeRequest = { protocol: Protocol; sender: Sender; receivedAt: Date };

/** Store first, acknowledge after: what the receivers of all protocols share. */
export class Intake {
  readonly budget: ByteBudget;
  readonly metrics: IntakeMetrics;
  readonly log: Logger;
  private readonly tracer = trace.getTracer('throughline-collector');

  constructor(private readonly parts: IntakeParts) {
    this.budget = parts.budget;
    this.metrics = parts.metrics;
    this.log = parts.log;
  }

  /** Starts a request. Throws a Refusal. */
  async open(protocol: Protocol, authorization: string | undefined): Promise<IntakeRequest> {
    const receivedAt = this.parts.now();
    try {
      return { protocol, sender: await this.parts.keys.authenticate(authorization), receivedAt };
    } catch (error) {
      throw databaseRefusal(error);
    }
  }

  /** Stores the spans; when it returns they are durable. Throws a Refusal. */
  async takeSpans(request: IntakeRequest, spans: readonly SpanRecord[], refusedCount: number): Promise<StoredCounts> {
    this.metrics.countItems(request.protocol, 'received', spans.length + refusedCount);
    this.metrics.countItems(request.protocol, 'refused', refusedCount);
    if (spans.length === 0) return { stored: 0, duplicates: 0 };
    // Our own traces have nothing to map; work announced for them would make more of them, without end.
    const isOwn = spans.every(isOwnSpan);
    return this.store(request, spans.length, isOwn, (tx) => storeSpans(tx, spans, request.receivedAt, !isOwn));
  }

  /** Stores the signals; when it returns they are durable. Throws a Refusal. */
  async takeSignals(
    request: IntakeRequest,
    signals: readonly NewSignal[],
    refusedCount: number,
  ): Promise<StoredCounts> {
    this.metrics.countItems(request.protocol, 'received', signals.length + refusedCount);
    this.metrics.countItems(request.protocol, 'refused', refusedCount);
    if (signals.length === 0) return { stored: 0, duplicates: 0 };
    const receipt = { receivedAt: request.receivedAt, keyId: request.sender.keyId };
    return this.store(request, signals.length, false, (tx) => storeSignals(tx, signals, receipt));
  }

  /** Keeps a sample of what could not be read. */
  async keepRefused(request: IntakeRequest, reason: string, body: Uint8Array): Promise<void> {
    await this.parts.refusedInputs.keep(request.sender.tenantId, request.protocol, reason, body, request.receivedAt);
  }

  private async store(
    request: IntakeRequest,
    items: number,
    isOwn: boolean,
    work: (tx: Tx) => Promise<StoredCounts>,
  ): Promise<StoredCounts> {
    const run = (): Promise<StoredCounts> => this.parts.database.withTenant(request.sender.tenantId, work);
    try {
      const counts = await (isOwn ? withoutTracing(run) : this.traced(request, items, run));
      this.metrics.countItems(request.protocol, 'stored', counts.stored);
      this.metrics.countItems(request.protocol, 'duplicate', counts.duplicates);
      return counts;
    } catch (error) {
      throw databaseRefusal(error);
    }
  }

  /** A span of our own round the storing; the request itself is not traced (see isUntracedPath). */
  private traced(request: IntakeRequest, items: number, run: () => Promise<StoredCounts>): Promise<StoredCounts> {
    const attributes = { 'throughline.protocol': request.protocol, 'throughline.items': items };
    return context.with(ROOT_CONTEXT, () =>
      this.tracer.startActiveSpan('store batch', { attributes }, async (span) => {
        try {
          return await run();
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      }),
    );
  }
}

function isOwnSpan(span: SpanRecord): boolean {
  const isOurs = span.resource.attributes['service.namespace'] === OWN_NAMESPACE;
  return isOurs && span.attributes[SPAN_ATTRIBUTES.objectType] === undefined;
}

/** Every failure of taking a request as a Refusal: what is none is our fault. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof OversizedRequest) return new Refusal('too-large', error.message);
  return new Refusal('internal', 'the collector failed on this request', { cause: error });
}
