/** Words of a group that a change may replace. */
export type ChangeableWords = {
  ownerId: string | null;
  note: string;
  isKnownError: boolean;
  knownErrorReference: string | null;
  snoozedUntil: Date | null;
  snoozeReason: string | null;
};

/** A word that says nothing by itself, and the one that it belongs to. */
const BELONGS_TO: Readonly<Partial<Record<keyof ChangeableWords, keyof ChangeableWords>>> = {
  knownErrorReference: 'isKnownError',
  snoozeReason: 'snoozedUntil',
};

/** Of what was said of a group, what became another than it was; a reason also stands beside a time that did. */
export function changesOf(
  before: ChangeableWords,
  after: ChangeableWords,
  said: Partial<ChangeableWords>,
): Partial<ChangeableWords> {
  const differs = (name: keyof ChangeableWords) => !isSame(before[name], after[name]);
  const names = (Object.keys(after) as (keyof ChangeableWords)[]).filter((name) => name in said);
  return Object.fromEntries(
    names
      .filter((name) => differs(name) || (after[name] !== null && differs(BELONGS_TO[name] ?? name)))
      .map((name) => [name, after[name]]),
  );
}

function isSame(one: unknown, other: unknown): boolean {
  return one instanceof Date && other instanceof Date ? one.getTime() === other.getTime() : one === other;
}
