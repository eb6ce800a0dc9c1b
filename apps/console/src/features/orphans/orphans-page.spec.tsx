import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { parseOrphansSearch, type OrphansSearch } from '../../shared/url.js';
import { renderConsole } from '../../testing/render-console.js';
import { onePage } from '../../testing/signal-rows.js';
import { claimsWords } from './claim-words.js';
import type { Orphan, Trust } from './orphans-documents.js';
import { OrphansPage } from './orphans-page.js';
import { prepareTrust, trustAnswer } from './prepare-trust.js';

const TRUST: Trust = {
  integration: 's4hana-billing',
  lookedAt: 100,
  withoutObject: 0,
  outsideTransactions: 0,
  masterDataOnly: 0,
  inTransactions: 100,
  isCapped: false,
};
const BAD: Trust = {
  ...TRUST,
  integration: 'kyriba-payments',
  lookedAt: 1000,
  withoutObject: 10,
  outsideTransactions: 50,
  masterDataOnly: 40,
  inTransactions: 900,
  isCapped: true,
};
const INVOICE: Orphan = {
  id: 'a1/o1',
  kind: 'OBJECT',
  activityType: 'invoice.posted',
  occurredAt: '2026-11-20T08:00:00.000Z',
  system: 'sap-de',
  signalKind: 'span',
  signalId: 's1',
  message: null,
  object: { id: 'o1', type: 'invoice', key: 'INV-9' },
  claims: [{ kind: 'missing-link', workflowTitle: 'Order to cash', fromTypes: ['sales-order', 'delivery'] }],
};
const UNMAPPED: Orphan = {
  ...INVOICE,
  id: 'a2',
  kind: 'ACTIVITY',
  activityType: 'signal.unmapped',
  signalKind: 'webhook',
  message: 'no rule takes it',
  object: { id: 'o2', type: 'signal', key: 's1' },
  claims: [{ kind: 'map-signal', workflowTitle: null, fromTypes: [] }],
};

function openOrphans(
  search: Partial<OrphansSearch> = {},
  trust: Trust[] = [TRUST, BAD],
  orphans: Orphan[] = [INVOICE],
) {
  return renderConsole(<OrphansPage search={{ ...parseOrphansSearch({}), ...search }} />, {
    LineageTrust: () => ({
      lineageTrust: { mostPerIntegration: 1000, isTruncated: false, integrations: trust },
      integrations: { edges: [{ node: { name: 's4hana-billing', title: 'Billing in S/4HANA' } }] },
    }),
    Orphans: () => ({ orphans: onePage(orphans) }),
  });
}

describe('orphans', () => {
  it('answer how far lineage can be trusted, the least trusted first', async () => {
    openOrphans();
    const answer =
      '94 % of what was reported in the last 7 days has its place in a transaction; 50 reports are on documents in no transaction and 10 reports name no document.';
    await screen.findByText('Billing in S/4HANA');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(answer);
    expect(screen.getByText(/Of each integration the latest 1,000 reports are looked at/)).toBeTruthy();
    const rows = within(screen.getByRole('grid', { name: 'Integrations by trust' }))
      .getAllByRole('row')
      .slice(1);
    expect(rows.map((row) => row.textContent)).toEqual([
      'kyriba-payments93 %501040latest 1,000',
      'Billing in S/4HANA100 %000100',
    ]);
  });

  it('open an integration by keyboard and close it', async () => {
    const user = userEvent.setup();
    const { visited } = openOrphans();
    await screen.findByText('Billing in S/4HANA');
    await user.keyboard('j{Enter}');
    expect(visited).toEqual(['/orphans?integration=kyriba-payments']);
  });

  it('say of each document what would claim it, and lead to it', async () => {
    const user = userEvent.setup();
    const { visited, api } = openOrphans({ integration: 'kyriba-payments' });
    await screen.findByText('INV-9');
    const grid = screen.getByRole('grid', { name: 'Documents in no transaction' });
    expect(grid.textContent).toContain('A link from its sales order or delivery (Order to cash)');
    expect(screen.getByRole('region', { name: 'What would claim them' }).textContent).toContain(
      '1 A link from its sales order or delivery (Order to cash)',
    );
    expect(within(grid).getByRole('link').getAttribute('href')).toBe('/objects/o1');
    expect(api.asked.find(({ name }) => name === 'Orphans')?.variables).toMatchObject({
      filter: { integration: 'kyriba-payments', kind: 'OBJECT' },
    });
    await user.keyboard('j{Enter}{Escape}');
    expect(visited).toEqual(['/objects/o1', '/orphans']);
  });

  it('lead from a report without a document to its signal', async () => {
    openOrphans({ integration: 'kyriba-payments', show: 'reports' }, [BAD], [UNMAPPED]);
    await screen.findByText('Signal unmapped');
    const grid = await screen.findByRole('grid', { name: 'Reports without a document' });
    expect(grid.textContent).toContain('A mapping that takes its signal');
    expect(within(grid).getByRole('link').getAttribute('href')).toBe('/signals/s1');
  });

  it('look further back where nothing was found yet', async () => {
    const user = userEvent.setup();
    const { api } = renderConsole(<OrphansPage search={{ ...parseOrphansSearch({}), integration: '-' }} />, {
      LineageTrust: () => ({
        lineageTrust: { mostPerIntegration: 1000, isTruncated: false, integrations: [{ ...BAD, integration: '' }] },
        integrations: { edges: [] },
      }),
      Orphans: ({ after }) => ({
        orphans: after ? onePage([INVOICE]) : { ...onePage([]), pageInfo: { hasNextPage: true, endCursor: 'further' } },
      }),
    });
    await user.click(await screen.findByText('Look further back'));
    await screen.findByText('INV-9');
    expect(api.asked.filter(({ name }) => name === 'Orphans').at(-1)?.variables).toMatchObject({
      after: 'further',
      filter: { integration: '' },
    });
  });

  it('say why there are none, and that they could not be read', async () => {
    openOrphans({}, []);
    expect(await screen.findByText('No integration reported anything in the last 7 days')).toBeTruthy();
    renderConsole(<OrphansPage search={parseOrphansSearch({})} />, {});
    await waitFor(() => expect(screen.getByText('The trust in lineage could not be loaded')).toBeTruthy());
  });

  it.each<[string, Trust[], string]>([
    ['nothing', [], 'Nothing was reported in the last 24 hours.'],
    ['all of it', [TRUST], 'Everything reported in the last 24 hours has its place in a transaction.'],
    [
      'master data',
      [{ ...TRUST, masterDataOnly: 100, inTransactions: 0 }],
      'Only master data was reported in the last 24 hours; it is in no transaction by its nature.',
    ],
    [
      'one of a kind',
      [{ ...TRUST, lookedAt: 101, outsideTransactions: 1 }],
      '99.0 % of what was reported in the last 24 hours has its place in a transaction; 1 report is on documents in no transaction.',
    ],
  ])('answer for %s', (_name, trust, answer) => {
    expect(trustAnswer(prepareTrust(trust, new Map()), 1)).toBe(answer);
  });

  it.each<[string, Orphan['claims'], string]>([
    [
      'no workflow',
      [{ kind: 'no-workflow', workflowTitle: null, fromTypes: [] }],
      'A workflow that begins with an invoice or follows a link to it',
    ],
    [
      'two ways',
      [
        { kind: 'upstream-unclaimed', workflowTitle: 'Order to cash', fromTypes: ['sales-order'] },
        { kind: 'link-not-followed', workflowTitle: null, fromTypes: ['subscription'] },
      ],
      'A transaction for the sales order that it follows from (Order to cash); or a workflow that follows subscription → invoice',
    ],
    [
      'its own',
      [{ kind: 'own-transaction-due', workflowTitle: 'Invoice', fromTypes: [] }],
      'Its own transaction, about to be made (Invoice)',
    ],
    [
      'a report',
      [{ kind: 'name-object', workflowTitle: null, fromTypes: [] }],
      'A business object, named by its sender',
    ],
  ])('say what would claim: %s', (_name, claims, words) => {
    expect(claimsWords({ claims, object: INVOICE.object })).toBe(words);
  });
});
