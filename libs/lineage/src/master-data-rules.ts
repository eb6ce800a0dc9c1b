import type { Alias, ObjectType } from '@throughline/canonical';
import type { TechnicalUsers } from './technical-users.js';

/** How two copies of an attribute are compared: as words, as a code, by value, or level by level. */
export type Comparison = 'text' | 'code' | 'number' | 'path';

export const COMPARISONS: readonly Comparison[] = ['text', 'code', 'number', 'path'];

/** An attribute that somebody owns, under every name that systems give it. */
export type OwnedAttribute = { name: string; sameAs: readonly string[]; as: Comparison };

/** Which kinds of source system own a group of attributes of an object type, and who decides when systems disagree. */
export type SystemOfRecord = {
  group: string;
  owners: ReadonlySet<string>;
  steward: string;
  attributes: readonly OwnedAttribute[];
};

/** What is declared about master data. */
export type MasterDataRules = {
  systemsOfRecord: ReadonlyMap<ObjectType, readonly SystemOfRecord[]>;
  /** Kinds of key that an object has one value of, per system and scope. */
  singleValuedKeys: ReadonlyMap<ObjectType, ReadonlySet<string>>;
  technicalUsers: TechnicalUsers;
};

/** Nothing is owned, every name may have many values, and every user is a human. */
export const NO_MASTER_DATA_RULES: MasterDataRules = {
  systemsOfRecord: new Map(),
  singleValuedKeys: new Map(),
  technicalUsers: [],
};

/** The kind of a source system instance; where instances are named as their kind, the name itself. */
export type SystemKindOf = (system: string) => string;

/** Source of what people state about lineage themselves: it counts more than any system. */
export const PEOPLE = 'throughline';

/** Whether two values of this key contradict one another when they meet in one object. */
export function isSingleValued(rules: MasterDataRules, type: ObjectType, alias: Alias): boolean {
  return rules.singleValuedKeys.get(type)?.has(alias.kind) === true;
}

/** Whose word counts first: people, then the systems of record of the type, then all others. Lower counts more. */
export function trustOf(rules: MasterDataRules, type: ObjectType, system: string, systemKind: string): 0 | 1 | 2 {
  if (system === PEOPLE) return 0;
  return (rules.systemsOfRecord.get(type) ?? []).some(({ owners }) => owners.has(systemKind)) ? 1 : 2;
}

/** Two texts are the same value when these are equal. */
export function normalisedValue(value: string, as: Comparison): string {
  if (as === 'path')
    return value
      .split(/[>/|\\:]+/u)
      .map(words)
      .filter(Boolean)
      .join('>');
  if (as === 'text') return words(value);
  const bare = value.normalize('NFKC').trim();
  if (as === 'number' && /^[+-]?\d+(\.\d+)?$/.test(bare)) return plainNumber(bare);
  return bare
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .replace(/^0+(?=.)/, '');
}

function words(value: string): string {
  return value
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Without sign of plus, leading and trailing zeros; never through a binary float. */
function plainNumber(text: string): string {
  const [whole = '', fraction = ''] = text.replace(/^[+-]/, '').split('.');
  const digits = whole.replace(/^0+(?=\d)/, '');
  const decimals = fraction.replace(/0+$/, '');
  const magnitude = decimals === '' ? digits : `${digits}.${decimals}`;
  return text.startsWith('-') && magnitude !== '0' ? `-${magnitude}` : magnitude;
}
