import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import { parseApprovalsSearch, type ApprovalsSearch } from '../../shared/url-approvals.js';
import { ApprovalsPage } from './approvals-page.js';

const APPROVER = { ...ANALYST, roles: ['approver'], permissions: [...ANALYST.permissions, 'exception.approve'] };
const HASH = 'ab'.repeat(32);
const EXPIRES = '2026-11-23T09:00:00.000Z';

const alone = (id: string, more: object = {}) => ({
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
  expiresAt: EXPIRES,
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
    businessObject: { type: 'sales-order', key: `O-${id}` },
  },
  ...more,
});

const WAITING = {
  count: 120,
  hash: HASH,
  asOf: '2026-11-20T10:00:00.000Z',
  expiresAt: EXPIRES,
  unknown: 0,
  groupCount: 2,
  groups: [
    { id: 'g1', title: 'No company code for DE01-BREMEN', count: 119 },
    { id: 'g2', title: 'Tax code unknown', count: 1 },
  ],
  sums: [
    { legalEntity: 'DE01', currency: 'EUR', inflow: '1200000.00', outflow: '0.00', count: 119 },
    { legalEntity: 'US01', currency: 'USD', inflow: '0.00', outflow: '12000.00', count: 1 },
  ],
};

const many = (id: string, more: object = {}) => ({
  id,
  reason: { title: 'Too small to pursue' },
  comment: 'Agreed with sales',
  selectionWords: '120 exceptions picked by hand',
  makerName: 'Anna Lindqvist',
  requestedAt: '2026-11-20T09:00:00.000Z',
  isAsking: false,
  canDecide: true,
  canWithdraw: false,
  decision: null,
  waiting: WAITING as object | null,
  ...more,
});

const DECISION = {
  ...{ id: 'd1', state: 'DONE', stateNote: null, kind: 'APPROVE_ACCEPTANCES' },
  words: 'Approve closing without correction',
  reason: 'Agreed',
  selectionWords: 'What Anna Lindqvist asked for: 120 exceptions picked by hand',
  ...{ hash: HASH, count: 120, done: 120, acts: [] },
  ...{ submittedAt: '2026-11-20T10:00:00.000Z', submittedByName: 'Bruno Keller', startedAt: null, finishedAt: null },
  amounts: [{ currency: 'EUR', inflow: '1200000.00', outflow: '0.00', count: 120 }],
  outcomes: [
    { outcome: 'DONE', count: 118 },
    { outcome: 'ABOVE_LIMIT', count: 2 },
  ],
};

const entryOf = (what: { acceptance?: object; asked?: object; decision?: object }) => {
  const { id } = (what.acceptance ?? what.asked ?? what.decision) as { id: string };
  return { id, at: '2026-11-20T09:00:00.000Z', acceptance: null, asked: null, decision: null, ...what };
};

type Opened = {
  entries?: object[];
  search?: Partial<ApprovalsSearch>;
  answers?: Record<string, () => unknown>;
  /** The list cannot be read. */
  isFailing?: boolean;
};

function open({ entries = [], search = {}, answers = {}, isFailing = false }: Opened, viewer = APPROVER) {
  const found = (id: unknown) => entries.find((entry) => (entry as { id: string }).id === id) ?? null;
  const connection = (nodes: object[]) => ({
    totalCount: nodes.length,
    totalCountIsEstimate: false,
    pageInfo: { hasNextPage: false, endCursor: null },
    edges: nodes.map((node) => ({ node })),
  });
  return renderConsole(
    <ApprovalsPage search={{ ...parseApprovalsSearch({}), ...search }} />,
    {
      ...(!isFailing && { AcceptanceEntries: () => ({ acceptanceEntries: connection(entries) }) }),
      AcceptanceEntry: ({ id }) => ({ acceptanceEntry: found(id) }),
      AskedItems: ({ id }) => ({ acceptanceEntry: { id, asked: { id, items: connection([alone('100')]) } } }),
      BulkAct: () => ({ bulkAct: DECISION }),
      ...answers,
    },
    viewer,
  );
}

const ONE = entryOf({ acceptance: alone('100') });
const MANY = entryOf({ asked: many('b1') });
const DETAIL = { name: 'Request of Anna Lindqvist' };

describe('approvals', () => {
  it('answer first, and list single requests beside what one act asked for as one', async () => {
    open({ entries: [ONE, MANY, entryOf({ asked: many('b2', { canDecide: false, isAsking: true }) })] });
    await screen.findByRole('heading', { name: '3 requests to close without correction wait, 2 of them for you.' });
    const rows = within(screen.getByRole('grid', { name: 'Requests' })).getAllByRole('row');
    expect(rows[1]!.textContent).toContain('order O-100');
    expect(rows[2]!.textContent).toContain('120 exceptions: Too small to pursue');
    expect(rows[2]!.textContent).toContain('of inflow of DE01');
    expect(rows[3]!.textContent).toContain('Still being asked');
  });

  it('move by j and open by Enter', async () => {
    const user = userEvent.setup();
    const { visited } = open({ entries: [ONE, MANY] });
    await screen.findByRole('heading', { name: /2 requests/ });
    await user.keyboard('jj{Enter}');
    await waitFor(() => expect(visited.at(-1)).toContain('open=b1'));
  });

  it('say that nothing waits, and that nothing was decided', async () => {
    open({});
    expect(await screen.findByRole('heading', { name: 'Nothing waits for approval.' })).toBeTruthy();
  });

  it('tell that they are on their way, and that they could not be read', async () => {
    open({ isFailing: true });
    expect(screen.getByRole('status', { name: 'Loading approvals' })).toBeTruthy();
    expect((await screen.findByRole('alert')).textContent).toContain('list of approvals');
  });

  it('say that a request does not exist', async () => {
    open({ search: { open: 'nowhere' } });
    expect(await screen.findByRole('heading', { name: 'This request does not exist' })).toBeTruthy();
  });
});

describe('a request by itself', () => {
  it('shows what it would do, who asked, why and until when', async () => {
    open({ entries: [ONE], search: { open: '100' } });
    const detail = await screen.findByRole('article', { name: /order O-100$/ });
    for (const words of [
      'it posts nothing and writes nothing off. EUR 48,200.00 is above the limit of EUR 1,000.00.',
      'Hafenwerke Bremen AG',
      'Too small to pursue',
      'Anna Lindqvist, 20 Nov',
      'Comment on 100',
      'Goes back23 Nov',
    ]) {
      expect(detail.textContent).toContain(words);
    }
    expect(within(detail).getByRole('link', { name: 'sales order O-100' }).getAttribute('href')).toBe(
      '/exceptions/e100',
    );
  });

  it('is approved by key, and the list is read again', async () => {
    const user = userEvent.setup();
    const done = { approveAcceptance: { __typename: 'ExceptionsChanged', exceptions: [] } };
    const { api } = open({ entries: [ONE], search: { open: '100' }, answers: { ApproveAcceptance: () => done } });
    await screen.findByRole('button', { name: 'Approve' });
    await user.keyboard('y');
    const dialog = await screen.findByRole('dialog', { name: 'Approve closing without correction' });
    await user.click(within(dialog).getByRole('button', { name: 'Approve' }));
    await waitFor(() => expect(api.asked.filter(({ name }) => name === 'AcceptanceEntries').length).toBeGreaterThan(1));
    expect(api.asked).toContainEqual({ name: 'ApproveAcceptance', variables: { id: '100', comment: '' } });
  });

  it('shows what was decided, by whom and why', async () => {
    const decided = {
      state: 'rejected',
      canDecide: false,
      decidedAt: '2026-11-20T10:00:00.000Z',
      deciderName: 'Bruno Keller',
      decisionReason: 'Pursue it',
    };
    const entry = entryOf({ acceptance: alone('100', decided) });
    open({ entries: [entry], search: { show: 'decided', open: '100' } });
    expect(await screen.findByText(/^Rejected by Bruno Keller, 20 Nov .*: Pursue it$/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  });
});

describe('what one act asked for', () => {
  it('shows its sums by entity, groups, what waits, who asked and until when', async () => {
    open({ entries: [MANY], search: { open: 'b1' } });
    const detail = await screen.findByRole('article', DETAIL);
    expect(
      within(detail).getByRole('heading', { name: /^120 exceptions with EUR .* of DE01 and USD .* of US01$/ }),
    ).toBeTruthy();
    const sums = within(within(detail).getByRole('table', { name: 'Money at risk' })).getAllByRole('row');
    expect(sums[1]!.textContent?.replaceAll('\u00a0', ' ')).toBe('DE01EUR 1,200,000.00EUR 0.00119');
    expect(sums[2]!.textContent?.replaceAll('\u00a0', ' ')).toBe('US01USD 0.00USD 12,000.001');
    expect(within(detail).getByRole('link', { name: 'Tax code unknown' })).toBeTruthy();
    expect(await within(detail).findByRole('link', { name: 'sales order O-100' })).toBeTruthy();
    for (const words of ['Agreed with sales', 'Goes back23 Nov', '120 exceptions picked by hand']) {
      expect(detail.textContent).toContain(words);
    }
  });

  const accepted = (name: string, more: object = {}) => ({
    [name]: { __typename: 'BulkActAccepted', bulkAct: { ...DECISION, ...more } },
  });
  const SEEN = { count: 120, hash: HASH, asOf: WAITING.asOf };

  it('is approved by y, exactly as it was shown', async () => {
    const user = userEvent.setup();
    const { api } = open({
      ...{ entries: [MANY], search: { open: 'b1' } },
      answers: { ApproveAsked: () => accepted('approveAskedByAct', { state: 'FROZEN', done: 0, outcomes: [] }) },
    });
    await screen.findByRole('article', DETAIL);
    await user.keyboard('y');
    const dialog = await screen.findByRole('dialog', { name: 'Approve closing without correction' });
    expect(dialog.textContent).toContain('120 exceptions with');
    await user.click(within(dialog).getByRole('button', { name: 'Approve' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(api.asked).toContainEqual({ name: 'ApproveAsked', variables: { id: 'b1', seen: SEEN, comment: '' } });
  });

  it('is rejected with a reason alone', async () => {
    const user = userEvent.setup();
    const { api } = open({
      ...{ entries: [MANY], search: { open: 'b1' } },
      answers: { RejectAsked: () => accepted('rejectAskedByAct') },
    });
    await screen.findByRole('article', DETAIL);
    await user.keyboard('{Shift>}N{/Shift}');
    const dialog = await screen.findByRole('dialog', { name: 'Reject closing without correction' });
    expect(within(dialog).getByRole('button', { name: 'Reject' })).toHaveProperty('disabled', true);
    await user.type(within(dialog).getByLabelText(/Reason/), 'Pursue them');
    await user.click(within(dialog).getByRole('button', { name: 'Reject' }));
    await waitFor(() =>
      expect(api.asked).toContainEqual({
        name: 'RejectAsked',
        variables: { id: 'b1', seen: SEEN, reason: 'Pursue them' },
      }),
    );
  });

  it('is withdrawn by its maker', async () => {
    const user = userEvent.setup();
    const { api } = open({
      ...{ entries: [entryOf({ asked: many('b1', { canDecide: false, canWithdraw: true }) })], search: { open: 'b1' } },
      answers: { WithdrawAsked: () => accepted('withdrawAskedByAct') },
    });
    await user.click(await screen.findByRole('button', { name: 'Withdraw' }));
    const dialog = await screen.findByRole('dialog', { name: 'Withdraw the request' });
    await user.click(within(dialog).getByRole('button', { name: 'Withdraw' }));
    await waitFor(() =>
      expect(api.asked).toContainEqual({ name: 'WithdrawAsked', variables: { id: 'b1', seen: SEEN } }),
    );
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  });

  it('says what changed meanwhile, and is read again when that was read', async () => {
    const user = userEvent.setup();
    const message =
      'You were shown 120, and 118 wait now: 2 were approved by Bruno Keller. Nothing was done: look again.';
    const { api } = open({
      ...{ entries: [MANY], search: { open: 'b1' } },
      answers: { ApproveAsked: () => ({ approveAskedByAct: { __typename: 'BulkActFailure', message } }) },
    });
    await screen.findByRole('article', DETAIL);
    await user.keyboard('y');
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Approve' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain(message);
    const loads = () => api.asked.filter(({ name }) => name === 'AcceptanceEntry').length;
    const before = loads();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(loads()).toBeGreaterThan(before));
  });

  it('shows how far the decision is, what it left waiting, and nothing to decide meanwhile', async () => {
    const running = { ...DECISION, state: 'RUNNING', done: 60, outcomes: [{ outcome: 'DONE', count: 60 }] };
    open({
      ...{ entries: [entryOf({ asked: many('b1', { canDecide: false, decision: { id: 'd1', state: 'RUNNING' } }) })] },
      ...{ search: { open: 'b1' }, answers: { BulkAct: () => ({ bulkAct: running }) } },
    });
    const detail = await screen.findByRole('article', DETAIL);
    expect((await within(detail).findByRole('status')).textContent).toContain('60 of 120 looked at: 60 done.');
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
    expect(within(screen.getByRole('grid', { name: 'Requests' })).getByText('Being carried out')).toBeTruthy();
  });

  it('tells a decision as one among what was decided', async () => {
    open({ entries: [entryOf({ decision: DECISION })], search: { show: 'decided', open: 'd1' } });
    const detail = await screen.findByRole('article', { name: 'Approve closing without correction' });
    expect(detail.textContent).toContain('118 done and 2 above the limit of who approved');
    expect(within(detail).getByRole('link', { name: 'What became of each' }).getAttribute('href')).toContain('open=d1');
  });

  it('says when nothing of it waits any more', async () => {
    open({ entries: [entryOf({ asked: many('b1', { waiting: null, canDecide: false }) })], search: { open: 'b1' } });
    expect(await screen.findByRole('heading', { name: 'Nothing of it waits any more' })).toBeTruthy();
  });
});
