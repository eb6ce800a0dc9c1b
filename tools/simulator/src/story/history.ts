import { addDays, DAY_MS, HOUR_MS, instantAt, isBankingDay, localDay, MINUTE_MS } from './business-clock.js';
import { applicationOf, type FaultRate, meetsMissingMapping } from './faults.js';
import { LEGAL_ENTITIES, legalEntity, type LegalEntity } from './legal-entities.js';
import { firstStepsOfPast, stepsAfterPastAcceptance } from './order-timeline.js';
import type { OrderBrief } from './order.js';
import { seededRandom } from './seeded-random.js';
import { nextMissingUnit, type UnitCursor } from './selling-units.js';
import type { Step } from './step.js';

export const FIRST_SEQUENCE = 1_001;

/** Failures younger than this are mostly still open, older ones are mostly mended. */
const MENDED_AFTER_MS = 13 * DAY_MS;
const SHARE_MENDED = { young: 0.12, old: 0.72 };
/** Live traffic takes over from here, so that no contract of the history lies in its way. */
const HISTORY_ENDS_BEFORE_NOW_MS = 10 * MINUTE_MS;

/** Fewest and most contracts of an entity on an ordinary business day. */
const CONTRACTS_PER_DAY: Record<string, readonly [number, number]> = {
  DE01: [3, 4],
  US01: [2, 4],
  BR01: [1, 3],
  SG01: [1, 2],
};

export type PastOrder = { brief: OrderBrief; steps: Step[] };

/** A mapping that somebody added on the ERP's page during the history. */
export type PastMapping = { unit: string; legalEntity: string; addedAt: number };

export type History = {
  /** By time of contract. Steps that lie after `now` are still to come. */
  orders: PastOrder[];
  mappings: PastMapping[];
  cursors: Record<string, UnitCursor>;
  nextSequence: number;
};

type Contract = { entity: LegalEntity; at: number };
type Failure = { brief: OrderBrief; contractAt: number; failedAt: number };

/** The estate's past: contracts of the last days in the rhythm of business days, their faults, what was mended since. */
export function historyOf(rate: FaultRate, now: number, days: number): History {
  const { seed } = rate;
  const contracts = contractsOf(seed, now, days);
  const cursors: Record<string, UnitCursor> = Object.fromEntries(
    LEGAL_ENTITIES.map((entity) => [entity.code, { index: 0, used: 0 }]),
  );
  const orders: PastOrder[] = [];
  const failures = new Map<string, Failure[]>();
  contracts.forEach(({ entity, at }, position) => {
    const sequence = FIRST_SEQUENCE + position;
    const isMissing = meetsMissingMapping(rate, sequence);
    const brief: OrderBrief = {
      sequence,
      year: new Date(at).getUTCFullYear(),
      legalEntity: entity.code,
      sellingUnit: isMissing
        ? missingUnitOf(seed, entity, cursors)
        : seededRandom(seed, 'unit', sequence).pick(entity.mappedUnits),
      application: applicationOf(rate, sequence),
    };
    const [contract, sync] = firstStepsOfPast(seed, brief, at);
    if (isMissing) {
      orders.push({ brief, steps: [contract, { ...sync, outcome: 'failed' }] });
      const ofUnit = failures.get(brief.sellingUnit) ?? [];
      failures.set(brief.sellingUnit, [...ofUnit, { brief, contractAt: at, failedAt: sync.playAt }]);
    } else {
      const flow = stepsAfterPastAcceptance(seed, brief, entity, sync.playAt);
      orders.push({ brief, steps: [contract, { ...sync, outcome: 'accepted' }, ...flow] });
    }
  });
  const mappings = mendOldFailures(seed, now, failures, orders);
  return { orders, mappings, cursors, nextSequence: FIRST_SEQUENCE + contracts.length };
}

function missingUnitOf(seed: string, entity: LegalEntity, cursors: Record<string, UnitCursor>): string {
  // units are mended only behind the last order that asked for them, so none counts as mapped while they are handed out
  const { unit, cursor } = nextMissingUnit(seed, entity, cursors[entity.code] ?? { index: 0, used: 0 }, () => false);
  cursors[entity.code] = cursor;
  return unit;
}

function contractsOf(seed: string, now: number, days: number): Contract[] {
  const contracts: Contract[] = [];
  if (days === 0) return contracts;
  for (const entity of LEGAL_ENTITIES) {
    const today = localDay(entity, now);
    for (let back = days; back >= 0; back -= 1) {
      const day = addDays(today, -back);
      if (!isBankingDay(entity, day)) continue;
      const random = seededRandom(seed, 'contracts', entity.code, day);
      const [fewest, most] = CONTRACTS_PER_DAY[entity.code] ?? [1, 2];
      // month end: sales closes what it can
      const count = random.integer(fewest, most) + (addDays(day, 2).slice(0, 7) === day.slice(0, 7) ? 0 : 1);
      for (let one = 0; one < count; one += 1) {
        const at = instantAt(entity, day, random.integer(8 * 60 + 15, 16 * 60 + 45)) + random.integer(0, 59_999);
        if (at < now - HISTORY_ENDS_BEFORE_NOW_MS) contracts.push({ entity, at });
      }
    }
  }
  return contracts.sort((one, other) => one.at - other.at || one.entity.code.localeCompare(other.entity.code));
}

/** Adds the later runs of mended (and of some still failing) orders to their steps; returns the mappings that mended them. */
function mendOldFailures(
  seed: string,
  now: number,
  failures: Map<string, Failure[]>,
  orders: PastOrder[],
): PastMapping[] {
  const bySequence = new Map(orders.map((order) => [order.brief.sequence, order]));
  const mappings: PastMapping[] = [];
  for (const [unit, ofUnit] of failures) {
    const random = seededRandom(seed, 'mend', unit);
    const lastFailureAt = Math.max(...ofUnit.map((failure) => failure.failedAt));
    const isOld = lastFailureAt < now - MENDED_AFTER_MS;
    const addedAt = lastFailureAt + random.integer(2, 30) * HOUR_MS;
    const isMended = random.chance(isOld ? SHARE_MENDED.old : SHARE_MENDED.young) && addedAt < now - HOUR_MS;
    const isTriedBefore = random.chance(0.3);
    ofUnit.forEach(({ brief }, position) => {
      const order = bySequence.get(brief.sequence);
      if (order === undefined) return;
      let run = 1;
      const triedAt = lastFailureAt + 40 * MINUTE_MS + position * MINUTE_MS;
      if (isTriedBefore && triedAt < now) {
        run += 1;
        order.steps.push({ kind: 'sync', occursAt: triedAt, playAt: triedAt, run, outcome: 'failed' });
      }
      if (!isMended) return;
      const acceptedAt = addedAt + (position + 1) * 3 * MINUTE_MS;
      order.steps.push({ kind: 'sync', occursAt: acceptedAt, playAt: acceptedAt, run: run + 1, outcome: 'accepted' });
      order.steps.push(...stepsAfterPastAcceptance(seed, brief, legalEntity(brief.legalEntity), acceptedAt));
    });
    if (isMended) mappings.push({ unit, legalEntity: ofUnit[0]?.brief.legalEntity ?? '', addedAt });
  }
  return mappings.sort((one, other) => one.addedAt - other.addedAt);
}
