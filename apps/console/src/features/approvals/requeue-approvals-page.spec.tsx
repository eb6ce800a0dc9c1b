import { describe, expect, it, jest } from '@jest/globals';
import { notifications } from '@mantine/notifications';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import { LIMITS } from '../../testing/sending-limits.js';
import { parseRequeueApprovalsSearch, type RequeueApprovalsSearch } from '../../shared/url-approvals.js';
import { RequeueApprovalsPage } from './requeue-approvals-page.js';

const APPROVER = { ...ANALYST, permissions: [...ANALYST.permissions, 'requeue.approve'] };
const HASH = 'ab'.repeat(32);
const money = (amount: string) => ({ amount, currency: 'EUR' });

const listed = (id: string, more: object = {}) => ({
  id,
  state: 'PENDING_APPROVAL',
  reason: 'Mapping for DE01-BREMEN was added',
  action: 'REQUEUE',
  makerName: 'Anna Lindqvist',
  createdAt: '2026-11-20T09:00:00.000Z',
  items: 2,
  legalEntities: ['DE01'],
  amounts: [{ legalEntity: 'DE01', inflow: money('160000.00'), outflow: money('0.00'), count: 2 }],
  approval: {
    isMine: false,
    canDecide: true,
    canReview: false,
    isBreakGlass: false,
    reviewDueAt: null as string | null,
    isReviewOverdue: false,
    reviewedAt: null,
    dueAt: '2026-11-23T09:00:00.000Z',
    decidedByName: null,
    decidedAt: null,
  },
  ...more,
});

const whole = (id: string, more: object = {}, approval: object = {}) => ({
  ...listed(id),
  selectionHash: HASH,
  left: 2,
  integrations: ['contract-to-order'],
  plan: null as { frozen: number } | null,
  deciding: null as { items: number; done: number; letGo: number; setAside: number } | null,
  run: { limits: LIMITS, targets: [{ integration: 'contract-to-order', opensAt: null, hours: null }] },
  approvals: [],
  approvers: [
    { person: { id: APPROVER.id, displayName: 'You' }, canApprove: true, code: null, whyNot: null },
    {
      person: { id: 'p2', displayName: 'Bruno Keller' },
      canApprove: false,
      code: 'ABOVE_LIMIT',
      whyNot: 'With what you approved of the same maker today, it is above your limit for Hafenwerke.',
    },
  ],
  approval: {
    needed: {
      approvals: 1,
      roles: [],
      excludesTouchers: false,
      isHard: false,
      rules: [{ name: 'large-amount', title: 'EUR 100,000 or more' }],
    },
    reportingMoney: money('160000.00'),
    isCarriedForward: false,
    isDecidedInSlices: false,
    coversLimits: true,
    dueAt: '2026-11-23T09:00:00.000Z',
    decidedAt: null,
    decidedByName: null,
    decisionReason: null,
    isBreakGlass: false,
    reviewDueAt: null,
    isReviewOverdue: false,
    reviewedAt: null,
    reviewedByName: null,
    reviewComment: null,
    isMine: false,
    canDecide: true,
    canWithdraw: false,
    canBreakGlass: false,
    canReview: false,
    ...approval,
  },
  ...more,
});

const page = <Node,>(nodes: Node[]) => ({
  totalCount: nodes.length,
  totalCountIsEstimate: false,
  pageInfo: { hasNextPage: false, endCursor: null },
  edges: nodes.map((node) => ({ node })),
});

const item = {
  position: 1,
  exceptionId: 'e1',
  objectType: 'sales-order',
  objectKey: 'O-100234',
  title: 'No company code',
  integration: 'contract-to-order',
  legalEntity: 'DE01',
  counterparty: 'Hafenwerke Bremen AG',
  direction: 'inflow',
  mode: 'CORRECTED',
  payloadVersion: 3,
  changes: [{ pointer: '/sellingUnit', from: '"DE01-BREMEN"', to: '"DE01-KIEL"' }],
  money: money('80000.00'),
};

type Given = { rows?: object[]; detail?: object; answer?: object; viewer?: typeof ANALYST };

function open(search: Partial<RequeueApprovalsSearch>, { rows, detail, answer, viewer = APPROVER }: Given = {}) {
  return renderConsole(
    <RequeueApprovalsPage search={{ ...parseRequeueApprovalsSearch({}), ...search }} />,
    {
      RequeueApprovals: () => ({
        requeueApprovals: page(rows ?? [listed('r1'), listed('r2')]),
        requeueApprovalCounts: { waiting: 2, mine: 0, forMe: 2, review: 1, reviewOverdue: 1 },
      }),
      RequeueApproval: ({ id }) => ({ requeueRequest: detail ?? whole(String(id)) }),
      RequeueItems: ({ id }) => ({ requeueRequest: { id, frozenItems: page([item]) } }),
      ApproveRequeue: () => ({
        approveRequeue: answer ?? {
          __typename: 'RequeueDecided',
          isInSlices: false,
          request: { id: 'r1', state: 'SENDING' },
        },
      }),
      RejectRequeue: () => ({
        rejectRequeue: { __typename: 'RequeueDecided', isInSlices: false, request: { id: 'r1', state: 'REJECTED' } },
      }),
    },
    viewer,
  );
}

describe('the queue of what waits to be sent again', () => {
  it('answers first, and lists money, maker and expiry', async () => {
    open({});
    await screen.findByRole('heading', { name: '2 requests wait, 2 for you.' });
    expect(screen.getAllByText('EUR 160 k in')).toHaveLength(2);
    expect(screen.getByRole('link', { name: /^Emergencies/ }).textContent).toContain('1');
  });

  it('tells what somebody should have reviewed by now', async () => {
    const emergency = {
      isBreakGlass: true,
      reviewDueAt: '2026-11-23T23:00:00.000Z',
      isReviewOverdue: true,
      decidedAt: '2026-11-20T10:00:00.000Z',
      decidedByName: 'Cleo Brandt',
    };
    const row = listed('r1', { state: 'SENDING' });
    const rows = [{ ...row, approval: { ...row.approval, ...emergency } }];
    open({ show: 'review', open: 'r1' }, { rows, detail: whole('r1', { state: 'SENDING' }, emergency) });
    await screen.findByRole('heading', { name: '1 emergency nobody else has reviewed, 1 of them overdue.' });
    expect(within(screen.getByRole('grid', { name: 'Requests' })).getByText('Review overdue')).toBeTruthy();
    const detail = await screen.findByRole('article', { name: 'Request of Anna Lindqvist' });
    expect(within(detail).getByText('Review overdue')).toBeTruthy();
    expect(within(detail).getByText('To be reviewed by')).toBeTruthy();
  });

  it('moves by j and opens by Enter', async () => {
    const user = userEvent.setup();
    const { visited } = open({});
    await screen.findByRole('heading', { name: /2 requests/ });
    await user.keyboard('jj{Enter}');
    await waitFor(() => expect(visited.at(-1)).toContain('open=r2'));
  });

  it('shows what will happen, the rule that asks, who may decide and what is frozen', async () => {
    open({ open: 'r1' });
    const detail = await screen.findByRole('article', { name: 'Request of Anna Lindqvist' });
    expect(
      within(detail).getByRole('heading', {
        level: 2,
        name: /^If you approve, 2 exceptions are sent again: EUR 160 k in/,
      }),
    ).toBeTruthy();
    expect(within(detail).getByText('EUR 100,000 or more')).toBeTruthy();
    expect(within(detail).getByText(/above your limit for Hafenwerke/)).toBeTruthy();
    expect((await within(detail).findByRole('link', { name: 'sales order O-100234' })).getAttribute('href')).toBe(
      '/exceptions/e1',
    );
    expect(within(detail).getByText('corrected, version 3')).toBeTruthy();
    const changes = within(detail).getByRole('table', { name: 'What is sent of O-100234, against its source' });
    expect(within(changes).getByText('DE01-KIEL')).toBeTruthy();
    expect(within(detail).getByTitle(HASH).textContent).toContain(HASH.slice(0, 12));
  });

  it('leads to its plan where it was a large one', async () => {
    const first = open({ open: 'r1' });
    await screen.findByRole('article', { name: 'Request of Anna Lindqvist' });
    expect(screen.queryByRole('link', { name: 'Its plan' })).toBeNull();
    first.unmount();
    open({ open: 'r1' }, { detail: whole('r1', { plan: { frozen: 98_412 } }) });
    expect((await screen.findByRole('link', { name: 'Its plan' })).getAttribute('href')).toBe('/requeues/r1/plan');
  });

  it('shows the limits that are approved with it, or that they are not part of it', async () => {
    const first = open({ open: 'r1' });
    expect(await screen.findByText('part of what is approved')).toBeTruthy();
    expect(screen.getByText(/^5 go first, with the least at stake.+At most 50 a second/)).toBeTruthy();
    first.unmount();
    open({ open: 'r1' }, { detail: whole('r1', {}, { coversLimits: false }) });
    expect(await screen.findByText(/asked for before limits were part/)).toBeTruthy();
  });

  it('tells at once who waits, and shows another list when it is asked to', async () => {
    const { api } = open({ open: 'r1' });
    const user = userEvent.setup();
    await screen.findByRole('heading', { name: /2 requests wait/ });
    const loads = (name: string) => api.asked.filter((one) => one.name === name).length;
    const counts = { waiting: 2, mine: 0, forMe: 2, review: 1, reviewOverdue: 1 };
    const tell = (news: object) => act(() => api.push('RequeueApprovalsChanged', { requeueApprovalsChanged: news }));
    const before = loads('RequeueApproval');
    tell(counts);
    await waitFor(() => expect(loads('RequeueApproval')).toBeGreaterThan(before));
    expect(screen.queryByRole('button', { name: /meanwhile: show/ })).toBeNull();
    tell({ ...counts, waiting: 3, forMe: 3 });
    await screen.findByRole('heading', { name: '3 requests wait, 3 for you.' });
    expect(loads('RequeueApprovals')).toBe(1);
    await user.click(screen.getByRole('button', { name: /meanwhile: show/ }));
    await waitFor(() => expect(loads('RequeueApprovals')).toBe(2));
    expect(screen.queryByRole('button', { name: /meanwhile: show/ })).toBeNull();
  });

  it('is approved by y, exactly as it was shown', async () => {
    const user = userEvent.setup();
    const { api } = open({ open: 'r1' });
    await screen.findByRole('button', { name: 'Approve' });
    await user.keyboard('y');
    const dialog = await screen.findByRole('dialog', { name: 'Approve sending again' });
    await user.click(within(dialog).getByRole('button', { name: 'Approve' }));
    await waitFor(() =>
      expect(api.asked).toContainEqual({ name: 'ApproveRequeue', variables: { id: 'r1', hash: HASH, comment: '' } }),
    );
  });

  it.each([
    ['REVERSE', 'reversal', '2 documents are reversed', 'Reverse now'],
    ['CANCEL', 'cancellation', '2 documents are cancelled', 'Cancel now'],
    ['NOTIFY', 'notice', 'somebody is told of 2 documents', 'Notify now'],
    ['REQUEUE', 'sending again', '2 exceptions are sent again', 'Send again now'],
  ])('says what is decided on where it is %s, also in an emergency', async (action, noun, effect, button) => {
    const user = userEvent.setup();
    const viewer = { ...APPROVER, permissions: [...APPROVER.permissions, 'requeue.break-glass'] };
    open({ open: 'r1' }, { detail: whole('r1', { action }, { canBreakGlass: true }), viewer });
    await screen.findByRole('heading', { level: 2, name: `If you approve, ${effect}: EUR 160 k in.` });
    await user.click(screen.getByRole('button', { name: 'Approve' }));
    const approve = await screen.findByRole('dialog', { name: `Approve ${noun}` });
    await user.click(within(approve).getByRole('button', { name: 'Cancel' }));
    await user.click(screen.getByRole('button', { name: 'Emergency' }));
    const name = `${noun} without approval in an emergency`;
    const emergency = await screen.findByRole('dialog', { name: new RegExp(`^${name}$`, 'i') });
    expect(within(emergency).getByText(`If you release it, ${effect}: EUR 160 k in.`)).toBeTruthy();
    expect(within(emergency).getByRole('button', { name: button })).toBeTruthy();
  });

  it('is rejected with a reason', async () => {
    const user = userEvent.setup();
    const { api } = open({ open: 'r1' });
    await user.click(await screen.findByRole('button', { name: 'Reject' }));
    const dialog = await screen.findByRole('dialog', { name: 'Reject sending again' });
    expect(within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Reject' }).disabled).toBe(true);
    await user.type(within(dialog).getByLabelText('Reason'), 'Ask the customer first');
    await user.click(within(dialog).getByRole('button', { name: 'Reject' }));
    await waitFor(() =>
      expect(api.asked).toContainEqual({
        name: 'RejectRequeue',
        variables: { id: 'r1', reason: 'Ask the customer first' },
      }),
    );
  });

  it('says why it was not approved', async () => {
    const user = userEvent.setup();
    open(
      { open: 'r1' },
      { answer: { __typename: 'ActFailure', code: 'ABOVE_LIMIT', message: 'It is above your limit.' } },
    );
    await user.click(await screen.findByRole('button', { name: 'Approve' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Approve' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('It is above your limit.');
  });

  it.each([
    [
      'APPROVING',
      3_990,
      0,
      'Approved: 4,000 of 98,412 made ready; nothing has gone out. 10 of them do not go any more.',
    ],
    [
      'APPROVING',
      3_999,
      0,
      'Approved: 4,000 of 98,412 made ready; nothing has gone out. 1 of them does not go any more.',
    ],
    ['CLOSING', 0, 0, 'Not sent: 4,000 of 98,412 given back.'],
    [
      'APPROVING',
      3_990,
      2,
      'Approved: 4,000 of 98,412 made ready; nothing has gone out. 8 of them do not go any more. 2 set aside: it could not be carried out there.',
    ],
  ])('of many that is %s tells how far that is', async (state, letGo, setAside, words) => {
    const decided = { decidedByName: 'Bruno Keller', decidedAt: '2026-11-21T09:00:00.000Z', canDecide: false };
    const deciding = { items: 98_412, done: 4_000, letGo, setAside };
    open({ open: 'r1' }, { detail: whole('r1', { state, deciding }, decided) });
    const detail = await screen.findByRole('article', { name: 'Request of Anna Lindqvist' });
    expect(within(detail).getByRole('status').textContent).toBe(words);
    const bar = within(detail).getByRole<HTMLProgressElement>('progressbar', {
      name: 'How far the decision is carried out',
    });
    expect([bar.value, bar.max]).toEqual([4_000, 98_412]);
  });

  it('of many is approved at once, and says that it goes out later', async () => {
    const user = userEvent.setup();
    const told = jest.spyOn(notifications, 'show').mockReturnValue('');
    const request = { id: 'r1', state: 'APPROVING' };
    open({ open: 'r1' }, { answer: { __typename: 'RequeueDecided', isInSlices: true, request } });
    await user.click(await screen.findByRole('button', { name: 'Approve' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Approve' }));
    const message = 'Approved: it goes out when all of it is made ready';
    await waitFor(() => expect(told).toHaveBeenCalledWith(expect.objectContaining({ message })));
    told.mockRestore();
  });

  it.each([
    [false, 'It goes out at once. It is shown to all until somebody else reviewed it.', ''],
    [
      true,
      'It goes out when all of it is made ready. What changed since it was asked for does not go. It is shown to all until somebody else reviewed it.',
      ' What changed since it was asked for does not go.',
    ],
  ])(
    'decided in slices: %s, says when it goes out, and what of it does not',
    async (isDecidedInSlices, words, more) => {
      const user = userEvent.setup();
      const detail = whole('r1', {}, { canBreakGlass: true, isDecidedInSlices });
      const viewer = { ...APPROVER, permissions: [...APPROVER.permissions, 'requeue.break-glass'] };
      open({ open: 'r1' }, { detail, viewer });
      await user.click(await screen.findByRole('button', { name: 'Approve' }));
      const dialog = await screen.findByRole('dialog');
      const exactly = `Exactly the frozen selection ${HASH.slice(0, 12)} is approved.${more}`;
      expect(dialog.textContent).toContain(exactly);
      await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
      await user.click(screen.getByRole('button', { name: 'Emergency' }));
      const emergency = await screen.findByRole('dialog', { name: /in an emergency/ });
      expect(emergency.textContent).toContain(words);
    },
  );

  it('gives its maker nothing but the way to take it back', async () => {
    const detail = whole('r1', {}, { isMine: true, canDecide: false, canWithdraw: true });
    open({ show: 'mine', open: 'r1' }, { detail, viewer: ANALYST });
    expect(await screen.findByRole('button', { name: 'Withdraw' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  });

  it('says that nobody can approve it as things stand', async () => {
    open({ open: 'r1' }, { detail: whole('r1', { approvers: [] }) });
    expect(await screen.findByText(/^Nobody can approve it as things stand/)).toBeTruthy();
  });

  it('says that nothing waits', async () => {
    open({}, { rows: [] });
    expect(await screen.findByText('Nothing waits for approval')).toBeTruthy();
  });
});
