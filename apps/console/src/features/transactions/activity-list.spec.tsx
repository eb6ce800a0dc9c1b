import { describe, expect, it } from '@jest/globals';
import { screen } from '@testing-library/react';
import { MessagePanel } from '../../shared/signals/message-panel.js';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import { signalFull } from '../../testing/signal-rows.js';
import { ActivityList } from './activity-list.js';
import type { TransactionFull } from './transaction-documents.js';

type Entry = TransactionFull['activities'][number];

const entry = (id: string, more: Partial<Entry> = {}): Entry => ({
  id,
  type: 'invoice.posted',
  occurredAt: '2026-10-01T10:00:00.000Z',
  outcome: 'success',
  system: 'sap-s4hana',
  integration: 'billing',
  traceId: null,
  spanId: null,
  signalId: null,
  requeueId: null,
  message: null,
  objects: [],
  ...more,
});

function openList(activities: Entry[], activityCount = activities.length) {
  renderConsole(
    <ActivityList
      transaction={{ id: 't1', activities, activityCount }}
      search={{ show: 'graph', run: 'r1', message: undefined }}
    />,
    {},
  );
}

describe('what happened to a transaction', () => {
  it('leads to the message of each activity, and of a span to its step', () => {
    openList([
      entry('a1', { signalId: 's1' }),
      entry('a2', { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }),
      entry('a3'),
    ]);
    expect(screen.getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
      ['Message', '/transactions/t1?run=r1&message=s1'],
      ['Run', `/transactions/t1?run=${'a'.repeat(32)}`],
      ['Step', `/traces/${'a'.repeat(32)}?span=${'b'.repeat(16)}`],
    ]);
  });

  it.each([
    ['all there are', 1, '1 activity'],
    ['the latest of many', 1240, 'latest 1 of 1,240 activities'],
  ])('says that it shows %s', (_what, all, words) => {
    openList([entry('a1')], all);
    expect(screen.getByText(words)).toBeTruthy();
  });
});

describe('the message of an activity', () => {
  const open = (signal: unknown, viewer = ANALYST) =>
    renderConsole(<MessagePanel signalId="s1" closeHref="/transactions/t1" />, { Signal: () => ({ signal }) }, viewer);

  it('is shown in its raw form, with the way to the signal and back', async () => {
    open(signalFull('s1', { unmapped: null, mapping: { name: 'stripe', version: 2, rule: 'invoice-finalized' } }));
    expect(await screen.findByText('stripe, version 2, rule invoice-finalized')).toBeTruthy();
    expect(screen.getByRole('region', { name: 'Raw form' }).textContent).toContain('invoice.overpaid');
    expect(screen.getByRole('link', { name: 'Open the whole signal' }).getAttribute('href')).toBe('/signals/s1');
    expect(screen.getByRole('link', { name: 'Close' }).getAttribute('href')).toBe('/transactions/t1');
  });

  it('is told about, but not shown, where payloads are no part of the role', async () => {
    open(signalFull('s1', { raw: null }), {
      ...ANALYST,
      permissions: ANALYST.permissions.filter((permission) => permission !== 'payload.read'),
    });
    expect(await screen.findByText('Payloads are not part of your role')).toBeTruthy();
    expect(screen.getByText('invoice.overpaid')).toBeTruthy();
  });

  it('says when it is no longer kept', async () => {
    open(null);
    expect(await screen.findByText('The message is no longer kept')).toBeTruthy();
  });
});
