import { describe, expect, it } from '@jest/globals';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { exceptionRow } from '../../../testing/exception-rows.js';
import { renderConsole } from '../../../testing/render-console.js';
import { CorrectionDialog } from './correction-dialog.js';
import type { Correctable, CorrectableField } from './correction-documents.js';

function field(pointer: string, label: string, valueJson: string | null): CorrectableField {
  const plain = { description: null, kind: 'text', choices: [], isRequired: false, isMasked: false, lock: null };
  return { pointer, label, valueJson, needsConfirmation: false, ...plain };
}

function payloadOf(length: number): Correctable {
  return {
    ...{
      canCorrect: true,
      whyNot: null,
      kind: 'other',
      failedVersion: 1,
      latestVersion: 1,
      isMasked: false,
      isTruncated: false,
    },
    changeable: ['/lines/-', '/lines/*/tax'],
    contractType: null,
    contractVersion: null,
    fields: Array.from({ length }, (_, index) => field(`/lines/${index}/tax`, `Lines ${index + 1} · tax`, '"V1"')),
    lists: [
      {
        ...{ pointer: '/lines', label: 'Lines', length },
        newFields: [field(`/lines/${length}/tax`, `Lines ${length + 1} · tax`, null)],
      },
    ],
    versions: [],
  };
}

const CHECKED = { isStale: false, toConfirm: [], problems: [], changes: [] };

function open(length: number, check: object = {}) {
  return renderConsole(
    <CorrectionDialog row={exceptionRow('100')} onClose={() => undefined} onSaved={() => undefined} />,
    {
      CorrectablePayload: () => ({ exception: { id: '100', failure: null }, correctablePayload: payloadOf(length) }),
      CheckCorrection: () => ({ checkCorrection: { ...CHECKED, ...check } }),
    },
  );
}

type Asked = { name: string; variables: Record<string, unknown> }[];
const lastEdits = (asked: Asked) => asked.filter(({ name }) => name === 'CheckCorrection').at(-1)?.variables['edits'];
const fill = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

describe('lists in a correction', () => {
  it('gain elements at the end, lose others, and change what stands between', async () => {
    const { api } = open(2);
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Add to Lines' }));
    fill('Lines 3 · tax', 'V9');
    fill('Lines 2 · tax', 'V2');
    await user.click(screen.getByRole('button', { name: 'Take Lines 1 away' }));
    expect(screen.queryByLabelText('Lines 1 · tax')).toBeNull();
    await waitFor(() =>
      expect(lastEdits(api.asked)).toEqual([
        { pointer: '/lines/1/tax', to: '"V2"' },
        { pointer: '/lines/2/tax', to: '"V9"' },
        { pointer: '/lines/0', to: null },
      ]),
    );
    await user.click(screen.getByRole('button', { name: 'Keep Lines 1' }));
    expect(screen.getByLabelText('Lines 1 · tax')).toHaveProperty('value', 'V1');
    await user.click(screen.getByRole('button', { name: 'Take Lines 3 away' }));
    await waitFor(() => expect(lastEdits(api.asked)).toEqual([{ pointer: '/lines/1/tax', to: '"V2"' }]));
  });

  it('say at an element why it stays, and show each that comes and goes', async () => {
    const problems = [{ pointer: '/lines/0', code: 'NOT_CHANGEABLE', message: 'cannot be taken away' }];
    const changes = [
      { pointer: '/lines/1', from: '{"no":2,"tax":"V1"}', to: null },
      { pointer: '/lines/2', from: null, to: '{"no":12345678901234567890,"tax":"V9"}' },
    ];
    open(2, { problems, changes });
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Take Lines 1 away' }));
    expect(await screen.findByText('cannot be taken away')).toBeTruthy();
    const rows = within(screen.getByRole('table', { name: 'Against version 1' })).getAllByRole('row');
    expect(rows.map((row) => row.textContent)).toEqual([
      'FieldBeforeAfter',
      '/lines/1 taken awayno: 2\ntax: V1nothing',
      '/lines/2 addednothingno: 12345678901234567890\ntax: V9',
    ]);
  });

  it('of five hundred elements are shown page by page, and a problem elsewhere leads to its place', async () => {
    open(500, { problems: [{ pointer: '/lines/499/tax', code: 'BREAKS_CONTRACT', message: 'must be one of V1' }] });
    const user = userEvent.setup();
    expect(await screen.findByText('Lines 1 to 50 of 1001')).toBeTruthy();
    expect(screen.queryByLabelText('Lines 400 · tax')).toBeNull();
    fill('Lines 2 · tax', 'V2');
    await user.click(screen.getByRole('button', { name: 'After' }));
    expect(screen.getByText('Lines 51 to 100 of 1001')).toBeTruthy();
    const elsewhere = await screen.findByRole('list', { name: 'What stands in the way' });
    await user.click(within(elsewhere).getByRole('button', { name: 'Show /lines/499/tax' }));
    const input = await screen.findByLabelText('Lines 500 · tax');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(screen.queryByRole('list', { name: 'What stands in the way' })).toBeNull();
    fill('Find a field', 'Lines 2 · tax');
    expect(screen.getByLabelText('Lines 2 · tax')).toHaveProperty('value', 'V2');
  });
});
