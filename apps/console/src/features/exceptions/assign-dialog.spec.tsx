import { describe, expect, it, jest } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { exceptionRow } from '../../testing/exception-rows.js';
import { renderConsole } from '../../testing/render-console.js';
import { AssignDialog } from './assign-dialog.js';

const rows = [exceptionRow('100')];

function open(warnings: readonly string[], deputyName: string | null = null) {
  const onAssign = jest.fn();
  const { api } = renderConsole(
    <AssignDialog title="Assign O-100" rows={rows} onClose={jest.fn()} onAssign={onAssign} />,
    {
      PreviewBulkAct: () => ({
        previewBulkAct: {
          __typename: 'BulkActPreview',
          count: 1,
          hash: 'abc',
          selectionWords: '1 exception',
          amounts: [],
          forecast: [],
          warnings,
          deputyName,
        },
      }),
      AwayNow: () => ({ absences: [] }),
    },
  );
  return { onAssign, api };
}

async function choose(name: RegExp) {
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name }));
  return user;
}

describe('assigning exceptions', () => {
  it('is done at once where nothing speaks against it', async () => {
    const { onAssign, api } = open([]);
    await choose(/Anna/);
    await waitFor(() => expect(onAssign).toHaveBeenCalledWith('p1', false));
    expect(api.asked.find(({ name }) => name === 'PreviewBulkAct')?.variables).toEqual({
      selection: { exceptions: [{ id: '100', version: rows[0]?.version }] },
      act: { kind: 'ASSIGN', ownerId: 'p1' },
    });
  });

  it('says first that the person is away, and offers who stands in', async () => {
    const { onAssign } = open(['Anna is away until 2026-10-04: Ben stands in and is told as well.'], 'Ben');
    const user = await choose(/Anna/);
    await screen.findByText('Anna is away until 2026-10-04: Ben stands in and is told as well.');
    expect(onAssign).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Give it to Ben' }));
    expect(onAssign).toHaveBeenCalledWith('p1', true);
  });

  it('can be done all the same, or with somebody else', async () => {
    const { onAssign } = open(['Anna is no member of the queue Tax: 1 exception.']);
    const user = await choose(/Anna/);
    await user.click(await screen.findByRole('button', { name: 'Choose somebody else' }));
    await choose(/Anna/);
    expect(screen.queryByRole('button', { name: /Give it to/ })).toBeNull();
    await user.click(await screen.findByRole('button', { name: /all the same/ }));
    expect(onAssign).toHaveBeenCalledWith('p1', false);
  });

  it('keeps the focus where it goes on, and where it goes back', async () => {
    open(['Anna is away until 2026-10-04: Ben stands in and is told as well.'], 'Ben');
    const user = await choose(/Anna/);
    const given = await screen.findByRole('button', { name: 'Give it to Ben', description: /Anna is away/ });
    await waitFor(() => expect(document.activeElement).toBe(given));
    await user.click(screen.getByRole('button', { name: 'Choose somebody else' }));
    const field = await screen.findByRole('textbox', { name: 'Find a person' });
    await waitFor(() => expect(document.activeElement).toBe(field));
  });

  it('asks nothing where it is handed back', async () => {
    const { onAssign, api } = open(['never shown']);
    await choose(/hand back/);
    expect(onAssign).toHaveBeenCalledWith(null, false);
    expect(api.asked.some(({ name }) => name === 'PreviewBulkAct')).toBe(false);
  });
});
