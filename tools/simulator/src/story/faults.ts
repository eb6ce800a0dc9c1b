import type { Application } from './order.js';
import { seededRandom } from './seeded-random.js';

/** Orders of a burst that fail, and the consecutive orders among which they are: a cause hits several before somebody acts. */
const BURST = { faults: 4, orders: 10 };
/** One burst in so many is of payments that are not applied in time; the others are of selling units without company code. */
const APPLICATION_TURN = 4;

/** Per cent of all orders that meet a fault where nothing else is said. */
export const USUAL_FAULT_PERCENT = 3;

/** How the faults of an estate fall: drawn from the seed, so that the same share gives the same faults. */
export type FaultRate = { seed: string; percent: number };

/** True for an order whose selling unit has no company code. */
export function meetsMissingMapping(rate: FaultRate, sequence: number): boolean {
  const fault = faultAt(rate, sequence);
  return fault !== null && !isOfApplication(fault.burst);
}

/** An order that is not applied in time is so by turns late and never. */
export function applicationOf(rate: FaultRate, sequence: number): Application {
  const fault = faultAt(rate, sequence);
  if (fault === null || !isOfApplication(fault.burst)) return 'on-time';
  return fault.number % 2 === 0 ? 'never' : 'late';
}

function isOfApplication(burst: number): boolean {
  return burst % APPLICATION_TURN === APPLICATION_TURN - 1;
}

/**
 * The burst in which an order fails, and its number in it; null = it meets nothing. Each block of orders has one burst somewhere, so
 * that the share of all orders is met exactly.
 */
function faultAt({ seed, percent }: FaultRate, sequence: number): { burst: number; number: number } | null {
  if (percent <= 0) return null;
  const block = Math.max(BURST.faults, Math.round((BURST.faults * 100) / percent));
  const burst = Math.floor(sequence / block);
  const random = seededRandom(seed, 'faults', burst);
  const within = Math.min(BURST.orders, block);
  const begins = random.integer(0, block - within);
  const places = random.shuffled(Array.from({ length: within }, (_, place) => begins + place)).slice(0, BURST.faults);
  const number = places.indexOf(sequence % block);
  return number === -1 ? null : { burst, number };
}
