import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { parseExceptionsSearch, type ExceptionsSearch } from '../../shared/url.js';
import { exceptionRow } from '../../testing/exception-rows.js';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import { ExceptionsPage } from './exceptions-page.js';
import type { GroupedRow } from './grouped-documents.js';

function groupedRow(id: string, over: Partial<GroupedRow> = {}, group: Partial<GroupedRow['group']> = {}): GroupedRow {
  return {
    matchingCount: 3,
    isLowerBound: false,
    inflow: '144600.00',
    outflow: '0.00',
    withoutFigure: 0,
    oldestOpenedAt: '2026-11-20T08:00:00.000Z',
    nextDueAt: null,
    group: {
      id,
      title: `Problem ${id}`,
      hop: 'crm-erp',
      memberCount: 12,
      memberCountIsLowerBound: false,
      openCount: 5,
      isKnownError: false,
      knownErrorReference: null,
      snoozedUntil: null,
      owner: null,
      ...group,
    },
    ...over,
  };
}

const READER = { ...ANALYST, permissions: ['exception.read' as const] };

const GROUPS = [
  groupedRow('g1', { outflow: '500.00' }, { isKnownError: true, knownErrorReference: 'CHG-77' }),
  groupedRow('g2', { matchingCount: 40, isLowerBound: true, inflow: '0.00' }),
];

function openInbox(search: Partial<ExceptionsSearch> = {}, rows = GROUPS, viewer = ANALYST, snoozed = 0) {
  return renderConsole(
    <ExceptionsPage search={{ ...parseExceptionsSearch({ by: 'group' }), ...search }} />,
    {
      Exceptions: () => ({
        exceptions: {
          totalCount: rows.length === 0 ? 0 : 43,
          totalCountIsEstimate: false,
          totals: [],
          pageInfo: { hasNextPage: false, endCursor: null },
          edges: rows.length === 0 ? [] : [{ node: exceptionRow('1') }],
        },
      }),
      GroupedExceptions: () => ({
        groupedExceptions: {
          totalCount: rows.length,
          totalCountIsEstimate: false,
          pageInfo: { hasNextPage: false, endCursor: null },
          edges: rows.map((node) => ({ node })),
        },
      }),
      InboxFacets: () => ({
        exceptionFacets: {
          total: 43,
          isLowerBound: false,
          facets: [
            { name: 'ESCALATED', buckets: [{ value: 'true', title: 'true', count: 0 }] },
            { name: 'STATUTORY', buckets: [{ value: 'true', title: 'true', count: 2 }] },
            { name: 'RECURRING', buckets: [{ value: 'true', title: 'true', count: 7 }] },
          ],
        },
      }),
      FacetCounts: (filters) =>
        Object.fromEntries(
          Object.entries(filters).map(([name, filter]) => [
            name.replace('f', 'c'),
            { totalCount: (filter as { snoozed?: boolean }).snoozed ? snoozed : 0, totalCountIsEstimate: false },
          ]),
        ),
      SavedViews: () => ({ exceptionViews: [] }),
      QueueNames: () => ({ queues: [] }),
    },
    viewer,
  );
}

const grid = () => screen.findByRole('grid', { name: 'Exceptions by group' });

describe('the inbox by groups', () => {
  it('tells what of each group matches, its money, apart, and what people decided of it', async () => {
    openInbox();
    const [first, second] = within(await grid())
      .getAllByRole('row')
      .slice(1);
    for (const text of ['3 / 12', 'Problem g1', '↓ EUR 144 k ↑ EUR 500', 'known error CHG-77', 'nobody', 'none']) {
      expect(first?.textContent).toContain(text);
    }
    expect(second?.textContent).toContain('40+ / 12');
  });

  it('tells a cut-off that passed since the list was read as passed', async () => {
    const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000 + 30_000).toISOString();
    openInbox({}, [groupedRow('g1', { nextDueAt: inMinutes(48) }), groupedRow('g2', { nextDueAt: inMinutes(-12) })]);
    const [first, second] = within(await grid())
      .getAllByRole('row')
      .slice(1);
    expect(first?.textContent).toContain('48 min left');
    expect(second?.textContent).toContain('11 min ago');
  });

  it('is turned by its switch and by a key, with the filters as they are', async () => {
    const user = userEvent.setup();
    const { visited } = openInbox({ queue: ['tax'], mark: ['recurring'] });
    await grid();
    const rows = within(screen.getByRole('group', { name: 'Rows' }));
    expect(rows.getByRole('link', { name: 'By group' }).getAttribute('aria-current')).toBe('true');
    expect(rows.getByRole('link', { name: 'One by one' }).getAttribute('href')).toBe(
      '/exceptions?queue=tax&mark=recurring',
    );
    await user.keyboard('{Shift>}G{/Shift}');
    expect(visited).toEqual(['/exceptions?queue=tax&mark=recurring']);
  });

  it('opens the members that match by the keyboard', async () => {
    const user = userEvent.setup();
    const { visited } = openInbox({ entity: ['DE01'] });
    await grid();
    await user.keyboard('jj{Enter}');
    expect(visited).toEqual(['/exceptions?entity=DE01&group=g2']);
  });

  it('acts on what matches of the groups that are picked, as one frozen selection', async () => {
    const user = userEvent.setup();
    const { api } = openInbox({ entity: ['DE01'] });
    await grid();
    await user.keyboard('jxjx');
    expect(screen.getByRole('toolbar').textContent).toContain('2 groups with 43 exceptions selected');
    await user.keyboard('n');
    const dialog = await screen.findByRole('dialog', { name: 'Note on 43 exceptions' }, { timeout: 5_000 });
    expect(dialog).toBeTruthy();
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'PreviewBulkAct')?.variables).toMatchObject({
        selection: { filter: { legalEntities: ['DE01'], groupIds: ['g1', 'g2'], snoozed: false } },
        act: { kind: 'NOTE' },
      }),
    );
  });

  it('gives whoever may only read nothing to do', async () => {
    const user = userEvent.setup();
    openInbox({}, GROUPS, READER);
    await grid();
    await user.keyboard('jxn');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('marks and what is hidden', () => {
  it('offers what there is of the marks, and takes a chosen one away again', async () => {
    openInbox({ mark: ['escalated'] });
    await grid();
    const marked = within(await screen.findByRole('group', { name: 'Marked' }));
    await waitFor(() =>
      expect(marked.getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
        ['Escalated 0', '/exceptions?by=group'],
        ['Statutory 2', '/exceptions?mark=escalated,statutory&by=group'],
        ['Came again 7', '/exceptions?mark=escalated,recurring&by=group'],
      ]),
    );
  });

  it('says that all that match are snoozed, and leads to them', async () => {
    openInbox({ queue: ['tax'] }, [], ANALYST, 12);
    expect(await screen.findByText('All 12 exceptions that match are snoozed')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'See what is snoozed' }).getAttribute('href')).toBe(
      '/exceptions?queue=tax&snoozed=yes&by=group',
    );
  });
});
