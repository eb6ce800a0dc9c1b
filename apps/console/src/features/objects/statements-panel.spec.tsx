import { describe, expect, it } from '@jest/globals';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import type { Statement } from './statement-documents.js';
import { StatementsPanel } from './statements-panel.js';

const STATER = { ...ANALYST, permissions: [...ANALYST.permissions, 'lineage.state'] };

function statement(signalId: string, more: Partial<Statement> = {}): Statement {
  return {
    id: 's1',
    signalId,
    act: 'LINK',
    isWithdrawal: false,
    counts: true,
    qualifier: 'settles',
    reason: 'The remittance advice says so',
    statedAt: '2026-11-20T08:00:00.000Z',
    statedBy: { id: 'p1', displayName: 'Anna Lindqvist' },
    amount: { amount: '200.00', currency: 'EUR' },
    objects: [
      { id: 'invoice', type: 'invoice', key: 'I-1' },
      { id: 'payment', type: 'payment', key: 'P-1' },
    ],
    ...more,
  };
}

function open(
  statements: Statement[],
  answers: Record<string, (variables: Record<string, unknown>) => unknown> = {},
  viewer = STATER,
) {
  return renderConsole(
    <StatementsPanel objectId="payment" />,
    {
      ObjectStatements: () => ({ businessObject: { id: 'payment', type: 'payment', key: 'P-1', statements } }),
      ObjectChoices: () => ({
        search: {
          edges: [
            {
              node: {
                __typename: 'BusinessObject',
                id: 'payment',
                type: 'payment',
                key: 'P-1',
                counterparty: null,
                amount: null,
              },
            },
            {
              node: {
                __typename: 'BusinessObject',
                id: 'invoice',
                type: 'invoice',
                key: 'I-1',
                counterparty: 'Kesselbau',
                amount: null,
              },
            },
          ],
        },
      }),
      ...answers,
    },
    viewer,
  );
}

/** All of the text at once: key by key it would take seconds. */
function fill(field: HTMLElement, text: string): void {
  fireEvent.change(field, { target: { value: text } });
}

describe('what people state about an object', () => {
  it('stands with its reason, its author and whether it is in force', async () => {
    open([
      statement('3', { isWithdrawal: true, reason: 'It was another one' }),
      statement('2', { counts: false }),
      statement('1', { id: 's2', act: 'IDENTITY', objects: [{ id: 'payment', type: 'payment', key: 'P-1' }] }),
    ]);
    const rows = await screen.findAllByRole('listitem');
    expect(rows.map((row) => row.textContent)).toEqual([
      expect.stringMatching(/^Withdrawn.*invoice I-1.*It was another one.*Anna Lindqvist/),
      expect.stringMatching(/^No longer.*invoice I-1.*200/),
      expect.stringMatching(/^In force.*Is one with another name of it/),
    ]);
    expect(rows.map((row) => within(row).queryByRole('button', { name: 'Withdraw' }) !== null)).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('is stated with the other object, an amount and a reason', async () => {
    const { api } = open([], {
      StateLineage: () => ({ stateLineage: { __typename: 'LineageStated', statement: { id: 's1' } } }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'This belongs to …' }));
    const dialog = await screen.findByRole('dialog', { name: 'Payment P-1 belongs to …' });
    const submit = within(dialog).getByRole('button', { name: 'State the link' });
    expect(submit).toHaveProperty('disabled', true);
    fill(within(dialog).getByLabelText('The other object'), 'I-1');
    const choices = await within(dialog).findAllByRole('radio');
    expect(choices).toHaveLength(1);
    await userEvent.click(choices[0]!);
    fill(within(dialog).getByLabelText('Amount'), '200');
    fill(within(dialog).getByLabelText('Currency'), 'eur');
    fill(within(dialog).getByLabelText('Reason'), 'The customer said so');
    await userEvent.click(submit);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(api.asked.find(({ name }) => name === 'StateLineage')?.variables).toEqual({
      input: {
        act: 'LINK',
        objectIds: ['payment', 'invoice'],
        reason: 'The customer said so',
        amount: { amount: '200', currency: 'EUR' },
      },
    });
  });

  it('says why it is refused', async () => {
    open([], {
      ObjectChoices: () => ({
        search: {
          edges: [
            {
              node: {
                __typename: 'BusinessObject',
                id: 'other',
                type: 'payment',
                key: 'P-2',
                counterparty: null,
                amount: null,
              },
            },
          ],
        },
      }),
      StateLineage: () => ({
        stateLineage: {
          __typename: 'LineageStatementFailure',
          message: 'erp keeps two: number P-1 and P-2',
          problems: [],
        },
      }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'These are one …' }));
    const dialog = await screen.findByRole('dialog');
    fill(within(dialog).getByLabelText('The other object'), 'P-2');
    await userEvent.click(await within(dialog).findByRole('radio'));
    fill(within(dialog).getByLabelText('Reason'), 'They look alike');
    await userEvent.click(within(dialog).getByRole('button', { name: 'State that they are one' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('erp keeps two: number P-1 and P-2');
  });

  it('is withdrawn with a reason', async () => {
    const { api } = open([statement('1')], {
      WithdrawStatement: () => ({ withdrawStatement: { __typename: 'LineageStated', statement: { id: 's1' } } }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Withdraw' }));
    const dialog = await screen.findByRole('dialog');
    fill(within(dialog).getByLabelText('Reason'), 'It was another one');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Withdraw' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(api.asked.find(({ name }) => name === 'WithdrawStatement')?.variables).toEqual({
      id: 's1',
      reason: 'It was another one',
    });
  });

  it('is read by those who may not state anything', async () => {
    open([statement('1')], {}, ANALYST);
    const button = await screen.findByRole('button', { name: 'This belongs to …' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    await userEvent.click(button);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
