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
const MOST_BY_WORDS = MOST_ELSEWHERE + 1;

const LEAST_LETTERS = 3;

/**
 * Selects what a text finds, statement by statement, as ids. Prefixes as ranges: under row-level security LIKE is no index condition.
 * Numbers in any system are compared as the search does, without case, separators and leading zeros; the key that an exception keeps,
 * which no system may know any more, as typed and in capitals.
 */
export function textFinders(text: string, isOpenAlone: boolean, add: AddParameter): string[] {
  return [...foundByOwn(text, isOpenAlone, add), ...foundElsewhere(text, isOpenAlone, add)];
}

/** The condition on an open `exception e` to be found by a text: its own columns, which an index has, or ids that others tell. */
export function textConditions({ text }: Pick<InboxSelection, 'text'>, add: AddParameter): string[] {
  if (text === null) return [];
  const elsewhere = foundElsewhere(text, true, add).map((finder) => `(${finder} limit ${MOST_BY_WORDS})`);
  return [
    `(${[hasName(text, add), ...hasKey(text, add), isIn('e.exception_id', elsewhere.join(' union '))].join(' or ')})`,
  ];
}

/**
 * Whether a text finds so much of what is open that it is cheaper to look at all of that, in an index, than to read what is found.
 * Looks at a bounded number, whatever there is.
 */
export async function isTextCommon(tx: Tx, { text, states }: InboxSelection): Promise<boolean> {
  if (text === null || states === null || !states.every(isOpen)) return false;
  const parameters: unknown[] = [tx.tenantId];
  const add: AddParameter = (value, type) => `$${parameters.push(value)}::${type}`;
  const own = foundByOwn(text, true, add).map((finder) => `(${finder})`);
  // each read once, and only as far as it is asked for
  const elsewhere = foundElsewhere(text, true, add).map((finder, place) => ({ name: `elsewhere_${place}`, finder }));
  const parts = elsewhere.map(({ name, finder }) => `${name}(id) as materialized (${finder} limit ${MOST_BY_WORDS})`);
  const found = [...own, ...elsewhere.map(({ name }) => `select id from ${name}`)];
  // of more than are kept a walk would find some and count them as all
  const areFew = elsewhere.map(({ name }) => `(select count(*) from ${name}) <= ${MOST_ELSEWHERE}`);
  const [told] = await tx.query<{ isCommon: boolean }>(
    `with ${parts.join(', ')}
     select (select count(*) from (${found.join(' union all ')} limit ${MOST_SAMPLED}) found) = ${MOST_SAMPLED}
            and ${areFew.join(' and ')} as "isCommon"`,
    parameters,
  );
  return told?.isCommon === true;
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

function foundElsewhere(text: string, isOpenAlone: boolean, add: AddParameter): string[] {
  return [...byNumber(text, isOpenAlone, add), ...byTicket(text, isOpenAlone, add), ...byWords(text, add)];
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
function byWords(text: string, add: AddParameter): string[] {
  if ((text.match(/\p{L}/gu) ?? []).length < LEAST_LETTERS) return [];
  const asked = `${add(text, 'text')}, ${MOST_BY_WORDS}`;
  return ['saying', 'noted'].map((what) => `select exception_id from throughline_exceptions_${what}(${asked})`);
}

function isWithin(column: string, prefix: string, add: AddParameter): string {
  return `(${column} >= ${add(prefix, 'text')} and ${column} < ${add(`${prefix}${HIGHEST_CHARACTER}`, 'text')})`;
}
