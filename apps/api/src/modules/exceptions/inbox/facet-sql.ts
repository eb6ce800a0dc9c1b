import { AMOUNT_BUCKETS } from '../domain/inbox-buckets.js';
import type { InboxSelection } from '../domain/inbox-selection.js';
import type { AddParameter } from '../narrowing-conditions.js';
import { regionCondition } from './region-sql.js';

/** Parts of the column `facet`, in the order of the migrations that make it. */
export const FACET_PARTS = [
  'STATE',
  'QUEUE',
  'LEGAL_ENTITY',
  'PROBLEM',
  'INTEGRATION',
  'PRIORITY',
  'POSTING_PERIOD',
  'IS_OWNED',
  'AMOUNT',
  'ESCALATED',
  'STATUTORY',
  'RECURRING',
] as const;

export type FacetPart = (typeof FACET_PARTS)[number];

/** The facets that there are of what is open, each with its parts `p` and the number `n` of its rows, as the database counts them. */
export const FACETS_SQL = `select c.facet_key, string_to_array(min(c.facet), chr(31)) as p, sum(c.n)::bigint as n
  from exception_facet_count c where c.tenant_id = $1 group by c.facet_key having sum(c.n) <> 0`;

/** How a part is written beside a facet. */
export function partSql(part: FacetPart): string {
  return `p[${FACET_PARTS.indexOf(part) + 1}]`;
}

/** Parts by which a selection is narrowed; a region is told by the entity, beside the entities that are asked for. */
type NarrowedPart = FacetPart | 'REGION';

/** What of a selection is told by the facet alone: a condition on `p` for each part that is narrowed. */
export function facetConditions(
  { states, taxonomies, legalEntities, queues, unassigned, narrowing }: InboxSelection,
  add: AddParameter,
): Partial<Record<NarrowedPart, string>> {
  const buckets = narrowing.amount && bucketsWithin(narrowing.amount);
  const conditions: Partial<Record<NarrowedPart, string>> = {};
  const oneOf = (part: FacetPart, values: readonly string[] | null) => {
    if (values !== null) conditions[part] = `${partSql(part)} = any(${add(values, 'text[]')})`;
  };
  oneOf('STATE', states);
  oneOf('QUEUE', queues);
  oneOf('LEGAL_ENTITY', legalEntities);
  if (taxonomies !== null) {
    const names = add(taxonomies, 'text[]');
    const code = partSql('PROBLEM');
    conditions.PROBLEM = `(${code} = any(${names}) or split_part(${code}, '.', 1) = any(${names}))`;
  }
  oneOf('INTEGRATION', narrowing.integrations);
  if (narrowing.regions !== null) {
    conditions.REGION = regionCondition(partSql('LEGAL_ENTITY'), narrowing.regions, add);
  }
  oneOf('PRIORITY', narrowing.priorities);
  oneOf('POSTING_PERIOD', narrowing.postingPeriods);
  if (unassigned) conditions.IS_OWNED = `${partSql('IS_OWNED')} = '0'`;
  oneOf('AMOUNT', buckets);
  oneOf('ESCALATED', markOf(narrowing.isEscalated));
  oneOf('STATUTORY', markOf(narrowing.isStatutory));
  oneOf('RECURRING', markOf(narrowing.isRecurring));
  return conditions;
}

/** A mark as the facet states it. */
function markOf(wanted: boolean | null): string[] | null {
  return wanted === null ? null : [wanted ? '1' : '0'];
}

/** The buckets that make up a range of amounts, by their positions; null = it begins or ends within one. */
export function bucketsWithin({ from, to }: { from: string | null; to: string | null }): string[] | null {
  const lower = from === null ? null : BigInt(from);
  const upper = to === null ? null : BigInt(to);
  const startsOne = lower === null || AMOUNT_BUCKETS.some((bucket) => bucket.from === lower);
  const endsOne = upper === null || AMOUNT_BUCKETS.some((bucket) => bucket.to === upper);
  if (!startsOne || !endsOne) return null;
  return AMOUNT_BUCKETS.flatMap((bucket, position) =>
    (lower === null || (bucket.from !== null && bucket.from >= lower)) &&
    (upper === null || (bucket.to !== null && bucket.to <= upper))
      ? [String(position)]
      : [],
  );
}
