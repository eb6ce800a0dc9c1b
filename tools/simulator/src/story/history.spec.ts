import { describe, expect, it } from '@jest/globals';
import { applicationDueAt, DAY_MS } from './business-clock.js';
import { type FaultRate, USUAL_FAULT_PERCENT } from './faults.js';
import { FIRST_SEQUENCE, historyOf, type History, type PastOrder } from './history.js';
import { legalEntity } from './legal-entities.js';
import { orderOf } from './order.js';
import type { StepKind } from './step.js';

const SEED = 'nordhafen';
const NOW = Date.parse('2026-11-20T15:00:00Z');
const rateOf = (seed: string, percent = USUAL_FAULT_PERCENT): FaultRate => ({ seed, percent });
/** Many faults, so that whatever may become of one is in it. */
const history = historyOf(rateOf(SEED, 14), NOW, 35);

const playedAt = (order: PastOrder, kind: StepKind): number | undefined =>
  order.steps.find((step) => step.kind === kind && step.playAt <= NOW)?.playAt;
const isAccepted = (order: PastOrder): boolean => order.steps.some((step) => step.outcome === 'accepted');
const openFailures = (made: History): PastOrder[] => made.orders.filter((order) => !isAccepted(order));

describe('the history of the estate', () => {
  it('is the same for the same seed and start', () => {
    expect(historyOf(rateOf(SEED, 14), NOW, 35)).toEqual(history);
  });

  it('is another one for another seed', () => {
    expect(historyOf(rateOf('another'), NOW, 35).orders).not.toEqual(history.orders);
  });

  it('has 8 to 12 contracts on an ordinary business day over four entities', () => {
    const businessDays = 25;
    expect(history.orders.length / businessDays).toBeGreaterThanOrEqual(8);
    expect(history.orders.length / businessDays).toBeLessThanOrEqual(12);
    expect(new Set(history.orders.map((order) => order.brief.legalEntity)).size).toBe(4);
  });

  it('numbers orders by time without a gap, each number once', () => {
    expect(history.orders.map((order) => order.brief.sequence)).toEqual(
      history.orders.map((_, position) => FIRST_SEQUENCE + position),
    );
    const numbers = history.orders.flatMap(({ brief }) => {
      const order = orderOf(SEED, brief);
      return [
        order.contractNumber,
        order.orderNumber,
        order.salesOrder,
        order.billingDocument,
        order.paymentReference,
        order.bankEntry,
      ];
    });
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('lets a believable share of the orders meet a missing mapping or a late application', () => {
    for (const seed of [SEED, 'a', 'b', 'c', 'd', 'e', 'f']) {
      const { orders } = historyOf(rateOf(seed), NOW, 35);
      const faulty = orders.filter(
        (order) => order.brief.application !== 'on-time' || order.steps.some((step) => step.outcome === 'failed'),
      );
      expect(faulty.length / orders.length).toBeGreaterThanOrEqual(0.015);
      expect(faulty.length / orders.length).toBeLessThanOrEqual(0.05);
    }
  });

  it('fails only for units that are new', () => {
    const failed = history.orders.filter((order) => order.steps.some((step) => step.outcome === 'failed'));
    expect(failed.length).toBeGreaterThan(10);
    expect(
      failed.every((order) => legalEntity(order.brief.legalEntity).newUnits.includes(order.brief.sellingUnit)),
    ).toBe(true);
  });

  it('leaves an inbox of believable size whatever the seed', () => {
    for (const seed of [SEED, 'a', 'b', 'c', 'd', 'e', 'f']) {
      const open = openFailures(historyOf(rateOf(seed), NOW, 35));
      expect(open.length).toBeGreaterThanOrEqual(1);
      expect(open.length).toBeLessThanOrEqual(12);
    }
    expect(openFailures(historyOf(rateOf(SEED), NOW, 35)).length).toBeGreaterThanOrEqual(3);
  });

  it('mends a unit for all of its orders, after they failed, and keeps it mapped', () => {
    expect(history.mappings.length).toBeGreaterThan(0);
    for (const mapping of history.mappings) {
      const ofUnit = history.orders.filter((order) => order.brief.sellingUnit === mapping.unit);
      for (const order of ofUnit) {
        const runs = order.steps.filter((step) => step.kind === 'sync');
        expect(runs.map((run) => run.run)).toEqual(runs.map((_, position) => position + 1));
        expect(runs.at(-1)?.outcome).toBe('accepted');
        for (const run of runs) expect(run.outcome === 'accepted').toBe(run.playAt > mapping.addedAt);
      }
    }
  });

  it('keeps cause before effect', () => {
    const order: StepKind[] = ['contract', 'sync', 'invoice', 'payment', 'application'];
    for (const past of history.orders) {
      const times = order
        .map((kind) => past.steps.findLast((step) => step.kind === kind)?.playAt)
        .filter((at) => at !== undefined);
      expect(times).toEqual([...times].sort((one, other) => one - other));
    }
  });

  it('applies payments in time but for a few, late or not at all', () => {
    const paid = history.orders.filter((order) => playedAt(order, 'payment') !== undefined);
    const missed = paid.filter((order) => {
      const dueAt = applicationDueAt(legalEntity(order.brief.legalEntity), playedAt(order, 'payment') ?? 0);
      return dueAt < NOW && (playedAt(order, 'application') ?? Infinity) > dueAt;
    });
    expect(missed.length / paid.length).toBeGreaterThan(0.01);
    expect(missed.length / paid.length).toBeLessThan(0.08);
    expect(missed.every((order) => order.brief.application !== 'on-time')).toBe(true);
    const late = paid.filter(
      (order) => order.brief.application === 'late' && playedAt(order, 'application') !== undefined,
    );
    for (const order of late) {
      expect(playedAt(order, 'application')).toBeGreaterThan(
        applicationDueAt(legalEntity(order.brief.legalEntity), playedAt(order, 'payment') ?? 0),
      );
    }
  });

  it('lies between the first day and now, the rest of the open orders ahead', () => {
    const contracts = history.orders.map((order) => order.steps[0]?.playAt ?? 0);
    expect(Math.min(...contracts)).toBeGreaterThan(NOW - 36 * DAY_MS);
    expect(Math.max(...contracts)).toBeLessThan(NOW);
    expect(history.orders.some((order) => order.steps.some((step) => step.playAt > NOW))).toBe(true);
  });

  it('is empty for no days', () => {
    expect(historyOf(rateOf(SEED), NOW, 0)).toMatchObject({ orders: [], mappings: [], nextSequence: FIRST_SEQUENCE });
  });
});
