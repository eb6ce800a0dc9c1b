import type { Log } from '../log.js';
import type { EventSender } from '../senders/event-sender.js';
import type { Outbox } from '../senders/outbox.js';
import type { SpanSender } from '../senders/span-sender.js';
import { applicationOf, type FaultRate, meetsMissingMapping } from '../story/faults.js';
import { historyOf } from '../story/history.js';
import { latestCreditDueBy } from '../story/late-credit.js';
import { LEGAL_ENTITIES, legalEntity, type LegalEntity } from '../story/legal-entities.js';
import { dueAtOfLateLive, firstStepsOfLive, stepsOfLateLive } from '../story/order-timeline.js';
import type { Application, Order, OrderBrief } from '../story/order.js';
import { seededRandom } from '../story/seeded-random.js';
import { nextMissingUnit } from '../story/selling-units.js';
import type { Pace } from '../story/step.js';
import type { EstateState, Mapping, TrackedOrder } from './estate-state.js';
import { OrderBook, type StepCounts } from './order-book.js';
import { Player } from './player.js';
import { RequeueDesk } from './requeue-desk.js';
import type { StateFile } from './state-file.js';

/** What an order meets: nothing, a selling unit without company code, or a payment that is applied late or never. */
export const ORDER_FAULTS = ['none', 'missing-mapping', 'late-application', 'unapplied'] as const;
export type OrderFault = (typeof ORDER_FAULTS)[number];

export type OrderWish = {
  legalEntity?: string;
  sellingUnit?: string;
  fault?: OrderFault;
  /** Decimal text. */
  amount?: string;
  pace?: Pace;
};

export type EstateDeps = {
  state: EstateState;
  file: StateFile;
  senders: { events: EventSender; spans: SpanSender; outbox: Outbox };
  requeueSecret: string;
  /** Per cent of the orders that meet a fault where nobody wishes for one. */
  faultPercent: number;
  log: Log;
};

/** Units that orders asked for and no company code is mapped to. */
export type MissingUnit = { unit: string; legalEntity: string; orders: string[] };

/** The simulated estate: its orders, the mappings of its ERP, and what it answers to requests to send again. */
export class Estate {
  readonly desk: RequeueDesk;
  readonly #deps: EstateDeps;
  readonly #book: OrderBook;
  readonly #player: Player;
  readonly #faultRate: FaultRate;

  constructor(deps: EstateDeps) {
    this.#deps = deps;
    this.#book = new OrderBook(deps.state);
    this.#faultRate = { seed: deps.state.seed, percent: deps.faultPercent };
    deps.file.keep(deps.state);
    this.desk = new RequeueDesk({
      state: deps.state,
      book: this.#book,
      secret: deps.requeueSecret,
      save: () => deps.file.save(),
      wakePlayer: () => {
        this.#player.nudge();
      },
    });
    this.#player = new Player({
      ...deps,
      book: this.#book,
      onRequeueEnded: (requeueId, outcome) => {
        this.desk.conclude(requeueId, outcome);
      },
    });
  }

  /** Puts the past of a new estate in the book; it is told as soon as the player runs. */
  async tellHistory(now: number, days: number): Promise<void> {
    const { state, file, log } = this.#deps;
    const history = historyOf(this.#faultRate, now, days);
    state.nextSequence = history.nextSequence;
    state.cursors = history.cursors;
    for (const { unit, legalEntity: companyCode, addedAt } of history.mappings) {
      state.mappings.push({ unit, companyCode, addedAt, addedBy: 'history' });
    }
    for (const { brief, steps } of history.orders) this.#track(brief, steps, 'normal');
    await file.save();
    log.info({ orders: history.orders.length, days }, 'history made');
  }

  start(): void {
    this.#player.start();
  }

  async stop(): Promise<void> {
    await this.#player.stop();
  }

  get steps(): StepCounts {
    return this.#book.steps(Date.now());
  }

  /** True while the collector is so far behind that new orders have to wait. */
  get isHeldUp(): boolean {
    return this.#deps.senders.outbox.isFull;
  }

  /** Lets an order come into being now and plays it; resolves with its numbers once they are on disk. */
  async placeOrder(now: number, wish: OrderWish = {}): Promise<Order> {
    const { state, file } = this.#deps;
    const sequence = state.nextSequence;
    state.nextSequence += 1;
    const entity = legalEntity(wish.legalEntity ?? drawnEntity(state.seed, sequence));
    const fault = wish.fault ?? drawnFault(this.#faultRate, sequence);
    const pace = wish.pace ?? 'normal';
    const brief: OrderBrief = {
      sequence,
      year: new Date(now).getUTCFullYear(),
      legalEntity: entity.code,
      sellingUnit: wish.sellingUnit ?? this.#unitFor(entity, fault, sequence),
      application: applicationOfFault(fault),
      ...(wish.amount === undefined ? {} : { amount: wish.amount }),
    };
    const steps =
      brief.application === 'on-time'
        ? firstStepsOfLive(state.seed, brief, now, pace)
        : stepsOfLateLive(state.seed, brief, now, pace, latestCreditDueBy(entity, dueAtOfLateLive(now, pace)));
    const tracked = this.#track(brief, steps, pace);
    await file.save();
    this.#player.nudge();
    return this.#book.order(tracked);
  }

  /** Maps a selling unit to a company code, as a person does on the ERP's page. */
  async addMapping(now: number, unit: string, companyCode: string): Promise<Mapping> {
    const { state, file } = this.#deps;
    const mapping: Mapping = { unit, companyCode, addedAt: now, addedBy: 'page' };
    state.mappings = [...state.mappings.filter((other) => other.unit !== unit), mapping];
    await file.save();
    return mapping;
  }

  /** The orders that are not forgotten yet, oldest first. */
  get orders(): { order: Order; phase: TrackedOrder['phase'] }[] {
    return this.#deps.state.orders.map((tracked) => ({ order: this.#book.order(tracked), phase: tracked.phase }));
  }

  /** Newest last. */
  get mappings(): readonly Mapping[] {
    return this.#deps.state.mappings;
  }

  /** Units without company code that orders wait for, most waiting first. */
  get missingUnits(): MissingUnit[] {
    const isMapped = new Set(this.mappings.map((mapping) => mapping.unit));
    const units = new Map<string, MissingUnit>();
    for (const tracked of this.#deps.state.orders) {
      const { sellingUnit: unit, legalEntity: code } = tracked.brief;
      if (tracked.phase !== 'blocked' || isMapped.has(unit)) continue;
      const found = units.get(unit) ?? { unit, legalEntity: code, orders: [] };
      found.orders.push(this.#book.order(tracked).orderNumber);
      units.set(unit, found);
    }
    return [...units.values()].sort(
      (one, other) => other.orders.length - one.orders.length || one.unit.localeCompare(other.unit),
    );
  }

  /** Payments that nobody applied to their invoice, although the bank reported them; oldest first. */
  get unappliedPayments(): Order[] {
    return this.#unapplied().map((tracked) => this.#book.order(tracked));
  }

  /** Applies a payment, as a person does on the ERP's page; false when none of that reference waits for it. */
  async applyPayment(now: number, paymentReference: string): Promise<boolean> {
    const tracked = this.#unapplied().find((one) => this.#book.order(one).paymentReference === paymentReference);
    if (tracked === undefined) return false;
    tracked.applicationRuns += 1;
    tracked.phase = 'running';
    tracked.pending.push({ kind: 'application', occursAt: null, playAt: now, run: tracked.applicationRuns });
    await this.#deps.file.save();
    this.#player.nudge();
    return true;
  }

  #unapplied(): TrackedOrder[] {
    return this.#deps.state.orders.filter(
      ({ brief, creditedAt, applicationRuns }) =>
        brief.application === 'never' && creditedAt !== null && applicationRuns === 0,
    );
  }

  #track(brief: OrderBrief, steps: TrackedOrder['pending'], pace: Pace): TrackedOrder {
    const tracked: TrackedOrder = {
      brief,
      pace,
      phase: 'running',
      pending: [...steps],
      syncRuns: 0,
      applicationRuns: 0,
      creditedAt: null,
    };
    this.#book.add(tracked);
    return tracked;
  }

  #unitFor(entity: LegalEntity, fault: OrderFault, sequence: number): string {
    const { state } = this.#deps;
    if (fault !== 'missing-mapping') return seededRandom(state.seed, 'unit', sequence).pick(entity.mappedUnits);
    const isMapped = new Set(state.mappings.map((mapping) => mapping.unit));
    const { unit, cursor } = nextMissingUnit(
      state.seed,
      entity,
      state.cursors[entity.code] ?? { index: 0, used: 0 },
      (candidate) => isMapped.has(candidate),
    );
    state.cursors[entity.code] = cursor;
    return unit;
  }
}

function drawnEntity(seed: string, sequence: number): string {
  return seededRandom(seed, 'entity', sequence).pick(LEGAL_ENTITIES).code;
}

function drawnFault(rate: FaultRate, sequence: number): OrderFault {
  return meetsMissingMapping(rate, sequence) ? 'missing-mapping' : faultOfApplication(applicationOf(rate, sequence));
}

function faultOfApplication(application: Application): OrderFault {
  switch (application) {
    case 'on-time':
      return 'none';
    case 'late':
      return 'late-application';
    case 'never':
      return 'unapplied';
  }
}

/** An order that waited for its mapping is applied in time once it gets that far. */
function applicationOfFault(fault: OrderFault): Application {
  switch (fault) {
    case 'none':
    case 'missing-mapping':
      return 'on-time';
    case 'late-application':
      return 'late';
    case 'unapplied':
      return 'never';
  }
}
