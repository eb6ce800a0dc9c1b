import { describe, expect, it, jest } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { CompensationAction } from '../../../gql/graphql.js';
import { exceptionRow } from '../../../testing/exception-rows.js';
import { ANALYST, renderConsole } from '../../../testing/render-console.js';
import { ActButtons } from '../act-buttons.js';
import { useExceptionActs } from '../use-exception-acts.js';
import type { CompensationPlan, CompensationPlanItem } from './compensation-documents.js';
import { CompensateDialog } from './compensate-dialog.js';

const INVOICE = { objectId: 'd1', type: 'invoice', key: '9001' };
const ITEM: CompensationPlanItem = {
  exceptionId: '100',
  integration: 'billing-to-erp',
  willSend: true,
  reason: null,
  code: null,
  postingDate: '2026-10-01',
  closedPeriod: '2026-09 of DE01',
  document: INVOICE,
  choices: [INVOICE],
  following: [],
};
const EUR = (amount: string) => ({ amount, currency: 'EUR' });
const EFFECT = [{ legalEntity: 'DE01', inflow: EUR('-1234.50'), outflow: EUR('0.00'), count: 1 }];

const plan = (
  action: CompensationAction,
  item: Partial<CompensationPlanItem>,
  more: Partial<CompensationPlan> = {},
): CompensationPlan => ({
  ...{ action, items: [{ ...ITEM, ...item }], effect: EFFECT, waiting: [], approval: null },
  ...more,
});

function open(
  item: Partial<CompensationPlanItem> = {},
  more: Partial<CompensationPlan> = {},
  actions: CompensationAction[] = ['REVERSE', 'NOTIFY'],
) {
  const onAsked = jest.fn();
  const { api } = renderConsole(
    <CompensateDialog row={exceptionRow('100')} onClose={() => undefined} onAsked={onAsked} />,
    {
      OfferedCompensations: () => ({
        exception: { id: '100', compensations: actions.map((action) => ({ action, integration: 'billing-to-erp' })) },
      }),
      CompensationPlan: ({ action }) => ({ compensationPlan: plan(action as CompensationAction, item, more) }),
      RequestCompensation: () => ({
        requestCompensation: { __typename: 'CompensationAccepted', request: { id: 'r1', state: 'PENDING_APPROVAL' } },
      }),
    },
  );
  return { api, onAsked, user: userEvent.setup() };
}

describe('undoing a document', () => {
  it('shows what would happen, with the money turned, and asks for it with a reason', async () => {
    const approval = { approvals: 1, roles: [], rules: [{ name: 'large', title: 'EUR 1,000 or more' }] };
    const { api, onAsked, user } = open({}, { approval });
    expect(
      await screen.findByText(
        /^Invoice 9001 is reversed by billing-to-erp, posted on 2026-10-01 because 2026-09 of DE01 is closed\.$/,
      ),
    ).toBeTruthy();
    expect(screen.getByText(/^Money effect: .*1.2.* in\.$/).textContent).toMatch(/[-−]/);
    expect(screen.getByText(/EUR 1,000 or more/)).toBeTruthy();
    const submit = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Ask to reverse the document' });
    expect(submit().disabled).toBe(true);
    await user.type(screen.getByLabelText('Reason'), 'posted twice');
    await user.click(submit());
    await waitFor(() => expect(onAsked).toHaveBeenCalledWith('Reversal waits for approval'));
    expect(api.asked.find(({ name }) => name === 'RequestCompensation')?.variables).toEqual({
      ids: ['100'],
      action: 'REVERSE',
      reason: 'posted twice',
      documents: null,
    });
  });

  it('says why it cannot be, and what is in the way', async () => {
    const reason = 'Payment P-1 settles it and stands: undo that first.';
    const payment = { objectId: 'p', type: 'payment', key: 'P-1', qualifier: 'settles', mustGoFirst: true };
    const { user } = open({ willSend: false, reason, code: 'DOWNSTREAM_FIRST', following: [payment] });
    expect(await screen.findByText(reason)).toBeTruthy();
    await user.type(screen.getByLabelText('Reason'), 'posted twice');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Reverse the document' }).disabled).toBe(true);
    expect(screen.queryByText(/Money effect/)).toBeNull();
  });

  it('is told of without any money, where that is chosen', async () => {
    const { user } = open({ postingDate: null, closedPeriod: null }, { effect: [] });
    await user.click(await screen.findByRole('radio', { name: /Notify/ }));
    expect(await screen.findByText('Billing-to-erp is told of invoice 9001.')).toBeTruthy();
    expect(screen.getByText('No money moves.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Notify' })).toBeTruthy();
  });

  it('asks which of several documents is wrong', async () => {
    const other = { objectId: 'd2', type: 'invoice', key: '9002' };
    const { api, user } = open({ choices: [INVOICE, other] });
    await user.click(await screen.findByRole('combobox', { name: 'Which of them is wrong' }));
    await user.click(await screen.findByRole('option', { name: 'invoice 9002', hidden: true }));
    await waitFor(() =>
      expect(api.asked.findLast(({ name }) => name === 'CompensationPlan')?.variables).toMatchObject({
        documents: [{ exceptionId: '100', objectId: 'd2' }],
      }),
    );
    await user.click(screen.getByRole('radio', { name: /Notify/ }));
    await waitFor(() =>
      expect(api.asked.findLast(({ name }) => name === 'CompensationPlan')?.variables).toEqual({
        ids: ['100'],
        action: 'NOTIFY',
        documents: null,
      }),
    );
  });

  it('says that nothing is declared, and works nothing out', async () => {
    open({}, {}, []);
    expect(await screen.findByText('Nothing is declared that could undo this.')).toBeTruthy();
    expect(screen.queryByText(/Working out/)).toBeNull();
  });

  it('says that what is declared could not be read, and reads it again', async () => {
    let isThere = false;
    renderConsole(<CompensateDialog row={exceptionRow('100')} onClose={() => undefined} onAsked={() => undefined} />, {
      OfferedCompensations: () => {
        if (!isThere) throw new Error('not there');
        return { exception: { id: '100', compensations: [] } };
      },
    });
    await screen.findByRole('alert');
    expect(screen.queryByText(/Working out/)).toBeNull();
    isThere = true;
    await userEvent.setup().click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Nothing is declared that could undo this.')).toBeTruthy();
  });
});

describe('the act', () => {
  function Buttons({ actions }: { actions: string[] }) {
    const acts = useExceptionActs([exceptionRow('100', { actions })], () => undefined);
    return (
      <div aria-label="Acts" role="group">
        <ActButtons acts={acts} />
      </div>
    );
  }
  const names = () =>
    within(screen.getByRole('group', { name: 'Acts' }))
      .getAllByRole('button')
      .map(({ textContent }) => textContent);

  it.each<[string, string[], number]>([
    ['is not there where nothing is declared', ['requeue', 'note'], -1],
    ['stands behind sending again and correcting', ['requeue', 'compensate', 'note'], 2],
    ['comes first where nothing can be sent again', ['compensate', 'note'], 0],
  ])('%s', (_name, actions, place) => {
    renderConsole(<Buttons actions={actions} />, {}, ANALYST);
    expect(names().indexOf('Reverse / Cancel / Notify…')).toBe(place);
  });
});
