import { describe, expect, it } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import { parseApprovalsSearch, type ApprovalsSearch } from '../../shared/url-approvals.js';
import { ApprovalsPage } from './approvals-page.js';

const APPROVER = { ...ANALYST, roles: ['approver'], permissions: [...ANALYST.permissions, 'exception.approve'] };

const asked = (id: string, more: object = {}) => ({
  id,
  state: 'pending',
  reason: { title: 'Too small to pursue' },
  comment: `Comment on ${id}`,
  title: `No company code for DE01-BREMEN — order O-${id}`,
  moneyAtRisk: { amount: '48200.00', currency: 'EUR' },
  convertedMoney: { amount: '48200.00', currency: 'EUR' },
  duplicates: 0,
  limit: { amount: '1000.00', currency: 'EUR' },
  occurrences: 1,
  requestedAt: '2026-11-20T09:00:00.000Z',
  makerName: 'Anna Lindqvist',
  decidedAt: null,
  deciderName: null,
  decisionReason: null,
  canDecide: true,
  canWithdraw: false,
  exception: {
    id: `e${id}`,
    legalEntity: 'DE01',
    counterparty: 'Hafenwerke Bremen AG',
    direction: 'inflow',
    businessObject: { type: 'sales-order', key: `O-${id}` },
  },
  ...more,
});

function open(
  rows: object[],
  show: ApprovalsSearch['show'] = 'pending',
  answer: object = { __typename: 'ExceptionsChanged', exceptions: [] },
) {
  return renderConsole(
    <ApprovalsPage search={{ ...parseApprovalsSearch({}), show }} />,
    {
      Acceptances: () => ({
        acceptances: {
          totalCount: rows.length,
          totalCountIsEstimate: false,
          pageInfo: { hasNextPage: false, endCursor: null },
          edges: rows.map((node) => ({ node })),
        },
      }),
      ApproveAcceptance: () => ({ approveAcceptance: answer }),
    },
    APPROVER,
  );
}

describe('approvals', () => {
  it('answer first, and show what each would do, who asked and why', async () => {
    open([asked('100'), asked('200', { canDecide: false, canWithdraw: true })]);
    await screen.findByRole('heading', { name: '2 requests to close without correction wait, 1 of them for you.' });
    const panel = screen.getByRole('region', { name: /order O-100$/ });
    for (const words of [
      'it posts nothing and writes nothing off. EUR 48,200.00 is above the limit of EUR 1,000.00.',
      'Hafenwerke Bremen AG',
      'Too small to pursue',
      'Anna Lindqvist, 20 Nov',
      'Comment on 100',
    ]) {
      expect(panel.textContent).toContain(words);
    }
    expect(screen.getByRole('link', { name: 'sales order O-100' }).getAttribute('href')).toBe('/exceptions/e100');
    expect(screen.getAllByRole('button', { name: 'Approve' })).toHaveLength(1);
    expect(screen.getAllByRole('button', { name: 'Withdraw' })).toHaveLength(1);
  });

  it('approve, and ask again what waits', async () => {
    const user = userEvent.setup();
    const { api } = open([asked('100')]);
    await user.click(await screen.findByRole('button', { name: 'Approve' }));
    await waitFor(() => expect(api.asked.filter(({ name }) => name === 'Acceptances').length).toBeGreaterThan(1));
    expect(api.asked).toContainEqual({ name: 'ApproveAcceptance', variables: { id: '100' } });
  });

  it('say why it was not approved', async () => {
    const user = userEvent.setup();
    open([asked('100')], 'pending', {
      __typename: 'ActFailure',
      message: 'It is rejected by Bruno: nothing to decide.',
    });
    await user.click(await screen.findByRole('button', { name: 'Approve' }));
    expect((await screen.findByRole('alert')).textContent).toContain('It is rejected by Bruno');
  });

  it('show what was decided, by whom and why', async () => {
    const decided = {
      state: 'rejected',
      canDecide: false,
      decidedAt: '2026-11-20T10:00:00.000Z',
      deciderName: 'Bruno Keller',
      decisionReason: 'Pursue it',
    };
    open([asked('100', decided)], 'decided');
    expect(await screen.findByText(/^Rejected by Bruno Keller, 20 Nov .*: Pursue it$/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  });

  it('say that nothing waits', async () => {
    open([]);
    expect(await screen.findByRole('heading', { name: 'Nothing waits for approval.' })).toBeTruthy();
  });
});
