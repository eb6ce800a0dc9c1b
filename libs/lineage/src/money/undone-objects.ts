import type { Instant, Outcome } from '@throughline/canonical';
import { UNDOING_PARTICIPLES } from '../validation/rule-facts.js';
import type { MoneyRole } from './money-vocabulary.js';

/** What happened to an object as the subject of an activity. */
export type StandingAct = { type: string; outcome: Outcome; occurredAt: Instant };

/** Money on its way: undone, it stays what it was, and what it had paid is open again. */
const ON_ITS_WAY: ReadonlySet<string> = new Set(['payment', 'refund', 'settlement']);

/** What a bank can say no to: the money, and a batch of it. */
const REFUSABLE: ReadonlySet<string> = new Set([...ON_ITS_WAY, 'payment-batch']);

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

/** Participles after which the money went: no later no to its batch takes it back. */
const CARRIED_OUT: readonly string[] = ['executed', 'received', 'booked', 'settled', 'paid'];

/** What undoing an object does to its money: `returns` = it came back, or never went; `reverses` = the document never was. */
export function undoingRoleOf(objectType: string): Extract<MoneyRole, 'returns' | 'reverses'> {
  return ON_ITS_WAY.has(objectType) ? 'returns' : 'reverses';
}

const REFUSALS: ReadonlySet<string> = new Set([...REFUSABLE].flatMap(refusalsOf));

/** The no of a bank or processor to money of a type on its way, or to a batch of it; empty for what they are not asked for. */
export function refusalsOf(objectType: string): string[] {
  return REFUSABLE.has(objectType) ? REFUSING.map((participle) => `${objectType}.${participle}`) : [];
}

/** True for an activity that undoes what it happened to whatever its outcome: told as a failure, it still says that no money went. */
export function isRefusalType(activityType: string): boolean {
  return REFUSALS.has(activityType);
}

/** That an object was refused, as the bank would have told it. */
export function refusalAt(objectType: string, occurredAt: Instant): StandingAct {
  return { type: `${objectType}.rejected`, outcome: 'failure', occurredAt };
}

/** All types of activity that tell whether an object of a type stands. */
export function tellingOfStanding(objectType: string): string[] {
  return [...new Set([...TAKING_BACK, ...REFUSING, ...STANDING])].map((participle) => `${objectType}.${participle}`);
}

/** All types of activity after which an object of a type may be undone. */
export function undoingOfStanding(objectType: string): string[] {
  return [...new Set([...TAKING_BACK, ...REFUSING])].map((participle) => `${objectType}.${participle}`);
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

/** `undoneAtOf` of what is in a batch that was refused then; null = it is in none. */
export function undoneWithBatchAt(
  objectType: string,
  acts: readonly StandingAct[],
  refusedAt: Instant | null,
): Instant | null {
  const isRefused = refusedAt !== null && !isCarriedOut(objectType, acts);
  return undoneAtOf(objectType, isRefused ? [...acts, refusalAt(objectType, refusedAt)] : acts);
}

/** Whether the money went, whatever is said of its batch. */
export function isCarriedOut(objectType: string, acts: readonly StandingAct[]): boolean {
  return acts.some((act) => act.outcome === 'success' && isOne(objectType, act, CARRIED_OUT));
}

/** When it was last told that the money went; null = it was not. */
export function carriedOutAtOf(objectType: string, acts: readonly StandingAct[]): Instant | null {
  return latest(acts.filter((act) => act.outcome === 'success' && isOne(objectType, act, CARRIED_OUT)));
}

/** Whether anything makes it stand after a time. */
export function standsSince(objectType: string, acts: readonly StandingAct[], since: Instant): boolean {
  return acts.some((act) => act.outcome === 'success' && act.occurredAt > since && isOne(objectType, act, STANDING));
}

function isUndoing(objectType: string, act: StandingAct): boolean {
  if (refusalsOf(objectType).includes(act.type)) return true;
  return act.outcome === 'success' && isOne(objectType, act, TAKING_BACK);
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
