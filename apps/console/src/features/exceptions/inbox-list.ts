import type { ExceptionsSearch } from '../../shared/url.js';
import type { InboxFacets } from './facets.js';
import type { Inbox } from './use-inbox.js';

/** What the list of the inbox is given, whether it shows exceptions or groups of them. */
export type InboxListProps = {
  search: ExceptionsSearch;
  inbox: Inbox;
  facets: InboxFacets | undefined;
  onSearch: (search: ExceptionsSearch) => void;
};
