import { describe, expect, it } from '@jest/globals';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { parseExceptionsSearch, type ExceptionsSearch } from '../../shared/url.js';
import { exceptionFull, exceptionRow } from '../../testing/exception-rows.js';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import { LIMITS } from '../../testing/sending-limits.js';
import type { ExceptionRow } from './exception-documents.js';
import { ExceptionsPage } from './exceptions-page.js';

const eur = (amount: string) => ({ amount, currency: 'EUR' });

const ROWS = [exceptionRow('100'), exceptionRow('200', { legalEntity: 'US01' }), exceptionRow('300')];
const TOTALS = [{ currency: 'EUR', inflow: '144600.00', outflow: '0.00', count: 3 }];

const rowsOf = (seen: unknown) => (seen as { id: string }[]).map(({ id }) => exceptionRow(id));

function openInbox(search: Partial<ExceptionsSearch> = {}, rows: () => ExceptionRow[] = () => ROWS, viewer = ANALYST) {
  const page = (more: Partial<ExceptionsSearch>) => (
    <ExceptionsPage search={{ ...parseExceptionsSearch({}), ...search, ...more }} />
  );
  const rendered = renderConsole(
    page({}),
    {
      Exceptions: () => ({
        exceptions: {
          totalCount: rows().length,
          totalCountIsEstimate: false,
          totals: TOTALS,
          pageInfo: { hasNextPage: false, endCursor: null },
          edges: rows().map((node) => ({ node })),
        },
      }),
      FacetCounts: (filters) =>
        Object.fromEntries(
          Object.entries(filters).map(([name, filter]) => [
            name.replace('f', 'c'),
            { totalCount: (filter as { snoozed?: boolean }).snoozed ? 0 : 3, totalCountIsEstimate: false },
          ]),
        ),
      InboxFacets: () => ({
        exceptionFacets: {
          total: rows().length,
          isLowerBound: false,
          facets: [
            {
              name: 'QUEUE',
              buckets: [
                { value: 'master-data', title: 'Master data', count: 3 },
                { value: 'tax', title: 'Tax', count: 3 },
                { value: 'credit', title: 'Credit', count: 0 },
              ],
            },
            { name: 'LEGAL_ENTITY', buckets: [{ value: 'DE01', title: 'DE01', count: 3 }] },
          ],
        },
      }),
      ExceptionPage: ({ id }) => ({ exception: exceptionFull(String(id)) }),
      QueueNames: () => ({
        queues: [
          { name: 'master-data', title: 'Master data', purpose: 'What one system does not know.' },
          { name: 'tax', title: 'Tax', purpose: 'Tax codes that contradict each other.' },
        ],
      }),
      MoveToQueue: ({ exceptions }) => ({
        moveToQueue: { __typename: 'ExceptionsChanged', exceptions: rowsOf(exceptions) },
      }),
      OverridePriority: ({ id, version }) => ({
        overridePriority:
          version === 1
            ? { __typename: 'ExceptionsChanged', exceptions: [exceptionRow(String(id))] }
            : { __typename: 'ActFailure', code: 'STALE_VERSION', message: 'It has changed since you looked at it.' },
      }),
      Impact: () => ({ impact: null }),
      ExceptionLineage: () => ({
        upstream: { isTruncated: false, nodes: [] },
        downstream: { isTruncated: false, nodes: [] },
      }),
      AssignExceptions: ({ exceptions }) => ({
        assignExceptions: { __typename: 'ExceptionsChanged', exceptions: rowsOf(exceptions) },
      }),
      RequestRequeue: ({ exceptionIds, dryRun }) => ({
        requestRequeue: dryRun
          ? {
              __typename: 'RequeuePlan',
              hash: 'seen',
              items: (exceptionIds as string[]).map((exceptionId) => ({
                exceptionId,
                integration: 'salesforce-contract-to-order',
                objectKey: `O-${exceptionId}`,
                willSend: exceptionId !== '200',
                code: exceptionId === '200' ? 'ALREADY_REQUEUED' : null,
                reason: exceptionId === '200' ? 'It is on its way already.' : null,
                after: [],
              })),
              sent: [{ legalEntity: 'DE01', count: 1, inflow: eur('48200.00'), outflow: eur('0.00') }],
              leftOut: [],
              waiting: [],
              approval: null,
              limits: LIMITS,
              targets: [],
            }
          : {
              __typename: 'RequeueAccepted',
              request: { id: 'q1', items: (exceptionIds as string[]).length, state: 'SENDING' },
              exceptions: (exceptionIds as string[]).map((id) => exceptionRow(id, { state: 'REQUEUED', version: 2 })),
              plan: { items: [] },
            },
      }),
    },
    viewer,
  );
  return { ...rendered, reopen: (more: Partial<ExceptionsSearch>) => rendered.show(page(more)) };
}

// a dialog with many fields takes its time where the machine has other things to do
const PATIENCE = { timeout: 5_000 };

const grid = () => screen.findByRole('grid', { name: 'Exceptions' });
const bodyRows = async () =>
  within(await grid())
    .getAllByRole('row')
    .slice(1);
const keysOf = (rows: HTMLElement[]) => rows.map((row) => /O-\d+/.exec(row.textContent ?? '')?.[0]);

describe('the inbox', () => {
  it('answers first, then lists document, customer, entity, amount, problem and state', async () => {
    openInbox();
    expect(
      await screen.findByRole('heading', { name: 'EUR 144 k of inflow hangs on 3 unresolved exceptions.' }),
    ).toBeTruthy();
    const [first] = await bodyRows();
    for (const text of [
      'O-100',
      'Hafenwerke Bremen AG',
      'DE01',
      'EUR 48,200.00',
      'No company code for',
      'nobody',
      'Open',
      'P2',
      'EUR 48 k, misses Order accepted at 17:00 CET in 48 min',
    ]) {
      expect(first?.textContent).toContain(text);
    }
    expect((await grid()).getAttribute('aria-rowcount')).toBe('4');
  });

  it('is ordered by priority, and says what a person set', async () => {
    const priority = {
      ...exceptionRow('100').priority,
      band: 'P1' as const,
      overrideReason: 'The customer called',
      overriddenBy: { displayName: 'Anna Lindqvist' },
    };
    const { api } = openInbox({}, () => [exceptionRow('100', { priority })]);
    const [first] = await bodyRows();
    expect(first?.textContent).toContain('P1');
    expect(first?.textContent).toContain('set by Anna Lindqvist: The customer called; EUR 48 k');
    expect(api.asked.find(({ name }) => name === 'Exceptions')?.variables).toMatchObject({ orderBy: 'PRIORITY_DESC' });
    expect(screen.getByRole('columnheader', { name: 'Priority' }).getAttribute('aria-sort')).toBe('descending');
  });

  it('narrows to queues, each with its count', async () => {
    const { api } = openInbox({ queue: ['tax'] });
    await grid();
    const queues = within(await screen.findByRole('group', { name: 'Queue' })).getAllByRole('link');
    expect(queues.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
      ['Master data 3', '/exceptions?queue=tax,master-data'],
      ['Tax 3', '/exceptions'],
    ]);
    expect(api.asked.find(({ name }) => name === 'Exceptions')?.variables).toMatchObject({
      filter: { queues: ['tax'] },
    });
  });

  it('marks what was escalated', async () => {
    openInbox({}, () => [exceptionRow('100', { isEscalated: true }), exceptionRow('200')]);
    const [escalated, other] = await bodyRows();
    expect(within(escalated!).getByTitle('Escalated: its clock is overdue')).toBeTruthy();
    expect(other?.textContent).not.toContain('Escalated');
  });

  it('says what is decided of the group of a row', async () => {
    const decided = { isKnownError: true, snoozedUntil: '2999-01-01T00:00:00.000Z', snoozeReason: 'Mended on Monday' };
    const group = { ...exceptionRow('100').group, ...decided };
    const { api } = openInbox({ mark: ['known'] }, () => [exceptionRow('100', { group }), exceptionRow('200')]);
    const [known, other] = await bodyRows();
    expect(known?.textContent).toContain('Known error: No company code for DE01-BREMEN');
    expect(within(known!).getByText('Open, snoozed')).toBeTruthy();
    expect(within(known!).getByTitle(/^Snoozed with its group until .*: Mended on Monday$/)).toBeTruthy();
    expect(other?.textContent).not.toMatch(/Known error|snoozed/);
    expect(api.asked.find(({ name }) => name === 'Exceptions')?.variables).toMatchObject({
      filter: { isKnownError: true },
    });
    const chosen = within(await screen.findByRole('group', { name: 'Group' })).getByRole('link');
    expect([chosen.textContent, chosen.getAttribute('href')]).toEqual(['Known error 3', '/exceptions']);
  });

  it('says what an empty queue is for', async () => {
    openInbox({ queue: ['tax'] }, () => []);
    expect(await screen.findByText('No exceptions in Tax')).toBeTruthy();
    expect(screen.getByText('Tax codes that contradict each other.')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'See what waits in the other queues' }).getAttribute('href')).toBe(
      '/queues',
    );
  });

  it('sets the priority of one with p, and says when it has changed meanwhile', async () => {
    const user = userEvent.setup();
    const { api } = openInbox({}, () => [exceptionRow('100', { version: 7 })]);
    await grid();
    await user.keyboard('jp');
    const dialog = await screen.findByRole('dialog', { name: 'Priority of O-100' }, PATIENCE);
    expect(within(dialog).queryByRole('radio', { name: 'As rated' })).toBeNull();
    await user.click(within(dialog).getByRole('radio', { name: 'P1' }));
    await user.type(within(dialog).getByLabelText('Reason'), 'The customer called');
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect((await within(dialog).findByRole('alert', {}, PATIENCE)).textContent).toContain(
      'It has changed since you looked at it.',
    );
    expect(api.asked).toContainEqual({
      name: 'OverridePriority',
      variables: { id: '100', band: 'P1', reason: 'The customer called', version: 7 },
    });
  });

  it('moves with j and k, opens with Enter', async () => {
    const user = userEvent.setup();
    const { visited } = openInbox();
    await grid();
    await user.keyboard('jjjk');
    expect(document.activeElement?.textContent).toContain('O-200');
    await user.keyboard('{Enter}');
    expect(visited).toEqual(['/exceptions?open=200']);
  });

  it('keeps the keys to itself while something is being typed', async () => {
    const user = userEvent.setup();
    const { visited } = openInbox();
    await grid();
    await user.keyboard('f');
    await user.keyboard('jm{Enter}');
    expect(visited).toEqual(['/exceptions?text=jm']);
  });

  it('assigns the row in focus to me with m', async () => {
    const user = userEvent.setup();
    const { api } = openInbox();
    await grid();
    await user.keyboard('jm');
    await waitFor(() =>
      expect(api.asked).toContainEqual({
        name: 'AssignExceptions',
        variables: { exceptions: [{ id: '100', version: 1 }], ownerId: 'p1' },
      }),
    );
  });

  it('shows the plan of a bulk send, asks for a reason and sends only what may go', async () => {
    const user = userEvent.setup();
    const { api } = openInbox();
    await grid();
    await user.keyboard('jx');
    await user.keyboard('{Shift>}J{/Shift}');
    expect(screen.getByText('2 exceptions selected')).toBeTruthy();
    await user.keyboard('r');
    const dialog = await screen.findByRole('dialog', { name: 'Send again' });
    expect(
      await within(dialog).findByText('1 of 2 will be sent again, with EUR 48.2 k in; 1 is left out.'),
    ).toBeTruthy();
    expect(within(dialog).getByText('left out: It is on its way already.')).toBeTruthy();
    const send = within(dialog).getByRole('button', { name: 'Send again' });
    expect(send.hasAttribute('disabled')).toBe(true);
    await user.type(within(dialog).getByLabelText('Reason'), 'Mapping was added');
    await user.click(send);
    await waitFor(() =>
      expect(
        api.asked.at(-1)?.name === 'RequestRequeue' || api.asked.some(({ variables }) => variables['dryRun'] === false),
      ).toBe(true),
    );
    const sent = api.asked.find(({ name, variables }) => name === 'RequestRequeue' && variables['dryRun'] === false);
    expect(sent?.variables).toEqual({
      exceptionIds: ['100'],
      reason: 'Mapping was added',
      dryRun: false,
      despitePredecessors: false,
      despiteLookAlikes: false,
      carryForward: false,
      expectedHash: 'seen',
    });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('changes rows in place and lets new ones wait to be shown', async () => {
    const user = userEvent.setup();
    let rows = ROWS;
    const { api } = openInbox({}, () => rows);
    await grid();
    rows = [exceptionRow('900'), ...ROWS];
    act(() =>
      api.push('ExceptionsChanged', { exceptionChanged: exceptionRow('200', { state: 'REQUEUED', version: 5 }) }),
    );
    await waitFor(async () => expect((await bodyRows())[1]?.textContent).toContain('Sent again'));
    const news = await screen.findByRole('button', { name: '1 new, show' }, { timeout: 3000 });
    expect(keysOf(await bodyRows())).toEqual(['O-100', 'O-200', 'O-300']);
    await user.click(news);
    await waitFor(async () => expect(keysOf(await bodyRows())).toEqual(['O-900', 'O-100', 'O-200', 'O-300']));
  });

  it('opens the detail beside the list and closes it with Escape', async () => {
    const user = userEvent.setup();
    const { visited } = openInbox({ open: '200' });
    expect(
      await screen.findByRole('heading', { name: /hangs on sales order O-200 of Hafenwerke Bremen AG/ }),
    ).toBeTruthy();
    await user.keyboard('{Escape}');
    expect(visited).toEqual(['/exceptions']);
  });

  it('says why there is nothing and what to do', async () => {
    openInbox({ entity: ['SG01'], priority: ['P1'] }, () => []);
    expect(await screen.findByText('No exceptions in “Unresolved” match these filters')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Clear the filters' })).toBeTruthy();
    const excluding = await screen.findByRole('list', { name: 'Filters that exclude what there is' });
    expect(
      within(excluding)
        .getAllByRole('listitem')
        .map((item) => item.textContent),
    ).toEqual(['Without “Priority P1” there are 3', 'Without “Entity SG01” there are 3']);
    expect(within(excluding).getByRole('link', { name: 'Without “Entity SG01”' }).getAttribute('href')).toBe(
      '/exceptions?priority=P1',
    );
  });

  it('narrows by a range that is typed, and says what cannot be meant', async () => {
    const user = userEvent.setup();
    const { visited } = openInbox();
    await grid();
    expect(screen.queryByLabelText('EUR at risk from')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'More filters' }));
    await user.type(screen.getByLabelText('EUR at risk from'), 'a lot{Enter}');
    expect(screen.getByText('An amount such as 1000 or 1234.50')).toBeTruthy();
    expect(visited).toEqual([]);
    await user.clear(screen.getByLabelText('EUR at risk from'));
    await user.type(screen.getByLabelText('EUR at risk from'), '1000{Enter}');
    expect(visited).toEqual(['/exceptions?min=1000']);
  });

  it('offers no act to somebody who may only read', async () => {
    const user = userEvent.setup();
    const reader = { ...ANALYST, permissions: ['exception.read'] };
    openInbox({}, () => ROWS, reader);
    await grid();
    await user.keyboard('jx');
    expect(screen.queryByRole('button', { name: 'Send again' })).toBeNull();
    await user.keyboard('r');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
