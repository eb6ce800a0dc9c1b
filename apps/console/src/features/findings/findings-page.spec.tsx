import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { parseFindingsSearch, type FindingKindName, type FindingsSearch } from '../../shared/url-lineage.js';
import { renderConsole } from '../../testing/render-console.js';
import { onePage } from '../../testing/signal-rows.js';
import { findingsAnswer, kindChoices } from './findings-answer.js';
import type { Finding, FindingCount } from './findings-documents.js';
import { FindingsPage } from './findings-page.js';

const CYCLE: Finding = {
  kind: 'LINK_CYCLE',
  subjectId: 'o1',
  about: '',
  since: '2026-11-20T08:00:00.000Z',
  details: { objectIds: ['o1', 'o2'] },
  object: { id: 'o1', type: 'invoice', key: 'INV-9', legalEntity: 'DE01', counterparty: 'Acme' },
  transaction: null,
  related: [{ id: 'o2', type: 'payment', key: 'P-1' }],
};
const MORE: Finding = {
  kind: 'MORE_THAN_EXPECTED',
  subjectId: 't1',
  about: 'invoice-posted',
  since: null,
  details: {},
  object: null,
  transaction: {
    id: 't1',
    workflowTitle: 'Order to cash',
    legalEntity: 'US01',
    counterparty: null,
    anchor: { type: 'contract', key: 'C-1' },
  },
  related: [],
};
const COUNTS: FindingCount[] = [
  { kind: 'LINK_CYCLE', count: 1 },
  { kind: 'MORE_THAN_EXPECTED', count: 1 },
];

function openFindings(search: Partial<FindingsSearch> = {}, findings = [CYCLE, MORE], findingCounts = COUNTS) {
  return renderConsole(<FindingsPage search={{ ...parseFindingsSearch({}), ...search }} />, {
    Findings: () => ({ findings: onePage(findings), findingCounts }),
  });
}

describe('findings', () => {
  it('lead each to what it is about', async () => {
    openFindings();
    await screen.findByText('Links go round in a circle');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(
      '2 findings: 1 transaction with more than its workflow expects and 1 circle of links.',
    );
    const links = within(screen.getByRole('grid', { name: 'Findings' })).getAllByRole('link');
    expect(links.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
      ['invoice INV-9', '/objects/o1'],
      ['contract C-1', '/transactions/t1'],
    ]);
  });

  it('are asked for by the kinds in the address', async () => {
    const { api } = openFindings({ kind: ['LINK_CYCLE'] }, [CYCLE]);
    await screen.findByText('Links go round in a circle');
    expect(api.asked[0]?.variables).toMatchObject({ filter: { kinds: ['LINK_CYCLE'] } });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('1 circle of links.');
    const kinds = within(screen.getByRole('group', { name: 'Kind' })).getAllByRole('link');
    expect(kinds.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
      ['More than expected 1', '/findings?kind=LINK_CYCLE,MORE_THAN_EXPECTED'],
      ['Circles 1', '/findings'],
    ]);
  });

  it('open one by keyboard and close it', async () => {
    const user = userEvent.setup();
    const { visited } = openFindings();
    await screen.findByText('Links go round in a circle');
    await user.keyboard('j{Enter}');
    expect(visited).toEqual(['/findings?open=LINK_CYCLE%2Fo1%2F']);
    openFindings({ open: 'LINK_CYCLE/o1/' });
    const detail = await screen.findByRole('group', { name: 'Finding' });
    expect(within(detail).getByRole('region', { name: 'What to do' }).textContent).toContain(
      'Find the link that points the wrong way',
    );
    const also = within(detail).getByRole('region', { name: 'Also about' });
    expect(within(also).getByRole('link', { name: 'payment P-1' }).getAttribute('href')).toBe('/objects/o2');
  });

  it('say that one is gone', async () => {
    const user = userEvent.setup();
    const { visited } = openFindings({ open: 'SELF_LINK/gone/' });
    expect(await screen.findByText('This finding is not on the list')).toBeTruthy();
    await user.keyboard('{Escape}');
    expect(visited).toEqual(['/findings']);
  });

  it('say what would stand here where there is none, and how to see others', async () => {
    openFindings({}, [], []);
    expect(await screen.findByText(/copies of master data that differ between systems/)).toBeTruthy();
    openFindings({ kind: ['SELF_LINK'] }, [], COUNTS);
    expect((await screen.findByRole('link', { name: 'Show every kind' })).getAttribute('href')).toBe('/findings');
  });

  it('say that they could not be read', async () => {
    renderConsole(<FindingsPage search={parseFindingsSearch({})} />, {});
    await waitFor(() => expect(screen.getByText('The list of findings could not be loaded')).toBeTruthy());
  });
});

describe('findings in a sentence', () => {
  it.each<[[string, number][], FindingKindName[], string]>([
    [[], [], 'Nothing is found wrong with lineage or master data.'],
    [[['LINK_CYCLE', 2]], ['SELF_LINK'], 'Nothing of these kinds is found.'],
    [[['LINK_CYCLE', 2]], [], '2 circles of links.'],
    [
      [
        ['LINK_CYCLE', 2],
        ['SELF_LINK', 1],
        ['MASTER_DATA_DRIFT', 8],
        ['IMPLAUSIBLE_TIME', 4],
      ],
      [],
      '15 findings: 8 copies that differ, 4 doubtful times, 2 circles of links and 1 other.',
    ],
    [
      [
        ['LINK_CYCLE', 2],
        ['IMPLAUSIBLE_TIME', 10_000],
      ],
      [],
      'More than 10,002 findings: 10,000 or more doubtful times and 2 circles of links.',
    ],
  ])('%j of %j', (counts, chosen, answer) => {
    expect(
      findingsAnswer(
        counts.map(([kind, count]) => ({ kind, count })),
        chosen,
      ),
    ).toBe(answer);
  });

  it('keep a chosen kind of which there is none any more', () => {
    expect(kindChoices([], ['SELF_LINK'])).toEqual([{ kind: 'SELF_LINK', name: 'Links to itself 0' }]);
  });
});
