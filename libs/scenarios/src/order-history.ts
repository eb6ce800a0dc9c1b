import {
  type StoryOrder,
  cashPositionUpdated,
  contractApproved,
  invoicePosted,
  moneyOf,
  orderAccepted,
  orderSyncFailed,
  paymentApplied,
  paymentReceived,
} from './order-signals.js';
import type { ScenarioSignal } from './scenario-signal.js';
import { runNamed } from './wire-forms.js';

/** Which part of a history: orders by number, spread evenly over so many days before its end. */
export type OrderHistory = { orders: number; days: number; endsAt: Date };

/** Orders whose entries one cash position gathers, and which share a few customers: nothing of theirs is in another group. */
export const ORDERS_OF_GROUP = 100;
/** Group 0 is as large as a busy account on the last day of a month. */
const ORDERS_OF_FIRST_GROUP = 5_000;
const CUSTOMERS_OF_GROUP = 20;
const ENTRIES_AT_ONCE = 1_000;

const ENTITIES = [
  { legalEntity: 'DE01', currency: 'EUR', sellingUnit: 'DE01-MUNICH' },
  { legalEntity: 'US01', currency: 'USD', sellingUnit: 'US01-AUSTIN' },
  { legalEntity: 'BR01', currency: 'BRL', sellingUnit: 'BR01-SANTOS' },
  { legalEntity: 'SG01', currency: 'SGD', sellingUnit: 'SG01-JURONG' },
] as const;

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
/** Of a hundred orders so many meet a missing mapping that nobody mends, and so many are paid and the payment not applied. */
const FAILED = 2;
const UNAPPLIED = 4;

/** How many groups a history has. */
export function groupsOf({ orders }: OrderHistory): number {
  return orders <= ORDERS_OF_FIRST_GROUP ? 1 : 1 + Math.ceil((orders - ORDERS_OF_FIRST_GROUP) / ORDERS_OF_GROUP);
}

/**
 * What was sent of the orders of one group, events alone: contract, order, invoice a day later, payment a month later, its
 * application, and the cash position over them. What would be later than the end of the history has not happened yet. The same
 * history gives the same signals.
 */
export function orderGroup(history: OrderHistory, group: number): ScenarioSignal[] {
  const [first, next] = [firstOrder(group), Math.min(firstOrder(group + 1), history.orders)];
  const numbers = Array.from({ length: Math.max(next - first, 0) }, (_, index) => first + index);
  const booked: StoryOrder[] = [];
  const signals = numbers.flatMap((number) => {
    const order = orderOf(group, number);
    const steps = stepsOf(history, order, number);
    if (steps.isBooked) booked.push(order);
    return steps.signals;
  });
  const at = startOf(history, first) + 32 * DAY;
  if (at > history.endsAt.getTime()) return signals;
  return [...signals, ...positionsOf(group, booked, at)];
}

/** The position as it is refreshed with the entries, so many at a time, a minute apart. */
function positionsOf(group: number, booked: readonly StoryOrder[], startsAt: number): ScenarioSignal[] {
  const parts = Math.ceil(booked.length / ENTRIES_AT_ONCE);
  return Array.from({ length: parts }, (_, part) =>
    booked.slice(part * ENTRIES_AT_ONCE, (part + 1) * ENTRIES_AT_ONCE),
  ).flatMap(([one, ...others], part) =>
    one === undefined ? [] : [cashPositionUpdated([one, ...others], `G${group}`, iso(startsAt + part * MINUTE))],
  );
}

function stepsOf(
  history: OrderHistory,
  order: StoryOrder,
  number: number,
): { signals: ScenarioSignal[]; isBooked: boolean } {
  const startedAt = startOf(history, number);
  const hasHappened = (at: number) => at <= history.endsAt.getTime();
  const signals = [contractApproved(order, iso(startedAt))];
  const acceptedAt = startedAt + 5 * MINUTE;
  if (!hasHappened(acceptedAt)) return { signals, isBooked: false };
  if (number % 100 < FAILED) {
    const failed = orderSyncFailed(order, iso(acceptedAt), runNamed(`history ${order.number}`));
    return { signals: [...signals, ...failed.filter(isEvent)], isBooked: false };
  }
  signals.push(...orderAccepted(order, iso(acceptedAt)).filter(isEvent));
  const invoicedAt = startedAt + DAY;
  if (!hasHappened(invoicedAt)) return { signals, isBooked: false };
  signals.push(invoicePosted(order, iso(invoicedAt)));
  const receivedAt = startedAt + (25 + (number % 7)) * DAY;
  if (!hasHappened(receivedAt)) return { signals, isBooked: false };
  signals.push(paymentReceived([order], iso(receivedAt), moneyOf(order)));
  const appliedAt = receivedAt + (30 + (number % 400)) * MINUTE;
  if (number % 100 >= FAILED + UNAPPLIED && hasHappened(appliedAt))
    signals.push(paymentApplied([order], iso(appliedAt), moneyOf(order)));
  return { signals, isBooked: true };
}

function isEvent({ protocol }: ScenarioSignal): boolean {
  return protocol === 'cloudevents';
}

function firstOrder(group: number): number {
  return group === 0 ? 0 : ORDERS_OF_FIRST_GROUP + (group - 1) * ORDERS_OF_GROUP;
}

function startOf({ orders, days, endsAt }: OrderHistory, number: number): number {
  return Math.floor(endsAt.getTime() - days * DAY * (1 - number / orders));
}

function orderOf(group: number, number: number): StoryOrder {
  const entity = ENTITIES[group % ENTITIES.length] ?? ENTITIES[0];
  return {
    ...entity,
    number: `H${String(number).padStart(8, '0')}`,
    amount: `${100 + (number % 9_000)}.${String(number % 100).padStart(2, '0')}`,
    customer: `Customer ${group}-${number % CUSTOMERS_OF_GROUP}`,
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
