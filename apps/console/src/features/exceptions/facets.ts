import type { ExceptionFacetName, ExceptionFilter, InboxFacetsQuery } from '../../gql/graphql.js';
import { MARK_NAMES, type AgeName, type CutOffName, type MarkName } from '../../shared/url-exceptions.js';
import { EXCEPTION_VIEWS, REGIONS, type ExceptionsSearch } from '../../shared/url.js';
import { filterOf, VIEW_NAMES } from './exception-filter.js';
import {
  AGE_WORDS,
  amountWords,
  boundsOf,
  CUT_OFF_WORDS,
  FACET_TITLES,
  MARK_WORDS,
  fromCents,
  pastDueWords,
  toCents,
} from './facet-words.js';

/** The answer of the API: each value with how many there would be if it alone were chosen in its facet. */
export type InboxFacets = InboxFacetsQuery['exceptionFacets'];

export type Facet = {
  id: string;
  name: string;
  isChosen: boolean;
  /** where a click leads */
  search: ExceptionsSearch;
  /** undefined = not counted yet */
  count: number | undefined;
};

export type FacetGroup = { id: ExceptionFacetName; name: string; facets: Facet[] };

/** A view or a filter that is counted by a question of its own. */
export type CountedFilter = Omit<Facet, 'count'> & { filter: ExceptionFilter };

/** Facets that are always shown; the others on request, and when something of them is chosen. */
export const FIRST_FACETS: readonly ExceptionFacetName[] = [
  'QUEUE',
  'PRIORITY',
  'CUT_OFF',
  'AGE',
  'ESCALATED',
  'STATUTORY',
  'RECURRING',
  'OWNER',
  'LEGAL_ENTITY',
  'PROBLEM',
];
export const MORE_FACETS: readonly ExceptionFacetName[] = ['AMOUNT', 'PAST_DUE', 'POSTING_PERIOD', 'INTEGRATION'];

/** Values of one facet that are shown, the most frequent ones; those chosen always are. */
const MOST_SHOWN = 8;

/** How a value is named, whether it is chosen, and the search that a click on it leads to. */
type Reading = {
  nameOf?: (value: string, title: string) => string;
  chosenIn: (search: ExceptionsSearch) => readonly string[];
  toggle: (search: ExceptionsSearch, value: string, isChosen: boolean) => ExceptionsSearch;
};

/** Facets of which several values can be chosen, by the name of their list in the address. */
function listed(name: 'queue' | 'priority' | 'due' | 'age' | 'entity' | 'kind' | 'integration' | 'period'): Reading {
  return {
    chosenIn: (search) => search[name],
    toggle: (search, value, isChosen) => ({
      ...search,
      [name]: isChosen ? search[name].filter((one) => one !== value) : [...search[name], value],
    }),
  };
}

/** A facet that is a range: one bucket at a time, written into two bounds of the address. */
function ranged(
  from: 'min' | 'pastFrom',
  to: 'max' | 'pastTo',
  write: (bound: string) => string,
  nameOf: (value: string) => string,
): Reading {
  const bounds = (value: string) => {
    const given = boundsOf(value);
    return {
      [from]: given.from === undefined ? undefined : write(given.from),
      [to]: given.to === undefined ? undefined : write(given.to),
    };
  };
  return {
    nameOf,
    chosenIn: (search) => [`${search[from] ?? ''}..${search[to] ?? ''}`],
    toggle: (search, value, isChosen) => ({
      ...search,
      ...(isChosen ? { [from]: undefined, [to]: undefined } : bounds(value)),
    }),
  };
}

/** What an exception has or has not: one value, and all of those chosen must be there. */
function marked(name: MarkName): Reading {
  return {
    nameOf: () => MARK_WORDS[name],
    chosenIn: ({ mark }) => (mark.includes(name) ? ['true'] : []),
    toggle: (search, _value, isChosen) => ({
      ...search,
      mark: MARK_NAMES.filter((one) => (one === name ? !isChosen : search.mark.includes(one))),
    }),
  };
}

const READINGS: Record<Exclude<ExceptionFacetName, 'STATE'>, Reading> = {
  QUEUE: listed('queue'),
  PRIORITY: listed('priority'),
  CUT_OFF: { ...listed('due'), nameOf: (value) => CUT_OFF_WORDS[value as CutOffName] ?? value },
  AGE: { ...listed('age'), nameOf: (value) => AGE_WORDS[value as AgeName] ?? value },
  OWNER: {
    nameOf: (value) => (value === 'me' ? 'Mine' : 'Nobody’s'),
    chosenIn: ({ owner }) => (owner === undefined ? [] : [owner]),
    toggle: (search, value, isChosen) => ({ ...search, owner: isChosen ? undefined : value }),
  },
  AMOUNT: ranged('min', 'max', fromCents, amountWords),
  PAST_DUE: ranged('pastFrom', 'pastTo', (days) => days, pastDueWords),
  LEGAL_ENTITY: listed('entity'),
  PROBLEM: listed('kind'),
  INTEGRATION: listed('integration'),
  POSTING_PERIOD: listed('period'),
  ESCALATED: marked('escalated'),
  STATUTORY: marked('statutory'),
  RECURRING: marked('recurring'),
};

/** Views of the list; each counted with everything else that narrows it. */
export function viewFacets(search: ExceptionsSearch, viewerId: string): CountedFilter[] {
  return EXCEPTION_VIEWS.map((view) => ({
    id: view,
    name: VIEW_NAMES[view],
    isChosen: search.view === view,
    search: { ...search, view },
    filter: filterOf({ ...search, view }, viewerId),
  }));
}

/** What is kept out of the inbox for a while. */
export function snoozedFacet(search: ExceptionsSearch, viewerId: string): CountedFilter {
  return {
    id: 'snoozed',
    name: 'Snoozed',
    isChosen: search.snoozed === 'yes',
    search: { ...search, snoozed: search.snoozed === 'yes' ? undefined : 'yes' },
    filter: filterOf({ ...search, snoozed: 'yes' }, viewerId),
  };
}

/** Regions of the world, each counted as it would be if it alone were chosen. */
export function regionFacets(search: ExceptionsSearch, viewerId: string): CountedFilter[] {
  return REGIONS.map((name) => {
    const isChosen = search.region.includes(name);
    const region = REGIONS.filter((one) => (one === name ? !isChosen : search.region.includes(one)));
    return {
      id: name,
      name,
      isChosen,
      search: { ...search, region },
      filter: filterOf({ ...search, region: [name] }, viewerId),
    };
  });
}

/** What belongs to a group that is marked as a known error. */
export function knownErrorFacet(search: ExceptionsSearch, viewerId: string): CountedFilter {
  const { chosenIn, toggle } = marked('known');
  const isChosen = chosenIn(search).length > 0;
  const turned = toggle(search, 'true', isChosen);
  return {
    id: 'known',
    name: MARK_WORDS.known,
    isChosen,
    search: turned,
    filter: filterOf(isChosen ? search : turned, viewerId),
  };
}

/** The facets asked for, with what can be chosen: values that something has, and those that are chosen. */
export function facetGroups(
  search: ExceptionsSearch,
  answer: InboxFacets | undefined,
  names: readonly ExceptionFacetName[],
): FacetGroup[] {
  return names.reduce<FacetGroup[]>((groups, id) => {
    if (id === 'STATE') return groups;
    const { nameOf = (_value: string, title: string) => title, chosenIn, toggle } = READINGS[id];
    const counted = answer?.facets.find(({ name }) => name === id)?.buckets ?? [];
    const chosen = chosenOf(id, chosenIn(search));
    const missing = chosen
      .filter((value) => value !== '..' && counted.every((bucket) => bucket.value !== value) && isOffered(id, value))
      .map((value) => ({ value, title: value, count: answer === undefined ? undefined : 0 }));
    const facets = [...counted, ...missing].flatMap(({ value, title, count }, position): Facet[] => {
      const isChosen = chosen.includes(value);
      if (!isChosen && (count === 0 || position >= MOST_SHOWN)) return [];
      return [
        {
          id: `${id}-${value}`,
          name: nameOf(value, title),
          isChosen,
          search: toggle(search, value, isChosen),
          count,
        },
      ];
    });
    const name = FACET_TITLES[id];
    const last = groups.at(-1);
    // facets of one name are told as one
    if (last?.name === name) return [...groups.slice(0, -1), { ...last, facets: [...last.facets, ...facets] }];
    return facets.length === 0 ? groups : [...groups, { id, name, facets }];
  }, []);
}

/** Bounds are written as amounts in the address, and as cents in a facet. */
function chosenOf(id: ExceptionFacetName, chosen: readonly string[]): readonly string[] {
  return id === 'AMOUNT' ? chosen.map((value) => value.split('..').map(toCents).join('..')) : chosen;
}

/** A range that is no bucket is told by its own words, and another person by the list. */
function isOffered(id: ExceptionFacetName, value: string): boolean {
  return id !== 'AMOUNT' && id !== 'PAST_DUE' && (id !== 'OWNER' || value === 'me' || value === 'none');
}
