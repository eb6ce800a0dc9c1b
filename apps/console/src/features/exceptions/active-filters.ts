import type { ExceptionsSearch } from '../../shared/url.js';
import { AGE_WORDS, CUT_OFF_WORDS, MARK_WORDS } from './facet-words.js';

/** One filter that is on, in words, and the search without it. */
export type ActiveFilter = { id: string; name: string; without: ExceptionsSearch };

/** Words for what only the API names. */
export type FilterNames = { queueTitle: (name: string) => string; problemTitle: (code: string) => string };

/** What narrows a list, one by one: a range is one filter, as is each list of values. */
export function activeFilters(search: ExceptionsSearch, { queueTitle, problemTitle }: FilterNames): ActiveFilter[] {
  const filters: [boolean, string, string, Partial<ExceptionsSearch>][] = [
    [search.text !== undefined, 'text', `Text “${search.text ?? ''}”`, { text: undefined }],
    [search.queue.length > 0, 'queue', `Queue ${search.queue.map(queueTitle).join(' or ')}`, { queue: [] }],
    [search.priority.length > 0, 'priority', `Priority ${search.priority.join(' or ')}`, { priority: [] }],
    [search.due.length > 0, 'due', `Cut-off ${search.due.map((one) => CUT_OFF_WORDS[one]).join(' or ')}`, { due: [] }],
    [search.age.length > 0, 'age', `Age ${search.age.map((one) => AGE_WORDS[one]).join(' or ')}`, { age: [] }],
    [search.owner !== undefined, 'owner', ownerWords(search.owner), { owner: undefined }],
    [search.entity.length > 0, 'entity', `Entity ${search.entity.join(' or ')}`, { entity: [] }],
    [search.kind.length > 0, 'kind', `Problem ${search.kind.map(problemTitle).join(' or ')}`, { kind: [] }],
    [
      search.integration.length > 0,
      'integration',
      `Integration ${search.integration.join(' or ')}`,
      { integration: [] },
    ],
    [search.region.length > 0, 'region', `Region ${search.region.join(' or ')}`, { region: [] }],
    [search.party !== undefined, 'party', `Counterparty ${search.party ?? ''}`, { party: undefined }],
    [search.period.length > 0, 'period', `Period ${search.period.join(' or ')}`, { period: [] }],
    [
      search.min !== undefined || search.max !== undefined,
      'amount',
      `EUR at risk ${rangeWords(search.min, search.max)}`,
      { min: undefined, max: undefined },
    ],
    [
      search.pastFrom !== undefined || search.pastTo !== undefined,
      'past',
      `Days past due ${rangeWords(search.pastFrom, search.pastTo)}`,
      { pastFrom: undefined, pastTo: undefined },
    ],
    [search.mark.length > 0, 'mark', search.mark.map((one) => MARK_WORDS[one]).join(' and '), { mark: [] }],
    [search.snoozed === 'yes', 'snoozed', 'Snoozed ones alone', { snoozed: undefined }],
    [search.group !== undefined, 'group', 'One group', { group: undefined }],
    [search.object !== undefined, 'object', 'One object', { object: undefined }],
  ];
  return filters.flatMap(([isOn, id, name, change]) => (isOn ? [{ id, name, without: { ...search, ...change } }] : []));
}

function ownerWords(owner: string | undefined): string {
  return owner === 'me' ? 'Mine' : owner === 'none' ? 'Nobody’s' : 'One owner';
}

function rangeWords(from: string | undefined, to: string | undefined): string {
  if (from === undefined) return `up to ${to ?? ''}`;
  return to === undefined ? `from ${from}` : `${from} to ${to}`;
}
