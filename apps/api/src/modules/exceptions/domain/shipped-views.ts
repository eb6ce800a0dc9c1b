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
  shipped('mine', 'Mine', { ownerId: ME }, 'owner=me'),
  shipped('unassigned', 'Unassigned', { unassigned: true }, 'owner=none'),
  shipped(
    'due-within-a-day',
    'Due within a day',
    { cutOffs: ['WITHIN_1_HOUR', 'HOURS_1_TO_4', 'HOURS_4_TO_24'] },
    'due=WITHIN_1_HOUR,HOURS_1_TO_4,HOURS_4_TO_24',
  ),
  shipped('p1', 'P1', { priorities: ['P1'] }, 'priority=P1'),
  shipped(
    'waiting-for-me',
    'Waiting for me',
    { ownerId: ME, states: UNRESOLVED.states.filter((state) => state !== 'REQUEUED') },
    'view=open&owner=me',
  ),
  shipped('over-100k', 'Over EUR 100,000', { amountFrom: '100000' }, 'min=100000', 'MONEY_DESC'),
  shipped('tax', 'Tax', { queues: ['tax'] }, 'queue=tax'),
  shipped('statutory', 'Statutory', { isStatutory: true }, 'mark=statutory'),
  shipped('recurring', 'Came again', { isRecurring: true }, 'mark=recurring'),
];

function shipped(
  id: string,
  name: string,
  filter: StoredFilter,
  search: string,
  orderBy: InboxOrder = 'PRIORITY_DESC',
): ShippedView {
  const order = orderBy === 'MONEY_DESC' ? '&order=money' : '';
  return { id, name, filter: { ...UNRESOLVED, ...filter }, orderBy, search: `${search}${order}` };
}
