import { describe, expect, it } from '@jest/globals';
import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { parseDelaysSearch, type DelaysSearch } from '../../shared/url-lineage.js';
import { renderConsole } from '../../testing/render-console.js';
import { DelaysPage } from './delays-page.js';
import type { Attribution, Delayed } from './population-documents.js';
import { populationAnswer, prepareParts, sampleWords } from './prepare-population.js';

const HOUR = 3_600_000;
const part = (key: string, hours: number, waiting = hours, transactions = 2) => ({
  key,
  title: key.toUpperCase(),
  durationMs: hours * HOUR,
  businessMs: (hours * HOUR) / 2,
  waitingMs: waiting * HOUR,
  share: hours / 100,
  transactions,
});
const breakdown = (dimension: string, parts: ReturnType<typeof part>[]) =>
  ({
    dimension,
    durationMs: 100 * HOUR,
    businessMs: 50 * HOUR,
    waitingMs: 80 * HOUR,
    parts,
  }) as Attribution['breakdowns'][number];

const ATTRIBUTION: Attribution = {
  transactions: 5,
  matching: 5,
  matchingIsEstimate: false,
  isSample: false,
  basis: 'All matching transactions, by their activities',
  breakdowns: [
    breakdown('KIND', [part('queue', 60, 60, 4), part('middleware', 40, 20)]),
    breakdown('SYSTEM', [part('kyriba', 70), part('', 30, 10, 1)]),
  ],
};
const NOTHING: Attribution = { ...ATTRIBUTION, transactions: 0, matching: 0 };
const DELAYED: Delayed = {
  durationMs: 70 * HOUR,
  businessMs: 20 * HOUR,
  waitingMs: 60 * HOUR,
  transaction: {
    id: 't1',
    workflowTitle: 'Order to cash',
    state: 'LATE',
    legalEntity: 'DE01',
    counterparty: 'Acme',
    anchor: { type: 'contract', key: 'C-1' },
  },
};

function openDelays(search: Partial<DelaysSearch> = {}, delayAttribution = ATTRIBUTION, delayed = [DELAYED]) {
  return renderConsole(<DelaysPage search={{ ...parseDelaysSearch({}), ...search }} />, {
    LegalEntities: () => ({
      legalEntities: [
        {
          code: 'DE01',
          name: 'Acme DE',
          country: 'DE',
          currency: 'EUR',
          calendar: 'TARGET',
          timeZone: 'Europe/Berlin',
        },
      ],
    }),
    SourceSystemNames: () => ({ sourceSystems: { edges: [] } }),
    DelayAttribution: () => ({ delayAttribution }),
    DelayedTransactions: () => ({ delayedTransactions: delayed }),
  });
}

describe('where time goes', () => {
  it('is told apart in each way, each figure with what it is made of', async () => {
    openDelays();
    await screen.findByText('MIDDLEWARE');
    const byStage = screen.getByRole('grid', { name: 'Time by stage' });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(
      '5 transactions took 4 d 4 h together, 80 % of it waiting: “QUEUE” had most, 60 %.',
    );
    expect(
      within(byStage)
        .getAllByRole('row')
        .map((row) => row.textContent),
    ).toEqual(['StageShareTimeEachTransactions', 'QUEUE60 %2 d 12 h15 h4', 'MIDDLEWARE40 %1 d 16 h20 h2']);
    const bySystem = screen.getByRole('grid', { name: 'Time by system' });
    expect(bySystem.textContent).toContain('No system told');
    expect(screen.getByText('All 5 that match. By their activities, not their spans.')).toBeTruthy();
  });

  it('keeps the filters of the list of transactions, and leads back to it', async () => {
    const { api } = openDelays({ workflow: 'order-to-cash', state: ['LATE'] });
    await screen.findByText('MIDDLEWARE');
    expect(api.asked.find(({ name }) => name === 'DelayAttribution')?.variables).toEqual({
      filter: { states: ['LATE'], workflows: ['order-to-cash'] },
    });
    expect(screen.getByRole('link', { name: 'Show them as a list' }).getAttribute('href')).toBe(
      '/transactions?state=LATE&workflow=order-to-cash',
    );
    const entity = within(screen.getByRole('group', { name: 'Entity' })).getByRole('link', { name: 'DE01' });
    expect(entity.getAttribute('href')).toBe('/delays?state=LATE&entity=DE01&workflow=order-to-cash');
  });

  it('opens a figure by keyboard, across the tables', async () => {
    const user = userEvent.setup();
    const { visited } = openDelays();
    await screen.findByText('MIDDLEWARE');
    await user.keyboard('jjj{Enter}');
    expect(visited).toEqual(['/delays?part=SYSTEM:kyriba']);
  });

  it('shows the transactions that a figure is made of, and leads to them', async () => {
    const user = userEvent.setup();
    const { visited, api } = openDelays({ part: 'SYSTEM:kyriba', entity: ['DE01'] });
    await screen.findByText('C-1');
    expect(screen.getByRole('grid', { name: 'Transactions with this time' })).toBeTruthy();
    expect(api.asked.find(({ name }) => name === 'DelayedTransactions')?.variables).toEqual({
      dimension: 'SYSTEM',
      key: 'kyriba',
      filter: { legalEntities: ['DE01'] },
    });
    expect(screen.getByText(/time in which the system was at work or was waited for, in 2 transactions/)).toBeTruthy();
    await user.keyboard('j{Enter}{Escape}');
    expect(visited).toEqual(['/transactions/t1', '/delays?entity=DE01']);
  });

  it('says why there is nothing', async () => {
    openDelays({ entity: ['DE01'] }, NOTHING);
    expect(await screen.findByText('No transaction matches these filters')).toBeTruthy();
    cleanup();
    openDelays({}, NOTHING);
    expect(await screen.findByText('No transaction has been seen yet')).toBeTruthy();
  });

  it('says that a figure is gone', async () => {
    openDelays({ part: 'SYSTEM:gone' }, ATTRIBUTION, []);
    expect(await screen.findByText('No transaction has any of this time')).toBeTruthy();
  });

  it('says that it could not be read', async () => {
    renderConsole(<DelaysPage search={parseDelaysSearch({})} />, {});
    expect(await screen.findByText('The attribution of time could not be loaded')).toBeTruthy();
  });
});

describe('figures of many transactions', () => {
  const many = Array.from({ length: 11 }, (_, index) => part(`i${index}`, 11 - index));

  it('are the longest and, in one line, the others', () => {
    const [table] = prepareParts([breakdown('INTEGRATION', many)], undefined);
    expect(table?.rows.map(({ key }) => key)).toEqual(many.slice(0, 8).map(({ key }) => key));
    expect(table?.others).toMatchObject({ count: 3, words: '3 other integrations, together 6 h (6.0 %)' });
  });

  it('are all shown where one more would be left out alone, or all were asked for', () => {
    expect(prepareParts([breakdown('HOP', many.slice(0, 9))], undefined)[0]).toMatchObject({ others: undefined });
    expect(prepareParts([breakdown('HOP', many)], 'HOP')[0]?.rows).toHaveLength(11);
    expect(prepareParts([breakdown('LEGAL_ENTITY', many)], 'HOP')[0]?.others?.words).toContain(
      '3 other legal entities',
    );
  });

  it('leave out a way of telling apart that this console does not know', () => {
    expect(prepareParts([breakdown('MOON_PHASE', many)], undefined)).toEqual([]);
  });

  it.each<[Partial<Attribution>, string, string]>([
    [
      { transactions: 1, breakdowns: [breakdown('KIND', [part('queue', 100)])] },
      '1 transaction took 4 d 4 h, 80 % of it waiting: “QUEUE” had all of it.',
      'The one that matches.',
    ],
    [
      { transactions: 200, matching: 3_400, matchingIsEstimate: true, isSample: true },
      '200 transactions took 4 d 4 h together, 80 % of it waiting: “QUEUE” had most, 60 %.',
      'Of about 3,400 that match, the 200 that something happened to last.',
    ],
    [{ transactions: 0 }, 'No transaction matches, so there is no time to tell apart.', 'All 0 that match.'],
  ])('%j in words', (more, answer, sample) => {
    expect(populationAnswer({ ...ATTRIBUTION, ...more })).toBe(answer);
    expect(sampleWords({ ...ATTRIBUTION, ...more })).toBe(sample);
  });
});
