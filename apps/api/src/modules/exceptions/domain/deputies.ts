/** Somebody is away from an instant until another, which is the first when that person is back. */
export type Absence = { personId: string; from: Date; until: Date; deputyId: string | null };

/** Why nobody stands in for who is away. */
export type NoDeputyReason = 'none-named' | 'circular' | 'not-able';

/** Whether somebody is there at a time, and who stands in where not. */
export type StandIn =
  | { kind: 'present' }
  | { kind: 'away'; until: Date; deputyId: string }
  | { kind: 'away'; until: Date; deputyId: null; why: NoDeputyReason };

/** The absence in which a time lies; of several the one that lasts longest. */
export function absenceAt(absences: readonly Absence[], personId: string, at: Date): Absence | null {
  const there = absences.filter((one) => one.personId === personId && one.from <= at && at < one.until);
  return there.reduce<Absence | null>((last, one) => (last === null || one.until > last.until ? one : last), null);
}

/**
 * Who stands in for a person at a time. A deputy who is away too is followed to his own deputy; a circle in which all are away ends
 * with nobody, as does somebody who cannot do it.
 */
export function standInOf(
  personId: string,
  at: Date,
  absences: readonly Absence[],
  isAble: (personId: string) => boolean = () => true,
): StandIn {
  const own = absenceAt(absences, personId, at);
  if (own === null) return { kind: 'present' };
  const { until } = own;
  const passed = new Set([personId]);
  for (let away: Absence | null = own; away !== null;) {
    const { deputyId }: Absence = away;
    if (deputyId === null) return { kind: 'away', until, deputyId: null, why: 'none-named' };
    if (passed.has(deputyId)) return { kind: 'away', until, deputyId: null, why: 'circular' };
    passed.add(deputyId);
    away = absenceAt(absences, deputyId, at);
    if (away === null) {
      return isAble(deputyId)
        ? { kind: 'away', until, deputyId }
        : { kind: 'away', until, deputyId: null, why: 'not-able' };
    }
  }
  return { kind: 'present' };
}

/** Longest absence that can be stated, in days. */
export const LONGEST_ABSENCE_DAYS = 400;

const MS_PER_DAY = 86_400_000;

export type AbsenceProblemCode = 'ABSENCE_PASSED' | 'ABSENCE_TOO_LONG' | 'ABSENCE_OVERLAPS' | 'OWN_DEPUTY';

/** What is wrong with an absence that somebody wants to state; null = nothing. `others` are the same person's. */
export function absenceProblem(
  { personId, from, until, deputyId }: Absence,
  others: readonly Absence[],
  now: Date,
): { code: AbsenceProblemCode; message: string } | null {
  if (from >= until) return { code: 'ABSENCE_PASSED', message: 'An absence ends after it begins.' };
  if (until <= now) return { code: 'ABSENCE_PASSED', message: 'An absence that is over changes nothing.' };
  if (until.getTime() - from.getTime() > LONGEST_ABSENCE_DAYS * MS_PER_DAY) {
    const message = `An absence lasts ${LONGEST_ABSENCE_DAYS} days at most; take away the rights of who stays away longer.`;
    return { code: 'ABSENCE_TOO_LONG', message };
  }
  if (deputyId === personId) return { code: 'OWN_DEPUTY', message: 'Nobody is their own deputy.' };
  const other = others.find((one) => one.from < until && from < one.until);
  return other === undefined
    ? null
    : {
        code: 'ABSENCE_OVERLAPS',
        message: `It overlaps the absence from ${day(other.from)} to ${day(other.until)}: end that one first.`,
      };
}

function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}
