import { countNumber } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { Empty } from '../../shared/states/states.js';
import { exceptionsHref, type ExceptionsSearch } from '../../shared/url.js';
import { activeFilters, type FilterNames } from './active-filters.js';
import { filterOf, VIEW_NAMES, widened } from './exception-filter.js';
import { useFacetCounts } from './use-facet-counts.js';
import styles from './exceptions.module.css';

type NarrowedEmptyProps = {
  search: ExceptionsSearch;
  viewerId: string;
  names: FilterNames;
  onSearch: (search: ExceptionsSearch) => void;
};

/** Nothing matches: which filter excludes what there is, and what would be there without it. */
export function NarrowedEmpty({ search, viewerId, names, onSearch }: NarrowedEmptyProps) {
  const filters = activeFilters(search, names);
  const counts = useFacetCounts(
    filters.map(({ without }) => filterOf(without, viewerId)),
    0,
  );
  const excluding = filters
    .map((filter, position) => ({ ...filter, count: counts[position] }))
    .filter(({ count }) => count !== undefined && count > 0)
    .toSorted((one, other) => (one.count ?? 0) - (other.count ?? 0));
  const isKnown = counts.every((count) => count !== undefined);
  return (
    <Empty
      title={`No exceptions in “${VIEW_NAMES[search.view]}” match these filters`}
      action={
        <>
          {excluding.length > 0 && (
            <ul className={styles['excluding']} aria-label="Filters that exclude what there is">
              {excluding.map(({ id, name, without, count }) => (
                <li key={id}>
                  <AppLink replace href={exceptionsHref(without)}>
                    Without “{name}”
                  </AppLink>{' '}
                  there {count === 1 ? 'is 1' : `are ${countNumber(count ?? 0)}`}
                </li>
              ))}
            </ul>
          )}
          <button type="button" className={styles['link']} onClick={() => onSearch(widened(search))}>
            Clear the filters
          </button>
        </>
      }
    >
      {why(filters.length, isKnown, excluding.length)}
    </Empty>
  );
}

function why(filters: number, isKnown: boolean, excluding: number): string {
  if (!isKnown) return 'Others may exist in this view; the filters above narrow it.';
  if (excluding > 0) return 'These filters leave out what there is:';
  return filters === 1 ? 'Nor are there any without this filter.' : 'No one filter alone is the reason.';
}
