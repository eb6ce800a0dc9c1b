import { narrowingsOf, type Narrowing } from './compare-schemas.js';
import type { JsonSchema } from './compile-contract.js';

/**
 * What a new version of a contract must keep up: `backward` = it takes everything that the version before allowed;
 * `forward` = the version before takes everything that the new one allows; `full` = both; `none` = nothing is asked.
 */
export const COMPATIBILITY_MODES = ['none', 'backward', 'forward', 'full'] as const;

/** One of them. */
export type CompatibilityMode = (typeof COMPATIBILITY_MODES)[number];

/** One reason why two versions are not compatible: `place` points into the stricter of the two schemas. */
export type Incompatibility = Narrowing & { direction: 'backward' | 'forward' };

/** Every reason why a new version may not follow an old one; empty when it may. */
export function checkCompatibility(
  oldSchema: JsonSchema,
  newSchema: JsonSchema,
  mode: CompatibilityMode,
): Incompatibility[] {
  const found: Incompatibility[] = [];
  if (mode === 'backward' || mode === 'full') {
    found.push(...narrowingsOf(oldSchema, newSchema).map((one) => ({ ...one, direction: 'backward' as const })));
  }
  if (mode === 'forward' || mode === 'full') {
    found.push(...narrowingsOf(newSchema, oldSchema).map((one) => ({ ...one, direction: 'forward' as const })));
  }
  return found;
}
