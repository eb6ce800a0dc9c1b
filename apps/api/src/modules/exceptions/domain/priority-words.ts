import { minorDigitsOf, toMinorUnits } from '@throughline/canonical';
import { moneyOf } from './open-amount.js';
import { REPORTING_CURRENCY, type UrgencyFacts } from './priority.js';
import { titleOfStatutory } from './statutory.js';
import { WAITED_FOR } from './waiting-money.js';

/** What the words need beside the stored facts. */
export type TellingOf = UrgencyFacts & {
  occurrences: number;
  amount: string | null;
  currency: string | null;
  /** Of what the exception is about; left out = of a document. */
  objectType?: string;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** From so many failures on they are worth a word. */
const MANY_FAILURES = 3;

/**
 * Why it stands where it stands, the strongest reason first, e.g. "EUR 1.2 m", "misses Batch sent at 17:00 CET in 48 min",
 * "holds up 14 transactions". Time is told in the zone of the legal entity.
 */
export function priorityReasons(facts: TellingOf, now: Date, timeZone: string): string[] {
  const reasons = [
    facts.statutory === null ? null : `${titleOfStatutory(facts.statutory)} goes before any amount`,
    moneyInWords(facts),
    dueInWords(facts, now, timeZone),
    facts.blocks > 1 ? `holds up ${blocksInWords(facts.blocks)} transactions` : null,
    facts.occurrences >= MANY_FAILURES ? `failed ${facts.occurrences} times` : null,
  ].filter((reason) => reason !== null);
  return reasons.length === 0 ? ['no money and no due time is known to hang on it'] : reasons;
}

/** As far as they are counted. */
const MOST_BLOCKS = 1_000;

function blocksInWords(blocks: number): string {
  return blocks >= MOST_BLOCKS ? 'a thousand or more' : String(blocks);
}

function moneyInWords({ reportingMinor, isMoneyUnknown, amount, currency, objectType }: TellingOf): string | null {
  if (isMoneyUnknown) {
    const own = moneyOf(amount, currency);
    if (own === null) return 'how much money it holds is not known';
    return `${inShort(toMinorUnits(own), own.currency)}, with no rate to ${REPORTING_CURRENCY}`;
  }
  const minor = BigInt(reportingMinor ?? '0');
  const isWaitedFor = objectType !== undefined && WAITED_FOR.has(objectType);
  if (minor > 0n) return `${inShort(minor, REPORTING_CURRENCY)}${isWaitedFor ? ' in documents that wait for it' : ''}`;
  return isWaitedFor && amount !== null ? 'no open document waits for it' : null;
}

function inShort(minor: bigint, currency: string): string {
  return `${currency} ${compactAmount(minor, minorDigitsOf(currency) ?? 2)}`;
}

const SCALES: readonly (readonly [bigint, string])[] = [
  [1_000_000_000n, ' bn'],
  [1_000_000n, ' m'],
  [1_000n, ' k'],
];

/** "1.2 m", "480 k", "940": two or three digits say how much it is, and the exact amount stands beside it. */
function compactAmount(minor: bigint, digits: number): string {
  const unit = 10n ** BigInt(digits);
  // 999 500 and more is told as 1 m, as it would round to 1000 k
  const [scale, suffix] = SCALES.find(([one]) => minor * 2_000n >= 1_999n * one * unit) ?? [1n, ''];
  const whole = rounded(minor, scale * unit);
  if (suffix === '') return whole === 0n ? 'less than 1' : String(whole);
  const tenths = rounded(minor * 10n, scale * unit);
  return tenths >= 100n || tenths % 10n === 0n ? `${whole}${suffix}` : `${tenths / 10n}.${tenths % 10n}${suffix}`;
}

/** Half up, of numbers that are not negative. */
function rounded(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}

function dueInWords(facts: TellingOf, now: Date, timeZone: string): string | null {
  const { nextDueAt, nextDueStep, missedDueAt, missedDueStep } = facts;
  // told before the sweep came by: what was still to come has passed meanwhile
  const isNextPassed = nextDueAt !== null && nextDueAt <= now;
  if (nextDueAt !== null && !isNextPassed) {
    const left = nextDueAt.getTime() - now.getTime();
    return `misses ${nextDueStep ?? 'its due time'} at ${clockTime(nextDueAt, now, timeZone)} in ${inWords(left)}`;
  }
  const [at, step] = isNextPassed ? [nextDueAt, nextDueStep] : [missedDueAt, missedDueStep];
  if (at === null) return null;
  return `missed ${step ?? 'its due time'} of ${clockTime(at, now, timeZone)} by ${inWords(now.getTime() - at.getTime())}`;
}

/** "48 min", "3 h 5 min", "2 d 4 h"; what is under a minute is one. */
function inWords(ms: number): string {
  if (ms < HOUR) return `${Math.max(1, Math.floor(ms / MINUTE))} min`;
  const [large, small, unit, part] = ms < DAY ? [HOUR, MINUTE, 'h', 'min'] : [DAY, HOUR, 'd', 'h'];
  const rest = Math.floor((ms % large) / small);
  return `${Math.floor(ms / large)} ${unit}${rest === 0 ? '' : ` ${rest} ${part}`}`;
}

/** "17:00 CET", with its day where that is not today there. */
function clockTime(at: Date, now: Date, timeZone: string): string {
  const day = (instant: Date) => format(instant, timeZone, { day: 'numeric', month: 'short' });
  const time = format(at, timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const zone = zoneName(at, timeZone);
  return day(at) === day(now) ? `${time} ${zone}` : `${time} ${zone} on ${day(at)}`;
}

function format(at: Date, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(at);
}

/** Zones without a short name in the locale data; people who work there have one. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  'America/Sao_Paulo': 'BRT',
  'Asia/Singapore': 'SGT',
  'Asia/Hong_Kong': 'HKT',
  'Asia/Tokyo': 'JST',
};

/** Europe's zones have names in British English, America's in American; others are told by their offset. */
function zoneName(at: Date, timeZone: string): string {
  const names = ['en-US', 'en-GB', 'en-AU'].map(
    (locale) =>
      new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short' })
        .formatToParts(at)
        .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone,
  );
  return SHORT_NAMES[timeZone] ?? names.find((name) => !/^(GMT|UTC)[+-]/.test(name)) ?? names[0] ?? timeZone;
}
