import { describe, expect, it } from '@jest/globals';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderConsole } from '../../testing/render-console.js';
import { ExportCheck } from './export-check.js';

const KNOWN = 'a'.repeat(64);
const PROOF = {
  exportId: 'x1',
  proves: 'rows',
  exportedAt: '2026-09-30T08:00:00Z',
  exportedByName: 'Anna Lindqvist',
  format: 'csv',
  view: 'Tax',
  filter: ['Queues: tax'],
  asOf: '2026-09-30T08:00:00Z',
  rows: 3,
  isSealed: true,
};

async function openCheck() {
  const user = userEvent.setup();
  const rendered = renderConsole(<ExportCheck />, {
    VerifyExport: ({ hash }) => ({ verifyExport: hash === KNOWN ? [PROOF] : [] }),
  });
  await user.keyboard('c');
  const field = await screen.findByLabelText('Or its SHA-256');
  return { user, field, ...rendered };
}

describe('the check of an exported file', () => {
  it('says which export gave it, whatever the case of its hash, and leads to the record', async () => {
    const { user, field } = await openCheck();
    await user.click(field);
    await user.paste(` ${KNOWN.toUpperCase()} `);
    expect(await screen.findByText('The rows are as they were given')).toBeTruthy();
    expect(screen.getByText(/Anna Lindqvist exported 3 exceptions as CSV on .*, from the view “Tax”/)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'See the record' }).getAttribute('href')).toBe(
      '/evidence?type=export&subject=x1',
    );
  });

  it('says that nothing has it, and asks for no half of one', async () => {
    const { user, field, api } = await openCheck();
    await user.click(field);
    await user.paste('b'.repeat(63));
    expect(screen.getByText(/has 64 characters/)).toBeTruthy();
    expect(api.asked).toEqual([]);
    await user.paste('b');
    expect(await screen.findByText(/No export has this hash/)).toBeTruthy();
  });
});
