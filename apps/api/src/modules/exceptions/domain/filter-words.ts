import type { StoredFilter } from './saved-view.js';

/** Names of what a filter names by an id: people, groups, objects. */
export type NamesOfIds = ReadonlyMap<string, string>;

export type FilterWord = { what: string; values: string };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** A value of an enum, not a code of a document: more than one word of capitals. */
const ENUM_VALUE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/;

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
  return Object.entries(filter)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => ({ what: wordsOfName(name), values: valueWords(value, names) }));
}

function valueWords(value: unknown, names: NamesOfIds): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) {
    return value.length === 0 ? 'none at all' : value.map((item) => valueWords(item, names)).join(', ');
  }
  if (typeof value !== 'string') return JSON.stringify(value);
  return names.get(value) ?? (ENUM_VALUE.test(value) ? value.toLowerCase().replaceAll('_', ' ') : value);
}

/** "legalEntities" → "Legal entities", "ownerId" → "Owner". */
function wordsOfName(name: string): string {
  const words = name
    .replace(/Ids?$/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
