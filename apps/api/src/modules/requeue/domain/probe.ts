import { toStorableText } from '@throughline/canonical';
import { backOffMs, type OutboundResult } from '../../../outbound/index.js';
import { GIVE_UP_AFTER_MS, IN_FLIGHT_MS, isAnotherSince } from './attempt.js';

/** What a target says of a send that it gave no answer to. */
export const PROBE_ANSWERS = ['applied', 'not-applied', 'unknown'] as const;

export type ProbeAnswer = (typeof PROBE_ANSWERS)[number];

export type Told = { kind: ProbeAnswer; words: string };

/** Longest kept words of an answer, in characters. */
const LONGEST_WORDS = 500;

/**
 * Reads the answer to a status call: `{ "status": "applied" | "not-applied" | "unknown" }`. Not found is "not known" and never "not
 * applied", unless the target is declared to mean that by it: an endpoint that is wrong or was moved answers so too.
 */
export function readStatusAnswer(result: OutboundResult, notFoundMeans: 'unknown' | 'not-applied'): Told {
  if (!('status' in result)) return unknown(result.reason);
  const { kind, status, body } = result;
  if (status === 404) {
    return notFoundMeans === 'not-applied'
      ? { kind: 'not-applied', words: 'not found, which the target is declared to mean by "not applied" (404)' }
      : unknown('the target does not know it (404)');
  }
  if (kind !== 'success') return unknown(`answered ${status}: ${body}`);
  const told = statusOf(body);
  return told === null
    ? unknown(`answered ${status}, but with no status that is known: ${body}`)
    : { kind: told, words: `answered "${told}"` };
}

function unknown(words: string): Told {
  return { kind: 'unknown', words: toStorableText(words.slice(0, LONGEST_WORDS)) };
}

function statusOf(body: string): ProbeAnswer | null {
  try {
    const answer: unknown = JSON.parse(body);
    if (typeof answer !== 'object' || answer === null || !('status' in answer)) return null;
    return PROBE_ANSWERS.find((known) => known === answer.status) ?? null;
  } catch {
    return null;
  }
}

/** What counts of an answer: a target that was changed after the attempt went out may never have been sent it, whatever it says. */
export function believed(told: Told, sentAt: Date | null, changedAt: Date | null): Told {
  if (told.kind === 'unknown' || !isAnotherSince(sentAt, changedAt)) return told;
  return unknown(`${told.words}, but the target was changed since it was sent`);
}

export type Asked = {
  /** How often it was asked about this transmission, this time included. */
  asks: number;
  /** Start of the transmission that got no answer. */
  sentAt: Date;
  /** When the question went out: the answer tells of no later time. */
  askedAt: Date;
};

export type AfterProbe =
  /** The target has it; that it worked is still to be seen downstream. */
  | { kind: 'acknowledge' }
  /** It did not happen: the same key and bytes may go out again. */
  | { kind: 'send-again' }
  | { kind: 'ask-again'; at: Date }
  /** The target will not tell; telemetry has to, or a person asks. */
  | { kind: 'leave' };

/**
 * What follows from an answer. "Not applied" counts only where the transmission could not be on its way any more when it was asked: what
 * is still in the line, or being worked on, is not applied yet.
 */
export function afterProbe(
  answer: ProbeAnswer,
  { asks, sentAt, askedAt }: Asked,
  now: Date,
  random: number,
): AfterProbe {
  const landedAt = new Date(sentAt.getTime() + IN_FLIGHT_MS);
  if (answer === 'applied') return { kind: 'acknowledge' };
  if (answer === 'not-applied')
    return landedAt > askedAt ? { kind: 'ask-again', at: landedAt } : { kind: 'send-again' };
  if (now.getTime() - sentAt.getTime() >= GIVE_UP_AFTER_MS) return { kind: 'leave' };
  return { kind: 'ask-again', at: new Date(now.getTime() + backOffMs(asks, null, random)) };
}
