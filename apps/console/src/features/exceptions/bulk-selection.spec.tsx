import { describe, expect, it, jest } from '@jest/globals';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { BulkActKind } from '../../gql/graphql.js';
import { parseExceptionsSearch, type ExceptionsSearch } from '../../shared/url.js';
import { exceptionRow } from '../../testing/exception-rows.js';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import { onePage } from '../../testing/signal-rows.js';
import { bulkInputOf, isWhole, type BulkWords } from './bulk-input.js';
import { ExceptionsPage } from './exceptions-page.js';

const ROWS = ['100', '200', '300', '400'].map((id) => exceptionRow(id));
const TOTAL = 12_345;
const PATIENCE = { timeout: 5_000 };

// a whole inbox with its dialogs and several keys, on a machine that does other things as well
jest.setTimeout(30_000);

const RUNNING = {
  __typename: 'BulkAct',
  id: 'b1',
  state: 'RUNNING',
  stateNote: null,
  kind: 'MOVE',
  words: 'Move to Tax',
  reason: 'It is about VAT',
  selectionWords: '2 exceptions picked by hand',
  hash: 'abcdef0123456789',
  count: 2,
  done: 0,
  submittedAt: '2026-11-20T08:00:00.000Z',
  submittedByName: 'Anna Lindqvist',
  startedAt: null,
  finishedAt: null,
  acts: ['pause', 'cancel'],
  amounts: [],
  outcomes: [{ outcome: 'PENDING', count: 2 }],
};

function openInbox(
  answers: Record<string, (variables: Record<string, unknown>) => unknown> = {},
  search: Partial<ExceptionsSearch> = {},
  viewer = ANALYST,
) {
  return renderConsole(
    <ExceptionsPage search={{ ...parseExceptionsSearch({}), ...search }} />,
    {
      Exceptions: () => ({ exceptions: { ...onePage(ROWS), totalCount: TOTAL, totals: [] } }),
      FacetCounts: () => ({}),
      InboxFacets: () => ({ exceptionFacets: { total: TOTAL, isLowerBound: false, facets: [] } }),
      SavedViews: () => ({ exceptionViews: [] }),
      LegalEntities: () => ({ legalEntities: [] }),
      QueueNames: () => ({ queues: [{ name: 'tax', title: 'Tax', purpose: 'Tax codes that contradict each other.' }] }),
      PreviewBulkAct: () => ({
        previewBulkAct: {
          __typename: 'BulkActPreview',
          count: 2,
          hash: 'abcdef0123456789',
          selectionWords: '2 exceptions picked by hand',
          amounts: [{ currency: 'EUR', inflow: '96400.00', outflow: '0.00', count: 2 }],
          forecast: [
            { outcome: 'DONE', count: 1 },
            { outcome: 'CHANGED', count: 1 },
          ],
          warnings: [],
          deputyName: null,
        },
      }),
      SubmitBulkAct: () => ({ submitBulkAct: { __typename: 'BulkActAccepted', bulkAct: { id: 'b1' } } }),
      BulkAct: () => ({ bulkAct: RUNNING }),
      PauseBulkAct: () => ({
        pauseBulkAct: {
          __typename: 'BulkActAccepted',
          bulkAct: { ...RUNNING, state: 'PAUSED', acts: ['resume', 'cancel'] },
        },
      }),
      ...answers,
    },
    viewer,
  );
}

const grid = () => screen.findByRole('grid', { name: 'Exceptions' });

describe('several exceptions in the inbox', () => {
  it('are moved by one key: what it would do is shown first, and how far it is after', async () => {
    const user = userEvent.setup();
    const { api } = openInbox();
    await grid();
    await user.keyboard('jx{Shift>}J{/Shift}q');
    const dialog = await screen.findByRole('dialog', { name: 'Move 2 exceptions' }, PATIENCE);
    expect(within(dialog).getByRole('button', { name: 'Do it' }).hasAttribute('disabled')).toBe(true);
    await user.selectOptions(within(dialog).getByLabelText('Queue'), 'tax');
    expect(await within(dialog).findByText('2 exceptions with EUR 96.4 k of inflow.')).toBeTruthy();
    expect(within(dialog).getByText('1 would be done. Left out: 1 changed since you saw them.')).toBeTruthy();
    expect(within(dialog).getByText('abcdef012345')).toBeTruthy();
    const submit = within(dialog).getByRole('button', { name: 'Do it with 2 exceptions' });
    expect(submit.hasAttribute('disabled')).toBe(true);
    await user.click(within(dialog).getByLabelText('Reason'));
    await user.paste('It is about VAT');
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() =>
      expect(api.asked).toContainEqual({
        name: 'SubmitBulkAct',
        variables: {
          selection: {
            exceptions: [
              { id: '100', version: 1 },
              { id: '200', version: 1 },
            ],
          },
          act: { kind: 'MOVE', queue: 'tax', reason: 'It is about VAT' },
          previewed: { hash: 'abcdef0123456789', count: 2 },
        },
      }),
    );
    expect(await screen.findByText(/0 of 2 looked at\./)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Pause' }));
    await waitFor(() => expect(api.asked.map(({ name }) => name)).toContain('PauseBulkAct'));
    const over = { id: 'b1', state: 'DONE', stateNote: null, done: 2, startedAt: null, finishedAt: null, acts: [] };
    const outcomes = [
      { outcome: 'DONE', count: 1 },
      { outcome: 'CHANGED', count: 1 },
    ];
    act(() => api.push('BulkActProgress', { bulkActProgress: { ...over, outcomes } }));
    expect(await screen.findByText(/2 of 2 looked at: 1 done and 1 changed meanwhile\./)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull();
    expect(screen.getByRole('link', { name: 'What became of each' }).getAttribute('href')).toBe('/bulk-acts?open=b1');
    expect(screen.queryByText('2 exceptions selected')).toBeNull();
  });

  it('are given to somebody only after what speaks against it is said, or to who stands in', async () => {
    const user = userEvent.setup();
    const warning = 'Ben is away until 2026-12-04: Cleo stands in and is told as well.';
    const { api } = openInbox({
      PreviewBulkAct: () => ({
        previewBulkAct: {
          __typename: 'BulkActPreview',
          count: 2,
          hash: 'abcdef0123456789',
          selectionWords: '2 exceptions picked by hand',
          amounts: [],
          forecast: [{ outcome: 'DONE', count: 2 }],
          warnings: [warning],
          deputyName: 'Cleo',
        },
      }),
    });
    await grid();
    await user.keyboard('jxjxa');
    const dialog = await screen.findByRole('dialog', { name: 'Assign 2 exceptions' }, PATIENCE);
    await user.selectOptions(within(dialog).getByLabelText('To'), 'p2');
    await within(dialog).findByText(warning);
    const deputy = within(dialog).getByLabelText('Give them to Cleo, who stands in');
    await user.click(deputy);
    await waitFor(() =>
      expect(api.asked.findLast(({ name }) => name === 'PreviewBulkAct')?.variables).toMatchObject({
        act: { kind: 'ASSIGN', ownerId: 'p2', isForwarded: true },
      }),
    );
    await within(dialog).findByText(warning);
    expect(document.activeElement).toBe(deputy);
    await user.click(await within(dialog).findByRole('button', { name: 'Do it with 2 exceptions' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'SubmitBulkAct')?.variables).toMatchObject({
        act: { kind: 'ASSIGN', ownerId: 'p2', isForwarded: true },
      }),
    );
  });

  it('are all that match, loaded or not, by Shift-a', async () => {
    const user = userEvent.setup();
    const { api } = openInbox({}, { queue: ['tax'] });
    await grid();
    await user.keyboard('jx');
    expect(screen.getByRole('button', { name: 'Select all 12,345 that match' })).toBeTruthy();
    await user.keyboard('{Shift>}A{/Shift}');
    expect(await screen.findByText('All 12,345 exceptions that match')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Send again' }).hasAttribute('disabled')).toBe(false);
    await user.keyboard('n');
    await screen.findByRole('dialog', { name: 'Note on 12,345 exceptions' }, PATIENCE);
    await waitFor(() => {
      const asked = api.asked.find(({ name }) => name === 'PreviewBulkAct');
      expect(asked?.variables).toMatchObject({
        act: { kind: 'NOTE' },
        selection: { filter: { queues: ['tax'], snoozed: false } },
      });
    });
  });

  it('that are all that match are planned on a page of their own when they are sent again', async () => {
    const user = userEvent.setup();
    const { api, visited } = openInbox({
      PlanSelection: () => ({
        requestRequeue: { __typename: 'RequeuePlanning', planning: { __typename: 'RequeueRequest', id: 'r1' } },
      }),
    });
    await grid();
    await user.keyboard('jx{Shift>}A{/Shift}');
    await screen.findByText('All 12,345 exceptions that match');
    await user.keyboard('r');
    await waitFor(() => expect(visited.at(-1)).toBe('/requeues/r1/plan'));
    expect(api.asked.find(({ name }) => name === 'PlanSelection')?.variables).toMatchObject({
      selection: { filter: { snoozed: false } },
    });
  });

  it('are a range by Shift-x, and none by Escape', async () => {
    const user = userEvent.setup();
    openInbox();
    await grid();
    await user.keyboard('jxjjj{Shift>}X{/Shift}');
    expect(screen.getByText('4 exceptions selected')).toBeTruthy();
    await user.keyboard('{Escape}');
    expect(screen.queryByText('4 exceptions selected')).toBeNull();
  });

  it('are told with both figures when others match by now, and previewed anew', async () => {
    const user = userEvent.setup();
    const message = 'You were shown 2 exceptions, and 3 exceptions match now.';
    const { api } = openInbox({
      SubmitBulkAct: () => ({ submitBulkAct: { __typename: 'BulkActFailure', code: 'SELECTION_CHANGED', message } }),
    });
    await grid();
    await user.keyboard('jx{Shift>}J{/Shift}e');
    const dialog = await screen.findByRole('dialog', { name: 'Resolve 2 exceptions' }, PATIENCE);
    await user.click(await within(dialog).findByRole('button', { name: 'Do it with 2 exceptions' }));
    expect((await within(dialog).findByRole('alert', {}, PATIENCE)).textContent).toContain(message);
    await waitFor(() => expect(api.asked.filter(({ name }) => name === 'PreviewBulkAct')).toHaveLength(2));
  });

  it('are not offered to somebody who may only read', async () => {
    const user = userEvent.setup();
    openInbox({}, {}, { ...ANALYST, permissions: ['exception.read'] });
    await grid();
    await user.keyboard('jx{Shift>}J{/Shift}n');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.queryByRole('button', { name: 'More' })).toBeNull();
  });
});

describe('what a bulk act is told', () => {
  const SILENT: Omit<BulkWords, 'kind'> = {
    reason: '',
    ownerId: '',
    isForwarded: false,
    queue: '',
    band: '',
    end: '',
    isUntilAgain: false,
    waitReason: '',
    waitFor: 'TIME',
    legalEntity: '',
    period: '2026-10',
    acceptReason: '',
  };

  const IN_PERIOD: Partial<BulkWords> = {
    waitReason: 'closed-period',
    waitFor: 'POSTING_PERIOD_OPEN',
    legalEntity: 'DE01',
    end: '2026-11-20T08:00',
  };

  it.each<[BulkActKind, Partial<BulkWords>, object | undefined, boolean]>([
    ['ASSIGN', {}, undefined, false],
    ['ASSIGN', { ownerId: 'p2' }, { kind: 'ASSIGN', ownerId: 'p2' }, true],
    ['ASSIGN', { ownerId: 'p2', isForwarded: true }, { kind: 'ASSIGN', ownerId: 'p2', isForwarded: true }, true],
    ['MOVE', { queue: 'tax' }, { kind: 'MOVE', queue: 'tax' }, false],
    ['MOVE', { queue: 'tax', reason: ' VAT ' }, { kind: 'MOVE', queue: 'tax', reason: 'VAT' }, true],
    ['PRIORITISE', { band: 'rated', reason: 'x' }, { kind: 'PRIORITISE', band: null, reason: 'x' }, true],
    ['SNOOZE', { reason: 'x' }, undefined, false],
    [
      'SNOOZE',
      { reason: 'x', isUntilAgain: true },
      { kind: 'SNOOZE', until: null, untilNextOccurrence: true, reason: 'x' },
      true,
    ],
    ['WAIT', { waitReason: 'bank' }, undefined, false],
    ['WAIT', { ...IN_PERIOD, legalEntity: '' }, undefined, false],
    ['WAIT', { ...IN_PERIOD, period: '2026-1' }, undefined, false],
    [
      'WAIT',
      IN_PERIOD,
      {
        kind: 'WAIT',
        wait: {
          reason: 'closed-period',
          predicate: { kind: 'POSTING_PERIOD_OPEN', legalEntity: 'DE01', period: '2026-10' },
          expiresAt: new Date('2026-11-20T08:00').toISOString(),
        },
      },
      true,
    ],
    ['ACCEPT', { acceptReason: 'immaterial' }, { kind: 'ACCEPT', acceptReason: 'immaterial' }, false],
    ['RESOLVE', {}, { kind: 'RESOLVE' }, true],
    ['NOTE', {}, { kind: 'NOTE' }, false],
    ['REROUTE', {}, { kind: 'REROUTE' }, true],
  ])('%s %j', (kind, said, input, whole) => {
    const made = bulkInputOf({ ...SILENT, kind, ...said });
    expect(made).toEqual(input);
    expect(isWhole(made)).toBe(whole);
  });
});
