import type { Role } from '../../../identity/index.js';

/** How much one person approves of one maker for one counterparty on one day, in cents of the reporting currency. */
export type ApprovalLimit = {
  /** Of a role or of a person, one of them. */
  role: Role | null;
  email: string | null;
  /** Null = without limit. */
  perDayMinor: bigint | null;
};

/** What a person may approve; null = nothing is said of that person, so nothing. */
export type PersonalLimit = { perDayMinor: bigint | null } | null;

/** The person's own limit counts, else the highest of the person's roles. */
export function limitOf(
  limits: readonly ApprovalLimit[],
  person: { email: string; roles: readonly string[] },
): PersonalLimit {
  const own = limits.filter(({ email }) => email !== null && email === person.email.toLowerCase());
  const fitting = own.length > 0 ? own : limits.filter(({ role }) => role !== null && person.roles.includes(role));
  return fitting.reduce<PersonalLimit>((highest, { perDayMinor }) => {
    if (highest === null) return { perDayMinor };
    if (highest.perDayMinor === null || perDayMinor === null) return { perDayMinor: null };
    return perDayMinor > highest.perDayMinor ? { perDayMinor } : highest;
  }, null);
}

/** Money of one counterparty: what is asked for, and what the person approved of the same maker on the same day before. */
export type CounterpartySum = { counterparty: string; askedMinor: bigint; usedMinor: bigint; isMoneyUnknown: boolean };

/** Whether the limit covers it all; unknown money is covered only where there is no limit. Answers the first that is not. */
export function beyondLimit(
  limit: PersonalLimit,
  sums: readonly CounterpartySum[],
): CounterpartySum | 'no-limit' | null {
  if (limit === null) return 'no-limit';
  const { perDayMinor } = limit;
  if (perDayMinor === null) return null;
  return (
    sums.find(({ askedMinor, usedMinor, isMoneyUnknown }) => isMoneyUnknown || askedMinor + usedMinor > perDayMinor) ??
    null
  );
}
