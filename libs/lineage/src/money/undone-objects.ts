import type { Instant, Outcome } from '@throughline/canonical';
import { UNDOING_PARTICIPLES } from '../validation/rule-facts.js';
import type { MoneyRole } from './money-vocabulary.js';

/** What happened to an object as the subject of an activity. */
export type StandingAct = { type: string; outcome: Outcome; occurredAt: Instant };

/** Money on its way: undone, it stays what it was, and what it had paid is open again. */
const ON_ITS_WAY: ReadonlySet<string> = new Set(['payment', 'refund', 'settlement']);

/** Participles that take an object back where they succeeded. */
const TAKING_BACK: readonly string[] = [...UNDOING_PARTICIPLES, 'rejected'];
/** The no of a bank or processor, which tells of a failure: the money did not go. */
const REFUSING: readonly string[] = ['rejected', 'rejected-by-bank', 'failed'];
/** Participles after which an object stands again. */
const STANDING: readonly string[] = [
  'posted',
  'sent',
  'accepted',
  'approved',
  'confirmed',
  'activated',
  'executed',
  'received',
  'applied',
  'issued',
  'booked',
  'settled',
  'paid',
  'reinstated',
];

/** What undoing an object does to its money: `returns` = it came back, or never went; `reverses` = the document never was. */
export function undoingRoleOf(objectType: string): Extract<MoneyRole, 'returns' | 'reverses'> {
  return ON_ITS_WAY.has(objectType) ? 'returns' : 'reverses';
}

/** All types of activity that tell whether an object of a type stands. */
export function tellingOfStanding(objectType: string): string[] {
  return [...new Set([...TAKING_BACK, ...REFUSING, ...STANDING])].map((participle) => `${objectType}.${participle}`);
}

/**
 * When an object was last cancelled, reversed or rejected; null when it was not, or stands again since. Of a time with what makes
 * it stand, it is undone, as milestones are. Depends on the set of acts alone.
 */
export function undoneAtOf(objectType: string, acts: readonly StandingAct[]): Instant | null {
  const undone = latest(acts.filter((act) => isUndoing(objectType, act)));
  const stands = latest(acts.filter((act) => act.outcome === 'success' && isOne(objectType, act, STANDING)));
  return undone !== null && (stands === null || undone >= stands) ? undone : null;
}

function isUndoing(objectType: string, act: StandingAct): boolean {
  if (act.outcome === 'success') return isOne(objectType, act, TAKING_BACK) || isRefusal(objectType, act);
  return isRefusal(objectType, act);
}

function isRefusal(objectType: string, act: StandingAct): boolean {
  return ON_ITS_WAY.has(objectType) && isOne(objectType, act, REFUSING);
}

function isOne(objectType: string, { type }: StandingAct, participles: readonly string[]): boolean {
  return participles.some((participle) => type === `${objectType}.${participle}`);
}

function latest(acts: readonly StandingAct[]): Instant | null {
  return acts.reduce<Instant | null>(
    (found, { occurredAt }) => (found === null || occurredAt > found ? occurredAt : found),
    null,
  );
}
