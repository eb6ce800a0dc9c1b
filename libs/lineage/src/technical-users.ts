/** Names of users that belong to no human, as patterns; `*` = any characters, case does not matter. */
export type TechnicalUsers = readonly string[];

/**
 * Whether somebody of these names is a technical user. Who is known by the name of a human too is a human who uses a technical user,
 * and has the duties of one.
 */
export function isTechnicalUser(names: readonly string[], users: TechnicalUsers): boolean {
  return names.length > 0 && names.every((name) => users.some((pattern) => fits(name, pattern)));
}

function fits(name: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'iu').test(name.trim());
}
