import { afterEach, expect, it, jest } from '@jest/globals';
import { act, screen, within } from '@testing-library/react';
import { exceptionRow } from '../../testing/exception-rows.js';
import { renderConsole } from '../../testing/render-console.js';
import { parseExceptionsSearch } from '../../shared/url.js';
import { ExceptionsPage } from './exceptions-page.js';

afterEach(() => void jest.useRealTimers());

const STORM_MS = 10_000;
const EVENT_EVERY_MS = 50;

it('follows a storm of changes while it lasts, in the list and in what is counted beside it', async () => {
  const { api } = renderConsole(<ExceptionsPage search={parseExceptionsSearch({})} />, {
    Exceptions: () => ({
      exceptions: {
        totalCount: 1,
        totalCountIsEstimate: false,
        totals: [],
        pageInfo: { hasNextPage: false, endCursor: null },
        edges: [{ node: exceptionRow('100') }],
      },
    }),
    InboxFacets: () => ({ exceptionFacets: { total: 1, isLowerBound: false, facets: [] } }),
    FacetCounts: (filters) =>
      Object.fromEntries(
        Object.keys(filters).map((name) => [name.replace('f', 'c'), { totalCount: 1, totalCountIsEstimate: false }]),
      ),
    SavedViews: () => ({ exceptionViews: [] }),
  });
  const grid = await screen.findByRole('grid', { name: 'Exceptions' });
  const askedFor = (name: string) => api.asked.filter((one) => one.name === name).length;
  const before = { list: askedFor('Exceptions'), facets: askedFor('InboxFacets'), views: askedFor('SavedViews') };

  jest.useFakeTimers();
  for (let at = 0; at < STORM_MS; at += EVENT_EVERY_MS) {
    act(() => api.push('ExceptionsChanged', { exceptionChanged: exceptionRow(`other-${at}`) }));
    await act(() => jest.advanceTimersByTimeAsync(EVENT_EVERY_MS));
  }
  act(() =>
    api.push('ExceptionsChanged', { exceptionChanged: exceptionRow('100', { state: 'REQUEUED', version: 9 }) }),
  );
  await act(() => jest.advanceTimersByTimeAsync(EVENT_EVERY_MS * 2));

  // one for each pause of 700, 1500 and 5000 ms, and no more
  expect(askedFor('Exceptions') - before.list).toBeGreaterThanOrEqual(12);
  expect(askedFor('Exceptions') - before.list).toBeLessThanOrEqual(15);
  expect(askedFor('InboxFacets') - before.facets).toBeGreaterThanOrEqual(5);
  expect(askedFor('SavedViews') - before.views).toBeGreaterThanOrEqual(1);
  expect(within(grid).getByText('Sent again')).toBeTruthy();
});
