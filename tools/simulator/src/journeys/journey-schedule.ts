import type { Journey } from '@throughline/scenarios';
import { DAY_MS, HOUR_MS } from '../story/business-clock.js';
import { seededRandom } from '../story/seeded-random.js';

/** A journey under its number (digits): the same one gives the same signals. */
export type JourneyStart = { name: string; number: string; startsAt: number };

/** Numbers of live journeys count from here; those of the past are hours since 1970, which are lower for a lifetime. */
export const FIRST_LIVE_NUMBER = 1_000_001;
/** The past has one journey in each hour in which offices of Europe are open. */
const PAST_SLOT_MS = HOUR_MS;
const OFFICE = { opens: 7, closes: 16 };

/** The journeys of the past, by their start: one an hour of business days (UTC), drawn by their shares. */
export function pastJourneys(journeys: readonly Journey[], seed: string, now: number, days: number): JourneyStart[] {
  const first = Math.ceil((now - days * DAY_MS) / PAST_SLOT_MS);
  const starts: JourneyStart[] = [];
  for (let slot = first; (slot + 1) * PAST_SLOT_MS < now; slot += 1) {
    const startsAt = slot * PAST_SLOT_MS;
    const [weekday, hour] = [new Date(startsAt).getUTCDay(), new Date(startsAt).getUTCHours()];
    if (weekday === 0 || weekday === 6 || hour < OFFICE.opens || hour >= OFFICE.closes) continue;
    const start = journeyAt(journeys, seed, String(slot), startsAt);
    if (start !== undefined) starts.push(start);
  }
  return starts;
}

/** The journey that starts now, drawn by the shares from its number; undefined when there is none to draw from. */
export function journeyAt(
  journeys: readonly Journey[],
  seed: string,
  number: string,
  startsAt: number,
): JourneyStart | undefined {
  const random = seededRandom(seed, 'journey', number);
  let left = random.fraction() * journeys.reduce((sum, { share }) => sum + share, 0);
  const drawn = journeys.find(({ share }) => (left -= share) < 0);
  return drawn && { name: drawn.name, number, startsAt: startsAt + random.integer(0, 240_000) };
}
