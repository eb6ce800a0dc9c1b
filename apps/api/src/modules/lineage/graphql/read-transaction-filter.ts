import { isStorableText } from '@throughline/canonical';
import { CodedError } from '../../../graphql/coded-error.js';
import { requireText } from '../../../graphql/identifier.js';
import { EVERYTHING, type Range, type TransactionSelection } from '../domain/transaction-selection.js';
import { entitiesIn } from '../domain/regions.js';
import type { TransactionFilterInput } from './transaction-filter.types.js';

/** A search by fewer characters would find everything. */
const SEARCH_TEXT = { min: 2, max: 100 };
const MOST_VALUES = 200;
const MOST_MILESTONES = 5;
const MOST_HOURS = 24 * 366 * 20;
const DECIMAL = /^-?\d{1,20}(\.\d{1,6})?$/;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

type Maybe<T> = T | null | undefined;

/** Checks the filter; what is left out or blank does not narrow. Regions become their entities, ages the times they lie at. */
export function readTransactionFilter(
  filter: Maybe<TransactionFilterInput>,
  context: { now: Date; entities: readonly { code: string; country: string }[] },
): TransactionSelection {
  if (!filter) return EVERYTHING;
  return {
    states: filter.states ?? null,
    workflows: values(filter.workflows, 'workflows'),
    legalEntities: entitiesOf(filter, context.entities),
    currencies: values(filter.currencies, 'currencies')?.map((currency) => currency.toUpperCase()) ?? null,
    systems: values(filter.systems, 'systems'),
    milestones: milestonesOf(filter),
    counterparty: text(filter.counterparty, 'counterparty'),
    amount: amountOf(filter),
    postedOn: periodOf(filter.postingPeriod),
    dueOn: range(filter.dueOn),
    valueOn: range(filter.valueOn),
    bankAccount: text(filter.bankAccount, 'bankAccount')?.replaceAll(' ', '') ?? null,
    startedAt: startedOf(filter, context.now),
    lastActivityAt: range(filter.lastActivityAt),
    text: text(filter.text, 'text'),
  };
}

function invalid(message: string): CodedError {
  return new CodedError('INVALID_INPUT', message);
}

function values(list: Maybe<string[]>, name: string): string[] | null {
  if (!list) return null;
  if (list.length > MOST_VALUES || list.some((value) => value.length > 100 || !isStorableText(value))) {
    throw invalid(`filter.${name} may hold at most ${MOST_VALUES} values of at most 100 characters`);
  }
  return [...new Set(list)];
}

function text(value: Maybe<string>, name: string): string | null {
  return typeof value !== 'string' || value.trim() === '' ? null : requireText(value, `filter.${name}`, SEARCH_TEXT);
}

function range<T>(given: Maybe<{ from?: T | null; to?: T | null }>): Range<T> | null {
  const from = given?.from ?? null;
  const to = given?.to ?? null;
  return from === null && to === null ? null : { from, to };
}

function entitiesOf(
  { legalEntities, regions }: TransactionFilterInput,
  entities: readonly { code: string; country: string }[],
): string[] | null {
  const named = values(legalEntities, 'legalEntities');
  const asked = values(regions, 'regions');
  if (asked === null) return named;
  const within = entitiesIn(asked, entities);
  return named === null ? within : named.filter((code) => within.includes(code));
}

function milestonesOf({ milestones }: TransactionFilterInput): TransactionSelection['milestones'] {
  if (milestones && milestones.length > MOST_MILESTONES) {
    throw invalid(`filter.milestones may hold at most ${MOST_MILESTONES} milestones`);
  }
  return (milestones ?? []).map(({ name, standing }) => ({
    name: requireText(name, 'filter.milestones.name', { max: 100 }),
    standing,
  }));
}

function amountOf({ amount }: TransactionFilterInput): Range<string> | null {
  const asked = range(amount);
  if ([asked?.from, asked?.to].some((bound) => typeof bound === 'string' && !DECIMAL.test(bound))) {
    throw invalid('filter.amount must be decimal text such as "1234.50"');
  }
  return asked;
}

function periodOf(period: Maybe<string>): Range<string> | null {
  if (typeof period !== 'string' || period === '') return null;
  if (!MONTH.test(period)) throw invalid('filter.postingPeriod must be a month such as 2026-09');
  return { from: `${period}-01`, to: `${period}-31` };
}

function startedOf(filter: TransactionFilterInput, now: Date): Range<Date> | null {
  const asked = range(filter.startedAt);
  const ages = [filter.minAgeHours, filter.maxAgeHours].map((hours) => {
    if (typeof hours !== 'number') return null;
    if (hours < 0 || hours > MOST_HOURS) throw invalid(`an age must be from 0 to ${MOST_HOURS} hours`);
    return new Date(now.getTime() - hours * 3_600_000);
  });
  const [atLatest = null, atEarliest = null] = ages;
  const latestOf = (bounds: (Date | null)[]) =>
    bounds.filter((bound) => bound !== null).sort((one, other) => +other - +one);
  return range({
    from: latestOf([asked?.from ?? null, atEarliest])[0] ?? null,
    to: latestOf([asked?.to ?? null, atLatest]).at(-1) ?? null,
  });
}
