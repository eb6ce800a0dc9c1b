import type { InboxSelection } from '../domain/inbox-selection.js';
import type { AddParameter } from '../narrowing-conditions.js';
import { IS_OPEN, isIn, isNotIn } from './open-sql.js';

const SNOOZED = 'select s.exception_id from exception_snooze s where s.tenant_id = $1';

const KNOWN_ERRORS = 'select g.group_id from exception_group g where g.tenant_id = $1 and g.is_known_error';

type Snoozable = Pick<InboxSelection, 'snoozed' | 'narrowing'>;

/** Selects the groups that are snoozed at the moment of the selection. */
const snoozedGroups = ({ narrowing }: Snoozable, add: AddParameter) =>
  `select g.group_id from exception_group g where g.tenant_id = $1 and g.snoozed_until > ${add(narrowing.at, 'timestamptz')}`;

/** The condition on `exception e` to be snoozed neither by itself nor with its group, where a selection leaves those out. */
export function snoozeConditions(selection: Snoozable, add: AddParameter, isOpenAlone: boolean): string[] {
  if (selection.snoozed !== false) return [];
  const isOfNone = isNotIn('e.group_id', snoozedGroups(selection, add));
  // what is over is not snoozed, and an index of what is open does not tell the state
  return [
    isNotIn('e.exception_id', SNOOZED),
    isOpenAlone ? isOfNone : `case when ${IS_OPEN} then ${isOfNone} else true end`,
  ];
}

/** Selects what is snoozed, by itself or with its group. */
export function snoozedSql(selection: Snoozable, add: AddParameter): string {
  return `select s.exception_id as id from exception_snooze s where s.tenant_id = $1
    union select e.exception_id ${openMembersOf(snoozedGroups(selection, add), 'exception_id')}`;
}

/** Selects how many are snoozed of each facet, as `n`. */
export function snoozedFacetsSql(selection: Snoozable, add: AddParameter): string {
  const groups = snoozedGroups(selection, add);
  return `select facet_key, count(*) as n from (
      select e.facet_key ${openMembersOf(groups, 'facet_key')}
      union all
      select e.facet_key from exception_snooze s join exception e on e.tenant_id = $1 and e.exception_id = s.exception_id
      where s.tenant_id = $1 and ${IS_OPEN} and ${isNotIn('e.group_id', groups)}
    ) snoozed group by facet_key`;
}

/** Group by group, from their index: few are snoozed at once. */
function openMembersOf(groups: string, column: string): string {
  return `from (${groups}) g cross join lateral (
    select e.${column} from exception e where e.tenant_id = $1 and e.group_id = g.group_id and ${IS_OPEN} offset 0) e`;
}

/** The condition on `exception e` that its group is marked as a known error, or is not. */
export function knownErrorConditions({ isKnownError }: { isKnownError: boolean | null }): string[] {
  if (isKnownError === null) return [];
  return [isKnownError ? isIn('e.group_id', KNOWN_ERRORS) : isNotIn('e.group_id', KNOWN_ERRORS)];
}
