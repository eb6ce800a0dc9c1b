import type { ExceptionsSearch } from '../../shared/url.js';

/** The key that turns the list, as the switch tells it. */
export const REGROUP_KEY = 'Shift-g';

/** The same exceptions, by groups where they stood one by one, and the other way round. */
export function regrouped(search: ExceptionsSearch): ExceptionsSearch {
  return { ...search, by: search.by === 'group' ? undefined : 'group', open: undefined };
}
