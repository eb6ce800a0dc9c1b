import { hashedUuid } from '@throughline/canonical';

/** What a group can be split by: its members that differ in it go to groups of their own. */
export const SPLIT_BY = ['LEGAL_ENTITY', 'COUNTERPARTY', 'INTEGRATION', 'OBJECT_TYPE'] as const;

export type SplitBy = (typeof SPLIT_BY)[number];

/** The values of a member that groups are split by; '' = it has none. */
export type SplitValues = Readonly<Record<SplitBy, string>>;

/** What people decided about a group: another that it is part of, or what it is split by. At most one holds: merging comes first. */
export type GroupRule = { mergedInto: string | null; splitBy: readonly SplitBy[] };

/** A part of a split group, which is a group itself. */
export type GroupPart = { groupId: string; fingerprint: string; parentId: string; values: readonly string[] };

/** Where a member belongs: the group, and the parts that have to exist on the way. */
export type Placement = { groupId: string; parts: readonly GroupPart[] };

/** More steps than people ever make; a circle would be a fault of ours. */
const MOST_STEPS = 50;

/** The group of a fingerprint. */
export function groupIdOf(fingerprint: string): string {
  return hashedUuid(['exception-group', fingerprint]);
}

/**
 * Follows what people decided from the group of a member's own fingerprint to the one where it belongs. `undefined` = the rule of
 * the group `unknown` has to be read first (one that is not stored yet has none). Throws when rules lead round in a circle.
 */
export function placeMember(
  homeId: string,
  values: SplitValues,
  rules: ReadonlyMap<string, GroupRule>,
): Placement | { unknown: string } {
  const parts: GroupPart[] = [];
  let groupId = homeId;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const rule = rules.get(groupId);
    if (rule === undefined) return { unknown: groupId };
    if (rule.mergedInto !== null) {
      groupId = rule.mergedInto;
    } else if (rule.splitBy.length > 0) {
      const part = partOf(groupId, rule.splitBy, values);
      parts.push(part);
      groupId = part.groupId;
    } else {
      return { groupId, parts };
    }
  }
  throw new Error(`the rules of exception group ${homeId} lead round in a circle`);
}

/** The part of a split group for these values. */
export function partOf(parentId: string, splitBy: readonly SplitBy[], values: SplitValues): GroupPart {
  const named = SPLIT_BY.filter((dimension) => splitBy.includes(dimension));
  const shown = named.map((dimension) => values[dimension]);
  const fingerprint = JSON.stringify([parentId, named, shown]);
  return { groupId: groupIdOf(fingerprint), fingerprint, parentId, values: shown };
}

/** Title of a part: that of the whole, and the values that tell it apart. */
export function partTitle(whole: string, values: readonly string[]): string {
  return `${whole} · ${values.map((value) => (value === '' ? 'none' : value)).join(', ')}`;
}

/** What holds for a group of which nobody decided anything. */
export const NO_RULE: GroupRule = { mergedInto: null, splitBy: [] };

/** Why one group cannot be made part of another; null = it can. */
export function mergeObstacle(
  sourceId: string,
  target: { groupId: string; rule: GroupRule },
  source: { rule: GroupRule },
): string | null {
  if (sourceId === target.groupId) return 'A group cannot be made part of itself.';
  if (source.rule.mergedInto !== null) return 'It is part of another group already.';
  if (target.rule.mergedInto !== null) return 'The group that it should join is part of another one.';
  if (target.rule.splitBy.length > 0) return 'The group that it should join is split: choose one of its parts.';
  return null;
}
