import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderConsole } from '../../testing/render-console.js';
import { ENGINEER, signalActivity, signalFull, signalRow } from '../../testing/signal-rows.js';
import { BenchPage } from './bench-page.js';
import { comparisonSentence } from './comparison-panel.js';
import type { MappingFull, Trial } from './mapping-documents.js';

const MAKER = { id: 'p1', displayName: 'Anna Lindqvist' };
const version = (more: Partial<MappingFull['versions'][number]>): MappingFull['versions'][number] => ({
  version: 3,
  state: 'draft',
  note: 'Overpaid invoices too',
  createdAt: '2026-11-20T08:00:00.000Z',
  createdBy: MAKER,
  approvedBy: null,
  approvedAt: null,
  definition: 'name: stripe\nversion: 3\n',
  fault: null,
  ...more,
});

function mapping(name: string, more: Partial<MappingFull> = {}): MappingFull {
  return {
    name,
    title: 'Stripe events',
    reads: 'stripe',
    isInCode: false,
    sourceKinds: ['stripe'],
    eventTypes: [],
    activeVersion: 2,
    isShipped: true,
    definition: 'name: stripe\nversion: 2\n',
    signalsUnmapped: 4,
    versions: [version({})],
    ...more,
  };
}

const TRIAL: Trial = {
  outcome: 'mapped',
  activities: [signalActivity('a1')],
  unmapped: null,
  ignoredBecause: null,
  rule: 'invoice-finalized',
  problems: [],
  rules: [
    { rule: 'payment-failed', matched: false, error: null },
    { rule: 'invoice-finalized', matched: true, error: null },
  ],
};

function openBench(
  name: string,
  { found = mapping(name) as MappingFull | null, trial = TRIAL, viewer = ENGINEER, isNew = false } = {},
) {
  return renderConsole(
    <BenchPage name={name} search={{ signal: '1', isNew }} />,
    {
      Mapping: () => ({ mapping: found }),
      BenchSignals: () => ({ unmapped: { edges: [{ node: signalRow('1') }] }, any: { edges: [] } }),
      Signal: () => ({
        signal: signalFull('1', {
          raw: { text: '{"number":"NH-1","other":"x"}', base64: null, isMasked: false, isTruncated: false },
        }),
      }),
      MappingTrial: () => ({ mappingTrial: trial }),
      MappingComparison: () => ({
        mappingComparison: {
          problems: [],
          compared: 200,
          same: 199,
          changed: 0,
          newlyMapped: 1,
          newlyUnmapped: 0,
          differences: [
            { signal: signalRow('1'), before: { outcome: 'unmapped' }, after: { outcome: 'mapped', activities: [] } },
          ],
        },
      }),
      SaveMapping: () => ({ saveMapping: { __typename: 'MappingSaved', mapping: found } }),
      ApproveMapping: () => ({
        approveMapping: {
          __typename: 'CatalogFailure',
          code: 'CONFLICT',
          message: 'It was approved already.',
          problems: [],
        },
      }),
    },
    viewer,
  );
}

const editor = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Definition in YAML' });

describe('the mapping bench', () => {
  it('runs the definition as it is written with Ctrl-Enter and shows activity, rules and what was taken over', async () => {
    const user = userEvent.setup();
    const { api } = openBench('run');
    await user.type(await editor(), 'x');
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(await screen.findByText('Becomes 1 activity')).toBeTruthy();
    expect(api.asked.find(({ name }) => name === 'MappingTrial')?.variables).toEqual({
      input: { definition: 'name: stripe\nversion: 2\nx', signalId: '1' },
    });
    const rules = screen.getByRole('region', { name: 'Rules, in order' });
    expect(
      within(rules)
        .getAllByRole('listitem')
        .map((item) => item.textContent),
    ).toEqual(['Did not matchpayment-failed', 'Took itinvoice-finalized']);
    const raw = screen.getByRole('region', { name: 'Raw form' });
    expect(within(raw).getByText('→ taken over').closest('div')?.textContent).toContain('"number": "NH-1"');
  });

  it('says when the result is older than the definition, and undoes the changes', async () => {
    const user = userEvent.setup();
    openBench('stale');
    const field = await editor();
    await user.click(screen.getByRole('button', { name: 'Run' }));
    await screen.findByText('Becomes 1 activity');
    await user.type(field, 'y');
    expect(screen.getByText('of the definition before the last change')).toBeTruthy();
    expect(screen.getByText('Changed')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Undo the changes' }));
    expect(field.value).toBe('name: stripe\nversion: 2\n');
    expect(screen.getByText('As in force')).toBeTruthy();
  });

  it('does not hold the keyboard in the editor', async () => {
    const user = userEvent.setup();
    openBench('tab');
    const field = await editor();
    field.focus();
    await user.tab();
    expect(document.activeElement).not.toBe(field);
  });

  it('shows every problem of a definition that cannot be used', async () => {
    const user = userEvent.setup();
    openBench('broken', {
      trial: {
        ...TRIAL,
        outcome: 'invalid-definition',
        activities: [],
        rule: null,
        rules: [],
        problems: ['rules: at line 2, column 1'],
      },
    });
    await editor();
    await user.click(screen.getByRole('button', { name: 'Run' }));
    expect(await screen.findByText('The definition cannot be used')).toBeTruthy();
    expect(screen.getByRole('list', { name: 'Problems of the definition' }).textContent).toContain('at line 2');
  });

  it('compares on stored signals and shows each difference', async () => {
    const user = userEvent.setup();
    openBench('compare');
    await editor();
    await user.click(screen.getByRole('button', { name: 'Compare on stored signals' }));
    expect(
      await screen.findByText('1 of 200 signals comes out differently; 1 is newly read, none is lost.'),
    ).toBeTruthy();
    const differences = screen.getByRole('list', { name: 'Differences' });
    expect(differences.textContent).toContain('Newly read');
    expect(differences.textContent).toContain('gone: ');
  });

  it('saves a version only with a note, and only when something changed', async () => {
    const user = userEvent.setup();
    const { api } = openBench('save');
    const save = await screen.findByRole('button', { name: 'Save as new version' });
    expect(save.getAttribute('aria-disabled')).toBe('true');
    await user.type(await editor(), 'z');
    await user.click(save);
    const dialog = await screen.findByRole('dialog', { name: 'Save as new version' });
    expect(within(dialog).getByRole('button', { name: 'Save' }).hasAttribute('disabled')).toBe(true);
    await user.type(within(dialog).getByLabelText('Note'), 'Overpaid invoices too');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'SaveMapping')?.variables).toEqual({
        name: 'save',
        definition: 'name: stripe\nversion: 2\nz',
        note: 'Overpaid invoices too',
      }),
    );
  });

  it('lets another person approve, shows the difference, and tells a refusal where the act is', async () => {
    const user = userEvent.setup();
    openBench('approve');
    await user.click(await screen.findByRole('button', { name: 'Approve' }));
    const dialog = await screen.findByRole('dialog', { name: 'Approve version 3' });
    expect(dialog.textContent).toContain('new: version: 3');
    await user.click(within(dialog).getByRole('button', { name: 'Approve' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('It was approved already.');
  });

  it('does not let the maker approve', async () => {
    openBench('own', { found: mapping('own', { versions: [version({ createdBy: { ...MAKER, id: ENGINEER.id } })] }) });
    expect((await screen.findByRole('button', { name: 'Approve' })).getAttribute('aria-disabled')).toBe('true');
  });

  it('begins a mapping that does not exist yet', async () => {
    openBench('treasury-portal', { found: null, isNew: true });
    expect((await editor()).value).toContain('name: treasury-portal');
    expect(screen.getByRole('button', { name: 'Save as new version' }).getAttribute('aria-disabled')).toBeNull();
  });

  it('shows a mapping that is part of the program without a definition, and runs a signal through it', async () => {
    const user = userEvent.setup();
    const found = mapping('files', {
      title: 'Bank and other files',
      reads: 'camt, pain and CSV, record by record',
      isInCode: true,
      definition: '',
      versions: [],
    });
    const { api } = openBench('files', { found, trial: { ...TRIAL, rule: 'camt-entry', rules: [] } });
    expect(await screen.findByText('camt, pain and CSV, record by record')).toBeTruthy();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('version 2, part of the program, is in');
    expect(screen.queryByRole('textbox', { name: 'Definition in YAML' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Save as new version' })).toBeNull();
    expect(screen.queryByText('Pasted')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Run' }));
    expect(await screen.findByText('Becomes 1 activity')).toBeTruthy();
    expect(api.asked.find(({ name }) => name === 'MappingTrial')?.variables).toEqual({
      input: { mapping: 'files', signalId: '1' },
    });
  });

  it('says that there is no such mapping', async () => {
    openBench('nobody', { found: null });
    expect(await screen.findByText('There is no such mapping')).toBeTruthy();
  });
});

describe('a comparison in one sentence', () => {
  const comparison = {
    problems: [],
    same: 0,
    differences: [],
    compared: 10,
    changed: 0,
    newlyMapped: 0,
    newlyUnmapped: 0,
  };
  it.each([
    [{ compared: 0 }, 'No stored signal of this mapping is in that time.'],
    [{}, 'All 10 signals come out the same.'],
    [{ changed: 2, newlyUnmapped: 1 }, '3 of 10 signals come out differently; 0 are newly read, 1 is no longer read.'],
  ])('%o', (more, sentence) => {
    expect(comparisonSentence({ ...comparison, ...more })).toBe(sentence);
  });
});
