import { bankingDaysLater, DAY_MS, instantAt, localDay, MINUTE_MS, SECOND_MS } from './business-clock.js';
import type { LegalEntity } from './legal-entities.js';
import type { Application, OrderBrief } from './order.js';
import { seededRandom, type SeededRandom } from './seeded-random.js';
import type { Pace, Step } from './step.js';

/** Minutes after local midnight. */
const INVOICING = { from: 14 * 60, to: 17 * 60 + 40 };
const BANK_CREDIT = { from: 8 * 60 + 30, to: 11 * 60 };
const POSITION_REFRESH = 17 * 60 + 45;

type Timed = { sequence: number; application: Application };

/** Steps of an order of the past up to its first run; `contractAt` is when the contract was approved. */
export function firstStepsOfPast(seed: string, brief: Timed, contractAt: number): [Step, Step] {
  const random = seededRandom(seed, 'past-start', brief.sequence);
  const syncAt = contractAt + random.integer(60, 540) * SECOND_MS;
  return [past('contract', contractAt, 1), past('sync', syncAt, 1)];
}

/** What follows in the rhythm of business days once the ERP has accepted the order; parts of it may lie ahead. */
export function stepsAfterPastAcceptance(seed: string, brief: Timed, entity: LegalEntity, acceptedAt: number): Step[] {
  const random = seededRandom(seed, 'past-flow', brief.sequence);
  const at = (day: string, window: { from: number; to: number }): number =>
    instantAt(entity, day, random.integer(window.from, window.to)) + random.integer(0, 59) * SECOND_MS;
  const invoiceDay = bankingDaysLater(entity, localDay(entity, acceptedAt), random.integer(1, 3));
  const invoiceAt = at(invoiceDay, INVOICING);
  const creditDay = bankingDaysLater(entity, invoiceDay, random.integer(2, 8));
  const creditAt = at(creditDay, BANK_CREDIT);
  const steps = [
    past('invoice', invoiceAt, 1),
    past('payment', creditAt, 1),
    past('position', instantAt(entity, creditDay, POSITION_REFRESH), 1),
  ];
  const appliedAt = applicationOfPast(brief.application, entity, { creditAt, creditDay }, random);
  if (appliedAt !== null) steps.push(past('application', appliedAt, 1));
  return steps.sort((one, other) => one.playAt - other.playAt);
}

function applicationOfPast(
  application: Application,
  entity: LegalEntity,
  { creditAt, creditDay }: { creditAt: number; creditDay: string },
  random: SeededRandom,
): number | null {
  switch (application) {
    case 'on-time':
      return creditAt + random.integer(15, 150) * MINUTE_MS;
    case 'late':
      return instantAt(
        entity,
        bankingDaysLater(entity, creditDay, random.integer(1, 2)),
        random.integer(13 * 60, 16 * 60),
      );
    case 'never':
      return null;
  }
}

const past = (kind: Step['kind'], at: number, run: number): Step => ({ kind, occursAt: at, playAt: at, run });

/** Lowest and highest wait before each step, in milliseconds. */
const WAITS: Record<Pace, Record<Step['kind'], readonly [number, number]>> = {
  normal: {
    contract: [0, 0],
    sync: [3_000, 6_000],
    invoice: [5_000, 9_000],
    payment: [7_000, 13_000],
    position: [5_000, 8_000],
    application: [8_000, 16_000],
    cancel: [0, 0],
  },
  fast: {
    contract: [0, 0],
    sync: [250, 350],
    invoice: [250, 350],
    payment: [250, 350],
    position: [200, 300],
    application: [300, 400],
    cancel: [0, 0],
  },
};

/** Steps of an order that comes into being now: contract and first run. */
export function firstStepsOfLive(seed: string, brief: Timed, now: number, pace: Pace): [Step, Step] {
  const random = seededRandom(seed, 'live-start', brief.sequence);
  return [live('contract', now), live('sync', now + random.integer(...WAITS[pace].sync))];
}

/** What follows within seconds once the ERP has accepted a live order. */
export function stepsAfterLiveAcceptance(seed: string, brief: OrderBrief, acceptedAt: number, pace: Pace): Step[] {
  const random = seededRandom(seed, 'live-flow', brief.sequence);
  const wait = (kind: Step['kind']): number => random.integer(...WAITS[pace][kind]);
  const invoiceAt = acceptedAt + wait('invoice');
  const paymentAt = invoiceAt + wait('payment');
  const steps = [
    live('invoice', invoiceAt),
    live('payment', paymentAt),
    live('position', paymentAt + wait('position')),
  ];
  if (brief.application !== 'never') steps.push(live('application', paymentAt + wait('application')));
  return steps;
}

/**
 * The whole live story of an order whose payment is not applied in time. It is told now, second by second, but the
 * bank credit lies so far back that the rule runs out at `dueAt`; what led to the credit is dated before it.
 */
export function stepsOfLateLive(
  seed: string,
  brief: Timed,
  now: number,
  pace: Pace,
  credit: { creditAt: number; dueAt: number },
): Step[] {
  const random = seededRandom(seed, 'live-late', brief.sequence);
  const wait = (kind: Step['kind']): number => random.integer(...WAITS[pace][kind]);
  const dated = (kind: Step['kind'], playAt: number, occursAt: number): Step => ({ kind, occursAt, playAt, run: 1 });
  const contractAt = credit.creditAt - random.integer(8, 12) * DAY_MS;
  const steps = [dated('contract', now, contractAt)];
  let playAt = now + wait('sync');
  steps.push({ ...dated('sync', playAt, contractAt + 4 * MINUTE_MS), outcome: 'accepted' });
  playAt += wait('invoice');
  steps.push(dated('invoice', playAt, credit.creditAt - random.integer(5, 7) * DAY_MS));
  playAt += wait('payment');
  steps.push(dated('payment', playAt, credit.creditAt));
  playAt += wait('position');
  steps.push(dated('position', playAt, Math.min(credit.creditAt + 20 * MINUTE_MS, playAt)));
  if (brief.application === 'late') {
    const lateBy = pace === 'fast' ? 5_000 : random.integer(90, 300) * SECOND_MS;
    steps.push(live('application', Math.max(playAt, credit.dueAt) + lateBy));
  }
  return steps;
}

/** How long after the start of a live late order its bank credit is told: the rule should run out behind that. */
export function dueAtOfLateLive(now: number, pace: Pace): number {
  return pace === 'fast' ? now - MINUTE_MS : now + 90 * SECOND_MS;
}

const live = (kind: Step['kind'], playAt: number): Step => ({ kind, occursAt: null, playAt, run: 1 });
