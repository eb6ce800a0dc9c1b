import {
  formatMoney,
  type Instant,
  OBJECT_TYPES,
  type ObjectType,
  parseMoney,
  type Uuid,
} from '@throughline/canonical';
import { decimalText, readDecimal } from './exact-decimal.js';
import type { FactReference } from './validation-rule.js';

/** A stored object as far as rules look at it. */
export type RuleObject = {
  objectId: Uuid;
  type: ObjectType;
  key: string;
  legalEntity: string | null;
  counterparty: string | null;
  /** Decimal text. */
  amount: string | null;
  currency: string | null;
  direction: string | null;
  attributes: Readonly<Record<string, string>>;
  /** Known by reference only: that a fact of it is not stated says nothing. */
  isPlaceholder: boolean;
  /** It was reversed, cancelled or voided: it breaks no rule, and counts for none. */
  isUndone: boolean;
  firstOccurredAt: Instant;
  lastOccurredAt: Instant;
};

/** Past participles of activities after which a document is none any more. */
export const UNDOING_PARTICIPLES: readonly string[] = ['reversed', 'cancelled', 'voided', 'deleted', 'withdrawn'];

/** By type: they are asked for at every object that is looked at. */
const UNDOING = new Map<string, readonly string[]>(OBJECT_TYPES.map((type) => [type, undoingOf(type)]));

/** Activity types that undo objects of a type. */
export function undoingActivities(type: ObjectType): readonly string[] {
  return UNDOING.get(type) ?? undoingOf(type);
}

function undoingOf(type: string): string[] {
  return UNDOING_PARTICIPLES.map((participle) => `${type}.${participle}`);
}

/** An object that a link leads to, with what of its amount belongs to the subject; null = nobody can say. */
export type LinkedObject = { object: RuleObject; share: Pick<RuleObject, 'amount' | 'currency'> | null };

/** What links lead to, by their names, in any order; a Map, or one that looks for them when it is asked. */
export type LinkedObjects = {
  get(link: string): readonly LinkedObject[] | undefined;
  values(): Iterable<readonly LinkedObject[]>;
};

/** An object with those that each link of a rule leads to. */
export type RuleSubject = { object: RuleObject; linked: LinkedObjects };

/** One value of a fact; null = not stated. `isSilent`: nothing follows from its not being stated. */
export type FactValue = { text: string | null; currency: string | null; isSilent: boolean };

/** Objects that a link leads to, in a fixed order. */
export function linkedObjects(subject: RuleSubject, link: string): readonly RuleObject[] {
  return (subject.linked.get(link) ?? [])
    .map(({ object }) => object)
    .sort((left, right) => (left.objectId < right.objectId ? -1 : 1));
}

/** Every value of a fact: one of the object itself, and one of each object that its link leads to. */
export function valuesOf({ link, field }: FactReference, subject: RuleSubject): FactValue[] {
  if (link === null) return [valueOf(subject.object, field)];
  const objects = linkedObjects(subject, link);
  if (field === 'count') return [stated(String(objects.length))];
  if (field === 'total') return [totalOf((subject.linked.get(link) ?? []).map(({ share }) => share))];
  return objects.map((object) => valueOf(object, field));
}

function valueOf(object: RuleObject, field: FactReference['field']): FactValue {
  const isSilent = object.isPlaceholder;
  if (field === null) return stated(object.key);
  if (typeof field === 'object') return { text: filled(object.attributes[field.attribute]), currency: null, isSilent };
  switch (field) {
    case 'amount':
      return { text: filled(object.amount), currency: filled(object.currency), isSilent };
    case 'total':
    case 'count':
      return { text: null, currency: null, isSilent: true };
    default:
      return { text: filled(object[field]), currency: null, isSilent };
  }
}

/** Of all of them or of none: a sum that leaves one out would be another sum. */
function totalOf(shares: readonly LinkedObject['share'][]): FactValue {
  const currencies = new Set(shares.map((share) => share?.currency));
  const [currency] = currencies;
  const amounts = shares.map((share) => (share?.amount ? readDecimal(share.amount) : undefined));
  if (currencies.size !== 1 || currency === null || currency === undefined || amounts.includes(undefined)) {
    return { text: null, currency: null, isSilent: true };
  }
  return { text: decimalText(amounts.reduce<bigint>((sum, one) => sum + (one ?? 0n), 0n)), currency, isSilent: false };
}

function stated(text: string): FactValue {
  return { text, currency: null, isSilent: false };
}

function filled(text: string | null | undefined): string | null {
  return text === null || text === undefined || text.trim() === '' ? null : text;
}

/** More of them are counted. */
const MOST_SAID = 5;

/** A fact as it is said to people: amounts with their currency, several values each once. */
export function sayFact(fact: FactReference, subject: RuleSubject): string {
  const said = [...new Set(valuesOf(fact, subject).flatMap((value) => sayValue(value) ?? []))].sort();
  if (said.length === 0) return 'not known';
  const more = said.length - MOST_SAID;
  return more > 0 ? `${said.slice(0, MOST_SAID).join(', ')} and ${more} more` : said.join(', ');
}

function sayValue({ text, currency }: FactValue): string | null {
  if (text === null || currency === null) return text;
  const money = parseMoney(text, currency);
  return money.ok ? formatMoney(money.value) : `${currency} ${text}`;
}
