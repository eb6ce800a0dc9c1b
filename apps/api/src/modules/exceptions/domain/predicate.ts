import { isObjectType, searchKey } from '@throughline/canonical';
import type { PeriodStanding } from '@throughline/lineage';
import { monthOfPeriod, type Month } from '@throughline/sla';
import { nounOf } from './title.js';

export const PREDICATE_KINDS = [
  'posting-period-open',
  'customer-mapped',
  'object-known',
  'predecessor-posted',
] as const;

export type PredicateKind = (typeof PREDICATE_KINDS)[number];

/** What an exception can wait for, besides a time. */
export type Predicate =
  | { kind: 'posting-period-open'; legalEntity: string; period: string }
  /** The customer of this number, in whichever system, is known to this one. */
  | { kind: 'customer-mapped'; key: string; system: string }
  | { kind: 'object-known'; type: string; key: string }
  | { kind: 'predecessor-posted'; type: string; key: string };

/** What is asked of the facts, gathered for many predicates at once. */
export type PredicateFacts = {
  legalEntities: ReadonlySet<string>;
  systems: ReadonlySet<string>;
  periods: readonly PeriodFact[];
  objects: readonly KeyedObject[];
};

/** One posting period of one ledger of an entity. */
export type PeriodFact = {
  legalEntity: string;
  ledger: string;
  period: string;
  standings: readonly Pick<PeriodStanding, 'accountType' | 'state'>[];
};

/** An object that has this number in some system. */
export type KeyedObject = {
  type: string;
  searchKey: string;
  /** Known by reference only. */
  isPlaceholder: boolean;
  /** Whose names of it something told that succeeded; "unknown customer 4711" makes nothing known. */
  systems: readonly string[];
  isPosted: boolean;
  /** Null = nobody said. */
  legalEntity: string | null;
};

/** Whether it holds, and why not. What cannot be evaluated never comes true by waiting. */
export type Verdict = { result: 'met' | 'unmet' | 'cannot-be-evaluated'; detail: string };

/** Documents that an activity `<type>.posted` posts; of all others "posted" says nothing. */
const POSTED_TYPES: ReadonlySet<string> = new Set([
  'invoice',
  'credit-memo',
  'supplier-invoice',
  'journal-entry',
  'delivery',
  'goods-receipt',
  'settlement',
]);

/**
 * Whether the predicate holds for an exception of this legal entity, from facts alone: legal entities number their documents each by
 * itself, and a customer is one for all of them.
 */
export function evaluatePredicate(predicate: Predicate, facts: PredicateFacts, legalEntity: string | null): Verdict {
  switch (predicate.kind) {
    case 'posting-period-open':
      return postingPeriodOpen(predicate, facts);
    case 'customer-mapped':
      return customerMapped(predicate, facts);
    case 'object-known':
      return objectKnown(predicate, ofEntity(facts, legalEntity));
    case 'predecessor-posted':
      return predecessorPosted(predicate, ofEntity(facts, legalEntity));
  }
}

/** Without the documents of other legal entities. */
function ofEntity(facts: PredicateFacts, legalEntity: string | null): PredicateFacts {
  const isOwn = (one: KeyedObject) => one.legalEntity === null || one.legalEntity === legalEntity;
  return legalEntity === null ? facts : { ...facts, objects: facts.objects.filter(isOwn) };
}

/** "posting period 2026-10 of DE01", read behind "waits for". */
export function describePredicate(predicate: Predicate): string {
  switch (predicate.kind) {
    case 'posting-period-open':
      return `posting period ${predicate.period} of ${predicate.legalEntity}`;
    case 'customer-mapped':
      return `customer ${predicate.key} in ${predicate.system}`;
    case 'object-known':
      return `${nounOf(predicate.type)} ${predicate.key} to be known`;
    case 'predecessor-posted':
      return `${nounOf(predicate.type)} ${predicate.key} to be posted`;
  }
}

function postingPeriodOpen(
  { legalEntity, period }: Extract<Predicate, { kind: 'posting-period-open' }>,
  facts: PredicateFacts,
): Verdict {
  const month = monthOfPeriod(period);
  if (month === undefined) {
    return cannot(`"${period}" is no posting period of a month`);
  }
  if (!facts.legalEntities.has(legalEntity)) {
    return cannot(`there is no legal entity ${legalEntity}`);
  }
  const ledgers = facts.periods.filter((one) => one.legalEntity === legalEntity && isSameMonth(one.period, month));
  const standings = ledgers.flatMap((one) => one.standings.map((standing) => ({ ...standing, ledger: one.ledger })));
  const [first] = standings;
  if (first === undefined) {
    return unmet(`no ledger has told of ${period} of ${legalEntity} yet`);
  }
  const shut = standings.find((standing) => standing.state !== 'open');
  if (shut === undefined) {
    return met(`${period} of ${legalEntity} is open`);
  }
  const part = [shut.ledger, shut.accountType].filter((word) => word !== '').join(', ');
  return unmet(`${period} of ${legalEntity} is ${shut.state}${part === '' ? '' : ` (${part})`}`);
}

function customerMapped(
  { key, system }: Extract<Predicate, { kind: 'customer-mapped' }>,
  facts: PredicateFacts,
): Verdict {
  if (!facts.systems.has(system)) {
    return cannot(`there is no source system ${system}`);
  }
  const found = objectsOf(facts, 'customer', key);
  const known = found.filter(({ isPlaceholder }) => !isPlaceholder);
  if (known.some(({ systems }) => systems.includes(system))) {
    return met(`customer ${key} is known to ${system}`);
  }
  if (known.length > 0) {
    return unmet(`customer ${key} is not known to ${system} yet`);
  }
  return unmet(`customer ${key} is ${found.length === 0 ? 'not known' : 'only referred to'} yet`);
}

function objectKnown({ type, key }: Extract<Predicate, { kind: 'object-known' }>, facts: PredicateFacts): Verdict {
  if (!isObjectType(type)) {
    return cannot(`"${type}" is no kind of object`);
  }
  const found = objectsOf(facts, type, key);
  if (found.some(({ isPlaceholder }) => !isPlaceholder)) {
    return met(`${nounOf(type)} ${key} is known`);
  }
  return unmet(`${nounOf(type)} ${key} is ${found.length === 0 ? 'not known' : 'only referred to'} yet`);
}

function predecessorPosted(
  { type, key }: Extract<Predicate, { kind: 'predecessor-posted' }>,
  facts: PredicateFacts,
): Verdict {
  if (!isObjectType(type)) {
    return cannot(`"${type}" is no kind of object`);
  }
  if (!POSTED_TYPES.has(type)) {
    return cannot(`nothing tells when a ${nounOf(type)} is posted`);
  }
  const found = objectsOf(facts, type, key);
  if (found.some(({ isPosted }) => isPosted)) {
    return met(`${nounOf(type)} ${key} is posted`);
  }
  return unmet(`${nounOf(type)} ${key} is not ${found.length === 0 ? 'known' : 'posted'} yet`);
}

function objectsOf(facts: PredicateFacts, type: string, key: string): KeyedObject[] {
  const wanted = searchKey(key);
  return wanted === '' ? [] : facts.objects.filter((one) => one.type === type && one.searchKey === wanted);
}

function isSameMonth(period: string, month: Month): boolean {
  const found = monthOfPeriod(period);
  return found?.year === month.year && found.month === month.month;
}

function met(detail: string): Verdict {
  return { result: 'met', detail };
}

function unmet(detail: string): Verdict {
  return { result: 'unmet', detail };
}

function cannot(detail: string): Verdict {
  return { result: 'cannot-be-evaluated', detail };
}
