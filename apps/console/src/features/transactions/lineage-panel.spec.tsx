import { describe, expect, it } from '@jest/globals';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderConsole } from '../../testing/render-console.js';
import { LineagePanel, type LineageParts } from './lineage-panel.js';

const node = (id: string, type: string) => ({
  id,
  type,
  key: id,
  isHub: false,
  isPlaceholder: false,
  amount: null,
});
const member = (id: string, type: string, furtherUpstream: number) => ({
  ...node(id, type),
  gathers: null,
  furtherUpstream,
  depth: 0,
  legalEntity: null,
  counterparty: null,
  direction: null,
});
const link = (from: string, to: string, qualifier: string, isContext = false) => ({
  from,
  to,
  qualifier,
  isContext,
  isEstablished: true,
  amount: null,
});
const TRANSACTION: LineageParts = {
  id: 't1',
  anchor: { id: 'I-1', type: 'invoice', key: 'I-1' },
  objects: [member('I-1', 'invoice', 0), member('P-1', 'payment', 2), member('P-2', 'payment', 0)],
  links: [link('I-1', 'P-1', 'settles'), { ...link('I-1', 'P-2', 'settles'), isEstablished: false }],
  context: {
    isTruncated: false,
    nodes: [node('A-1', 'approval')],
    edges: [link('A-1', 'P-1', 'approved-by', true)],
  },
  exceptions: [],
};

const open = (show: 'graph' | 'table') =>
  renderConsole(<LineagePanel transaction={TRANSACTION} search={{ show, run: undefined, message: undefined }} />, {
    LineageAround: () => ({
      lineage: {
        isTruncated: true,
        nodes: [
          { ...node('P-1', 'payment'), depth: 0, furtherCount: 0 },
          { ...node('I-9', 'invoice'), depth: 1, furtherCount: 4 },
        ],
        edges: [link('I-9', 'P-1', 'settles')],
      },
    }),
  });

describe('the lineage of a transaction', () => {
  it('has what is attached to its documents as context', async () => {
    open('table');
    const rows = (await screen.findAllByRole('row')).map((row) => row.textContent);
    expect(rows).toContainEqual(expect.stringContaining('approval A-1approved by · contextpayment P-1'));
  });

  it('marks in the table, and explains at the graph, what only attempts that failed state', async () => {
    open('table');
    const rows = (await screen.findAllByRole('row')).map((row) => row.textContent);
    expect(rows).toContainEqual(expect.stringContaining('invoice I-1settles · attemptedpayment P-2'));
    expect(rows).toContainEqual(expect.stringContaining('invoice I-1settlespayment P-1'));
    open('graph');
    expect(await screen.findByText(/Dashed and “attempted”: a link that only attempts that failed state/)).toBeTruthy();
  });

  it('shows what a document follows from beyond the transaction, when asked', async () => {
    const user = userEvent.setup();
    const { api } = open('graph');
    const button = await screen.findByText('+2 upstream');
    expect(api.asked).toEqual([]);
    expect(screen.getByText('A-1')).toBeTruthy();
    await user.click(button);
    expect(await screen.findByText('I-9')).toBeTruthy();
    expect(api.asked[0]).toEqual({
      name: 'LineageAround',
      variables: { objectId: 'P-1', direction: 'UPSTREAM', depth: 4, maxNodes: 60 },
    });
    expect(screen.getByText('+4 more').getAttribute('href')).toBe('/objects/I-9');
    expect(screen.getByText(/More lies upstream than is drawn/)).toBeTruthy();
    await user.click(screen.getByText('− upstream'));
    expect(screen.queryByText('I-9')).toBeNull();
  });
});
