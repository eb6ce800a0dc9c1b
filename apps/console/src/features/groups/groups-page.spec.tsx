import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { groupsHref, parseGroupsSearch, type GroupsSearch } from '../../shared/url-groups.js';
import { parseSearchText } from '../../shared/url-search.js';
import { renderConsole } from '../../testing/render-console.js';
import { onePage } from '../../testing/signal-rows.js';
import { groupsAnswer } from './group-words.js';
import type { Group, GroupRow } from './groups-documents.js';
import { GroupsPage } from './groups-page.js';

const CODES: GroupRow = {
  id: 'g1',
  title: 'No company code for DE01-BREMEN',
  hop: 'salesforce-contract-to-order',
  openCount: 40,
  memberCount: 55,
  lastOccurredAt: '2026-11-20T08:00:00.000Z',
  note: 'Ask master data',
  isKnownError: true,
  knownErrorReference: 'CHG-77',
  snoozedUntil: null,
  problem: { category: 'mapping-and-master-data', title: 'Missing legal-entity mapping' },
  owner: null,
};
const BLOCKED: GroupRow = {
  ...CODES,
  id: 'g2',
  title: 'Account of C-1 is blocked',
  openCount: 2,
  note: '',
  isKnownError: false,
  knownErrorReference: null,
  owner: { id: 'p1', displayName: 'Ana Lyst' },
};
const WHOLE: Group = {
  ...CODES,
  memberCountIsLowerBound: false,
  taxonomy: 'mapping-and-master-data.missing-legal-entity-mapping',
  snoozeReason: null,
  splitBy: [],
  version: 4,
  changedAt: '2026-11-20T09:00:00.000Z',
  changedByName: 'Ana Lyst',
  mergedInto: null,
  wholeGroup: null,
  mergedParts: [],
};

function openGroups(
  search: Partial<GroupsSearch> = {},
  { rows = [CODES, BLOCKED], group = WHOLE, answers = {} }: { rows?: GroupRow[]; group?: Group; answers?: object } = {},
) {
  return renderConsole(<GroupsPage search={{ ...parseGroupsSearch({}), ...search }} />, {
    ExceptionGroups: () => ({ exceptionGroups: onePage(rows) }),
    ExceptionGroup: () => ({ exceptionGroup: group }),
    GroupPeople: () => ({ exceptionGroup: { id: group.id, ticket: null, notes: [] } }),
    ...(answers as Record<string, () => unknown>),
  });
}

const changed = () => ({ changeExceptionGroup: { __typename: 'ExceptionGroupsChanged', moved: 0 } });

describe('exception groups', () => {
  it('are told in a sentence, each leading to its open exceptions', async () => {
    openGroups();
    await screen.findByText('known error CHG-77');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(
      '2 groups hold 42 open exceptions; one holds 40 of them: No company code for DE01-BREMEN.',
    );
    const grid = screen.getByRole('grid', { name: 'Exception groups' });
    const links = within(grid).getAllByRole('link');
    expect(links.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
      ['40', '/exceptions?group=g1&snoozed=with'],
      ['2', '/exceptions?group=g2&snoozed=with'],
    ]);
  });

  it.each<[Partial<GroupsSearch>, object]>([
    [{}, { filter: { snoozed: false }, orderBy: 'OPEN_DESC' }],
    [
      { view: 'known', order: 'latest' },
      { filter: { knownErrors: true }, orderBy: 'LAST_OCCURRED_DESC' },
    ],
    [{ view: 'unowned' }, { filter: { unowned: true, snoozed: false } }],
    [{ view: 'snoozed' }, { filter: { snoozed: true } }],
  ])('are asked for as the address says: %j', async (search, asked) => {
    const { api } = openGroups(search);
    await screen.findByText('known error CHG-77');
    expect(api.asked[0]?.variables).toMatchObject(asked);
  });

  it('keep an address that says what is shown, and nothing else', () => {
    const search = { view: 'mine', order: 'latest', open: 'g1' } as const;
    expect(parseGroupsSearch(parseSearchText(groupsHref(search).split('?')[1] ?? ''))).toEqual(search);
    expect(groupsHref(parseGroupsSearch({ view: 'nonsense', order: '7' }))).toBe('/groups');
  });

  it('open one by keyboard, and change its note, owner and mark on the version that was seen', async () => {
    const user = userEvent.setup();
    const { visited } = openGroups();
    await screen.findByText('known error CHG-77');
    await user.keyboard('j{Enter}');
    expect(visited).toEqual(['/groups?open=g1']);
    const { api } = openGroups({ open: 'g1' }, { answers: { ChangeExceptionGroup: changed } });
    await screen.findByText('Ask master data', { selector: 'p' });
    await user.keyboard('n');
    const note = await screen.findByRole('textbox', { name: 'Note' });
    await user.clear(note);
    await user.type(note, 'Mended on Thursday');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findAllByText('known error CHG-77');
    expect(api.asked.find(({ name }) => name === 'ChangeExceptionGroup')?.variables).toEqual({
      id: 'g1',
      version: 4,
      change: { note: 'Mended on Thursday', ownerId: null, isKnownError: true, knownErrorReference: 'CHG-77' },
    });
  });

  it('say why an act was refused, where it was asked for', async () => {
    const user = userEvent.setup();
    const refused = () => ({
      changeExceptionGroup: {
        __typename: 'ExceptionGroupFailure',
        code: 'STALE_VERSION',
        message: 'Ben changed this group meanwhile.',
      },
    });
    openGroups({ open: 'g1' }, { answers: { ChangeExceptionGroup: refused } });
    await screen.findByText('Ask master data', { selector: 'p' });
    await user.keyboard('s');
    expect(await screen.findByText(/Its open exceptions, and those to come, are kept out of the inbox/)).toBeTruthy();
    await user.type(await screen.findByRole('textbox', { name: 'Reason' }), 'on Thursday');
    const dialog = screen.getByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Snooze' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('Ben changed this group meanwhile.');
  });

  it('say what they are part of, and offer to take them out', async () => {
    const user = userEvent.setup();
    const merged = { ...WHOLE, mergedInto: { id: 'g2', title: BLOCKED.title } };
    const unmerged = () => ({ unmergeExceptionGroup: { __typename: 'ExceptionGroupsChanged', moved: 3 } });
    const { api } = openGroups({ open: 'g1' }, { group: merged, answers: { UnmergeExceptionGroup: unmerged } });
    const detail = await screen.findByRole('article', { name: WHOLE.title });
    expect(within(detail).getByRole('link', { name: BLOCKED.title }).getAttribute('href')).toBe('/groups?open=g2');
    await user.click(within(detail).getByRole('button', { name: 'Take out' }));
    expect(api.asked.map(({ name }) => name)).toContain('UnmergeExceptionGroup');
  });

  it('say what was made part of them, so that it is found again', async () => {
    openGroups({ open: 'g1' }, { group: { ...WHOLE, mergedParts: [{ id: 'g2', title: BLOCKED.title }] } });
    const detail = await screen.findByRole('article', { name: WHOLE.title });
    expect(within(detail).getByText(/^With the exceptions of/).textContent).toBe(
      `With the exceptions of ${BLOCKED.title}, which is part of it.`,
    );
    expect(within(detail).getByRole('link', { name: BLOCKED.title }).getAttribute('href')).toBe('/groups?open=g2');
  });

  it('say why there is none, and what to do', async () => {
    openGroups({ view: 'snoozed' }, { rows: [] });
    expect(await screen.findByText('No group is snoozed', { selector: ':not(h1)' })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Show all to work on' }).getAttribute('href')).toBe('/groups');
  });
});

describe('groups in a sentence', () => {
  const of = (...counts: number[]) => counts.map((openCount, index) => ({ title: `G${index}`, openCount }));
  it.each([
    ['active', of(), 0, true, 'No group has open exceptions.'],
    ['mine', of(1), 1, true, '1 group holds 1 open exception.'],
    ['active', of(3, 3, 3), 3, true, '3 groups hold 9 open exceptions.'],
    ['active', of(9, 1), 2, true, '2 groups hold 10 open exceptions; one holds 9 of them: G0.'],
    ['active', of(9, 1), 200, false, '200 groups hold 10 or more open exceptions.'],
  ] as const)('%s of %j', (view, groups, total, isWhole, expected) => {
    expect(groupsAnswer(view, groups, total, isWhole)).toBe(expected);
  });
});
