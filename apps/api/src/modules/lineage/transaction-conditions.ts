import { HIGHEST_CHARACTER, searchKey } from '@throughline/canonical';
import { BATCH } from '@throughline/lineage';
import {
  derivedStatesOf,
  progressesOf,
  type Range,
  type TransactionSelection,
} from './domain/transaction-selection.js';
import { sentFromAccount, sentFromAccountFinder } from './sent-from-account.js';
import { HOLDS_UP, stateCondition } from './transaction-state.js';

/** Adds a parameter to the statement and answers its placeholder. */
export type AddParameter = (value: unknown) => string;

/** Kinds of names that banks' files scope by account. */
const ACCOUNT_KINDS = `('statement-id', 'position', 'account-servicer-reference')`;

/** Conditions on a transaction `t`, all of which must hold. */
export function rowConditions(selection: TransactionSelection, add: AddParameter): string[] {
  return [...ownConditions(selection, add), ...partConditions(selection, add)];
}

/** Those that its own columns tell. */
export function ownConditions(selection: TransactionSelection, add: AddParameter): string[] {
  const { workflows, legalEntities, currencies, amount, startedAt, lastActivityAt, counterparty } = selection;
  return [
    ...isOneOf('t.progress', progressesOf(selection), add),
    ...isOneOf('t.workflow', workflows, add),
    ...isOneOf('t.legal_entity', legalEntities, add),
    ...isOneOf('t.currency', currencies, add),
    ...isWithin('t.amount', amount, 'numeric', add),
    ...isWithin('t.started_at', startedAt, 'timestamptz', add),
    ...isWithin('t.last_occurred_at', lastActivityAt, 'timestamptz', add),
    ...(counterparty === null ? [] : [startsWith('t.counterparty_folded', counterparty.toLowerCase(), add)]),
  ];
}

/**
 * Those for which a few of its parts are looked up. `offset 0` keeps the planner from turning a look-up into a join with all
 * parts there are.
 */
export function partConditions(selection: TransactionSelection, add: AddParameter): string[] {
  const { milestones, systems, bankAccount, text } = selection;
  const derived = derivedStatesOf(selection);
  return [
    ...(derived === null ? [] : [stateCondition(selection.states ?? [])]),
    ...(text === null ? [] : [textCondition(text, add)]),
    ...milestones.map(({ name, standing }) => {
      const due = standing === 'OVERDUE' ? 'and m.due_at < $2::timestamptz' : '';
      return `exists (select 1 from milestone m
        where m.tenant_id = $1 and m.transaction_id = t.transaction_id and m.name = ${add(name)}::text
          and m.reached_at is ${standing === 'REACHED' ? 'not null' : 'null'} ${due} offset 0)`;
    }),
    ...dateRanges(selection).map(({ column, range }) => {
      const within = isWithin(`b.${column}`, range, 'text', add).join(' and ');
      return hasMember(
        `join business_object b on b.tenant_id = $1 and b.object_id = o.object_id and not o.is_hub and ${within}`,
      );
    }),
    ...(systems === null
      ? []
      : [
          hasMember(
            `join object_alias v on v.tenant_id = $1 and v.object_id = o.object_id and v.system = any(${add(systems)}::text[])`,
          ),
        ]),
    ...(bankAccount === null
      ? []
      : [
          // some hundred statements: "is true" keeps them a set that is found once, not a join for each row
          `(exists (select 1 from transaction_object o
             where o.tenant_id = $1 and o.transaction_id = t.transaction_id and (o.object_id in (
               select v.object_id from object_alias v where v.tenant_id = $1 and ${isOnAccount(bankAccount, add)})) is true offset 0)
            or ${hasMember(sentFromAccount(bankAccount, add))})`,
        ]),
  ];
}

/** A statement that finds all transactions that one condition can hold for; useful where they are few. */
export type Finder = (add: AddParameter) => string;

/** The finders of a selection, the ones first that mostly leave the fewest. Each looks at `limit` objects at most. */
export function finders(selection: TransactionSelection, limit: number): Finder[] {
  const { text, counterparty, bankAccount, startedAt, milestones, systems } = selection;
  const ofObjects = (objects: string) =>
    `select o.transaction_id from (${objects} limit ${limit}) found(object_id) ${lookUp('found.object_id')}`;
  return [
    ...(text === null ? [] : [(add: AddParameter) => textFinder(text, add, limit)]),
    ...(counterparty === null ? [] : [(add: AddParameter) => counterpartyFinder(counterparty, add)]),
    ...dateRanges(selection).map(({ column, range }): Finder => (add) => {
      const within = isWithin(`b.${column}`, range, 'text', add).join(' and ');
      return ofObjects(`select b.object_id from business_object b where b.tenant_id = $1 and ${within}`);
    }),
    ...(bankAccount === null
      ? []
      : [
          (add: AddParameter) =>
            ofObjects(
              `select v.object_id from object_alias v where v.tenant_id = $1 and ${isOnAccount(bankAccount, add)}
               union all ${sentFromAccountFinder(bankAccount, add)}`,
            ),
        ]),
    ...(systems === null
      ? []
      : [
          (add: AddParameter) =>
            ofObjects(
              `select v.object_id from object_alias v where v.tenant_id = $1 and v.system = any(${add(systems)}::text[])`,
            ),
        ]),
    ...milestones
      .filter(({ standing }) => standing !== 'REACHED')
      .map(({ name, standing }): Finder => (add) => {
        const due = standing === 'OVERDUE' ? 'and m.due_at < $2::timestamptz' : '';
        return `select m.transaction_id from milestone m
                where m.tenant_id = $1 and m.name = ${add(name)}::text and m.reached_at is null ${due}`;
      }),
    ...(startedAt === null
      ? []
      : [
          (add: AddParameter) => `select t.transaction_id from business_transaction t
             where t.tenant_id = $1 and ${isWithin('t.started_at', startedAt, 'timestamptz', add).join(' and ')}`,
        ]),
    ...stateFinders(selection),
  ];
}

/** Transactions `o` of an object; for thousands of objects too each is looked up, never are all transactions' objects read. */
function lookUp(objectId: string): string {
  return `cross join lateral (
    select transaction_id from transaction_object where tenant_id = $1 and object_id = ${objectId} offset 0) o`;
}

// Blocked, late and at risk are few where things go well; what waits or runs is found by walking.
const STATE_FINDERS: Readonly<Record<string, string>> = {
  BLOCKED: `select o.transaction_id from open_exception_object e
            ${lookUp('e.object_id')}
            where e.tenant_id = $1 and e.hop <> all ($5::text[])
            union all
            select f.transaction_id from open_exception_object e
            cross join lateral (
              select object_id from business_object p where p.tenant_id = $1 and p.object_id = e.object_id and ${HOLDS_UP} limit 1
            ) up
            cross join lateral (
              select to_object_id from object_link where tenant_id = $1 and from_object_id = up.object_id and not is_context offset 0
            ) l
            cross join lateral (
              select transaction_id from business_transaction where tenant_id = $1 and anchor_object_id = l.to_object_id offset 0
            ) f
            where e.tenant_id = $1 and e.hop <> all ($5::text[])
            union all
            select o.transaction_id from open_exception_object e
            cross join lateral (
              select from_object_id from object_link
              where tenant_id = $1 and to_object_id = e.object_id and from_type = '${BATCH}' and to_type = '${BATCH}'
                and not is_context offset 0
            ) block
            ${lookUp('block.from_object_id')}
            where e.tenant_id = $1 and e.hop <> all ($5::text[])`,
  LATE: `select m.transaction_id from milestone m
         where m.tenant_id = $1 and m.reached_at is null and m.due_at is not null and m.due_at < $2::timestamptz and m.rule_kind = 'service'`,
  AT_RISK: `select m.transaction_id from milestone m
            where m.tenant_id = $1 and m.reached_at is null and m.due_at is not null and m.due_at >= $2::timestamptz
              and m.due_at < (select max(h.horizon) from jsonb_to_recordset($3::jsonb) as h(horizon timestamptz)) and m.rule_kind = 'service'`,
};

function stateFinders({ states }: TransactionSelection): Finder[] {
  if (states === null || states.length === 0) return [];
  const parts = states.map((state) => STATE_FINDERS[state]);
  return parts.every((part) => part !== undefined) ? [() => parts.join(' union all ')] : [];
}

function dateRanges({ postedOn, dueOn, valueOn }: TransactionSelection): { column: string; range: Range<string> }[] {
  const all = [
    { column: 'posted_on', range: postedOn },
    { column: 'due_on', range: dueOn },
    { column: 'value_on', range: valueOn },
  ];
  return all.flatMap(({ column, range }) => (range === null ? [] : [{ column, range }]));
}

function hasMember(join: string): string {
  return `exists (select 1 from transaction_object o ${join}
    where o.tenant_id = $1 and o.transaction_id = t.transaction_id offset 0)`;
}

function isOneOf(column: string, values: readonly string[] | null, add: AddParameter): string[] {
  return values === null ? [] : [`${column} = any(${add(values)}::text[])`];
}

/** Conditions of a range on a column; its ends belong to it. */
export function isWithin<T>(column: string, range: Range<T> | null, type: string, add: AddParameter): string[] {
  if (range === null) return [];
  return [
    ...(range.from === null ? [] : [`${column} >= ${add(range.from)}::${type}`]),
    ...(range.to === null ? [] : [`${column} <= ${add(range.to)}::${type}`]),
  ];
}

function startsWith(column: string, start: string, add: AddParameter): string {
  return `${column} >= ${add(start)}::text and ${column} < ${add(start === '' ? '' : start + HIGHEST_CHARACTER)}::text`;
}

/** Its own scope, or that of its statements (account/year/number). */
function isOnAccount(account: string, add: AddParameter): string {
  const own = add(account);
  return `v.kind in ${ACCOUNT_KINDS} and v.scope >= ${own}::text and v.scope < ${add(`${account}0`)}::text
    and (v.scope = ${own}::text or v.scope >= ${add(`${account}/`)}::text or v.scope like ${own}::text || '#%')`;
}

function textCondition(text: string, add: AddParameter): string {
  return `(${startsWith('t.counterparty_folded', text.toLowerCase(), add)} or ${hasMember(
    `join object_alias v on v.tenant_id = $1 and v.object_id = o.object_id and not o.is_hub and ${startsWith('v.search_key', searchKey(text), add)}`,
  )})`;
}

function textFinder(text: string, add: AddParameter, limit: number): string {
  return `select o.transaction_id
    from (select v.object_id from object_alias v
          where v.tenant_id = $1 and ${startsWith('v.search_key', searchKey(text), add)} limit ${limit}) found
    ${lookUp('found.object_id')}
    union all ${counterpartyFinder(text, add)}`;
}

function counterpartyFinder(text: string, add: AddParameter): string {
  return `select c.transaction_id from business_transaction c
    where c.tenant_id = $1 and ${startsWith('c.counterparty_folded', text.toLowerCase(), add)}`;
}
