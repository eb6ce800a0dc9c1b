import { describe, expect, it } from '@jest/globals';
import { parseActivitySearch } from '../../shared/url-people.js';
import { activityFilter } from './activity-filter.js';

const NOW = new Date('2026-11-30T08:30:42.000Z');
const filterOf = (raw: Record<string, string>) => activityFilter(parseActivitySearch(raw), 'p1', NOW);

describe('activityFilter', () => {
  it.each([
    [{}, { from: '2026-11-23T08:30:00.000Z' }],
    [{ since: 'all' }, {}],
    [
      { since: '24h', by: 'people' },
      { by: 'PEOPLE', from: '2026-11-29T08:30:00.000Z' },
    ],
    [
      { since: 'all', person: 'me', kind: 'assigned,commented' },
      { personId: 'p1', kinds: ['assigned', 'commented'] },
    ],
    [
      { from: '2026-11-30T06:00:00Z', queue: 'tax' },
      { from: '2026-11-30T06:00:00.000Z', queue: 'tax' },
    ],
    [
      { to: '2026-11-30T06:00:00Z', group: 'g1' },
      { to: '2026-11-30T06:00:00.000Z', groupId: 'g1' },
    ],
    [{ by: 'nobody', since: 'all' }, {}],
  ])('reads %p', (raw, filter) => {
    expect(filterOf(raw as Record<string, string>)).toEqual(filter);
  });
});
