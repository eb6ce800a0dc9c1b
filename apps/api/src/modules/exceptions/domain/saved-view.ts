import { isStorableText } from '@throughline/canonical';

/** The filter of the query `exceptions` as it is stored: JSON, with `ME` for whoever looks. */
export type StoredFilter = Readonly<Record<string, unknown>>;

/** Stands in a stored filter for the id of whoever looks at the view. */
export const ME = '@me';

/** So many views of their own people may have, and so many may be shared in all: each is counted when the inbox opens. */
export const MOST_VIEWS = { own: 50, shared: 50 };

/** Puts the viewer where a stored filter says `ME`, however deep. */
export function filterOf(stored: StoredFilter, viewerId: string): StoredFilter {
  return replaced(stored, viewerId) as StoredFilter;
}

function replaced(value: unknown, viewerId: string): unknown {
  if (value === ME) return viewerId;
  if (Array.isArray(value)) return value.map((item) => replaced(item, viewerId));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replaced(member, viewerId)]));
}

/** What of a filter is stored: members that say nothing are left out. */
export function storedFilter(filter: object): StoredFilter {
  const plain = JSON.parse(JSON.stringify(filter)) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== null));
}

/** Names that are the same to a reader: without case and doubled blanks. */
export function foldName(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

const LONGEST_SEARCH = 4000;

/** Whether a text can be the search part of an address, without its question mark. */
export function isSearchText(text: string): boolean {
  return isStorableText(text) && text.length <= LONGEST_SEARCH && !/[\s#?\\]/.test(text);
}

export type ViewAccess = { ownerId: string; isShared: boolean };

/** Whether somebody sees a saved view at all. */
export function maySee(view: ViewAccess, personId: string): boolean {
  return view.isShared || view.ownerId === personId;
}

/** A view is its owner's; a shared one may also be changed by who keeps what is configured for all. */
export function mayChange(view: ViewAccess, person: { id: string; isAdministrator: boolean }): boolean {
  return view.ownerId === person.id || (view.isShared && person.isAdministrator);
}

/** How a person arranged the views; null = not at all. */
export type Arrangement = { pinned: readonly string[]; defaultId: string | null } | null;

export type Arranged<V> = V & { isPinned: boolean; isDefault: boolean };

/**
 * Views in the person's order: what is pinned in the order of pinning, then the rest as it comes. Where nothing was arranged the
 * shipped ones are pinned. Ids of views that are no more say nothing.
 */
export function arrange<V extends { id: string; isShipped: boolean }>(
  views: readonly V[],
  arrangement: Arrangement,
): Arranged<V>[] {
  const pinned = arrangement?.pinned ?? views.filter(({ isShipped }) => isShipped).map(({ id }) => id);
  const places = new Map(pinned.map((id, place) => [id, place]));
  const marked = views.map((view) => ({
    ...view,
    isPinned: places.has(view.id),
    isDefault: arrangement?.defaultId === view.id,
  }));
  const placeOf = (view: V) => places.get(view.id) ?? places.size;
  return marked.toSorted((left, right) => placeOf(left) - placeOf(right));
}
