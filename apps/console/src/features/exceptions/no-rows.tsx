import { countNumber } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { Empty } from '../../shared/states/states.js';
import { exceptionsHref, queuesHref, type ExceptionsSearch } from '../../shared/url.js';
import { useQueueNames } from '../../shared/viewer/queues.js';
import { useViewer } from '../../shared/viewer/viewer.js';
import { filterOf, isNarrowed, VIEW_NAMES } from './exception-filter.js';
import { snoozedFacet, type InboxFacets } from './facets.js';
import { NarrowedEmpty } from './narrowed-empty.js';
import { useFacetCounts } from './use-facet-counts.js';
import styles from './exceptions.module.css';

type NoRowsProps = {
  search: ExceptionsSearch;
  facets: InboxFacets | undefined;
  onSearch: (search: ExceptionsSearch) => void;
};

function problemTitle(facets: InboxFacets | undefined, code: string): string {
  const problems = facets?.facets.find(({ name }) => name === 'PROBLEM')?.buckets;
  return problems?.find(({ value }) => value === code)?.title ?? code;
}

/** Why there is nothing, and the one thing to do. */
export function NoRows({ search, facets, onSearch }: NoRowsProps) {
  const viewer = useViewer();
  const queues = useQueueNames();
  const snoozed = snoozedFacet(search, viewer.id);
  // whoever asks for what is over or for all asks for snoozed ones as well
  const isLeftOut = filterOf(search, viewer.id).snoozed === false;
  const [hidden = 0] = useFacetCounts(isLeftOut ? [snoozed.filter] : [], 0);
  if (hidden > 0) {
    return (
      <Empty
        title={
          hidden === 1
            ? 'The only exception that matches is snoozed'
            : `All ${countNumber(hidden)} exceptions that match are snoozed`
        }
        action={<AppLink href={exceptionsHref(snoozed.search)}>See what is snoozed</AppLink>}
      >
        Snoozed exceptions come back at their time, or when they occur again; until then no filter counts them.
      </Empty>
    );
  }
  const queue = queues.find(({ name }) => search.queue.length === 1 && search.queue[0] === name);
  if (queue && !isNarrowed({ ...search, queue: [] })) {
    return (
      <Empty
        title={`No exceptions in ${queue.title}`}
        action={<AppLink href={queuesHref()}>See what waits in the other queues</AppLink>}
      >
        {queue.purpose}
      </Empty>
    );
  }
  if (isNarrowed(search)) {
    const names = {
      queueTitle: (name: string) => queues.find((one) => one.name === name)?.title ?? name,
      problemTitle: (code: string) => problemTitle(facets, code),
    };
    return <NarrowedEmpty search={search} viewerId={viewer.id} names={names} onSearch={onSearch} />;
  }
  const isWork = search.view === 'unresolved' || search.view === 'open';
  return (
    <Empty
      title={isWork ? 'Nothing to do: every exception is resolved' : `No exceptions in “${VIEW_NAMES[search.view]}”`}
      action={
        <button
          type="button"
          className={styles['link']}
          onClick={() => onSearch({ ...search, view: isWork ? 'resolved' : 'unresolved' })}
        >
          {isWork ? 'See what was resolved' : 'See what is unresolved'}
        </button>
      }
    >
      New ones appear here by themselves, as soon as an integration reports a failure or a due time passes.
    </Empty>
  );
}
