import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { parseFilesSearch, type FilesSearch } from '../../shared/url.js';
import { renderConsole } from '../../testing/render-console.js';
import { ENGINEER, onePage } from '../../testing/signal-rows.js';
import type { FileFull, Run } from './files-documents.js';
import { FilesPage } from './files-page.js';

const FILE: FileFull = {
  id: 'f1',
  name: 'camt053_20261120.xml',
  format: 'camt.053',
  sourceSystem: 'commerzbank',
  layout: null,
  sizeBytes: 1_580_400,
  records: 1948,
  receivedAt: '2026-11-20T08:00:00.000Z',
  contentHash: 'ab'.repeat(32),
  header: { messageId: 'COBA-1' },
  controls: [
    {
      name: 'closing-balance',
      kind: 'balance',
      scope: 'EUR',
      currency: 'EUR',
      expected: '184220.1',
      actual: '184120.120',
      isMet: false,
    },
    { name: 'entries', kind: 'count', scope: '', currency: null, expected: '1948', actual: '1948', isMet: true },
  ],
  hasControlBreak: true,
  unmappedRecords: 4,
};
const RUN: Run = {
  id: 'o-run',
  key: 'run-1',
  job: 'cash_position_daily',
  system: 'kyriba',
  state: 'FAILED',
  startedAt: '2026-11-20T05:00:00.000Z',
  endedAt: '2026-11-20T05:02:04.000Z',
  nominalStartAt: '2026-11-20T04:55:00.000Z',
  nominalEndAt: null,
  message: '503 from the ERP',
  parent: null,
  hasConflict: true,
  activities: 2,
};

function openFiles(search: Partial<FilesSearch> = {}, files: FileFull[] = [FILE]) {
  return renderConsole(
    <FilesPage search={{ ...parseFilesSearch({}), ...search }} />,
    {
      FilesAnswer: () => ({
        all: { totalCount: files.length, totalCountIsEstimate: false },
        runs: { totalCount: 3, totalCountIsEstimate: false },
        failed: { totalCount: 1, totalCountIsEstimate: false },
        broken: { totalCount: files.filter((file) => file.hasControlBreak).length, totalCountIsEstimate: false },
      }),
      SourceSystemNames: () => ({ sourceSystems: { edges: [] } }),
      Files: () => ({ files: onePage(files) }),
      File: () => ({ file: FILE }),
      Runs: () => ({ runs: onePage([RUN]) }),
    },
    ENGINEER,
  );
}

describe('files and runs', () => {
  it('answer with the files whose control totals do not add up', async () => {
    openFiles();
    const heading = await screen.findByRole('heading', { name: '1 of 1 file has control totals that do not add up.' });
    expect(within(heading).getByRole('link').getAttribute('href')).toBe('/files?controls=broken');
    expect(
      within(await screen.findByRole('grid', { name: 'Files' }))
        .getByRole('link', { name: '4' })
        .getAttribute('href'),
    ).toBe('/signals?file=f1&state=UNMAPPED');
  });

  it('put what a file states beside what was counted, and lead to its records', async () => {
    openFiles({ open: 'f1' });
    const controls = await screen.findByRole('region', { name: 'Control totals' });
    const [, closing, entries] = within(controls).getAllByRole('row');
    expect(closing?.textContent).toBe('Closing balanceEUR, EUR184,220.10184,120.12Broken');
    expect(entries?.textContent).toBe('Entriesthe file1,9481,948Met');
    expect(screen.getByRole('link', { name: 'See its 1,948 records' }).getAttribute('href')).toBe('/signals?file=f1');
    expect(
      screen.getByRole('heading', { level: 2, name: /4 cannot be read; 1 control total does not add up\./ }),
    ).toBeTruthy();
  });

  it('filter by the address alone', async () => {
    const { api } = openFiles({ format: ['camt.053'], isBroken: true });
    await screen.findByRole('grid', { name: 'Files' });
    expect(api.asked.find(({ name }) => name === 'Files')?.variables).toEqual({
      first: 100,
      filter: { formats: ['camt.053'], hasControlBreak: true },
    });
  });

  it('show a run with its times and its two outcomes, and lead to its page', async () => {
    const user = userEvent.setup();
    const { visited, api } = openFiles({ show: 'runs', state: ['FAILED'] });
    const grid = await screen.findByRole('grid', { name: 'Runs' });
    const failed = await screen.findByRole('heading', { level: 1, name: '1 of 3 runs failed or were aborted.' });
    expect(within(failed).getByRole('link').getAttribute('href')).toBe('/files?show=runs&state=FAILED,ABORTED');
    expect(grid.textContent).toContain('2 min 4 s');
    expect(grid.textContent).toContain('Two outcomes');
    expect(grid.textContent).toContain('503 from the ERP');
    await user.keyboard('j{Enter}');
    expect(visited).toEqual(['/objects/o-run']);
    expect(api.asked.find(({ name }) => name === 'Runs')?.variables).toEqual({
      first: 100,
      filter: { states: ['FAILED'] },
    });
  });

  it('say that there is none, praise nothing, and how to send one', async () => {
    openFiles({}, []);
    expect(await screen.findByText('No file has come yet')).toBeTruthy();
    expect(await screen.findByRole('heading', { level: 1, name: /^No file has come yet/ })).toBeTruthy();
    expect(screen.getByLabelText('Send a bank statement').textContent).toContain('/v1/files/camt.053?name=');
    expect(screen.getByRole('button', { name: 'Copy: Send a bank statement' })).toBeTruthy();
  });

  it('say how many keep what they state', async () => {
    openFiles({}, [{ ...FILE, hasControlBreak: false }]);
    const answer = '1 file came in; every control total that it states is met.';
    expect(await screen.findByRole('heading', { level: 1, name: answer })).toBeTruthy();
  });
});
