import {
  addMoney,
  compareMoney,
  fromMinorUnits,
  isNegative,
  isZero,
  parseMoney,
  toMinorUnits,
  zeroMoney,
  type Money,
} from '@throughline/canonical';
import { REPORTING_CURRENCY } from './priority.js';
import { isActOfQueue, queueTitle, type QueueName } from './queues.js';
import type { StoredException } from './stored-exception.js';
import { isOtherMoney } from './waiting-money.js';

/**
 * Money at risk that one person may close without correction where nothing else is stated for the legal entity; above it a second one
 * decides. In the reporting currency, as all limits.
 */
export const ACCEPTANCE_LIMIT: Money = { amount: '1000.00', currency: REPORTING_CURRENCY };

/** Limits that are stated for legal entities. */
export type AcceptanceLimits = ReadonlyMap<string, Money>;

/** The limit of an exception: that of its legal entity, else the general one. */
export function limitFor(legalEntity: string | null, limits: AcceptanceLimits): Money {
  return (legalEntity === null ? undefined : limits.get(legalEntity)) ?? ACCEPTANCE_LIMIT;
}

/** What people named duplicates of an exception: it is closed without correction together with that one. */
export type HangingOn = {
  count: number;
  /** Its money in minor units of the reporting currency, as far as that is not the money of the exception itself. */
  moreMinor: string;
  isMoneyUnknown: boolean;
  legalEntities: readonly string[];
  places: readonly { queue: QueueName | null; objectKey: string }[];
};

/** The money at risk of an exception with what hangs on it; null and undefined as in needsApproval. */
export function withHanging(
  converted: Money | null | undefined,
  hanging: HangingOn | undefined,
): Money | null | undefined {
  if (hanging === undefined || converted === undefined) return converted;
  if (hanging.isMoneyUnknown) return undefined;
  const more = fromMinorUnits(BigInt(hanging.moreMinor), REPORTING_CURRENCY);
  return isZero(more) ? converted : addMoney(converted ?? zeroMoney(REPORTING_CURRENCY), more);
}

/** The limit of an exception and of what hangs on it: the lowest of their legal entities. */
export function limitWith(legalEntity: string | null, hanging: HangingOn | undefined, limits: AcceptanceLimits): Money {
  return (hanging?.legalEntities ?? [])
    .map((entity) => limitFor(entity, limits))
    .reduce((lowest, limit) => (compareMoney(limit, lowest) < 0 ? limit : lowest), limitFor(legalEntity, limits));
}

/** Why what hangs on an exception keeps it from being closed without correction; null = it does not. */
export function whyHangingBars(hanging: HangingOn | undefined): string | null {
  const barred = hanging?.places.find(({ queue }) => !isActOfQueue(queue, 'accept'));
  return barred?.queue
    ? `${barred.objectKey} is a duplicate of it and lies in the queue ${queueTitle(barred.queue)}, where nothing is closed without correction.`
    : null;
}

/** How a version says that the general limit holds. */
const GENERAL = 'general';

/** More is a mistake, and would not fit a number of minor units. */
const MOST_MINOR = 10n ** 15n;

/** A limit as it is kept of a version, or what is wrong with it. Null = the general one. */
export function readLimit(amount: string | null): { definition: string } | { problems: string[] } {
  if (amount === null) return { definition: GENERAL };
  const parsed = parseMoney(amount.trim(), REPORTING_CURRENCY);
  if (!parsed.ok) return { problems: parsed.reasons.map((reason) => `amount: ${reason}`) };
  if (isNegative(parsed.value)) return { problems: ['amount: is below zero'] };
  const minor = toMinorUnits(parsed.value);
  if (minor > MOST_MINOR) return { problems: ['amount: is more than a limit can be'] };
  // many at once are compared in cents, one is compared exactly: both must come to the same
  return compareMoney(fromMinorUnits(minor, REPORTING_CURRENCY), parsed.value) === 0
    ? { definition: parsed.value.amount }
    : { problems: ['amount: is finer than a cent'] };
}

/** The limit that a version says; null = the general one. */
export function limitOfDefinition(definition: string): Money | null {
  return definition === GENERAL ? null : { amount: definition, currency: REPORTING_CURRENCY };
}

/** What an acceptance was asked for on; frozen then. Duplicates = how many were named of it. */
export type FrozenRequest = Pick<StoredException, 'title' | 'amount' | 'currency' | 'occurrences'> & {
  duplicates: number;
};

/**
 * Whether a second person decides. `converted` is the money at risk in the currency of the limit: undefined = no rate is known, and
 * what cannot be compared is over the limit; null = no money is at risk. `together` are sums that it is part of, since many small amounts
 * are a large one: what one act on many closes of the entity, and what one person closes of the counterparty in a day.
 */
export function needsApproval(
  converted: Money | null | undefined,
  limit: Money,
  ...together: readonly Money[]
): boolean {
  if (converted === undefined) {
    return true;
  }
  if (converted === null || isZero(converted)) {
    return false;
  }
  return [converted, ...together].some((sum) => compareMoney(sum, limit) > 0);
}

/** Minor units by legal entity or by counterparty, '' = none: what a bulk act closes that is within the limit one by one. */
export type SmallSums = Readonly<Record<string, string>>;

/** What an act closes of the entity or with the counterparty, see needsApproval; an act on one is told by its amount. */
export function smallSumOf(sums: SmallSums | undefined, name: string | null): Money {
  return fromMinorUnits(BigInt(toldSum(sums, name ?? '') ?? '0'), REPORTING_CURRENCY);
}

/** What sums say of a name, whatever it is called: "constructor" is a name as any other. */
export function toldSum(sums: SmallSums | undefined, name: string): string | undefined {
  return sums !== undefined && Object.hasOwn(sums, name) ? sums[name] : undefined;
}

/** With whom, as sums tell it: in whatever case it is written, as it is searched by; '' = nobody knows. */
export function withWhom(counterparty: string | null): string {
  return counterparty?.toLowerCase() ?? '';
}

/** What one counterparty comes to: of the day and, of an act on many, what was frozen of it. */
export function sumWith(
  ofDay: ReadonlyMap<string, Money>,
  ofAct: string | undefined,
  counterparty: string | null,
): Money {
  const known = ofDay.get(counterparty ?? '') ?? zeroMoney(REPORTING_CURRENCY);
  return ofAct === undefined ? known : addMoney(known, fromMinorUnits(BigInt(ofAct), REPORTING_CURRENCY));
}

/** What of the exception is no longer as it was when the acceptance was asked for; empty = nothing that matters. */
export function changedSince(frozen: FrozenRequest, current: FrozenRequest & { objectType?: string }): string[] {
  const changes: string[] = [];
  if (isOtherMoney(frozen, current)) {
    changes.push(`the money at risk was ${moneyWords(frozen)} and is ${moneyWords(current)}`);
  }
  if (current.occurrences > frozen.occurrences) {
    changes.push(
      `it failed ${current.occurrences - frozen.occurrences} more time${current.occurrences - frozen.occurrences === 1 ? '' : 's'}`,
    );
  }
  if (current.duplicates > frozen.duplicates) {
    const more = current.duplicates - frozen.duplicates;
    changes.push(more === 1 ? 'another was named a duplicate of it' : `${more} more were named duplicates of it`);
  }
  return changes;
}

function moneyWords({ amount, currency }: Pick<FrozenRequest, 'amount' | 'currency'>): string {
  return amount === null || currency === null ? 'none' : `${currency} ${amount}`;
}
