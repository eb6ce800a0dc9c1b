import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import { parseLineageApprovalsSearch, type LineageApprovalsSearch } from '../../shared/url-approvals.js';
import { LineageApprovalsPage } from './lineage-approvals-page.js';

const APPROVER = { ...ANALYST, permissions: [...ANALYST.permissions, 'transaction.read', 'requeue.approve'] };
const HASH = 'cd'.repeat(32);
const money = (amount: string) => ({ amount, currency: 'EUR' });
const exceptions = { opens: 2, closes: 1, changes: 0 };
const activities = { added: 0, changed: 3, removed: 0 };

const listed = {
  id: 'a1',
  kind: 'remap',
  state: 'PENDING_APPROVAL',
  reason: 'The tax was read wrong',
  makerName: 'Erik Engineer',
  createdAt: '2026-11-20T09:00:00.000Z',
  dueAt: '2026-11-23T09:00:00.000Z',
  decidedAt: null,
  isBreakGlass: false,
  reviewDueAt: null,
  isReviewOverdue: false,
  reviewedAt: null,
  reportingMoney: money('31.50'),
  report: { activities, money: [{ documents: 3 }], exceptions },
};

const whole = (more: object = {}) => ({
  ...listed,
  hash: HASH,
  askedAgain: null,
  decidedByName: null,
  decisionReason: null,
  reviewedAt: null,
  reviewedByName: null,
  reviewComment: null,
  isMine: false,
  canDecide: true,
  canWithdraw: false,
  canBreakGlass: false,
  canReview: false,
  needed: {
    approvals: 1,
    roles: [],
    excludesTouchers: false,
    isHard: false,
    rules: [{ name: 'changed-money', title: 'Lineage changes, and with it the money of documents' }],
  },
  approvals: [],
  approvers: [
    { person: { id: APPROVER.id, displayName: 'You' }, canApprove: true, code: null, whyNot: null },
    {
      person: { id: 'p2', displayName: 'Erik Engineer' },
      canApprove: false,
      code: 'MAKER_MAY_NOT_DECIDE',
      whyNot: 'Whoever asked for it may not decide on it.',
    },
  ],
  report: {
    signals: 120,
    activities,
    isSample: false,
    foreseen: 3,
    closedPeriods: ['2026-09 of DE01'],
    money: [
      {
        objectType: 'invoice',
        legalEntity: 'DE01',
        documents: 3,
        before: money('31.50'),
        after: money('63.00'),
        openBefore: null,
        openAfter: null,
      },
    ],
    exceptions: {
      ...exceptions,
      first: [{ what: 'closes', about: 'data-quality.missing-field', label: 'invoice I-1' }],
    },
    differences: [
      {
        table: 'business_object',
        added: 0,
        changed: 3,
        removed: 0,
        samples: [{ label: 'invoice I-1', before: { amount: '10.50' }, after: { amount: '21.00' } }],
      },
    ],
  },
  change: { state: 'pending', scope: { sourceSystem: 'web-shop' }, total: 120, done: 0, afterwards: null },
  ...more,
});

const page = <Node,>(nodes: Node[]) => ({
  totalCount: nodes.length,
  totalCountIsEstimate: false,
  pageInfo: { hasNextPage: false, endCursor: null },
  edges: nodes.map((node) => ({ node })),
});

type Given = { rows?: object[]; detail?: object; answer?: object };

function open(search: Partial<LineageApprovalsSearch>, { rows, detail, answer }: Given = {}) {
  return renderConsole(
    <LineageApprovalsPage search={{ ...parseLineageApprovalsSearch({}), ...search }} />,
    {
      LineageApprovals: () => ({
        lineageApprovals: page(rows ?? [listed]),
        lineageApprovalCounts: { waiting: rows?.length ?? 1, forMe: 1, review: 0, reviewOverdue: 0 },
      }),
      LineageApproval: () => ({ lineageApproval: detail ?? whole() }),
      ApproveLineageChange: () => ({
        approveLineageChange: answer ?? { __typename: 'LineageDecided', approval: { id: 'a1', state: 'APPROVED' } },
      }),
      RejectLineageChange: () => ({
        rejectLineageChange: { __typename: 'LineageDecided', approval: { id: 'a1', state: 'REJECTED' } },
      }),
    },
    APPROVER,
  );
}

describe('changes of lineage that wait', () => {
  it('say how many, and what each would change', async () => {
    open({});
    await screen.findByRole('heading', { name: '1 change of lineage waits, 1 for you.' });
    expect(
      screen.getByText(
        'Mapping again changes activities (3 changed), and the money of 3 documents; of exceptions 2 open, 1 closes.',
      ),
    ).toBeDefined();
  });

  it('say why there is nothing', async () => {
    open({}, { rows: [] });
    expect(await screen.findByText('No change of lineage waits for approval')).toBeDefined();
  });

  it('show the report: activities, closed periods, money, exceptions and rows before and after', async () => {
    open({ open: 'a1' });
    const detail = within(await screen.findByRole('article', { name: 'Change of Erik Engineer' }));
    expect(detail.getByText('Activities: 3 changed, of 120 signals.')).toBeDefined();
    expect(detail.getByText('Closed periods change: 2026-09 of DE01.')).toBeDefined();
    const table = within(detail.getByRole('table', { name: 'Money of documents' }));
    expect(table.getAllByRole('row')[1]!.textContent).toBe('InvoiceDE013EUR 31.50EUR 63.00');
    expect(detail.getByText('Lineage changes, and with it the money of documents')).toBeDefined();
    await userEvent.click(detail.getByText('Objects: 1 of 3'));
    expect(detail.getByRole('row', { name: /invoice I-1 amount/ }).textContent).toContain('21.00');
  });

  it('are approved by key, exactly as they were shown', async () => {
    const { api } = open({ open: 'a1' });
    await screen.findByRole('article', { name: 'Change of Erik Engineer' });
    await userEvent.keyboard('y');
    const dialog = await screen.findByRole('dialog', { name: 'Approve the change of lineage' });
    await userEvent.click(within(dialog).getByRole('button', { name: 'Approve' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'ApproveLineageChange')?.variables).toEqual({
        id: 'a1',
        hash: HASH,
        comment: '',
      }),
    );
  });

  it('are sent back with a reason', async () => {
    const { api } = open({ open: 'a1' });
    await screen.findByRole('article', { name: 'Change of Erik Engineer' });
    await userEvent.keyboard('{Shift>}N{/Shift}');
    const dialog = await screen.findByRole('dialog', { name: 'Reject the change of lineage' });
    expect(within(dialog).getByRole('button', { name: 'Reject' })).toHaveProperty('disabled', true);
    await userEvent.type(within(dialog).getByLabelText(/Reason/), 'no');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Reject' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'RejectLineageChange')?.variables).toEqual({
        id: 'a1',
        reason: 'no',
      }),
    );
  });

  it('say why they are asked for anew, and who decided', async () => {
    open(
      { open: 'a1', show: 'decided' },
      {
        detail: whole({
          state: 'REJECTED',
          canDecide: false,
          askedAgain: 'What was approved is no longer what would change.',
          decidedAt: '2026-11-20T10:00:00.000Z',
          decidedByName: 'Anna Approver',
          decisionReason: 'after the close',
        }),
      },
    );
    const detail = within(await screen.findByRole('article', { name: 'Change of Erik Engineer' }));
    expect(detail.getByText('What was approved is no longer what would change.')).toBeDefined();
    expect(detail.getByText(/Rejected by Anna Approver.*after the close/)).toBeDefined();
    expect(detail.queryByRole('button', { name: /Approve/ })).toBeNull();
  });
});
