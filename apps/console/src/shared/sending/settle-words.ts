import type { RequeueAttemptState, RequeueVerdict } from '../../gql/graphql.js';
import { dateTime } from '../format/time.js';

type Settleable = { state: RequeueAttemptState; finishedAt: string | null; verifyBy: string | null };

/** Whether a person may have to say what became of a send: no answer, or taken and not seen in its time. */
export function canBeSettled({ state, finishedAt, verifyBy }: Settleable, now: Date): boolean {
  if (finishedAt !== null) return false;
  if (state === 'UNKNOWN') return true;
  return state === 'ACKNOWLEDGED' && verifyBy !== null && new Date(verifyBy) <= now;
}

type Said = { verdict: RequeueVerdict; personName: string; reason: string; at: string };

/** Who said what became of it, with what was seen. */
export function settledSentence({ verdict, personName, reason, at }: Said): string {
  const what = verdict === 'APPLIED' ? 'was applied' : 'was not applied';
  return `${personName} said on ${dateTime(at)} that it ${what}: ${reason}`;
}
