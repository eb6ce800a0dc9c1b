import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import { renderConsole } from '../../testing/render-console.js';
import { onePage } from '../../testing/signal-rows.js';
import { UnknownOutcomesPage } from './unknown-page.js';

const ROW = {
  exceptionId: 'e1',
  integration: 'salesforce-contract-to-order',
  retryAt: null,
  verifyBy: null,
  settledBy: 'Only telemetry: a run that names this request, or the step seen overcome.',
  attempt: {
    id: 'a1',
    attempt: 1,
    requestId: 'r1',
    makerName: 'Anna Lindqvist',
    sentAt: new Date(Date.now() - 3 * 3_600_000).toISOString(),
    createdAt: '2026-11-20T08:00:00.000Z',
    answer: 'no answer',
    transmissions: 1,
  },
  exception: {
    __typename: 'Exception',
    id: 'e1',
    businessObject: { type: 'sales-order', key: 'O-100' },
    moneyAtRisk: null,
  },
};

const openPage = (rows: readonly unknown[]) =>
  renderConsole(<UnknownOutcomesPage />, { UnknownOutcomes: () => ({ unknownRequeues: onePage(rows) }) });

describe('unknown outcomes', () => {
  it('stand with their age and what would settle them', async () => {
    openPage([ROW]);
    await screen.findByRole('heading', {
      level: 1,
      name: 'Of 1 send nobody knows whether the target took it; the oldest for 3 h.',
    });
    const [, row] = within(screen.getByRole('grid', { name: 'Unknown outcomes' })).getAllByRole('row');
    expect(row?.textContent).toContain('Only telemetry');
    expect(within(row!).getByRole('link', { name: 'sales order O-100' }).getAttribute('href')).toBe('/exceptions/e1');
  });

  it('say when there are none', async () => {
    openPage([]);
    expect((await screen.findAllByText(/Of everything that was sent the outcome is known/)).length).toBeGreaterThan(0);
  });
});
