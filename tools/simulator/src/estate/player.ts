import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.js';
import type { EventSender } from '../senders/event-sender.js';
import type { Outbox } from '../senders/outbox.js';
import type { SpanSender } from '../senders/span-sender.js';
import { disorderOf } from '../story/disorder.js';
import { localDay } from '../story/business-clock.js';
import { legalEntity } from '../story/legal-entities.js';
import { stepsAfterLiveAcceptance } from '../story/order-timeline.js';
import type { Order } from '../story/order.js';
import { seededRandom } from '../story/seeded-random.js';
import type { EventDraft, StepSignals } from '../story/signals.js';
import { signalsOfPosition, signalsOfStep } from '../story/step-signals.js';
import type { Pace } from '../story/step.js';
import type { EstateState, TrackedOrder } from './estate-state.js';
import type { DueStep, OrderBook } from './order-book.js';
import type { StateFile } from './state-file.js';

/** More steps due than this (first start, or after a long pause) are told in big batches. */
const BULK_FROM = 60;
const BULK_CHUNK = 400;
const LONGEST_SLEEP_MS = 1_000;

export type PlayerDeps = {
  state: EstateState;
  book: OrderBook;
  file: StateFile;
  senders: { events: EventSender; spans: SpanSender; outbox: Outbox };
  log: Log;
  onRequeueEnded(requeueId: string, outcome: 'accepted' | 'failed'): void;
};

type Told = { steps: DueStep[]; signals: StepSignals; pace: Pace };

/** Plays the steps of all orders when their time has come and keeps each until the collector has taken it. */
export class Player {
  readonly #deps: PlayerDeps;
  readonly #stopping = new AbortController();
  #nudge = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(deps: PlayerDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Looks at once whether something is due. */
  nudge(): void {
    this.#nudge.abort();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.nudge();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#playDue();
      } catch (error) {
        this.#deps.log.error(
          { error: error instanceof Error ? error.message : String(error) },
          'steps could not be played',
        );
        await sleep(LONGEST_SLEEP_MS);
      }
      if (this.#nudge.signal.aborted) this.#nudge = new AbortController();
      const next = this.#deps.book.nextPlayAt();
      const isHeldUp = this.#deps.senders.outbox.isFull;
      const waitMs =
        next === null || isHeldUp ? LONGEST_SLEEP_MS : Math.min(Math.max(next - Date.now(), 0), LONGEST_SLEEP_MS);
      if (waitMs > 0) await sleep(waitMs, undefined, { signal: this.#nudge.signal }).catch(() => undefined);
    }
  }

  async #playDue(): Promise<void> {
    const { book, file, senders } = this.#deps;
    if (senders.outbox.isFull) return;
    const now = Date.now();
    const due = book.takeDue(now, BULK_CHUNK);
    if (due.length === 0) return;
    const told = this.#tell(due, now);
    // decided outcomes and times are on disk before anybody hears of them: a restart tells the same again
    await file.save();
    if (due.length > BULK_FROM) {
      await this.#sendInBulk(told);
      return;
    }
    for (const one of told) {
      void this.#send(one).catch((error: unknown) => {
        this.#deps.log.error(
          { error: error instanceof Error ? error.message : String(error) },
          'a step could not be sent',
        );
      });
    }
  }

  #tell(due: readonly DueStep[], now: number): Told[] {
    const told: Told[] = [];
    const positions = new Map<string, DueStep[]>();
    for (const one of due) {
      const { tracked, step } = one;
      const at = (step.occursAt ??= now);
      if (step.kind === 'payment') tracked.creditedAt = at;
      if (step.kind === 'position') {
        const key = `${tracked.brief.legalEntity} ${this.#valueDayOf(tracked, at)} ${String(at)}`;
        positions.set(key, [...(positions.get(key) ?? []), one]);
        continue;
      }
      if (step.kind === 'sync') this.#decide(tracked, step, now);
      if (step.requeue !== undefined) this.#deps.onRequeueEnded(step.requeue.requeueId, step.outcome ?? 'accepted');
      const signals = signalsOfStep(this.#deps.state.seed, this.#deps.book.order(tracked), {
        ...step,
        kind: step.kind,
        at,
      });
      told.push({ steps: [one], signals, pace: tracked.pace });
    }
    for (const steps of positions.values()) told.push(...this.#tellPosition(steps));
    return told;
  }

  #tellPosition(steps: DueStep[]): Told[] {
    const [first, ...others] = steps;
    if (first === undefined) return [];
    const { state, book } = this.#deps;
    const at = first.step.occursAt ?? 0;
    const orders: [Order, ...Order[]] = [
      book.order(first.tracked),
      ...others.map(({ tracked }) => book.order(tracked)),
    ];
    const signals = signalsOfPosition(state.seed, { orders, creditedAt: first.tracked.creditedAt ?? at }, at);
    return [{ steps, signals, pace: first.tracked.pace }];
  }

  #valueDayOf(tracked: TrackedOrder, at: number): string {
    return localDay(legalEntity(tracked.brief.legalEntity), tracked.creditedAt ?? at);
  }

  /** Asks the mappings of the ERP; the outcome of history is known already. */
  #decide(tracked: TrackedOrder, step: DueStep['step'], now: number): void {
    const { state } = this.#deps;
    tracked.syncRuns = Math.max(tracked.syncRuns, step.run);
    if (step.outcome === undefined) {
      const isMapped = state.mappings.some((mapping) => mapping.unit === tracked.brief.sellingUnit);
      step.outcome = isMapped ? 'accepted' : 'failed';
      const isFirst = step.run === 1;
      if (isMapped && (isFirst || tracked.phase === 'blocked')) {
        tracked.pending.push(...stepsAfterLiveAcceptance(state.seed, tracked.brief, now, tracked.pace));
      }
    }
    const hasMoreToCome = tracked.pending.some((other) => other.kind !== 'contract' && other.playAt > step.playAt);
    if (step.outcome === 'accepted') tracked.phase = 'running';
    else if (!hasMoreToCome) tracked.phase = 'blocked';
  }

  async #send({ steps, signals, pace }: Told): Promise<void> {
    const { state, senders } = this.#deps;
    const sendEvent = async (event: EventDraft): Promise<void> => {
      const disorder = disorderOf(state.seed, event.id, pace);
      if (disorder.delayMs > 0) await this.#pause(disorder.delayMs);
      await senders.events.send(event);
      if (disorder.repeatAfterMs === null) return;
      await this.#pause(disorder.repeatAfterMs);
      await senders.events.send(event);
    };
    await Promise.all([...signals.traces.map((trace) => senders.spans.send(trace)), ...signals.events.map(sendEvent)]);
    this.#settle(steps);
  }

  /** Shuffled, with repeats, in one request: what a source sends that was away for a while. */
  async #sendInBulk(told: readonly Told[]): Promise<void> {
    const { state, senders, log } = this.#deps;
    const events = told.flatMap(({ signals }) => signals.events);
    const repeated = events.filter((event) => disorderOf(state.seed, event.id, 'normal').repeatAfterMs !== null);
    const shuffled = seededRandom(state.seed, 'bulk', events[0]?.id ?? '').shuffled([...events, ...repeated]);
    const traces = told.flatMap(({ signals }) => signals.traces.map((trace) => senders.spans.send(trace)));
    await Promise.all([senders.events.sendBatch(shuffled), ...traces]);
    this.#settle(told.flatMap(({ steps }) => steps));
    log.info(
      { events: shuffled.length, traces: traces.length, stepsDue: this.#deps.book.steps(Date.now()).due },
      'told a batch of history',
    );
  }

  #settle(steps: readonly DueStep[]): void {
    this.#deps.book.settle(steps);
    this.#deps.file.saveSoon((error) => {
      this.#deps.log.error(
        { error: error instanceof Error ? error.message : String(error) },
        'state could not be saved',
      );
    });
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }
}
