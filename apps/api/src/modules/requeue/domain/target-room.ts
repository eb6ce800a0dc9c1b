import type { RunLimits } from './run.js';

/** What is on its way to a target by all runs together. */
export type TargetLoad = {
  /** Released and without an answer. */
  inFlight: number;
  /** Within the second before now. */
  releasedLastSecond: number;
};

export const NO_LOAD: TargetLoad = { inFlight: 0, releasedLastSecond: 0 };

/** How many more may be released to a target now, by whatever run: a limit is of the target, however many requests there are. */
export function roomOf(
  { ratePerSecond, maxInFlight }: Pick<RunLimits, 'ratePerSecond' | 'maxInFlight'>,
  { inFlight, releasedLastSecond }: TargetLoad,
): number {
  return Math.max(0, Math.min(ratePerSecond - releasedLastSecond, maxInFlight - inFlight));
}
