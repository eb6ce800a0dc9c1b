import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Viewer } from '../../shared/viewer/viewer.js';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import { onePage } from '../../testing/signal-rows.js';
import { UnknownOutcomesPage } from './unknown-page.js';

const ROW = {
  exceptionId: 'e1',
  integration: 'salesforce-contract-to-order',
  retryAt: null,
  verifyBy: null,
  probe: null,
  settledBy: 'Only telemetry: a run that names this request, or the step seen overcome.',
  attempt: {
    id: 'a1',
    attempt: 1,
    state: 'UNKNOWN',
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

const PROBE = { askedAt: '2026-11-20T08:00:00.000Z', answer: 'UNKNOWN', words: 'answered 503', askAgainAt: null };

const APPROVER: Viewer = { ...ANALYST, permissions: [...ANALYST.permissions, 'requeue.approve'] };

const openPage = (rows: readonly unknown[], viewer: Viewer = ANALYST) =>
  renderConsole(
    <UnknownOutcomesPage />,
    {
      UnknownOutcomes: () => ({ unknownRequeues: onePage(rows) }),
      SettleOutcome: () => ({
        settleRequeueOutcome: { __typename: 'RequeueOutcomeSettled', attemptId: 'a1', exception: null },
      }),
      AskOutcome: () => ({ askRequeueOutcome: { __typename: 'RequeueOutcomeAsked', attemptId: 'a1' } }),
    },
    viewer,
  );

describe('unknown outcomes', () => {
  it('stand with their age and what would settle them', async () => {
    openPage([ROW]);
    await screen.findByRole('heading', {
      level: 1,
      name: 'Of 1 send nobody knows what became of it; the oldest for 3 h.',
    });
    const [, row] = within(screen.getByRole('grid', { name: 'Unknown outcomes' })).getAllByRole('row');
    expect(row?.textContent).toContain('Only telemetry');
    expect(within(row!).getByRole('link', { name: 'sales order O-100' }).getAttribute('href')).toBe('/exceptions/e1');
  });

  it('say what the target said, and have it asked now', async () => {
    const { api } = openPage([{ ...ROW, probe: PROBE }]);
    const row = await screen.findByText(/^Asked at .*: it cannot tell; not again by itself$/);
    expect(row.getAttribute('title')).toBe('answered 503');
    await userEvent.click(screen.getByRole('button', { name: 'Ask now' }));
    await waitFor(() => expect(api.asked.filter(({ name }) => name === 'UnknownOutcomes')).toHaveLength(2));
    expect(api.asked.find(({ name }) => name === 'AskOutcome')?.variables).toEqual({ attemptId: 'a1' });
  });

  it('say that a target without a status address cannot be asked', async () => {
    const { api } = openPage([ROW]);
    await screen.findByText('Cannot be asked: no status address');
    await userEvent.click(screen.getByRole('button', { name: 'Ask now' }));
    expect(api.asked.map(({ name }) => name)).not.toContain('AskOutcome');
  });

  it('say of what was taken that its target took it', async () => {
    openPage([{ ...ROW, attempt: { ...ROW.attempt, state: 'ACKNOWLEDGED' }, probe: PROBE }]);
    await screen.findByText('It took it');
  });

  it('are settled by a second person who says what was seen', async () => {
    const { api } = openPage([ROW], APPROVER);
    await userEvent.click(await screen.findByRole('button', { name: 'Settle by hand' }));
    const dialog = await screen.findByRole('dialog', { name: 'What became of sales order O-100' });
    await userEvent.click(within(dialog).getByRole('radio', { name: /^It was not applied/ }));
    await userEvent.type(within(dialog).getByRole('textbox', { name: /What you saw/ }), 'No order 4711 in SAP.');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Settle' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'SettleOutcome')?.variables).toEqual({
        attemptId: 'a1',
        verdict: 'NOT_APPLIED',
        reason: 'No order 4711 in SAP.',
      }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('say when there are none', async () => {
    openPage([]);
    expect((await screen.findAllByText(/Of everything that was sent the outcome is known/)).length).toBeGreaterThan(0);
  });
});
