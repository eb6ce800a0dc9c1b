import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { parseExceptionsSearch, type ExceptionsSearch } from '../../../shared/url.js';
import { parseSearchText } from '../../../shared/url-search.js';
import { renderConsole } from '../../../testing/render-console.js';
import { SavedViewsBar } from './saved-views-bar.js';
import { isShown, searchTextOf, viewHref, viewToOpen } from './view-address.js';
import type { SavedView } from './view-documents.js';
import { countsSentence, moneyWords, movedPin, openWords } from './view-words.js';

const COUNTS = { open: 3, isCut: false, inflow: '144600.00', outflow: '0.00', withoutFigure: 0 };

function savedView(id: string, over: Partial<SavedView> = {}): SavedView {
  return {
    id,
    kind: 'PRIVATE',
    name: `View ${id}`,
    ownerName: 'Anna Lindqvist',
    isMine: true,
    isChangeable: true,
    search: `queue=${id}`,
    orderBy: 'PRIORITY_DESC',
    filter: {},
    problem: null,
    isPinned: true,
    isDefault: false,
    version: 4,
    counts: COUNTS,
    ...over,
  };
}

const VIEWS = [
  savedView('mine', { kind: 'SHIPPED', name: 'Mine', search: 'owner=me', isMine: false, isChangeable: false }),
  savedView('tax'),
  savedView('old', { name: 'Old one', problem: 'filter: Field "colour" is not defined', counts: null }),
  savedView('late', { isPinned: false }),
];

function openBar(search: Partial<ExceptionsSearch> = {}, views = VIEWS) {
  const answered = (name: string) => ({ __typename: 'ExceptionViewChanged', view: { id: 'new', name } });
  const list = { changes: 0, totalCount: 3, isEstimate: false };
  return renderConsole(<SavedViewsBar search={{ ...parseExceptionsSearch({}), ...search }} list={list} />, {
    SavedViews: () => ({ exceptionViews: views }),
    SaveView: ({ view }) =>
      (view as { name: string }).name === 'Taken'
        ? { saveExceptionView: { __typename: 'ExceptionViewFailure', code: 'NAME_TAKEN', message: 'There is one.' } }
        : { saveExceptionView: answered('x') },
    ChangeView: () => ({ changeExceptionView: answered('x') }),
    DeleteView: () => ({ deleteExceptionView: { __typename: 'ExceptionViewChanged', view: null } }),
    ArrangeViews: () => ({ arrangeExceptionViews: { __typename: 'ExceptionViewsArranged', views: [] } }),
  });
}

const bar = () => within(screen.getByRole('navigation', { name: 'Saved views' }));

describe('the bar of saved views', () => {
  it('shows the pinned ones with what is open and the money on it, and which of them is shown', async () => {
    openBar({ queue: ['tax'] });
    await screen.findByRole('link', { name: /Mine/ });
    expect(
      bar()
        .getAllByRole('link')
        .map((link) => [link.textContent, link.getAttribute('href')]),
    ).toEqual([
      ['Mine 3 ↓ EUR 144 k', '/exceptions?owner=me'],
      ['View tax 3 ↓ EUR 144 k', '/exceptions?queue=tax'],
    ]);
    expect(bar().getByRole('link', { current: true }).textContent).toContain('View tax');
    expect(bar().getByText('Old one')).toBeTruthy();
  });

  it('goes to a view with g and its number', async () => {
    const user = userEvent.setup();
    const { visited } = openBar();
    await screen.findByRole('link', { name: /Mine/ });
    await user.keyboard('g2');
    expect(visited).toEqual(['/exceptions?queue=tax']);
  });

  it('opens the person’s own first view from the navigation alone, and the whole inbox where there is none', async () => {
    const views = [savedView('tax', { isDefault: true })];
    const { visited } = openBar({ start: 'own' }, views);
    await waitFor(() => expect(visited).toEqual(['/exceptions?queue=tax']));
    for (const link of [{}, { text: 'O-1' }]) {
      const other = openBar(link, views);
      await waitFor(() => expect(other.api.asked).toHaveLength(1));
      expect(other.visited).toEqual([]);
    }
    const without = openBar({ start: 'own' });
    await waitFor(() => expect(without.visited).toEqual(['/exceptions']));
  });

  it('saves what the list shows with Shift-v, for whoever looks, and says why it was refused', async () => {
    const user = userEvent.setup();
    const { api } = openBar({ owner: 'me', order: 'oldest', open: '7' });
    await screen.findByRole('link', { name: /Mine/ });
    await user.keyboard('{Shift>}V{/Shift}');
    const dialog = await screen.findByRole('dialog', { name: 'Save what the list shows' });
    await user.type(within(dialog).getByLabelText('Name'), 'Taken');
    await user.click(within(dialog).getByRole('checkbox', { name: 'Share it with everybody' }));
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('There is one.');
    expect(api.asked.find(({ name }) => name === 'SaveView')?.variables).toMatchObject({
      view: {
        name: 'Taken',
        isShared: true,
        filter: { ownerId: '@me' },
        orderBy: 'OPENED_ASC',
        search: 'owner=me&order=oldest',
      },
    });
  });

  it('gives another content to a view that there is', async () => {
    const user = userEvent.setup();
    const { api } = openBar({ queue: ['platform'] });
    await screen.findByRole('link', { name: /Mine/ });
    await user.click(screen.getByRole('button', { name: 'Save view' }));
    const dialog = await screen.findByRole('dialog', { name: 'Save what the list shows' });
    expect(within(dialog).queryByRole('radio', { name: '“Mine”' })).toBeNull();
    await user.click(within(dialog).getByRole('radio', { name: '“View tax”' }));
    await user.click(within(dialog).getByRole('button', { name: 'Change the view' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'ChangeView')?.variables).toMatchObject({
        id: 'tax',
        version: 4,
        change: { search: 'queue=platform', filter: { queues: ['platform'] } },
      }),
    );
  });

  it('lists all with v: what is in them, what cannot be read, and how they are arranged', async () => {
    const user = userEvent.setup();
    const { api } = openBar();
    await screen.findByRole('link', { name: /Mine/ });
    await user.keyboard('v');
    const dialog = await screen.findByRole('dialog', { name: 'Views of the inbox' });
    expect(within(dialog).getByText(/Its filter cannot be read any more: filter: Field "colour"/)).toBeTruthy();
    const shipped = within(within(dialog).getByRole('region', { name: 'Come with Throughline' }));
    expect(shipped.queryByRole('button', { name: /Delete/ })).toBeNull();
    const own = within(within(dialog).getByRole('region', { name: 'Yours alone' }));
    await user.click(own.getByRole('button', { name: 'Move “View tax” to the left' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'ArrangeViews')?.variables).toEqual({
        pinned: ['tax', 'mine', 'old'],
        defaultId: null,
      }),
    );
    await user.click(own.getByRole('button', { name: 'Delete “View late”' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'DeleteView')?.variables).toEqual({ id: 'late', version: 4 }),
    );
  });
});

describe('the export of the list', () => {
  it.each([
    ['a view by its id', { queue: ['tax'] }, '/exports/exceptions.csv?view=tax&bom=1'],
    [
      'what has no name by its filter',
      { text: 'O-1' },
      `/exports/exceptions.csv?filter=${JSON.stringify({
        states: ['OPEN', 'IN_PROGRESS', 'WAITING', 'PENDING_APPROVAL', 'REQUEUED'],
        snoozed: false,
        text: 'O-1',
      })}&orderBy=PRIORITY_DESC&bom=1`,
    ],
  ])('is opened by Shift-d and takes %s', async (_name, search, address) => {
    const fetched: string[] = [];
    const original = globalThis.fetch;
    globalThis.fetch = ((href: string) => {
      fetched.push(decodeURIComponent(href));
      return Promise.reject(new TypeError('failed'));
    }) as typeof fetch;
    try {
      const user = userEvent.setup({ pointerEventsCheck: 0 });
      openBar(search);
      await screen.findByRole('link', { name: /Mine/ });
      await user.keyboard('{Shift>}D{/Shift}');
      expect(await screen.findByText('Export 3 exceptions')).toBeTruthy();
      await user.click(screen.getByRole('menuitem', { name: /CSV/ }));
      expect((await screen.findByRole('alert')).textContent).toContain('cannot be reached');
      expect(fetched).toEqual([address]);
    } finally {
      globalThis.fetch = original;
    }
  });
});

describe('what a saved view says', () => {
  it.each([
    [{}, '3', '↓ EUR 144 k', '3 open exceptions, EUR 144 k of inflow at risk'],
    [
      { open: 10_000, isCut: true },
      '10,000+',
      '↓ EUR 144 k',
      'more than 10,000 open exceptions, EUR 144 k of inflow at risk on the first 10,000',
    ],
    [{ inflow: '0.00', open: 1, withoutFigure: 1 }, '1', '', '1 open exception, 1 amount not known'],
    [
      { outflow: '2000.00' },
      '3',
      '↓ EUR 144 k ↑ EUR 2,000',
      '3 open exceptions, EUR 144 k of inflow and EUR 2,000 of outflow at risk',
    ],
  ])('of %j: %s', (over, open, money, sentence) => {
    const counts = { ...COUNTS, ...over };
    expect([openWords(counts), moneyWords(counts), countsSentence(counts)]).toEqual([open, money, sentence]);
  });

  it('is the address of the list, without what is open beside it, and leads back to it', () => {
    const search = parseExceptionsSearch(parseSearchText('queue=tax,platform&owner=me&order=money&text=Ä&open=7'));
    const saved = { search: searchTextOf(search) };
    expect(saved.search).toBe('queue=tax,platform&owner=me&text=%C3%84&order=money');
    expect(searchTextOf(parseExceptionsSearch({ by: 'group', mark: 'statutory', start: 'own' }))).toBe(
      'mark=statutory&by=group',
    );
    expect(isShown(saved, search)).toBe(true);
    expect(isShown(saved, { ...search, order: 'oldest' })).toBe(false);
    expect(viewHref({ search: '' })).toBe('/exceptions');
  });

  it('opens no view that cannot be read', () => {
    const broken = [savedView('a', { isDefault: true, problem: 'x' })];
    expect(viewToOpen(broken, parseExceptionsSearch({ start: 'own' }))).toBeUndefined();
  });

  it.each([
    ['left', 'b', -1, ['b', 'a', 'c']],
    ['right', 'b', 1, ['a', 'c', 'b']],
    ['no further than the first', 'a', -1, ['a', 'b', 'c']],
    ['not at all what is not pinned', 'x', 1, ['a', 'b', 'c']],
  ] as const)('moves %s', (_name, id, by, expected) => {
    expect(movedPin(['a', 'b', 'c'], id, by)).toEqual(expected);
  });
});
