import { TextInput, Tooltip } from '@mantine/core';
import { useRef, useState } from 'react';
import { countNumber } from '../../shared/format/words.js';
import { Icon } from '../../shared/icons/icon.js';
import { useKeys } from '../../shared/keyboard/keyboard.js';
import { AppLink } from '../../shared/navigation.js';
import { EXCEPTION_VIEWS, exceptionsHref, type ExceptionsSearch } from '../../shared/url.js';
import { isNarrowed, widened } from './exception-filter.js';
import {
  facetGroups,
  FIRST_FACETS,
  knownErrorFacet,
  MORE_FACETS,
  regionFacets,
  snoozedFacet,
  viewFacets,
  type CountedFilter,
  type Facet,
  type FacetGroup,
  type InboxFacets,
} from './facets.js';
import { MoreFilters } from './more-filters.js';
import { regrouped, REGROUP_KEY } from './regrouped.js';
import { useFacetCounts } from './use-facet-counts.js';
import styles from './exceptions.module.css';

type InboxFiltersProps = {
  search: ExceptionsSearch;
  viewerId: string;
  /** of the search as it is */
  facets: InboxFacets | undefined;
  changes: number;
  onSearch: (search: ExceptionsSearch) => void;
};

/** Views and facets with their counts; every one is a link, so that a filtered list can be shared or opened beside. */
export function InboxFilters({ search, viewerId, facets, changes, onSearch }: InboxFiltersProps) {
  const [isMoreWanted, setMoreWanted] = useState(false);
  const isMore = isMoreWanted || hasMore(search);
  const hidden = [snoozedFacet(search, viewerId), knownErrorFacet(search, viewerId)];
  const counted = [...viewFacets(search, viewerId), ...hidden, ...(isMore ? regionFacets(search, viewerId) : [])];
  const counts = useFacetCounts(
    counted.map(({ filter }) => filter),
    changes,
  );
  const told = withCounts(counted, counts);
  const views = told.slice(0, EXCEPTION_VIEWS.length);
  const [snoozed, known, ...regions] = told.slice(EXCEPTION_VIEWS.length);
  const first = facetGroups(search, facets, FIRST_FACETS);
  const more = facetGroups(search, facets, MORE_FACETS);

  return (
    <div className={styles['filters']}>
      <nav className={styles['views']} aria-label="Views">
        {views.map((facet) => (
          <AppLink
            key={facet.id}
            replace
            href={exceptionsHref(facet.search)}
            className={styles['view']}
            aria-current={facet.isChosen ? 'true' : undefined}
          >
            {facet.name} <Count value={facet.count} />
          </AppLink>
        ))}
        <div role="group" aria-label="Rows" className={styles['switch']}>
          <Turn search={search} by={undefined} name="One by one" />
          <Turn search={search} by="group" name="By group" />
        </div>
        <FilterText key={search.text ?? ''} search={search} onSearch={onSearch} />
      </nav>
      <div className={styles['facets']}>
        {first.map((group) => (
          <FacetLinks key={group.id} group={group} isLowerBound={facets?.isLowerBound ?? false} />
        ))}
        {snoozed && <FacetLinks group={{ id: 'OWNER', name: 'Hidden', facets: [snoozed] }} isLowerBound={false} />}
        {known && (known.isChosen || (known.count ?? 0) > 0) && (
          <FacetLinks group={{ id: 'OWNER', name: 'Group', facets: [known] }} isLowerBound={false} />
        )}
        {isMore && <FacetLinks group={{ id: 'LEGAL_ENTITY', name: 'Region', facets: regions }} isLowerBound={false} />}
        {isMore &&
          more.map((group) => <FacetLinks key={group.id} group={group} isLowerBound={facets?.isLowerBound ?? false} />)}
        {(search.group !== undefined || search.object !== undefined) && (
          <AppLink
            replace
            href={exceptionsHref({ ...search, group: undefined, object: undefined })}
            className={styles['facet']}
            aria-current="true"
          >
            {search.group === undefined ? 'One object' : 'One group'} <Icon name="close" size={10} />
          </AppLink>
        )}
        {!hasMore(search) && (
          <button
            type="button"
            className={styles['link']}
            aria-expanded={isMore}
            onClick={() => setMoreWanted(!isMoreWanted)}
          >
            {isMore ? 'Fewer filters' : 'More filters'}
          </button>
        )}
        {isNarrowed(search) && (
          <AppLink replace href={exceptionsHref(widened(search))} className={styles['clear']}>
            Clear filters
          </AppLink>
        )}
      </div>
      {isMore && <MoreFilters key={typedOf(search)} search={search} onSearch={onSearch} />}
    </div>
  );
}

/** One side of the switch between exceptions and groups. */
function Turn({ search, by, name }: { search: ExceptionsSearch; by: ExceptionsSearch['by']; name: string }) {
  const isChosen = search.by === by;
  return (
    <Tooltip label={`${name} (${REGROUP_KEY})`}>
      <AppLink
        replace
        href={exceptionsHref(isChosen ? search : regrouped(search))}
        className={styles['view']}
        aria-current={isChosen ? 'true' : undefined}
      >
        {name}
      </AppLink>
    </Tooltip>
  );
}

function withCounts(filters: readonly CountedFilter[], counts: readonly (number | undefined)[]): Facet[] {
  return filters.map(({ id, name, isChosen, search }, position) => ({
    id,
    name,
    isChosen,
    search,
    count: counts[position],
  }));
}

/** What is typed; fields begin anew when it changes elsewhere. */
function typedOf({ min, max, pastFrom, pastTo, party }: ExceptionsSearch): string {
  return JSON.stringify([min, max, pastFrom, pastTo, party]);
}

function hasMore(search: ExceptionsSearch): boolean {
  return (
    search.integration.length > 0 ||
    search.period.length > 0 ||
    search.region.length > 0 ||
    [search.min, search.max, search.pastFrom, search.pastTo, search.party].some((value) => value !== undefined)
  );
}

function FacetLinks({ group, isLowerBound }: { group: FacetGroup; isLowerBound: boolean }) {
  return (
    <div role="group" aria-label={group.name} className={styles['facetGroup']}>
      <span className={styles['facetName']}>{group.name}</span>
      {group.facets.map((facet) => (
        <AppLink
          key={facet.id}
          replace
          href={exceptionsHref(facet.search)}
          className={styles['facet']}
          aria-current={facet.isChosen ? 'true' : undefined}
        >
          {facet.name} <Count value={facet.count} isLowerBound={isLowerBound} />
          {facet.isChosen && <Icon name="close" size={10} />}
        </AppLink>
      ))}
    </div>
  );
}

function Count({ value, isLowerBound = false }: { value: number | undefined; isLowerBound?: boolean }) {
  const told = value === undefined ? '' : `${countNumber(value)}${isLowerBound ? '+' : ''}`;
  return (
    <span className={styles['count']} title={isLowerBound ? 'At least so many: not all were counted' : undefined}>
      {told}
    </span>
  );
}

function FilterText({ search, onSearch }: { search: ExceptionsSearch; onSearch: (search: ExceptionsSearch) => void }) {
  const [text, setText] = useState(search.text ?? '');
  const input = useRef<HTMLInputElement>(null);
  useKeys([{ keys: 'f', label: 'Filter by text', group: 'List', run: () => input.current?.focus() }]);
  return (
    <form
      role="search"
      className={styles['text']}
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = text.trim() === '' ? undefined : text.trim();
        if (wanted !== search.text) onSearch({ ...search, text: wanted });
      }}
    >
      <TextInput
        ref={input}
        aria-label="Filter by key, customer, ticket or words"
        placeholder="Filter by key, customer, ticket or words"
        value={text}
        leftSection={<Icon name="search" size={13} />}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && input.current?.blur()}
        onBlur={(event) => event.currentTarget.form?.requestSubmit()}
      />
    </form>
  );
}
