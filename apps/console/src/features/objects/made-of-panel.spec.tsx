import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderConsole } from '../../testing/render-console.js';
import { gathersOthers, MadeOfPanel } from './made-of-panel.js';

const part = (number: number) => ({
  node: {
    qualifier: 'gathers',
    object: { id: `b${number}`, type: 'bank-entry', key: `ENTRY-${number}` },
    amount: { amount: `${number}.00`, currency: 'EUR' },
    stated: null,
  },
});

describe('what a position is made of', () => {
  it('is shown page by page, each part a door', async () => {
    renderConsole(<MadeOfPanel objectId="h1" />, {
      MadeOf: ({ after }) => ({
        businessObject: {
          id: 'h1',
          madeOf: {
            totalCount: 3,
            totalCountIsEstimate: false,
            pageInfo: { hasNextPage: !after, endCursor: after ? null : 'c1' },
            edges: after ? [part(3)] : [part(1), part(2)],
          },
        },
      }),
    });
    const panel = await screen.findByRole('region', { name: 'What it is made of' });
    expect(panel.textContent).toContain('3 parts');
    expect(
      within(panel)
        .getByRole('link', { name: /ENTRY-1/ })
        .getAttribute('href'),
    ).toBe('/objects/b1');
    await userEvent.setup().click(within(panel).getByRole('button', { name: 'Show more of 3' }));
    expect(await within(panel).findByRole('link', { name: /ENTRY-3/ })).toBeTruthy();
    expect(within(panel).queryByRole('button')).toBeNull();
  });

  it('is asked of what gathers others alone', () => {
    expect(['cash-position', 'payment-batch', 'invoice'].map(gathersOthers)).toEqual([true, true, false]);
  });
});
