import type { StoredFilter } from './saved-view.js';

/** Names of what a filter names by an id: people, groups, objects. */
export type NamesOfIds = ReadonlyMap<string, string>;

export type FilterWord = { what: string; values: string };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Members whose values are other people's words, never one of ours. */
const FREE_WORDS: readonly string[] = ['text', 'counterparties', 'legalEntities', 'integrations', 'regions'];
/** Longer than a currency, and nothing but capitals: a value of an enum. */
const ENUM_VALUE = /^[A-Z]{2,}[A-Z0-9]*(_[A-Z0-9]+)*$/;
const SHORTEST_ENUM_VALUE = 4;
/** How members are called, where their names are not the words that people use. */
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    taxonomies: 'problems',
    objectId: 'document',
    amountFrom: 'amount in EUR from',
    amountTo: 'amount in EUR up to',
    isEscalated: 'escalated',
    isStatutory: 'statutory',
    isRecurring: 'recurring',
    isKnownError: 'known error',
  }),
);

/** Ids that a filter names, to be looked up. */
export function idsOf(filter: StoredFilter): string[] {
  return [...new Set(leavesOf(filter).filter((leaf): leaf is string => typeof leaf === 'string' && UUID.test(leaf)))];
}

function leavesOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [value];
}

/**
 * A filter in words, a line for each thing that narrows, in the order of the filter. Which members a filter has is the list's affair:
 * they are told by the words of their names, and none is left out.
 */
export function filterWords(filter: StoredFilter, names: NamesOfIds): FilterWord[] {
  return said(filter).map(([name, value]) => ({
    what: capitalised(wordsOfName(name)),
    values: valueWords(value, names, { isFree: FREE_WORDS.includes(name), or: ', ' }),
  }));
}

/** The same in one sentence: "states open or waiting; queues tax; unassigned". */
export function filterSentence(filter: StoredFilter, names: NamesOfIds): string {
  // what is so or not so comes after what is asked for by name
  const entries = said(filter).toSorted(
    ([, one], [, other]) => Number(typeof one === 'boolean') - Number(typeof other === 'boolean'),
  );
  const parts = entries.flatMap(([name, value]) => {
    const words = wordsOfName(name);
    if (value === true) return [words];
    // whoever does not ask for what nobody has asks for nothing
    if (value === false) return name === 'unassigned' ? [] : [`not ${words}`];
    return [`${words} ${valueWords(value, names, { isFree: FREE_WORDS.includes(name), or: ' or ' })}`];
  });
  return parts.length === 0 ? 'all exceptions' : parts.join('; ');
}

function said(filter: StoredFilter): [string, unknown][] {
  return Object.entries(filter).filter(([, value]) => value !== null && value !== undefined);
}

type Manner = { isFree: boolean; or: string };

function valueWords(value: unknown, names: NamesOfIds, manner: Manner): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) {
    return value.length === 0 ? 'none at all' : value.map((item) => valueWords(item, names, manner)).join(manner.or);
  }
  if (typeof value === 'object' && value !== null) {
    const parts = said(value as StoredFilter).map(
      ([name, one]) => `${wordsOfName(name)} ${valueWords(one, names, manner)}`,
    );
    return parts.length === 0 ? 'nothing' : parts.join(', ');
  }
  const text = String(value);
  const known = names.get(text);
  if (known !== undefined) return known;
  const isOurs = !manner.isFree && text.length >= SHORTEST_ENUM_VALUE && ENUM_VALUE.test(text);
  return isOurs ? text.toLowerCase().replaceAll('_', ' ') : text;
}

/** "legalEntities" → "legal entities", "ownerId" → "owner". */
function wordsOfName(name: string): string {
  return (
    NAMES.get(name) ??
    name
      .replace(/Ids?$/, '')
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
  );
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
