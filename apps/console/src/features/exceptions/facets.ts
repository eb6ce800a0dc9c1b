import type { ExceptionFilter } from '../../gql/graphql.js';
import { EXCEPTION_VIEWS, type ExceptionsSearch } from '../../shared/url.js';
import { filterOf, VIEW_NAMES } from './exception-filter.js';

export type Facet = {
  id: string;
  name: string;
  isChosen: boolean;
  /** where a click leads */
  search: ExceptionsSearch;
  /** what is counted beside the name */
  filter: ExceptionFilter;
};

export type FacetGroup = { name: string; facets: Facet[] };

type Choice = { id: string; name: string };

function toggled(list: readonly string[], id: string): string[] {
  return list.includes(id) ? list.filter((item) => item !== id) : [...list, id];
}

/** Views of the list; each counted with everything else that narrows it. */
export function viewFacets(search: ExceptionsSearch, viewerId: string): Facet[] {
  return EXCEPTION_VIEWS.map((view) => ({
    id: view,
    name: VIEW_NAMES[view],
    isChosen: search.view === view,
    search: { ...search, view },
    filter: filterOf({ ...search, view }, viewerId),
  }));
}

/** Facets by queue, owner, entity and kind of problem; each counts what it would show if it alone were chosen in its group. */
export function facetGroups(
  search: ExceptionsSearch,
  viewerId: string,
  entities: readonly Choice[],
  kinds: readonly Choice[],
  queues: readonly Choice[] = [],
): FacetGroup[] {
  const facet = (
    id: string,
    name: string,
    isChosen: boolean,
    next: ExceptionsSearch,
    alone: ExceptionsSearch,
  ): Facet => ({
    id,
    name,
    isChosen,
    search: next,
    filter: filterOf(alone, viewerId),
  });
  const owners: Choice[] = [
    { id: 'me', name: 'Mine' },
    { id: 'none', name: 'Nobody’s' },
  ];
  const groups: FacetGroup[] = [
    {
      name: 'Queue',
      facets: queues.map(({ id, name }) =>
        facet(
          `queue-${id}`,
          name,
          search.queue.includes(id),
          { ...search, queue: toggled(search.queue, id) },
          { ...search, queue: [id] },
        ),
      ),
    },
    {
      name: 'Owner',
      facets: owners.map(({ id, name }) => {
        const isChosen = search.owner === id;
        return facet(
          `owner-${id}`,
          name,
          isChosen,
          { ...search, owner: isChosen ? undefined : id },
          { ...search, owner: id },
        );
      }),
    },
    {
      name: 'Hidden',
      facets: [
        facet(
          'snoozed',
          'Snoozed',
          search.snoozed === 'yes',
          { ...search, snoozed: search.snoozed === 'yes' ? undefined : 'yes' },
          { ...search, snoozed: 'yes' },
        ),
      ],
    },
    {
      name: 'Entity',
      facets: entities.map(({ id, name }) =>
        facet(
          `entity-${id}`,
          name,
          search.entity.includes(id),
          { ...search, entity: toggled(search.entity, id) },
          { ...search, entity: [id] },
        ),
      ),
    },
    {
      name: 'Problem',
      facets: kinds.map(({ id, name }) =>
        facet(
          `kind-${id}`,
          name,
          search.kind.includes(id),
          { ...search, kind: toggled(search.kind, id) },
          { ...search, kind: [id] },
        ),
      ),
    },
  ];
  return groups.filter((group) => group.facets.length > 0);
}

/** Kinds of problem to offer: those of the rows seen, and those already chosen. */
export function mergeKinds(
  known: readonly Choice[],
  rows: readonly { problem: { code: string; title: string } }[],
  chosen: readonly string[],
): readonly Choice[] {
  const all = new Map(known.map((kind) => [kind.id, kind]));
  for (const { problem } of rows) all.set(problem.code, { id: problem.code, name: problem.title });
  for (const code of chosen) if (!all.has(code)) all.set(code, { id: code, name: code });
  const isSame = all.size === known.length && known.every((kind) => all.get(kind.id)?.name === kind.name);
  return isSame ? known : [...all.values()].toSorted((a, b) => a.name.localeCompare(b.name));
}
