import type { Application } from './order.js';
import { seededRandom } from './seeded-random.js';

const MISSING_MAPPING_BLOCK = 10;
/** One order in 28 (3.6 %) is paid but not applied in time. */
const LATE_APPLICATION_BLOCK = 28;

/** True for exactly one order in each ten: its selling unit has no company code. */
export function meetsMissingMapping(seed: string, sequence: number): boolean {
  return isDrawn(seed, 'missing-mapping', sequence, MISSING_MAPPING_BLOCK);
}

/** Exactly one order in each twenty-eight is not applied in time: by turns late and never. */
export function applicationOf(seed: string, sequence: number): Application {
  if (!isDrawn(seed, 'late-application', sequence, LATE_APPLICATION_BLOCK)) return 'on-time';
  return Math.floor(sequence / LATE_APPLICATION_BLOCK) % 2 === 0 ? 'never' : 'late';
}

function isDrawn(seed: string, fault: string, sequence: number, block: number): boolean {
  return sequence % block === seededRandom(seed, fault, Math.floor(sequence / block)).integer(0, block - 1);
}
