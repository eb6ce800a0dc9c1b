import { describe, expect, it } from '@jest/globals';
import { applicationDueAt, DAY_MS } from './business-clock.js';
import { FIRST_SEQUENCE, historyOf, type History, type PastOrder } from './history.js';
import { legalEntity } from './legal-entities.js';
import { orderOf } from './order.js';
import type { StepKind } from './step.js';

const SEED = 'nordhafen';
const NOW = Date.parse('2026-11-20T15:00:00Z');
const history = historyOf(SEED, NOW, 35);

const playedAt = (order: PastOrder, kind: StepKind): number | undefined =>
  order.steps.find((step) => step.kind === kind && step.playAt <= NOW)?.playAt;
const isAccepted = (order: PastOrder): boolean => order.steps.some((step) => step.outcome === 'accepted');
const openFailures = (made: History): PastOrder[] => made.orders.filter((order) => !isAccepted(order));

describe('the history of the estate', () => {
  it('is the same for the same seed and start', () => {
    expect(historyOf(SEED, NOW, 35)).toEqual(history);
  });

  it('is another one for another seed', () => {
    expect(historyOf('another', NOW, 35).orders).not.toEqual(history.orders);
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

  it('lets one order in ten meet a missing mapping', () => {
    const failed = history.orders.filter((order) => order.steps.some((step) => step.outcome === 'failed'));
    expect(failed.length / history.orders.length).toBeCloseTo(0.1, 1);
    expect(
      failed.every((order) => legalEntity(order.brief.legalEntity).newUnits.includes(order.brief.sellingUnit)),
    ).toBe(true);
  });

  it('leaves an inbox of believable size whatever the seed', () => {
    for (const seed of [SEED, 'a', 'b', 'c', 'd', 'e', 'f']) {
      const made = historyOf(seed, NOW, 35);
      const open = openFailures(made);
      expect(open.length).toBeGreaterThanOrEqual(6);
      expect(open.length).toBeLessThanOrEqual(25);
    }
    expect(openFailures(history).length).toBeGreaterThanOrEqual(12);
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

  it('applies payments in time but for 2 to 4 %, late or not at all', () => {
    const paid = history.orders.filter((order) => playedAt(order, 'payment') !== undefined);
    const missed = paid.filter((order) => {
      const dueAt = applicationDueAt(legalEntity(order.brief.legalEntity), playedAt(order, 'payment') ?? 0);
      return dueAt < NOW && (playedAt(order, 'application') ?? Infinity) > dueAt;
    });
    expect(missed.length / paid.length).toBeGreaterThan(0.01);
    expect(missed.length / paid.length).toBeLessThan(0.06);
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
    expect(historyOf(SEED, NOW, 0)).toMatchObject({ orders: [], mappings: [], nextSequence: FIRST_SEQUENCE });
  });
});
