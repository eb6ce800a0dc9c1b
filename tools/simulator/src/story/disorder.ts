import type { Pace } from './step.js';
import { seededRandom } from './seeded-random.js';

/** How the delivery of one message goes wrong on purpose: sent twice, or so late that the next one overtakes it. */
export type Disorder = { delayMs: number; repeatAfterMs: number | null };

const SHARE_REPEATED = 0.07;
const SHARE_OVERTAKEN = 0.05;

/** Drawn from the seed and the message; receivers must cope with any of it. */
export function disorderOf(seed: string, messageId: string, pace: Pace): Disorder {
  const random = seededRandom(seed, 'disorder', messageId);
  const [isRepeated, isOvertaken] = [random.chance(SHARE_REPEATED), random.chance(SHARE_OVERTAKEN)];
  const scale = pace === 'fast' ? 0.05 : 1;
  return {
    delayMs: isOvertaken ? Math.round(random.integer(6_000, 14_000) * scale) : 0,
    repeatAfterMs: isRepeated ? Math.round(random.integer(400, 4_000) * scale) : null,
  };
}
