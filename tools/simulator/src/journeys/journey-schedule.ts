import { type Journey, meetsFault } from '@throughline/scenarios';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../story/business-clock.js';
import { seededRandom } from '../story/seeded-random.js';

/** A journey under its number (digits): the same one gives the same signals. */
export type JourneyStart = { name: string; number: string; startsAt: number };

/** Numbers of live journeys count from here; those of the past count half-hours of business, which are fewer for a lifetime. */
export const FIRST_LIVE_NUMBER = 1_000_001;
/** The past has one journey in each half-hour in which offices of Europe are open. */
const PAST_SLOT_MS = 30 * MINUTE_MS;
const OFFICE = { opens: 7, closes: 16 };
const SLOTS_OF_DAY = ((OFFICE.closes - OFFICE.opens) * HOUR_MS) / PAST_SLOT_MS;
/** One journey in so many meets a fault. An ordinary one makes more transactions than one that comes to a halt: 2 % of them all. */
const FAULT_BLOCK = 35;

/** The journeys of the past, by their start: one each half-hour of business days (UTC). */
export function pastJourneys(journeys: readonly Journey[], seed: string, now: number, days: number): JourneyStart[] {
  const from = now - days * DAY_MS;
  const starts: JourneyStart[] = [];
  for (let day = Math.floor(from / DAY_MS); day * DAY_MS < now; day += 1) {
    const businessDay = businessDayOf(day);
    if (businessDay === null) continue;
    for (let slot = 0; slot < SLOTS_OF_DAY; slot += 1) {
      const startsAt = day * DAY_MS + OFFICE.opens * HOUR_MS + slot * PAST_SLOT_MS;
      if (startsAt < from || startsAt + PAST_SLOT_MS >= now) continue;
      const start = journeyAt(journeys, seed, String(businessDay * SLOTS_OF_DAY + slot), startsAt);
      if (start !== undefined) starts.push(start);
    }
  }
  return starts;
}

/** The journey that starts now, drawn from its number; undefined when there is none to draw from. */
export function journeyAt(
  journeys: readonly Journey[],
  seed: string,
  number: string,
  startsAt: number,
): JourneyStart | undefined {
  const random = seededRandom(seed, 'journey', number);
  const isFault = isOfFault(seed, Number(number));
  const choices = journeys.filter(({ name }) => meetsFault(name) === isFault);
  const drawn = isFault ? faultInTurn(choices, seed, Number(number)) : drawnByShare(choices, random.fraction());
  return drawn && { name: drawn.name, number, startsAt: startsAt + random.integer(0, 240_000) };
}

/** True for exactly one number of each block. */
function isOfFault(seed: string, number: number): boolean {
  const block = Math.floor(number / FAULT_BLOCK);
  return number % FAULT_BLOCK === seededRandom(seed, 'journey-fault', block).integer(0, FAULT_BLOCK - 1);
}

/** Faults are dealt like cards, each by its share, and shuffled anew when all are told: none stays away for long. */
function faultInTurn(faults: readonly Journey[], seed: string, number: number): Journey | undefined {
  const cards = faults.flatMap((journey) => Array.from({ length: journey.share }, () => journey));
  const turn = Math.floor(number / FAULT_BLOCK);
  return seededRandom(seed, 'journey-faults', Math.floor(turn / cards.length)).shuffled(cards)[turn % cards.length];
}

function drawnByShare(journeys: readonly Journey[], fraction: number): Journey | undefined {
  let left = fraction * journeys.reduce((sum, { share }) => sum + share, 0);
  return journeys.find(({ share }) => (left -= share) < 0);
}

/** Number of a day since 1970 among the days from Monday to Friday; null at a weekend. */
function businessDayOf(day: number): number | null {
  // The first of January 1970 was a Thursday.
  const sinceMonday = day + 3;
  const weekday = sinceMonday % 7;
  return weekday > 4 ? null : Math.floor(sinceMonday / 7) * 5 + weekday;
}
