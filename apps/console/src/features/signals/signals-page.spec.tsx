import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { SignalFull, SignalRow } from '../../shared/signals/signal-documents.js';
import { parseSignalsSearch, type SignalsSearch } from '../../shared/url.js';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import { ENGINEER, onePage, signalActivity, signalFull, signalRow } from '../../testing/signal-rows.js';
import { SignalsPage } from './signals-page.js';

const SUMMARY = {
  receivedToday: 1204,
  unmapped: 2,
  refusedToday: 3,
  pending: 1,
  oldestPendingAt: '2026-11-20T08:00:00.000Z',
  lastReceivedAt: '2026-11-20T08:00:00.000Z',
};
const ROWS = [
  signalRow('1'),
  signalRow('2', { state: 'MAPPED', unmapped: null, type: 'invoice.finalized' }),
  signalRow('3', { state: 'PENDING', unmapped: null }),
];
const REMAPPING = {
  id: 'm1',
  reason: 'The mapping was mended',
  state: 'done',
  leftOut: 'Spans belong to no source system.',
  requestedBy: null,
  requestedAt: '2026-11-20T09:00:00.000Z',
  startedAt: '2026-11-20T09:00:00.000Z',
  finishedAt: '2026-11-20T09:00:01.000Z',
  signalsTotal: 1,
  signalsDone: 1,
  signalsUnmapped: 0,
  activitiesBefore: 0,
  activitiesAfter: 1,
  error: null,
  approval: null,
};

type Opened = {
  search?: Partial<SignalsSearch>;
  rows?: SignalRow[];
  signal?: SignalFull | null;
  viewer?: typeof ANALYST;
  summary?: Partial<typeof SUMMARY>;
};

function openSignals({ search = {}, rows = ROWS, signal, viewer = ENGINEER, summary = {} }: Opened = {}) {
  return renderConsole(
    <SignalsPage search={{ ...parseSignalsSearch({}), ...search }} />,
    {
      IngestSummary: () => ({ ingestSummary: { ...SUMMARY, ...summary } }),
      SourceSystemNames: () => ({
        sourceSystems: { edges: [{ node: { name: 'stripe-eu', kind: 'stripe', title: 'Stripe, Europe' } }] },
      }),
      Signals: () => ({ signals: onePage(rows) }),
      NewSignals: () => ({ signals: { totalCount: 0 } }),
      Signal: ({ id }) => ({ signal: signal === undefined ? signalFull(String(id)) : signal }),
      RefusedInputs: () => ({
        refusedInputs: onePage([
          {
            id: 'r1',
            at: '2026-11-20T08:00:00.000Z',
            protocol: 'otlp-http',
            reason: 'trace_id has 15 bytes',
            sample: '\\x0a',
          },
        ]),
      }),
      MapAgain: () => ({ mapAgain: { __typename: 'RemappingRequested', remapping: REMAPPING } }),
    },
    viewer,
  );
}

describe('signals', () => {
  it('answer whether everything could be read, every figure a way to its rows', async () => {
    openSignals();
    const heading = await screen.findByRole('heading', { level: 1, name: /2 signals cannot be read/ });
    expect(within(heading).getByRole('link', { name: '2 signals cannot be read' }).getAttribute('href')).toBe(
      '/signals?state=UNMAPPED',
    );
    expect(screen.getByRole('link', { name: /^1, the oldest for/ }).getAttribute('href')).toBe(
      '/signals?state=PENDING&order=oldest',
    );
  });

  it('say that there is more than was counted', async () => {
    openSignals({ summary: { unmapped: 10_001 } });
    expect(await screen.findByRole('link', { name: 'more than 10,000 signals cannot be read' })).toBeTruthy();
  });

  it('are filtered by the address alone', async () => {
    const from = '2026-11-20T00:00:00.000Z';
    const { api } = openSignals({ search: { state: ['UNMAPPED'], type: 'invoice.overpaid', from, order: 'oldest' } });
    await screen.findByRole('grid', { name: 'Signals' });
    expect(api.asked.find(({ name }) => name === 'Signals')?.variables).toEqual({
      first: 100,
      filter: { states: ['UNMAPPED'], types: ['invoice.overpaid'], receivedFrom: from },
      orderBy: 'RECEIVED_ASC',
    });
  });

  it('of a flow are listed by the address, and one tells what caused it and what it caused', async () => {
    const signal = signalFull('1', {
      correlationId: 'o2c-117',
      causationId: 'evt_0',
      flowTraceIds: ['0af7651916cd43dd8448eb211c80319c'],
      causedBy: { id: '0', type: 'sales-order.accepted', externalId: 'evt_0' },
      caused: {
        pageInfo: { hasNextPage: false },
        edges: [{ node: { id: '2', type: 'payment.received', externalId: 'evt_2' } }],
      },
    });
    const { api } = openSignals({ search: { flow: 'o2c-117', open: '1' }, signal });
    const flow = await screen.findByRole('region', { name: 'Flow' });
    const ways = within(flow).getAllByRole('link');
    expect(ways.map((one) => one.getAttribute('href'))).toEqual([
      '/signals?flow=o2c-117&order=oldest',
      '/signals/0',
      '/traces/0af7651916cd43dd8448eb211c80319c',
      '/signals/2',
    ]);
    expect(api.asked.find(({ name }) => name === 'Signals')?.variables).toMatchObject({
      filter: { correlationId: 'o2c-117' },
    });
    expect(screen.getByRole('link', { name: /Flow o2c-117/ }).getAttribute('href')).toBe('/signals');
  });

  it('that names a cause which has not come says so, and one outside a flow shows none', async () => {
    openSignals({ search: { open: '1' }, signal: signalFull('1', { correlationId: 'f', causationId: 'evt_9' }) });
    const flow = await screen.findByRole('region', { name: 'Flow' });
    expect(flow.textContent).toContain('evt_9 has not been received');
    expect(flow.textContent).toContain('nothing so far');
  });

  it('move with j, open with Enter', async () => {
    const user = userEvent.setup();
    const { visited } = openSignals();
    await screen.findByRole('grid', { name: 'Signals' });
    await user.keyboard('jj{Enter}');
    expect(visited).toEqual(['/signals?open=2']);
  });

  it('that cannot be read say why in words, and mark the place in the raw form without changing a digit', async () => {
    openSignals({ search: { open: '1' } });
    const why = await screen.findByRole('region', { name: 'Why it cannot be read' });
    expect(why.textContent).toContain('No rule of its mapping takes it.');
    expect(why.textContent).toContain('/type');
    expect(within(why).getByRole('link', { name: 'stripe, version 2' }).getAttribute('href')).toBe('/mappings/stripe');
    const raw = screen.getByRole('region', { name: 'Raw form' });
    expect(within(raw).getByText('failing field').closest('div')?.textContent).toContain('"type": "invoice.overpaid"');
    expect(raw.textContent).toContain('9007199254740993');
  });

  it('that were mapped show activities, objects with their pages, amounts and links', async () => {
    const signal = signalFull('2', {
      state: 'MAPPED',
      unmapped: null,
      mapping: { name: 'stripe', version: 2, rule: 'invoice-finalized' },
      activities: [signalActivity('a1')],
    });
    openSignals({ search: { open: '2' }, signal });
    const became = await screen.findByRole('region', { name: 'What it became' });
    expect(became.textContent).toContain('Invoice posted');
    expect(became.textContent).toContain('EUR 48,200.00');
    expect(became.textContent).toContain('NH-1 concerns cus_1');
    expect(within(became).getByRole('link', { name: 'NH-1' }).getAttribute('href')).toBe('/objects/o1');
  });

  it('are mapped again with r, a reason and progress', async () => {
    const user = userEvent.setup();
    const { api } = openSignals({ search: { open: '1' } });
    await screen.findByRole('region', { name: 'Why it cannot be read' });
    await user.keyboard('r');
    const dialog = await screen.findByRole('dialog', { name: 'Map again' });
    expect(within(dialog).getByRole('button', { name: 'Map again' }).hasAttribute('disabled')).toBe(true);
    await user.type(within(dialog).getByLabelText('Reason'), 'The mapping was mended');
    await user.click(within(dialog).getByRole('button', { name: 'Map again' }));
    expect(await screen.findByText(/1 signal mapped again; all of them could be read/)).toBeTruthy();
    expect(api.asked.find(({ name }) => name === 'MapAgain')?.variables).toEqual({
      input: { signalIds: ['1'], reason: 'The mapping was mended' },
    });
    await waitFor(() => expect(api.asked.filter(({ name }) => name === 'Signal').length).toBeGreaterThan(1));
  });

  it('that the filters leave are mapped again by one button, and what is not among them is said', async () => {
    const user = userEvent.setup();
    const { api } = openSignals({ search: { state: ['UNMAPPED'], system: ['stripe-eu'] } });
    await user.click(await screen.findByRole('button', { name: 'Map these again' }));
    const dialog = await screen.findByRole('dialog', { name: 'Map again' });
    expect(dialog.textContent).toContain('Every signal that the filters leave, now 3, is read once more');
    await user.type(within(dialog).getByLabelText('Reason'), 'mended');
    await user.click(within(dialog).getByRole('button', { name: 'Map again' }));
    expect(await screen.findByText('Spans belong to no source system.')).toBeTruthy();
    expect(api.asked.find(({ name }) => name === 'MapAgain')?.variables).toEqual({
      input: { sourceSystem: 'stripe-eu', onlyUnmapped: true, reason: 'mended' },
    });
  });

  it('without a filter are not mapped again all at once', async () => {
    openSignals();
    const button = await screen.findByRole('button', { name: 'Map these again' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
  });

  it('are not mapped again by somebody who may not, and the button says so', async () => {
    const user = userEvent.setup();
    openSignals({
      search: { open: '1' },
      viewer: { ...ANALYST, permissions: [...ANALYST.permissions, 'signal.read'] },
    });
    const button = await screen.findByRole('button', { name: 'Map again' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    await user.click(button);
    await user.keyboard('r');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('without the right to payloads say what right is missing', async () => {
    openSignals({
      search: { open: '1' },
      signal: signalFull('1', { raw: null }),
      viewer: { ...ENGINEER, permissions: ['signal.read'] },
    });
    expect((await screen.findByRole('region', { name: 'Raw form' })).textContent).toContain(
      'Payloads are not part of your role',
    );
  });

  it('that were refused are listed with protocol, reason and sample', async () => {
    openSignals({ search: { show: 'refused', open: 'r1' } });
    const grid = await screen.findByRole('grid', { name: 'Refused inputs' });
    expect(grid.textContent).toContain('trace_id has 15 bytes');
    expect((await screen.findByRole('region', { name: 'Sample' })).textContent).toContain('\\x0a');
  });

  it('say why there are none and what to do', async () => {
    openSignals({ rows: [] });
    expect(await screen.findByText('Nothing has come in yet')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Go to sources and keys' }).getAttribute('href')).toBe(
      '/sources?show=keys',
    );
  });
});
