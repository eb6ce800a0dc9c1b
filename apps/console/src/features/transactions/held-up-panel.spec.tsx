import { describe, expect, it } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import { renderConsole } from '../../testing/render-console.js';
import { HeldUpPanel } from './held-up-panel.js';

const blocker = (exceptionId: string, isUpstream: boolean, key: string) => ({
  ...{ exceptionId, isUpstream, hop: 'quotes' },
  object: { type: isUpstream ? 'quote' : 'sales-order', key },
});

function openPanel(blockedBy: readonly ReturnType<typeof blocker>[]) {
  let hasAnswered = false;
  renderConsole(<HeldUpPanel id="t1" />, {
    TransactionBlockers: () => {
      hasAnswered = true;
      return { transaction: { id: 't1', blockedBy } };
    },
  });
  return waitFor(() => expect(hasAnswered).toBe(true));
}

describe('what holds a transaction up from before its first document', () => {
  it('is named with the way to its exception, and the own exceptions are left to their list', async () => {
    await openPanel([blocker('e1', false, 'SO-1'), blocker('e2', true, 'Q-1')]);
    const link = await screen.findByRole('link', { name: 'quote Q-1' });
    expect(link.getAttribute('href')).toContain('e2');
    expect(screen.getByText('at quotes')).toBeTruthy();
    expect(screen.queryByText(/SO-1/)).toBeNull();
  });

  it('is not shown where there is none', async () => {
    await openPanel([blocker('e1', false, 'SO-1')]);
    expect(screen.queryByText('Held up by what comes before')).toBeNull();
  });
});
