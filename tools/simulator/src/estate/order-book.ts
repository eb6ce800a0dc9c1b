import { orderOf, type Order } from '../story/order.js';
import type { Step } from '../story/step.js';
import type { EstateState, TrackedOrder } from './estate-state.js';

/** Orders that are finished are kept for a while, so that a late request for one of them is understood. */
const DONE_ORDERS_KEPT = 1_000;

export type StepCounts = { pending: number; due: number; underWay: number };

export type DueStep = { tracked: TrackedOrder; step: Step };

/** The orders of the estate that are not forgotten yet, found by any of their numbers. */
export class OrderBook {
  readonly #state: EstateState;
  readonly #byNumber = new Map<string, TrackedOrder>();
  /** Steps that are on their way to the collector. */
  readonly #underWay = new Set<Step>();

  constructor(state: EstateState) {
    this.#state = state;
    for (const tracked of state.orders) this.#index(tracked);
  }

  add(tracked: TrackedOrder): void {
    this.#state.orders.push(tracked);
    this.#index(tracked);
  }

  order(tracked: TrackedOrder): Order {
    return orderOf(this.#state.seed, tracked.brief);
  }

  /** The order that any of the numbers names. */
  find(numbers: readonly string[]): TrackedOrder | undefined {
    return numbers.map((number) => this.#byNumber.get(number)).find((tracked) => tracked !== undefined);
  }

  /** Steps that are to be played by now, oldest first, at most as many as wanted; they count as under way from here. */
  takeDue(now: number, atMost: number): DueStep[] {
    const due: DueStep[] = [];
    for (const tracked of this.#state.orders) {
      for (const step of tracked.pending) {
        if (step.playAt <= now && !this.#underWay.has(step)) due.push({ tracked, step });
      }
    }
    due.sort((one, other) => one.step.playAt - other.step.playAt);
    const taken = due.slice(0, atMost);
    for (const { step } of taken) this.#underWay.add(step);
    return taken;
  }

  /** When the next step that is not under way is to be played; null = none is planned. */
  nextPlayAt(): number | null {
    let next: number | null = null;
    for (const { pending } of this.#state.orders) {
      for (const step of pending) {
        if (!this.#underWay.has(step) && (next === null || step.playAt < next)) next = step.playAt;
      }
    }
    return next;
  }

  /** The collector has taken what the steps sent. */
  settle(steps: readonly DueStep[]): void {
    for (const { tracked, step } of steps) {
      this.#underWay.delete(step);
      tracked.pending = tracked.pending.filter((other) => other !== step);
      if (tracked.pending.length === 0 && tracked.phase === 'running') tracked.phase = 'done';
    }
    this.#forgetOldest();
  }

  /** All that is not delivered yet; of it what has been due for a while, and what is on its way. */
  steps(now: number): StepCounts {
    const waiting = this.#state.orders.flatMap((tracked) => tracked.pending);
    const due = waiting.filter((step) => step.playAt <= now && !this.#underWay.has(step)).length;
    return { pending: waiting.length, due, underWay: this.#underWay.size };
  }

  #index(tracked: TrackedOrder): void {
    for (const number of numbersOf(this.order(tracked))) this.#byNumber.set(number, tracked);
  }

  #forgetOldest(): void {
    const done = this.#state.orders.filter((tracked) => tracked.phase === 'done').length;
    if (done <= DONE_ORDERS_KEPT * 1.2) return;
    let excess = done - DONE_ORDERS_KEPT;
    this.#state.orders = this.#state.orders.filter((tracked) => {
      if (tracked.phase !== 'done' || excess === 0) return true;
      excess -= 1;
      for (const number of numbersOf(this.order(tracked))) this.#byNumber.delete(number);
      return false;
    });
  }
}

function numbersOf(order: Order): string[] {
  return [
    order.contractNumber,
    order.orderNumber,
    order.salesOrder,
    order.billingDocument,
    order.paymentReference,
    order.bankEntry,
  ];
}
