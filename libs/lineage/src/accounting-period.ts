import type { Instant, Uuid } from '@throughline/canonical';
import { type AttributeStatement, inTime } from './attribute-history.js';

/** Where an accounting period stands for one account type. */
export type PeriodState = 'open' | 'closing' | 'closed';

/** One account type of a period: since when it is in its state, and who said so. */
export type PeriodStanding = {
  /** e.g. receivables; empty = all that are not named apart. */
  accountType: string;
  state: PeriodState;
  since: Instant;
  system: string;
  activityId: Uuid;
};

/** Names of the attributes of a period: entity × ledger × period is its key, the account type says which part of it is meant. */
export const PERIOD_ATTRIBUTES = { ledger: 'ledger', period: 'period', accountType: 'accountType' } as const;

const STATES: ReadonlyMap<string, PeriodState> = new Map([
  ['accounting-period.opened', 'open'],
  ['accounting-period.reopened', 'open'],
  ['accounting-period.closing-started', 'closing'],
  ['accounting-period.closed', 'closed'],
]);

/**
 * State of a period per account type, from what happened to it: the latest word on the type itself or on all of them. An
 * activity without an account type is about all. Depends on the set of statements alone.
 */
export function periodStandings(statements: readonly AttributeStatement[]): PeriodStanding[] {
  const standings = new Map<string, PeriodStanding>();
  for (const { activityType, outcome, stated, isSubject, occurredAt, system, activityId } of inTime(statements)) {
    const state = STATES.get(activityType);
    if (state === undefined || !isSubject || outcome === 'failure') continue;
    const accountType = stated.attributes?.[PERIOD_ATTRIBUTES.accountType]?.trim() ?? '';
    const types = accountType === '' ? ['', ...standings.keys()] : [accountType];
    for (const type of types) {
      // What is in that state already has been in it since then.
      if (standings.get(type)?.state === state) continue;
      standings.set(type, { accountType: type, state, since: occurredAt, system, activityId });
    }
  }
  return [...standings.values()].sort((left, right) =>
    left.accountType < right.accountType ? -1 : left.accountType > right.accountType ? 1 : 0,
  );
}

/** The key by which one period of one ledger of one entity is one object, whoever speaks of it. */
export function periodKey(period: { legalEntity: string; ledger: string; period: string }): string {
  return [period.legalEntity, period.ledger, period.period].map((part) => part.trim().toUpperCase()).join('/');
}
