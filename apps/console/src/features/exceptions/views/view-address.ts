import { exceptionsHref, parseExceptionsSearch, type ExceptionsSearch } from '../../../shared/url.js';
import { parseSearchText } from '../../../shared/url-search.js';

/** Stands in a saved filter for whoever looks at the view. */
export const WHOEVER_LOOKS = '@me';

/** The list without what is open beside it: only that is saved. */
function listOf(search: ExceptionsSearch): ExceptionsSearch {
  return { ...search, open: undefined, start: undefined };
}

/** The search part of the address of a list, without its question mark. */
export function searchTextOf(search: ExceptionsSearch): string {
  return exceptionsHref(listOf(search)).split('?')[1] ?? '';
}

/** Where a saved view is shown; what this console does not know in it is left out. */
export function viewHref(view: { search: string }): string {
  return exceptionsHref(parseExceptionsSearch(parseSearchText(view.search)));
}

/** Whether the list is what the view shows. */
export function isShown(view: { search: string }, search: ExceptionsSearch): boolean {
  return viewHref(view) === exceptionsHref(listOf(search));
}

/** The view to go to when the inbox is opened from the navigation: any other link means the list that it names. */
export function viewToOpen<V extends { search: string; isDefault: boolean; problem: string | null }>(
  views: readonly V[],
  search: ExceptionsSearch,
): V | undefined {
  if (search.start === undefined) return undefined;
  return views.find(({ isDefault, problem }) => isDefault && problem === null);
}
