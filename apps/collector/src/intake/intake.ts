import { setImmediate as nextTurn } from 'node:timers/promises';
import { ROOT_CONTEXT, SpanStatusCode, context, trace } from '@opentelemetry/api';
import { OBJECT_NAMING_ATTRIBUTES } from '@throughline/canonical';
import { encodeSpans, OversizedRequest, type Redaction, type SpanRecord } from '@throughline/ingest';
import { OWN_NAMESPACE, withoutTracing, type Logger } from '@throughline/observability';
import type { Database, Tx } from '@throughline/persistence';
import type { AttributeNamesOfTenants } from './attribute-names-of-tenants.js';
import type { ByteBudget } from './byte-budget.js';
import { creditedServices, creditedSignals, type CreditedItems } from './credited-items.js';
import { databaseRefusal } from './database-refusal.js';
import { demandInTime } from './deadline.js';
import type { Credentials, IngestKeys, Sender } from './ingest-keys.js';
import type { StoredCounts } from './intake-batch.js';
import type { IntakeMetrics, Protocol } from './intake-metrics.js';
import { namesInSpans, type NamesInSpans } from './names-in-spans.js';
import type { NewSignal } from './new-signal.js';
import type { RateLimiter } from './rate-limiter.js';
import { redactInTurns, redactSignals, redactSpans, SPANS_A_TURN, type RefusedSignal } from './redaction-of-signals.js';
import type { RedactionRules } from './redaction-rules.js';
import type { RefusedInputs } from './refused-inputs.js';
import { Refusal, type RefusalKind } from './refusal.js';
import type { SightingKind, Sightings } from './sightings.js';
import type { SourceSystems } from './source-systems.js';
import { storeSignals } from './store-signals.js';
import { storeSpans } from './store-spans.js';
import type { Usage, UsageLedger } from './usage-ledger.js';

/** What an intake works with. */
export type IntakeParts = {
  database: Pick<Database, 'withTenant'>;
  keys: IngestKeys;
  limiter: RateLimiter;
  sourceSystems: SourceSystems;
  attributeNames: AttributeNamesOfTenants;
  redactionRules: RedactionRules;
  refusedInputs: RefusedInputs;
  usage: UsageLedger;
  sightings: Sightings;
  metrics: IntakeMetrics;
  budget: ByteBudget;
  log: Logger;
  now: () => Date;
};

/** One request being taken in: who sends it, for which source system ('' = none), when it came, by which protocol. */
export type IntakeRequest = {
  protocol: Protocol;
  sender: Sender;
  sourceSystem: string;
  receivedAt: Date;
  /** Until when its sender waits, as performance.now() has it; what is not being stored by then is not stored. */
  deadline?: number | undefined;
};

/** What storing signals came to, and by their position those that must not be stored. */
export type TakenSignals = StoredCounts & { refused: readonly RefusedSignal[] };

/** Store first, acknowledge after: what the receivers of all protocols share. */
export class Intake {
  readonly budget: ByteBudget;
  readonly metrics: IntakeMetrics;
  readonly log: Logger;
  readonly sourceSystems: SourceSystems;
  readonly attributeNames: AttributeNamesOfTenants;
  private readonly tracer = trace.getTracer('throughline-collector');

  constructor(private readonly parts: IntakeParts) {
    this.budget = parts.budget;
    this.metrics = parts.metrics;
    this.log = parts.log;
    this.sourceSystems = parts.sourceSystems;
    this.attributeNames = parts.attributeNames;
  }

  /**
   * Starts a request: before its body is read, so that an unknown or overrun key costs nothing. A text is an Authorization
   * header; `sourceSystem` is given by routes that name one. Throws a Refusal.
   */
  async open(
    protocol: Protocol,
    credentials: Credentials | string | undefined,
    sourceSystem?: string,
  ): Promise<IntakeRequest> {
    const receivedAt = this.parts.now();
    let sender: Sender;
    try {
      sender = await this.parts.keys.authenticate(credentials);
    } catch (error) {
      throw databaseRefusal(error);
    }
    const request = { protocol, sender, sourceSystem: sourceSystem ?? sender.sourceSystem ?? '', receivedAt };
    try {
      this.parts.limiter.demand(sender);
    } catch (error) {
      this.use(request, { requests: 1, limited: 1 });
      throw error;
    }
    this.use(request, { requests: 1 });
    return request;
  }

  /** Stores the spans, redacted, and takes the list over: it is empty afterwards. When it returns they are durable. Throws a Refusal. */
  async takeSpans(request: IntakeRequest, spans: SpanRecord[], refusedCount: number): Promise<StoredCounts> {
    const count = spans.length;
    if (count === 0) {
      this.countReceived(request, 0, refusedCount);
      this.use(request, { items: refusedCount, refused: refusedCount });
      return { stored: 0, duplicates: 0 };
    }
    // Storing our own traces is not traced: it would make more of them, without end.
    const isOwn = spans.every(isOwnSpan);
    const names = await this.namesOf(request);
    const redaction = await this.redactionOf(request);
    const earliestMs = earliestSpanMs(spans);
    const redacted = await redactSpans(spans, request.sourceSystem, redaction);
    const named = namesInSpans(redacted);
    const credited = creditedServices(named.services, await this.configuredNames(request), earliestMs);
    this.countReceived(request, count, refusedCount);
    if (count > SPANS_A_TURN) await nextTurn();
    const encoding = encodeSpans(redacted, request.receivedAt, names);
    // By far the most of what a request holds in memory; what waits for compressor and database needs none of it.
    spans.length = 0;
    const encoded = await encoding;
    const counts = await this.store(request, count, isOwn, (tx) => storeSpans(tx, encoded));
    this.credit(request, credited, refusedCount);
    this.creditDuplicates(request, credited, counts);
    if (!isOwn) this.sight(request, named);
    return counts;
  }

  /**
   * Stores the signals, redacted; when it returns they are durable. Very many are asked for and stored part by part, so that
   * other requests have their turn, and what is made when it is asked for need not stand in memory whole; `onStored` hears of
   * each part as it is stored. Where a later one fails, the sender comes again and the earlier are duplicates. Throws a Refusal.
   */
  async takeSignals(
    request: IntakeRequest,
    received: Iterable<NewSignal>,
    refusedCount: number,
    onStored: (signals: readonly NewSignal[]) => void = () => undefined,
  ): Promise<TakenSignals> {
    const taken = { stored: 0, duplicates: 0, refused: [] as RefusedSignal[] };
    let start = 0;
    for (const part of partsOf(received)) {
      const { signals, refused } = await this.redacted(request, part);
      const counts = await this.takePart(request, signals, refused.length + (start === 0 ? refusedCount : 0));
      onStored(signals);
      taken.stored += counts.stored;
      taken.duplicates += counts.duplicates;
      for (const { position, reason } of refused) taken.refused.push({ position: start + position, reason });
      start += part.length;
    }
    return taken;
  }

  private async takePart(
    request: IntakeRequest,
    signals: readonly NewSignal[],
    refusedCount: number,
  ): Promise<StoredCounts> {
    const credited = creditedSignals(signals, await this.configuredNames(request));
    this.countReceived(request, signals.length, refusedCount);
    if (signals.length === 0) {
      this.credit(request, credited, refusedCount);
      return { stored: 0, duplicates: 0 };
    }
    const receipt = { receivedAt: request.receivedAt, keyId: request.sender.keyId };
    const counts = await this.store(request, signals.length, false, (tx) => storeSignals(tx, signals, receipt));
    this.credit(request, credited, refusedCount);
    this.creditDuplicates(request, credited, counts);
    return counts;
  }

  /**
   * Stores the records of one file in one transaction. `work` puts every batch through `redact`, which throws when one of
   * them must not be stored: a file is all or nothing. Throws a Refusal.
   */
  async takeFile(
    request: IntakeRequest,
    records: number,
    work: (tx: Tx, redact: (signals: readonly NewSignal[]) => readonly NewSignal[]) => Promise<StoredCounts>,
  ): Promise<StoredCounts> {
    const redaction = await this.redactionOf(request);
    const redact = (batch: readonly NewSignal[]): readonly NewSignal[] => {
      const { signals, refused } = redactSignals(batch, redaction);
      const [first] = refused;
      if (first === undefined) return signals;
      throw new Refusal('malformed', `record ${batch[first.position]?.recordNo ?? '?'}: ${first.reason}`);
    };
    this.countReceived(request, records, 0);
    const counts = await this.store(request, records, false, (tx) => work(tx, redact));
    this.use(request, { items: records, duplicates: counts.duplicates });
    return counts;
  }

  /** The signals as they may be stored, and those that may not be. Throws a Refusal when the rules are not known. */
  async redacted(
    request: IntakeRequest,
    signals: readonly NewSignal[],
  ): Promise<{ signals: readonly NewSignal[]; refused: RefusedSignal[] }> {
    return redactInTurns(signals, await this.redactionOf(request));
  }

  /** Keeps a sample of what could not be read, redacted; none while the rules are not known. */
  async keepRefused(request: IntakeRequest, reason: string, body: Uint8Array): Promise<void> {
    const { sender, protocol, receivedAt } = request;
    let kept: ReturnType<Redaction['refused']>;
    try {
      kept = (await this.redactionOf(request)).refused(body, reason);
    } catch (error) {
      this.log.warn({ err: error, tenantId: sender.tenantId, protocol }, 'sample of refused input not kept');
      return;
    }
    await this.parts.refusedInputs.keep(sender.tenantId, protocol, kept.reason, kept.sample, receivedAt);
  }

  /** A request that holds nothing that can be read: counted as one item, with a sample. */
  async refuseWhole(request: IntakeRequest, reason: string, body: Uint8Array): Promise<void> {
    this.countReceived(request, 0, 1);
    this.use(request, { items: 1, refused: 1 });
    await this.keepRefused(request, reason, body);
  }

  /** Adds to what the key has used. */
  use(request: IntakeRequest, usage: Usage): void {
    const { sender, sourceSystem, receivedAt } = request;
    this.parts.usage.add({ tenantId: sender.tenantId, keyId: sender.keyId, sourceSystem }, receivedAt, usage);
  }

  /** Notes senders by the names they give themselves; those that nobody configured are offered for adoption. */
  sight(request: IntakeRequest, { services, integrations }: NamesInSpans): void {
    for (const [name, count] of services) this.sightOne(request, 'service', name, count);
    for (const [name, count] of integrations) this.sightOne(request, 'integration', name, count);
  }

  sightOne(request: IntakeRequest, kind: SightingKind, name: string, count: number): void {
    this.parts.sightings.add(request.sender.tenantId, kind, name, count, request.receivedAt);
  }

  /** Runs a read of configuration; its failure is one of the database. */
  async configured<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      throw databaseRefusal(error);
    }
  }

  private redactionOf(request: IntakeRequest): Promise<Redaction> {
    return this.configured(() => this.parts.redactionRules.of(request.sender.tenantId));
  }

  private namesOf(request: IntakeRequest): ReturnType<AttributeNamesOfTenants['of']> {
    return this.configured(() => this.attributeNames.of(request.sender.tenantId));
  }

  private countReceived(request: IntakeRequest, good: number, refused: number): void {
    this.metrics.countItems(request.protocol, 'received', good + refused);
    this.metrics.countItems(request.protocol, 'refused', refused);
    this.parts.limiter.spend(request.sender, good + refused);
  }

  /** Counts items for the source system that sent them, also where many share one key; what was refused is the key's alone. */
  private credit(request: IntakeRequest, credited: CreditedItems, refused: number): void {
    for (const [name, { items, earliestMs }] of credited) {
      const lag = lagMs(earliestMs, request.receivedAt);
      this.use({ ...request, sourceSystem: request.sourceSystem || name }, { items, lagMs: lag });
    }
    if (refused > 0) this.use(request, { items: refused, refused });
  }

  /** What came before is known of the request as a whole: it is the system's where only one sent it, else the key's alone. */
  private creditDuplicates(request: IntakeRequest, credited: CreditedItems, { duplicates }: StoredCounts): void {
    const [only, ...others] = credited.keys();
    const name = others.length === 0 ? (only ?? '') : '';
    this.use({ ...request, sourceSystem: request.sourceSystem || name }, { duplicates });
  }

  /** Who may be credited by name: nobody where the sender is bound to a source system, which gets it all. */
  private configuredNames({ sender, sourceSystem }: IntakeRequest): Promise<ReadonlySet<string>> {
    if (sourceSystem !== '') return Promise.resolve(new Set());
    return this.configured(() => this.sourceSystems.names(sender.tenantId));
  }

  private async store(
    request: IntakeRequest,
    items: number,
    isOwn: boolean,
    work: (tx: Tx) => Promise<StoredCounts>,
  ): Promise<StoredCounts> {
    const run = (): Promise<StoredCounts> =>
      this.parts.database.withTenant(request.sender.tenantId, (tx) => {
        // Only now: a request may have waited long for its turn at the database.
        demandInTime(request);
        return work(tx);
      });
    try {
      const counts = await (isOwn ? withoutTracing(run) : this.traced(request, items, run));
      this.metrics.countItems(request.protocol, 'stored', counts.stored);
      this.metrics.countItems(request.protocol, 'duplicate', counts.duplicates);
      return counts;
    } catch (error) {
      const failure = databaseRefusal(error);
      // It comes again, and is charged then.
      if (failure instanceof Refusal && COMES_AGAIN.has(failure.kind)) this.parts.limiter.spend(request.sender, -items);
      throw failure;
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

const COMES_AGAIN: ReadonlySet<RefusalKind> = new Set<RefusalKind>(['unavailable', 'too-late']);
/** Signals of one transaction. */
const SIGNALS_A_PART = 4_000;
const NANOS_A_MS = 1_000_000;

/** One part at least: what was refused is counted also where nothing else came. */
function* partsOf(signals: Iterable<NewSignal>): Generator<readonly NewSignal[], void> {
  let part: NewSignal[] = [];
  let isFirst = true;
  for (const signal of signals) {
    part.push(signal);
    if (part.length < SIGNALS_A_PART) continue;
    yield part;
    part = [];
    isFirst = false;
  }
  if (isFirst || part.length > 0) yield part;
}

function earliestSpanMs(spans: readonly SpanRecord[]): number {
  let earliest = Infinity;
  for (const { endUnixNano } of spans) {
    // Milliseconds are enough here, so that a double is.
    const ended = Number(endUnixNano);
    if (ended > 0 && ended < earliest) earliest = ended;
  }
  return earliest / NANOS_A_MS;
}

function lagMs(earliestMs: number, receivedAt: Date): number {
  return Number.isFinite(earliestMs) ? Math.max(0, receivedAt.getTime() - earliestMs) : 0;
}

function isOwnSpan(span: SpanRecord): boolean {
  if (span.resource.attributes['service.namespace'] !== OWN_NAMESPACE) return false;
  for (const name in span.attributes) if (OBJECT_NAMING_ATTRIBUTES.has(name)) return false;
  return true;
}

/** Every failure of taking a request as a Refusal: what is none is our fault. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof OversizedRequest) return new Refusal('too-large', error.message);
  return new Refusal('internal', 'the collector failed on this request', { cause: error });
}
