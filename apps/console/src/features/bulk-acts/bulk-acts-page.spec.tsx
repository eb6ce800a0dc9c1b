import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { bulkActsHref, parseBulkActsSearch, type BulkActsSearch } from '../../shared/url-bulk.js';
import { parseSearchText } from '../../shared/url-search.js';
import { renderConsole } from '../../testing/render-console.js';
import { onePage } from '../../testing/signal-rows.js';
import { BulkActsPage } from './bulk-acts-page.js';
import { bulkActsAnswer } from './bulk-acts-words.js';

const RUNNING = {
  __typename: 'BulkAct' as const,
  id: 'b1',
  state: 'RUNNING' as const,
  stateNote: null,
  kind: 'MOVE' as const,
  words: 'Move to Tax',
  reason: 'It is about VAT',
  selectionWords: 'state open; queue payments',
  hash: 'abcdef0123456789',
  count: 1_200,
  done: 640,
  submittedAt: '2026-11-20T08:00:00.000Z',
  submittedByName: 'Anna Lindqvist',
  startedAt: '2026-11-20T08:00:01.000Z',
  finishedAt: null,
  acts: ['pause', 'cancel'],
  amounts: [{ currency: 'EUR', inflow: '1240000.00', outflow: '0.00', count: 1_200 }],
  outcomes: [
    { outcome: 'PENDING' as const, count: 560 },
    { outcome: 'DONE' as const, count: 637 },
    { outcome: 'CHANGED' as const, count: 3 },
  ],
};

const ITEM = {
  position: 1,
  exceptionId: 'e1',
  outcome: 'CHANGED',
  detail: null,
  exception: {
    __typename: 'Exception',
    id: 'e1',
    state: 'WAITING',
    resolution: null,
    businessObject: { type: 'sales-order', key: 'O-100' },
    moneyAtRisk: null,
  },
};
const GONE = { ...ITEM, position: 2, exceptionId: 'e2-is-no-more', outcome: 'GONE', exception: null };

function openPage(
  search: Partial<BulkActsSearch> = {},
  rows: readonly (typeof RUNNING)[] = [RUNNING],
  bulkAct: unknown = RUNNING,
) {
  return renderConsole(<BulkActsPage search={{ ...parseBulkActsSearch({}), ...search }} />, {
    BulkActs: () => ({ bulkActs: onePage(rows) }),
    BulkAct: () => ({ bulkAct }),
    BulkActItems: () => ({ bulkActItems: onePage([ITEM, GONE]) }),
    CancelBulkAct: () => ({
      cancelBulkAct: {
        __typename: 'BulkActFailure',
        code: 'NOT_POSSIBLE_NOW',
        message: 'It is done, so it cannot be told to cancel.',
      },
    }),
  });
}

describe('bulk acts', () => {
  it('are listed with how far they are', async () => {
    openPage();
    await screen.findByRole('heading', { level: 1, name: '1 bulk act under way, with 560 exceptions left.' });
    const [, row] = within(screen.getByRole('grid', { name: 'Bulk acts' })).getAllByRole('row');
    for (const text of [
      'Move to Tax',
      'state open; queue payments',
      '1,200',
      'Running, 53 %',
      'Anna Lindqvist',
      'EUR 1.24 m',
    ]) {
      expect(row?.textContent).toContain(text);
    }
  });

  it('tell what became of each exception, by outcome', async () => {
    const { api } = openPage({ open: 'b1', outcome: 'CHANGED' });
    const detail = await screen.findByRole('article', { name: 'Move to Tax' });
    expect(within(detail).getByRole('status').textContent).toContain(
      '640 of 1,200 looked at: 637 done and 3 changed meanwhile.',
    );
    expect(within(detail).getByText('1,200 exceptions with EUR 1.24 m of inflow.')).toBeTruthy();
    const items = await within(detail).findByRole('grid', { name: 'What became of each exception' });
    expect(within(items).getByRole('link', { name: 'sales order O-100' }).getAttribute('href')).toBe('/exceptions/e1');
    expect(within(items).getByText('Not there any more')).toBeTruthy();
    expect(api.asked.find(({ name }) => name === 'BulkActItems')?.variables).toMatchObject({
      id: 'b1',
      outcome: 'CHANGED',
    });
    const outcomes = within(within(detail).getByRole('group', { name: 'Outcome' })).getAllByRole('link');
    expect(outcomes.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
      ['All 1,200', '/bulk-acts?open=b1'],
      ['Not reached 560', '/bulk-acts?open=b1&outcome=PENDING'],
      ['Done 637', '/bulk-acts?open=b1&outcome=DONE'],
      ['Changed meanwhile 3', '/bulk-acts?open=b1&outcome=CHANGED'],
    ]);
  });

  it('are cancelled after a second word, and say when that came too late', async () => {
    const user = userEvent.setup();
    const { api } = openPage({ open: 'b1' });
    await user.click(await screen.findByRole('button', { name: 'Cancel the rest' }));
    expect(api.asked.map(({ name }) => name)).not.toContain('CancelBulkAct');
    await user.click(screen.getByRole('button', { name: 'Cancel the rest' }));
    expect((await screen.findByRole('alert')).textContent).toContain('It is done, so it cannot be told to cancel.');
  });

  it('say that there are none, or not this one', async () => {
    openPage({ open: 'b9' }, [], null);
    expect(await screen.findByText('This bulk act does not exist')).toBeTruthy();
    await waitFor(() =>
      expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Nothing was done in bulk yet.'),
    );
  });

  it('have addresses that are read as they are written', () => {
    const href = bulkActsHref({ open: 'b1', outcome: 'DONE' });
    expect(parseBulkActsSearch(parseSearchText(href.split('?')[1] ?? ''))).toEqual({ open: 'b1', outcome: 'DONE' });
  });

  it('that are over are told by the latest', () => {
    const over = { ...RUNNING, state: 'DONE' as const, done: 1_200 };
    expect(bulkActsAnswer([over])).toBe('Nothing is under way; the latest: Move to Tax, 1,200 exceptions.');
  });
});
