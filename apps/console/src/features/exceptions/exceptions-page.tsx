import { useCallback, useMemo } from 'react';
import { useKeys, type KeyBinding } from '../../shared/keyboard/keyboard.js';
import { useNavigation } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { exceptionsHref, type ExceptionsSearch } from '../../shared/url.js';
import { useViewer } from '../../shared/viewer/viewer.js';
import { filterOf, isNarrowed } from './exception-filter.js';
import { FlatList } from './flat-list.js';
import { GroupedList } from './grouped-list.js';
import { inboxAnswer } from './inbox-answer.js';
import { InboxFilters } from './inbox-filters.js';
import { regrouped, REGROUP_KEY } from './regrouped.js';
import { useInboxFacets } from './use-inbox-facets.js';
import { useInbox } from './use-inbox.js';
import { SavedViewsBar } from './views/saved-views-bar.js';
import styles from './exceptions.module.css';

/** The inbox: what must be fixed first, and why; one by one or by groups. */
export function ExceptionsPage({ search }: { search: ExceptionsSearch }) {
  const { go } = useNavigation();
  const viewer = useViewer();
  const inbox = useInbox(search, viewer.id);
  const facets = useInboxFacets(filterOf(search, viewer.id), inbox.changes);
  const change = useCallback((next: ExceptionsSearch) => go(exceptionsHref(next), { replace: true }), [go]);
  const keys = useMemo<KeyBinding[]>(
    () => [
      { keys: REGROUP_KEY, label: 'One by one, or by group', group: 'List', run: () => change(regrouped(search)) },
    ],
    [change, search],
  );
  useKeys(keys);
  const list = { search, inbox, facets, onSearch: change };

  return (
    <div className={styles['page']}>
      <PageHeader
        name="Exceptions"
        asOf={inbox.asOf}
        answer={
          inbox.data
            ? inboxAnswer(
                search.view,
                inbox.totalCount,
                inbox.isEstimate,
                inbox.data.exceptions.totals,
                isNarrowed(search),
              )
            : 'Exceptions'
        }
      />
      <SavedViewsBar search={search} list={inbox} />
      <InboxFilters search={search} viewerId={viewer.id} facets={facets} changes={inbox.changes} onSearch={change} />
      {search.by === 'group' ? <GroupedList {...list} /> : <FlatList {...list} />}
    </div>
  );
}
