import type { InboxOrder } from '../inbox.repository.js';
import { ME, type StoredFilter } from './saved-view.js';

/** A view that everybody has from the beginning. */
export type ShippedView = {
  /** Its id, also in addresses and arrangements: never changed. */
  id: string;
  name: string;
  filter: StoredFilter;
  orderBy: InboxOrder;
  /** The same in the console's address. */
  search: string;
};

const UNRESOLVED = {
  states: ['OPEN', 'IN_PROGRESS', 'WAITING', 'PENDING_APPROVAL', 'REQUEUED'],
  snoozed: false,
};

/** In the order in which they are listed. */
export const SHIPPED_VIEWS: readonly ShippedView[] = [
  {
    id: 'mine',
    name: 'Mine',
    filter: { ...UNRESOLVED, ownerId: ME },
    orderBy: 'PRIORITY_DESC',
    search: 'owner=me',
  },
  {
    id: 'unassigned',
    name: 'Unassigned',
    filter: { ...UNRESOLVED, unassigned: true },
    orderBy: 'PRIORITY_DESC',
    search: 'owner=none',
  },
];
