import { describe, expect, it } from '@jest/globals';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderConsole } from '../../testing/render-console.js';
import { ENGINEER } from '../../testing/signal-rows.js';
import type { Rebuild } from './rebuild-documents.js';
import { RebuildsPage } from './rebuilds-page.js';

const REBUILDER = { ...ENGINEER, permissions: [...ENGINEER.permissions, 'lineage.rebuild', 'requeue.approve'] };

const READY: Rebuild = {
  id: 'r1',
  reason: 'A new milestone',
  state: 'ready',
  isWhole: true,
  scope: {},
  leftOut: null,
  requestedBy: { id: 'p9', displayName: 'Erik Engineer' },
  requestedAt: '2026-11-20T08:00:00.000Z',
  startedAt: '2026-11-20T08:00:01.000Z',
  finishedAt: null,
  total: 1200,
  done: 1200,
  acts: ['cancel', 'switch'],
  comparedAt: '2026-11-20T08:02:00.000Z',
  differences: [
    {
      table: 'object_link',
      added: 1,
      changed: 0,
      removed: 0,
      samples: [{ label: 'invoice I-1 → payment P-1 · settles', before: null, after: { qualifier: 'settles' } }],
    },
    {
      table: 'business_object',
      added: 0,
      changed: 1,
      removed: 0,
      samples: [{ label: 'invoice I-1', before: { amount: '1.00' }, after: { amount: '250.00' } }],
    },
    { table: 'milestone', added: 0, changed: 0, removed: 0, samples: [] },
  ],
  report: {
    signals: null,
    activities: null,
    isSample: false,
    foreseen: null,
    closedPeriods: [],
    money: [
      {
        objectType: 'invoice',
        legalEntity: 'DE01',
        documents: 1,
        before: { amount: '1.00', currency: 'EUR' },
        after: { amount: '250.00', currency: 'EUR' },
        openBefore: { amount: '1.00', currency: 'EUR' },
        openAfter: { amount: '0.00', currency: 'EUR' },
      },
    ],
    exceptions: {
      opens: 1,
      closes: 0,
      changes: 0,
      first: [{ what: 'opens', about: 'finance.amount-mismatch', label: 'invoice I-1' }],
    },
  },
  afterwards: null,
  approval: null,
  error: null,
};

const PENDING_APPROVAL: NonNullable<Rebuild['approval']> = {
  id: 'a1',
  kind: 'rebuild',
  state: 'PENDING_APPROVAL',
  makerName: 'Erik Engineer',
  reason: 'A new milestone',
  hash: 'ab'.repeat(32),
  askedAgain: null,
  createdAt: '2026-11-20T08:03:00.000Z',
  dueAt: '2026-11-23T08:03:00.000Z',
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
  needed: {
    approvals: 1,
    roles: [],
    excludesTouchers: false,
    isHard: false,
    rules: [{ name: 'rebuild', title: 'What everybody sees is switched to a rebuild' }],
  },
  approvals: [],
  approvers: [{ person: { id: REBUILDER.id, displayName: 'You' }, canApprove: true, code: null, whyNot: null }],
};

const accepted = { __typename: 'RebuildAccepted', rebuild: { id: 'r1' } };

function open(rebuilds: Rebuild[]) {
  return renderConsole(
    <RebuildsPage />,
    {
      Rebuilds: () => ({ rebuilds: { totalCount: rebuilds.length, edges: rebuilds.map((node) => ({ node })) } }),
      SourceSystemNames: () => ({
        sourceSystems: { edges: [{ node: { name: 'stripe-eu', kind: 'stripe', title: 'Stripe EU' } }] },
      }),
      RequestRebuild: () => ({ requestRebuild: accepted }),
      PauseRebuild: () => ({ pauseRebuild: accepted }),
      ResumeRebuild: () => ({ resumeRebuild: accepted }),
      CancelRebuild: () => ({ cancelRebuild: accepted }),
      SwitchRebuild: () => ({ switchRebuild: accepted }),
      ApproveLineageChange: () => ({
        approveLineageChange: { __typename: 'LineageDecided', approval: { id: 'a1', state: 'APPROVED' } },
      }),
    },
    REBUILDER,
  );
}

/** All of the text at once: key by key it would take seconds. */
function fill(field: HTMLElement, text: string): void {
  fireEvent.change(field, { target: { value: text } });
}

describe('rebuilds', () => {
  it('answer with what waits for a person, and show what it would change before and after', async () => {
    open([READY]);
    await screen.findByRole('heading', { name: 'A rebuild waits to be looked at. The switch would change 2 rows.' });
    const table = screen.getByRole('table', { name: 'What the switch would change' });
    expect(
      within(table)
        .getAllByRole('row')
        .slice(1)
        .map((row) => row.textContent),
    ).toEqual(['Objects010', 'Links100', 'Milestones000']);
    await userEvent.click(screen.getByText('Objects: 1 of 1'));
    const row = screen.getByRole('row', { name: /invoice I-1 amount/ });
    expect(row.textContent).toBe('Changedinvoice I-1amount1.00amount250.00');
  });

  it('say what becomes of money and exceptions', async () => {
    open([READY]);
    const money = within(await screen.findByRole('table', { name: 'Money of documents' }));
    expect(money.getAllByRole('row')[1]!.textContent).toBe('InvoiceDE011EUR 1.00EUR 250.00EUR 1.00EUR 0.00');
    expect(screen.getByText('Of exceptions 1 opens.')).toBeDefined();
    expect(screen.getByRole('list', { name: 'First of these exceptions' }).textContent).toContain('Opens: invoice I-1');
  });

  it('that wait for approval say who may give it, and are approved by key', async () => {
    const { api } = open([{ ...READY, state: 'pending', acts: ['cancel'], approval: PENDING_APPROVAL }]);
    await screen.findByRole('heading', { name: /The whole lineage: It waits for a second person/ });
    expect(screen.getByText('What everybody sees is switched to a rebuild')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Switch to it' })).toBeNull();
    await userEvent.keyboard('y');
    const dialog = await screen.findByRole('dialog', { name: 'Approve the change of lineage' });
    expect(dialog.textContent).toContain('and the money of 1 document; of exceptions 1 opens.');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Approve' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'ApproveLineageChange')?.variables).toEqual({
        id: 'a1',
        hash: 'ab'.repeat(32),
        comment: '',
      }),
    );
  });

  it('are decided by button alone where several wait: no key says which', async () => {
    const waiting: Rebuild = { ...READY, state: 'pending', acts: ['cancel'], approval: PENDING_APPROVAL };
    open([waiting, { ...waiting, id: 'r2', approval: { ...PENDING_APPROVAL, id: 'a2' } }]);
    const [, second] = await screen.findAllByRole('button', { name: 'Approve' });
    await userEvent.keyboard('y');
    await userEvent.keyboard('{Shift>}n{/Shift}');
    expect(screen.queryByRole('dialog')).toBeNull();
    await userEvent.click(second!);
    expect(await screen.findByRole('dialog', { name: 'Approve the change of lineage' })).toBeDefined();
  });

  it('that are done say what changed afterwards', async () => {
    const activities = { added: 0, changed: 3, removed: 1 };
    const { money, exceptions } = READY.report!;
    open([
      {
        ...READY,
        state: 'done',
        isWhole: false,
        acts: [],
        afterwards: {
          activities,
          comparedAt: '2026-11-20T09:00:00.000Z',
          differences: [{ table: 'business_object', added: 0, changed: 1, removed: 0 }],
          money,
          exceptions,
          asForeseen: 4,
          otherwise: 1,
        },
      },
    ]);
    const after = within(await screen.findByRole('region', { name: 'Changes afterwards' }));
    expect(after.getByText('Activities that were changed: 3 changed, 1 gone.')).toBeDefined();
    expect(after.getByText('4 rows as foreseen, 1 otherwise.')).toBeDefined();
    expect(after.getByRole('table', { name: 'Money that changed' })).toBeDefined();
  });

  it('of a source say what they leave out', async () => {
    const scope = { sourceSystem: 'salesforce' };
    open([{ ...READY, isWhole: false, state: 'waiting', scope, leftOut: 'Spans belong to no source system' }]);
    expect(await screen.findByText('Spans belong to no source system')).toBeDefined();
  });

  it('are switched to after a second question', async () => {
    const { api } = open([READY]);
    await userEvent.click(await screen.findByRole('button', { name: 'Switch to it' }));
    const dialog = await screen.findByRole('dialog', { name: 'Switch to the rebuild' });
    expect(dialog.textContent).toContain('2 rows of what everybody sees change in one moment');
    expect(api.asked.some(({ name }) => name === 'SwitchRebuild')).toBe(false);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Switch' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'SwitchRebuild')?.variables).toEqual({ id: 'r1' }),
    );
  });

  it.each([
    ['Pause', 'PauseRebuild', { state: 'running', acts: ['pause', 'cancel'], done: 300, differences: null }],
    ['Go on', 'ResumeRebuild', { state: 'paused', acts: ['resume', 'cancel'], done: 300, differences: null }],
  ] as const)('under way show how far they are: %s', async (button, operation, change) => {
    const { api } = open([{ ...READY, ...change, acts: [...change.acts] }]);
    const bar = await screen.findByRole('progressbar', { name: 'Activities made again' });
    expect([bar.getAttribute('value'), bar.getAttribute('max')]).toEqual(['300', '1200']);
    expect(screen.queryByRole('button', { name: 'Switch to it' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: button }));
    await waitFor(() => expect(api.asked.find(({ name }) => name === operation)?.variables).toEqual({ id: 'r1' }));
  });

  it('are asked for as a whole, or for a source alone', async () => {
    const { api } = open([]);
    await screen.findByRole('heading', { name: 'Lineage was never rebuilt here.' });
    await userEvent.click(screen.getByRole('button', { name: 'Rebuild' }));
    const dialog = await screen.findByRole('dialog', { name: 'Rebuild lineage' });
    fill(within(dialog).getByLabelText('Reason'), 'A new milestone');
    await userEvent.click(within(dialog).getByRole('radio', { name: /The signals of a time or a source/ }));
    // A range without a bound would be the whole by an oversight.
    expect(within(dialog).getByRole('button', { name: 'Rebuild' })).toHaveProperty('disabled', true);
    await userEvent.click(within(dialog).getByRole('radio', { name: /The whole/ }));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Rebuild' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'RequestRebuild')?.variables).toEqual({
        input: { reason: 'A new milestone' },
      }),
    );
  });

  it('keep the rows from those who may not read them', async () => {
    open([{ ...READY, differences: READY.differences!.map((one) => ({ ...one, samples: null })) }]);
    expect(await screen.findByText('The rows themselves are for those who may read transactions.')).toBeDefined();
    expect(screen.queryByText(/Objects: /)).toBeNull();
  });
});
