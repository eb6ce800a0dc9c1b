import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderConsole } from '../../testing/render-console.js';
import { queuesAnswer } from './queues-answer.js';
import type { QueueRow } from './queues-documents.js';
import { QueuesPage } from './queues-page.js';

function queue(name: string, title: string, over: Partial<QueueRow> = {}): QueueRow {
  return {
    name,
    title,
    purpose: `What belongs in ${title}.`,
    openCount: 0,
    unassignedCount: 0,
    urgentCount: 0,
    oldestOpenedAt: null,
    nextDueAt: null,
    moneyAtRisk: { currency: 'EUR', inflow: '0.00', outflow: '0.00', count: 0 },
    members: [],
    workingHours: { title: 'Around the clock', timeZone: 'UTC', isOpen: true, opensAt: null },
    ...over,
  };
}

const PAYMENTS = queue('payments', 'Payments', {
  openCount: 12,
  unassignedCount: 5,
  urgentCount: 2,
  oldestOpenedAt: '2026-11-18T08:00:00.000Z',
  nextDueAt: '2026-11-20T16:00:00.000Z',
  moneyAtRisk: { currency: 'EUR', inflow: '0.00', outflow: '1840000.00', count: 11 },
  workingHours: {
    title: 'T2 (TARGET), euro',
    timeZone: 'Europe/Berlin',
    isOpen: false,
    opensAt: '2026-11-23T06:00:00.000Z',
  },
  members: [
    { id: 'p1', displayName: 'Anna Lindqvist' },
    { id: 'p2', displayName: 'Bruno Keller' },
  ],
});
const TAX = queue('tax', 'Tax');
const MASTER = queue('master-data', 'Master data', {
  openCount: 3,
  moneyAtRisk: { currency: 'EUR', inflow: '900.00', outflow: '0.00', count: 1 },
});

const openQueues = (queues: QueueRow[] = [TAX, MASTER, PAYMENTS]) =>
  renderConsole(<QueuesPage />, { Queues: () => ({ queues }) });
const bodyRows = async () =>
  within(await screen.findByRole('grid', { name: 'Queues' }))
    .getAllByRole('row')
    .slice(1);

describe('the queues', () => {
  it('say how much waits, how urgent it is and whose it is, the empty ones last', async () => {
    openQueues();
    const rows = await bodyRows();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(
      '15 exceptions in 2 queues, 2 of them P1, 5 in nobody’s hand. Payments holds the most: EUR 1.84 m of outflow.',
    );
    expect(rows.map((row) => /Payments|Tax|Master data/.exec(row.textContent ?? '')?.[0])).toEqual([
      'Payments',
      'Master data',
      'Tax',
    ]);
    for (const text of ['12', 'EUR 1.84 m', 'Anna Lindqvist, Bruno Keller', 'opens 23 Nov 07:00 CET']) {
      expect(rows[0]?.textContent).toContain(text);
    }
    expect(rows[2]?.textContent).toContain('nobody yet');
    expect(rows[2]?.textContent).toContain('open now');
  });

  it('lead to what waits in them, and to what nobody has', async () => {
    openQueues();
    const [payments] = await bodyRows();
    const links = within(payments as HTMLElement).getAllByRole('link');
    expect(links.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
      ['Payments', '/exceptions?queue=payments&snoozed=with'],
      ['5', '/exceptions?queue=payments&snoozed=with&owner=none'],
    ]);
  });

  it('open by keyboard', async () => {
    const user = userEvent.setup();
    const { visited } = openQueues();
    await bodyRows();
    await user.keyboard('jj{Enter}');
    expect(visited).toEqual(['/exceptions?queue=master-data&snoozed=with']);
  });

  it('say that they are all empty, and what to do', async () => {
    openQueues([TAX, queue('credit', 'Credit')]);
    expect(await screen.findByText('Every queue is empty')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'See what was resolved' }).getAttribute('href')).toBe(
      '/exceptions?view=resolved',
    );
    expect(await bodyRows()).toHaveLength(2);
  });

  it('say that they could not be read', async () => {
    renderConsole(<QueuesPage />, {});
    await waitFor(() => expect(screen.getByText('The list of queues could not be loaded')).toBeTruthy());
  });
});

describe('the sentence of the queues', () => {
  it.each<[string, QueueRow[], string]>([
    ['nothing', [TAX], 'Nothing waits in any queue.'],
    ['no money', [queue('x', 'X', { openCount: 1 })], '1 exception in 1 queue, none of them P1, 0 in nobody’s hand.'],
  ])('of %s', (_name, queues, sentence) => {
    expect(queuesAnswer(queues)).toBe(sentence);
  });
});
