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
import { DAY, MINUTE } from './time-units.js';

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

/** After so long the run that brings an order to the ERP tells how it went. */
const RUN_MS = 1_000;
/** Of a hundred orders so many meet a missing mapping that nobody mends, and so many are paid and the payment not applied. */
const FAILED = 2;
const UNAPPLIED = 4;

/** What happened to an order, in this order; a rejected one was never accepted. */
export type OrderStep = 'approved' | 'rejected' | 'accepted' | 'invoiced' | 'received' | 'applied';

/** One order: how often it is told of, and when each of its steps happened, in milliseconds since 1970. */
export type OrderCourse = { order: StoryOrder; steps: readonly { step: OrderStep; at: number }[]; isBooked: boolean };

/** The position of a group as it is refreshed once, with entries of these orders. */
export type PositionCourse = { orders: readonly [StoryOrder, ...StoryOrder[]]; valueKey: string; at: number };

/** What happened to the orders of one group: theirs, and the cash position over them. */
export type GroupCourse = { orders: OrderCourse[]; positions: PositionCourse[] };

/** How many groups a history has. */
export function groupsOf({ orders }: OrderHistory): number {
  return orders <= ORDERS_OF_FIRST_GROUP ? 1 : 1 + Math.ceil((orders - ORDERS_OF_FIRST_GROUP) / ORDERS_OF_GROUP);
}

/**
 * What happened to the orders of one group: contract, order, invoice a day later, payment a month later, its application, and
 * the cash position over them. What would be later than the end of the history has not happened yet.
 */
export function groupCourse(history: OrderHistory, group: number): GroupCourse {
  const [first, next] = [firstOrder(group), Math.min(firstOrder(group + 1), history.orders)];
  const orders = Array.from({ length: Math.max(next - first, 0) }, (_, index) =>
    courseOf(history, group, first + index),
  );
  const at = startOf(history, first) + 32 * DAY;
  if (at > history.endsAt.getTime()) return { orders, positions: [] };
  return { orders, positions: positionsOf(group, orders, at) };
}

/** What was sent of the orders of one group, events alone. The same history gives the same signals. */
export function orderGroup(history: OrderHistory, group: number): ScenarioSignal[] {
  const { orders, positions } = groupCourse(history, group);
  return [...orders.flatMap(signalsOfOrder), ...positions.map(signalOfPosition)];
}

/** What was sent of one order, events alone. */
export function signalsOfOrder({ order, steps }: OrderCourse): ScenarioSignal[] {
  return steps.flatMap(({ step, at }) => SIGNALS[step](order, at)).filter(isEvent);
}

/** What was sent of a cash position. */
export function signalOfPosition({ orders, valueKey, at }: PositionCourse): ScenarioSignal {
  return cashPositionUpdated(orders, valueKey, iso(at));
}

/** Name of the run that brought an order to the ERP, or failed to. */
export function runOfOrder({ number }: StoryOrder, isAccepted: boolean): string {
  return `${isAccepted ? 'sync' : 'history'} ${number}`;
}

const SIGNALS: Record<OrderStep, (order: StoryOrder, at: number) => ScenarioSignal[]> = {
  approved: (order, at) => [contractApproved(order, iso(at))],
  rejected: (order, at) => orderSyncFailed(order, iso(at - RUN_MS), runNamed(runOfOrder(order, false))),
  accepted: (order, at) => orderAccepted(order, iso(at - RUN_MS), runNamed(runOfOrder(order, true))),
  invoiced: (order, at) => [invoicePosted(order, iso(at))],
  received: (order, at) => [paymentReceived([order], iso(at), moneyOf(order))],
  applied: (order, at) => [paymentApplied([order], iso(at), moneyOf(order))],
};

/** The position as it is refreshed with the entries, so many at a time, a minute apart. */
function positionsOf(group: number, orders: readonly OrderCourse[], startsAt: number): PositionCourse[] {
  const booked = orders.filter(({ isBooked }) => isBooked).map(({ order }) => order);
  const parts = Math.ceil(booked.length / ENTRIES_AT_ONCE);
  return Array.from({ length: parts }, (_, part) =>
    booked.slice(part * ENTRIES_AT_ONCE, (part + 1) * ENTRIES_AT_ONCE),
  ).flatMap(([one, ...others], part) =>
    one === undefined ? [] : [{ orders: [one, ...others], valueKey: `G${group}`, at: startsAt + part * MINUTE }],
  );
}

function courseOf(history: OrderHistory, group: number, number: number): OrderCourse {
  const startedAt = startOf(history, number);
  const acceptedAt = startedAt + 5 * MINUTE + RUN_MS;
  const receivedAt = startedAt + (25 + (number % 7)) * DAY;
  const appliedAt = receivedAt + (30 + (number % 400)) * MINUTE;
  const isFailed = number % 100 < FAILED;
  const isApplied = number % 100 >= FAILED + UNAPPLIED;
  const planned: { step: OrderStep; at: number }[] = [
    { step: 'approved', at: startedAt },
    ...(isFailed
      ? [{ step: 'rejected' as const, at: acceptedAt }]
      : [
          { step: 'accepted' as const, at: acceptedAt },
          { step: 'invoiced' as const, at: startedAt + DAY },
          { step: 'received' as const, at: receivedAt },
          ...(isApplied ? [{ step: 'applied' as const, at: appliedAt }] : []),
        ]),
  ];
  const steps = planned.filter(({ at }) => at <= history.endsAt.getTime());
  return { order: orderOf(group, number), steps, isBooked: steps.some(({ step }) => step === 'received') };
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
