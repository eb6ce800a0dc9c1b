import { HIGHEST_CHARACTER, searchKey } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import type { InboxSelection } from '../domain/inbox-selection.js';
import { isOpen } from '../domain/life-cycle.js';
import type { AddParameter } from '../narrowing-conditions.js';
import { MOST_SAMPLED } from './limits.js';
import { IS_OPEN, isIn } from './open-sql.js';

/** So many that something else than an own column tells (a number in any system, a ticket, words) are kept beside a walk. */
const MOST_ELSEWHERE = 10_000;
/** Of more that say something, so many are found. */
export const MOST_BY_WORDS = MOST_ELSEWHERE + 1;
/** However many. */
export const ALL_BY_WORDS = 2_147_483_647;

const LEAST_LETTERS = 3;

/**
 * Selects what a text finds, statement by statement, as ids. Prefixes as ranges: under row-level security LIKE is no index condition.
 * Numbers in any system are compared as the search does, without case, separators and leading zeros; the key that an exception keeps,
 * which no system may know any more, as typed and in capitals.
 */
export function textFinders(
  text: string,
  { isOpenAlone, mostByWords }: { isOpenAlone: boolean; mostByWords: number },
  add: AddParameter,
): string[] {
  return [
    ...foundByOwn(text, isOpenAlone, add),
    ...foundByNumber(text, isOpenAlone, add),
    ...byWords(text, add, mostByWords),
  ];
}

/**
 * The condition on an open `exception e` to be found by a text: its own columns, which an index has, its words where many say them,
 * or ids that others tell.
 */
export function textConditions(
  { text, isSaidByMany }: Pick<InboxSelection, 'text' | 'isSaidByMany'>,
  add: AddParameter,
): string[] {
  if (text === null) return [];
  const told = [
    ...foundByNumber(text, true, add),
    ...(isSaidByMany === true ? byNotes(text, add) : byWords(text, add, MOST_BY_WORDS)),
  ].map((finder) => `(${finder} limit ${MOST_BY_WORDS})`);
  const own = [hasName(text, add), ...hasKey(text, add), isIn('e.exception_id', told.join(' union '))];
  // last, as it reads the table
  if (isSaidByMany === true) own.push(`throughline_says(e.title, e.message, ${add(text, 'text')})`);
  return [`(${own.join(' or ')})`];
}

/** How far a text reaches, see InboxSelection. */
export type TextReach = Required<Pick<InboxSelection, 'isTextCommon' | 'isSaidByMany' | 'isTextCut'>>;

const NO_REACH: TextReach = { isTextCommon: false, isSaidByMany: false, isTextCut: false };

/**
 * How much a text finds: so much of what is open that it is cheaper to look at all of that, in an index, than to read what is found;
 * or words of which more are told than are kept beside a walk. Looks at a bounded number, whatever there is.
 */
export async function reachOfText(tx: Tx, { text, states }: InboxSelection): Promise<TextReach> {
  if (text === null) return NO_REACH;
  const isOpenAlone = states !== null && states.every(isOpen);
  const parameters: unknown[] = [tx.tenantId];
  const add: AddParameter = (value, type) => `$${parameters.push(value)}::${type}`;
  const words = [...bySaying(text, add, MOST_BY_WORDS, false), ...byNotes(text, add)];
  const own = isOpenAlone ? foundByOwn(text, true, add).map((finder) => `(${finder})`) : [];
  const numbers = isOpenAlone ? foundByNumber(text, true, add) : [];
  if (words.length + own.length === 0) return NO_REACH;
  // each read once, and only as far as it is asked for
  const elsewhere = [...words, ...numbers].map((finder, place) => ({ name: `elsewhere_${place}`, finder }));
  const parts = elsewhere.map(({ name, finder }) => `${name}(id) as materialized (${finder} limit ${MOST_BY_WORDS})`);
  const found = [...own, ...elsewhere.map(({ name }) => `select id from ${name}`)];
  // of more than are kept a walk would find some and count them as all
  const [areFewSaying = 'true', ...areOthersFew] = elsewhere.map(
    ({ name }) => `(select count(*) from ${name}) <= ${MOST_ELSEWHERE}`,
  );
  const areAllFew = [areFewSaying, ...areOthersFew].join(' and ');
  const areWordsFew = [areFewSaying, ...areOthersFew.slice(0, words.length - 1)].join(' and ');
  const [told] = await tx.query<TextReach>(
    `with ${parts.join(', ')}
     select (select count(*) from (${found.join(' union all ')} limit ${MOST_SAMPLED}) found) = ${MOST_SAMPLED}
            and ${areAllFew} as "isTextCommon",
            ${[`not (${areFewSaying})`, ...areOthersFew].join(' and ')} as "isSaidByMany",
            not (${areWordsFew}) as "isTextCut"
     from (select $1::uuid) of_tenant`,
    parameters,
  );
  const { isTextCommon, isSaidByMany, isTextCut } = told ?? NO_REACH;
  return {
    isTextCommon: isOpenAlone && isTextCommon,
    isSaidByMany: isOpenAlone && words.length > 0 && isSaidByMany,
    isTextCut: words.length > 0 && isTextCut,
  };
}

function foundByOwn(text: string, isOpenAlone: boolean, add: AddParameter): string[] {
  const ofName = isOpenAlone ? `and ${IS_OPEN}` : '';
  return [
    `select e.exception_id as id from exception e where e.tenant_id = $1 and ${hasName(text, add)} ${ofName}`,
    ...hasKey(text, add).map((has) => `select e.exception_id from exception e where e.tenant_id = $1 and ${has}`),
  ];
}

function hasName(text: string, add: AddParameter): string {
  return isWithin('e.counterparty_folded', text.toLowerCase(), add);
}

function hasKey(text: string, add: AddParameter): string[] {
  return [...new Set([text, text.toUpperCase()])].map((spelling) => isWithin('e.object_key', spelling, add));
}

function foundByNumber(text: string, isOpenAlone: boolean, add: AddParameter): string[] {
  return [...byNumber(text, isOpenAlone, add), ...byTicket(text, isOpenAlone, add)];
}

function byNumber(text: string, isOpenAlone: boolean, add: AddParameter): string[] {
  const key = searchKey(text);
  // of nothing but zeros and separators nothing is left, and every key would begin with it
  if (key === '') return [];
  return [
    `select e.exception_id from object_alias a join exception e on e.tenant_id = $1 and e.object_id = a.object_id
     where a.tenant_id = $1 and ${isWithin('a.search_key', key, add)} ${isOpenAlone ? `and ${IS_OPEN}` : ''}`,
  ];
}

/** The whole number of a ticket, of the exception or of its group, in any case. */
function byTicket(text: string, isOpenAlone: boolean, add: AddParameter): string[] {
  const found = `t.tenant_id = $1 and t.number_folded = lower(${add(text, 'text')})`;
  return [
    `select t.subject_id from external_ticket t where ${found} and t.subject_type = 'exception'`,
    `select e.exception_id from external_ticket t join exception e on e.tenant_id = $1 and e.group_id = t.subject_id
     where ${found} and t.subject_type = 'exception-group' ${isOpenAlone ? `and ${IS_OPEN}` : ''}`,
  ];
}

/** What an open one or a note on it or its group says, the last word by its beginning; few characters would find everything. */
function byWords(text: string, add: AddParameter, most: number): string[] {
  // all of it needs no order
  return [...bySaying(text, add, most, most < ALL_BY_WORDS), ...byNotes(text, add, most)];
}

function bySaying(text: string, add: AddParameter, most: number, isOrdered: boolean): string[] {
  if (!hasWords(text)) return [];
  return [`select exception_id from throughline_exceptions_saying(${add(text, 'text')}, ${most}, ${isOrdered})`];
}

function byNotes(text: string, add: AddParameter, most = MOST_BY_WORDS): string[] {
  return hasWords(text) ? [`select exception_id from throughline_exceptions_noted(${add(text, 'text')}, ${most})`] : [];
}

function hasWords(text: string): boolean {
  return (text.match(/\p{L}/gu) ?? []).length >= LEAST_LETTERS;
}

function isWithin(column: string, prefix: string, add: AddParameter): string {
  return `(${column} >= ${add(prefix, 'text')} and ${column} < ${add(`${prefix}${HIGHEST_CHARACTER}`, 'text')})`;
}
