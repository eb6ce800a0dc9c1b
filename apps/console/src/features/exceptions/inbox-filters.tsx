import { TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { countNumber } from '../../shared/format/words.js';
import { Icon } from '../../shared/icons/icon.js';
import { useKeys } from '../../shared/keyboard/keyboard.js';
import { AppLink } from '../../shared/navigation.js';
import { exceptionsHref, type ExceptionsSearch } from '../../shared/url.js';
import { isNarrowed, widened } from './exception-filter.js';
import { facetGroups, viewFacets, type Facet } from './facets.js';
import { useFacetCounts } from './use-facet-counts.js';
import styles from './exceptions.module.css';

type InboxFiltersProps = {
  search: ExceptionsSearch;
  viewerId: string;
  entities: readonly { id: string; name: string }[];
  kinds: readonly { id: string; name: string }[];
  queues: readonly { id: string; name: string }[];
  changes: number;
  onSearch: (search: ExceptionsSearch) => void;
};

/** Views and facets with their counts; every one is a link, so that a filtered list can be shared or opened beside. */
export function InboxFilters({ search, viewerId, entities, kinds, queues, changes, onSearch }: InboxFiltersProps) {
  const views = viewFacets(search, viewerId);
  const groups = facetGroups(search, viewerId, entities, kinds, queues);
  const all = [...views, ...groups.flatMap((group) => group.facets)];
  const counts = useFacetCounts(
    all.map((facet) => facet.filter),
    changes,
  );
  const countOf = (facet: Facet) => counts[all.indexOf(facet)];
  // of eleven queues most are empty most of the time: those are on the page of the queues
  const isOffered = (group: string, facet: Facet) => group !== 'Queue' || facet.isChosen || countOf(facet) !== 0;

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
            {facet.name} <Count value={countOf(facet)} />
          </AppLink>
        ))}
        <FilterText key={search.text ?? ''} search={search} onSearch={onSearch} />
      </nav>
      <div className={styles['facets']}>
        {groups.map((group) => (
          <div key={group.name} role="group" aria-label={group.name} className={styles['facetGroup']}>
            <span className={styles['facetName']}>{group.name}</span>
            {group.facets
              .filter((facet) => isOffered(group.name, facet))
              .map((facet) => (
                <AppLink
                  key={facet.id}
                  replace
                  href={exceptionsHref(facet.search)}
                  className={styles['facet']}
                  aria-current={facet.isChosen ? 'true' : undefined}
                >
                  {facet.name} <Count value={countOf(facet)} />
                  {facet.isChosen && <Icon name="close" size={10} />}
                </AppLink>
              ))}
          </div>
        ))}
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
        {isNarrowed(search) && (
          <AppLink replace href={exceptionsHref(widened(search))} className={styles['clear']}>
            Clear filters
          </AppLink>
        )}
      </div>
    </div>
  );
}

function Count({ value }: { value: number | undefined }) {
  return <span className={styles['count']}>{value === undefined ? '' : countNumber(value)}</span>;
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
        aria-label="Filter by key, customer or words"
        placeholder="Filter by key, customer or words"
        value={text}
        leftSection={<Icon name="search" size={13} />}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && input.current?.blur()}
        onBlur={(event) => event.currentTarget.form?.requestSubmit()}
      />
    </form>
  );
}
