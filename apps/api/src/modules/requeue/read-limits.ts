import { CodedError } from '../../graphql/coded-error.js';
import { faultsOfLimits, SHIPPED_LIMITS, type RunLimits } from './domain/run.js';
import type { RequeueLimitsInput } from './graphql/requeue-run.types.js';

/** Limits as asked for, without what was left out. */
export function readLimits(input: RequeueLimitsInput | null | undefined): Partial<RunLimits> {
  const given = Object.fromEntries(
    Object.entries(input ?? {}).filter(([, value]) => value !== null && value !== undefined),
  ) as Partial<RunLimits>;
  const [fault] = faultsOfLimits({ ...SHIPPED_LIMITS, ...given });
  if (fault !== undefined) throw new CodedError('INVALID_INPUT', fault);
  return given;
}
