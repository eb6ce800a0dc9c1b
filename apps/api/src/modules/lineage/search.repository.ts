import { HIGHEST_CHARACTER, searchKey } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { EXACT_COUNT_LIMIT, type RowCount } from '../../graphql/connection.js';
import type { SearchMatchKind, SearchMatchType } from './graphql/search.types.js';
import { OBJECT_COLUMNS, type BusinessObjectRow } from './business-object.repository.js';

/** A found object and the first of what matches. */
export type SearchRow = BusinessObjectRow & {
  matchKind: SearchMatchKind;
  matchValue: string;
  matchSystem: string | null;
  matchName: string;
  /** Keys and references come before counterparties. */
  rank: string;
  /** What was compared: exact matches are the least of those that begin with the text. */
  matchKey: string;
};

type Stream = {
  kind: SearchMatchKind;
  table: 'object_alias' | 'business_object';
  column: string;
  value: string;
  system: string;
  name: string;
};

const reference = (column: string, attribute: string): Stream => ({
  kind: 'REFERENCE',
  table: 'business_object',
  column,
  value: `s.attributes ->> '${attribute}'`,
  system: 'null::text',
  name: `'${attribute}'`,
});

const KEYS: readonly Stream[] = [
  { kind: 'KEY', table: 'object_alias', column: 'search_key', value: 's.value', system: 's.system', name: 's.kind' },
  reference('end_to_end_key', 'endToEndId'),
  reference('payment_reference_key', 'structuredReference'),
  reference('remittance_key', 'remittance'),
];

const COUNTERPARTY: Stream = {
  kind: 'COUNTERPARTY',
  table: 'business_object',
  column: 'counterparty_folded',
  value: 's.counterparty',
  system: 'null::text',
  name: `'counterparty'`,
};

/** The only range of a key that is typed whole, with its scope: DE01/2026/5100000123. */
const SCOPED_RANK = '0';
const KEY_RANK = '1';
const COUNTERPARTY_RANK = '2';

// $1 tenant, $2 and $3 the range of keys, $4 and $5 that of counterparties, $6 and $7 scope and key where both may be typed
const KEY_RANGE = { from: '$2::text', to: '$3::text' };
const COUNTERPARTY_RANGE = { from: '$4::text', to: '$5::text' };

/** Shorter ones are of too many objects for all of them to be looked at. */
const SHORTEST_SCOPED_KEY = 3;

function searchParams(tx: Tx, text: string): unknown[] {
  const key = searchKey(text);
  const folded = text.toLowerCase();
  const [scope, scopedKey] = scopedKeyOf(text) ?? [null, null];
  // of nothing but zeros and separators nothing is left: an empty range, or every key would match
  const upto = key === '' ? '' : key + HIGHEST_CHARACTER;
  return [tx.tenantId, key, upto, folded, folded + HIGHEST_CHARACTER, scope, scopedKey];
}

/** Scope and key of a text that may be both: the key is what follows the last separator. */
function scopedKeyOf(text: string): [scope: string, key: string] | null {
  const [, before = '', last = ''] = /^(.+)[\s/\-_.:]([^\s/\-_.:]+)$/u.exec(text.trim()) ?? [];
  const [scope, key] = [searchKey(before), searchKey(last)];
  return scope === '' || key.length < SHORTEST_SCOPED_KEY ? null : [scope, key];
}

/** Objects of which a key or reference, or else the counterparty, begins with the text as typed; the exact ones first. */
export async function searchBusinessObjects(
  tx: Tx,
  text: string,
  page: { first: number; after: readonly string[] | null },
): Promise<SearchRow[]> {
  const [rank = '', ...continued] = page.after ?? [];
  const limit = page.first + 1;
  const streams = [
    scopedSql(rank, limit),
    ...(rank === COUNTERPARTY_RANK ? [] : KEYS.map((stream) => streamSql(stream, rank === KEY_RANK, limit))),
    streamSql(COUNTERPARTY, rank === COUNTERPARTY_RANK, limit),
  ];
  const order = 'found.rank, found."matchKey", found.object_id';
  return tx.query<SearchRow>(
    `select ${OBJECT_COLUMNS}, found.* from (
       select distinct on (${order}) * from (${streams.join(' union all ')}) found order by ${order}, found."matchKind" limit ${limit}
     ) found
     join business_object b on b.tenant_id = $1 and b.object_id = found.object_id
     order by ${order}`,
    [...searchParams(tx, text), ...continued],
  );
}

const IS_SCOPED = `s.tenant_id = $1 and s.search_key = $7::text and s.scope <> '' and throughline_search_key(s.scope) = $6::text`;

/** What is called by scope and key together, in the order of objects; what its key alone finds is shown there. */
function scopedSql(continued: string, limit: number): string {
  const isOver = continued === KEY_RANK || continued === COUNTERPARTY_RANK;
  return `(
    select distinct on (s.object_id) '${SCOPED_RANK}' as rank, s.search_key as "matchKey", s.object_id, 'KEY' as "matchKind",
           s.scope || '/' || s.value as "matchValue", s.system as "matchSystem", s.kind as "matchName"
    from object_alias s
    where ${IS_SCOPED} ${isOver ? 'and false' : ''}
      ${continued === SCOPED_RANK ? 'and (s.search_key, s.object_id) > ($8::text, $9::uuid)' : ''}
      and not ${matchesBefore(KEY_RANGE.to)}
    order by s.object_id limit ${limit})`;
}

/** The first matches of one kind, each object at the least of what matches. */
function streamSql(stream: Stream, isContinued: boolean, limit: number): string {
  const isKey = stream.kind !== 'COUNTERPARTY';
  const { from, to } = isKey ? KEY_RANGE : COUNTERPARTY_RANGE;
  const column = `s.${stream.column}`;
  return `(
    select distinct on (${column}, s.object_id) '${isKey ? KEY_RANK : COUNTERPARTY_RANK}' as rank, ${column} as "matchKey",
           s.object_id, '${stream.kind}' as "matchKind", ${stream.value} as "matchValue", ${stream.system} as "matchSystem",
           ${stream.name} as "matchName"
    from ${stream.table} s
    where s.tenant_id = $1 and ${column} >= ${from} and ${column} < ${to}
      ${isContinued ? `and (${column}, s.object_id) > ($8::text, $9::uuid)` : ''}
      and not ${matchesBefore(isKey ? column : KEY_RANGE.to)}
    order by ${column}, s.object_id limit ${limit})`;
}

/** Whether the object has a key or reference in the range that comes before `end`: it was shown there. */
function matchesBefore(end: string): string {
  const range = (column: string) => `${column} >= ${KEY_RANGE.from} and ${column} < ${end}`;
  const references = KEYS.filter(({ table }) => table === 'business_object').map(
    ({ column }) => `(${range(`w.${column}`)})`,
  );
  return `(exists (select 1 from object_alias w where w.tenant_id = $1 and w.object_id = s.object_id and ${range('w.search_key')})
        or exists (select 1 from business_object w where w.tenant_id = $1 and w.object_id = s.object_id and (${references.join(' or ')})))`;
}

/** How many objects match; beyond the limit of exact counts as many as were looked at. */
export async function countSearchMatches(tx: Tx, text: string): Promise<RowCount> {
  const limit = EXACT_COUNT_LIMIT + 1;
  const streams = [...KEYS, COUNTERPARTY].map(({ kind, table, column }) => {
    const { from, to } = kind === 'COUNTERPARTY' ? COUNTERPARTY_RANGE : KEY_RANGE;
    return `(select s.object_id from ${table} s
             where s.tenant_id = $1 and s.${column} >= ${from} and s.${column} < ${to} limit ${limit})`;
  });
  const scoped = `(select s.object_id from object_alias s where ${IS_SCOPED} limit ${limit})`;
  const [row] = await tx.query<{ objects: number; matches: number }>(
    `select count(distinct object_id)::int as objects, count(*)::int as matches
     from (${[...streams, scoped].join(' union all ')}) found`,
    searchParams(tx, text),
  );
  const { objects = 0, matches = 0 } = row ?? {};
  return { count: objects, isEstimate: matches >= limit };
}

/** What matches, as the API shows it. */
export function toSearchMatch(row: SearchRow, text: string): SearchMatchType {
  const typed = row.matchKind === 'COUNTERPARTY' ? text.toLowerCase() : searchKey(text);
  return {
    kind: row.matchKind,
    value: row.matchValue,
    name: row.matchName,
    system: row.matchSystem,
    isExact: row.rank === SCOPED_RANK || row.matchKey === typed,
  };
}
