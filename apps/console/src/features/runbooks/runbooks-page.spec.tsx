import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { parseRunbooksSearch, runbooksHref, type RunbooksSearch } from '../../shared/url-groups.js';
import { parseSearchText } from '../../shared/url-search.js';
import { renderConsole } from '../../testing/render-console.js';
import { onePage } from '../../testing/signal-rows.js';
import type { FittingRunbook, Runbook, RunbookRow } from './runbook-documents.js';
import { RunbookPanel } from './runbook-panel.js';
import { progressWords } from './runbook-words.js';
import { RunbooksPage } from './runbooks-page.js';

const ROW: RunbookRow = {
  id: 'r1',
  scope: 'PROBLEM',
  scopeKey: 'business-control.blocked-account',
  version: 2,
  title: 'An account is blocked',
  writtenAt: '2026-11-20T08:00:00.000Z',
  writtenByName: 'Ana Lyst',
};
const WHOLE: Runbook = {
  id: 'r1',
  scope: 'PROBLEM',
  scopeKey: 'business-control.blocked-account',
  version: 2,
  isArchived: false,
  title: 'An account is blocked',
  body: 'Ask **finance**.\n\n<script>alert(1)</script>\n\n- [ ] Call\n- [ ] [Wiki](javascript:alert(1))',
  versions: [
    { version: 2, title: 'An account is blocked', writtenAt: '2026-11-20T08:00:00.000Z', writtenByName: 'Ana Lyst' },
    { version: 1, title: 'Blocked', writtenAt: '2026-11-19T08:00:00.000Z', writtenByName: 'Ben' },
  ],
};
const FITTING: FittingRunbook = {
  runbook: { ...WHOLE, writtenAt: '2026-11-20T08:00:00.000Z', writtenByName: 'Ana Lyst' },
  steps: [
    { key: 's1', text: 'Call', doneAt: null, doneByName: null },
    { key: 's2', text: '[Wiki](javascript:alert(1))', doneAt: '2026-11-21T08:00:00.000Z', doneByName: 'Ben' },
  ],
};

function openRunbooks(search: Partial<RunbooksSearch> = {}, answers: Record<string, () => unknown> = {}, rows = [ROW]) {
  return renderConsole(<RunbooksPage search={{ ...parseRunbooksSearch({}), ...search }} />, {
    Runbooks: () => ({ runbooks: onePage(rows) }),
    Runbook: () => ({ runbook: WHOLE }),
    ...answers,
  });
}

describe('runbooks', () => {
  it('are listed, and open by keyboard', async () => {
    const user = userEvent.setup();
    const { visited } = openRunbooks();
    await screen.findByText('business-control.blocked-account');
    await user.keyboard('j{Enter}');
    expect(visited).toEqual(['/runbooks?open=r1']);
  });

  it('show what people wrote, in all its versions, and run none of it', async () => {
    const { container } = openRunbooks({ open: 'r1' });
    const detail = await screen.findByRole('article', { name: 'An account is blocked' });
    expect(within(detail).getByText('finance').tagName).toBe('STRONG');
    expect(container.querySelector('script')).toBeNull();
    expect(within(detail).queryByRole('link', { name: 'Wiki' })?.getAttribute('href') ?? '').toBe('');
    expect(within(detail).getByText(/1: Blocked/)).toBeTruthy();
  });

  it('are written where they are missing, and a refusal is told', async () => {
    const user = userEvent.setup();
    const refused = () => ({
      writeRunbook: { __typename: 'RunbookFailure', code: 'PLACE_TAKEN', message: 'There is a runbook already.' },
    });
    const { api } = openRunbooks({ scope: 'PROBLEM', key: 'platform.time-out' }, { WriteRunbook: refused }, []);
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByRole('textbox', { name: 'Title' }), 'It took too long');
    await user.type(within(dialog).getByRole('textbox', { name: 'What to do' }), 'Wait');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('There is a runbook already.');
    expect(api.asked.find(({ name }) => name === 'WriteRunbook')?.variables).toEqual({
      scope: 'PROBLEM',
      scopeKey: 'platform.time-out',
      words: { title: 'It took too long', body: 'Wait' },
    });
  });

  it('keep an address that says what is shown', () => {
    const search = { open: 'r1', scope: 'GROUP', key: 'g1' } as const;
    expect(parseRunbooksSearch(parseSearchText(runbooksHref(search).split('?')[1] ?? ''))).toEqual(search);
    expect(parseRunbooksSearch({ scope: 'nonsense' }).scope).toBeUndefined();
  });
});

describe('the runbook of an exception', () => {
  const openPanel = (runbooks: FittingRunbook[], answers: Record<string, () => unknown> = {}) =>
    renderConsole(<RunbookPanel exceptionId="e1" taxonomy="platform.time-out" />, {
      ExceptionRunbooks: () => ({ exception: { id: 'e1', runbooks } }),
      ...answers,
    });

  it('has its steps below its words, each ticked for this exception', async () => {
    const user = userEvent.setup();
    const ticked = () => ({ tickRunbookStep: { __typename: 'RunbookChanged', runbook: { id: 'r1' } } });
    const { api } = openPanel([FITTING], { TickRunbookStep: ticked });
    const panel = await screen.findByRole('region', { name: 'An account is blocked' });
    expect(panel.textContent).toContain('1 of 2 steps done');
    const boxes = within(panel).getAllByRole<HTMLInputElement>('checkbox');
    expect(boxes.map(({ checked }) => checked)).toEqual([false, true]);
    await user.click(boxes[0]!);
    expect(api.asked.find(({ name }) => name === 'TickRunbookStep')?.variables).toEqual({
      exceptionId: 'e1',
      runbookId: 'r1',
      stepKey: 's1',
      isDone: true,
    });
  });

  it('is asked for where there is none', async () => {
    openPanel([]);
    const link = await screen.findByRole('link', { name: 'Write it' });
    expect(link.getAttribute('href')).toBe('/runbooks?scope=PROBLEM&key=platform.time-out');
  });

  it.each([
    [[], 'no checklist'],
    [[null], '0 of 1 step done'],
    [[null, 'x', 'x'], '2 of 3 steps done'],
  ])('with %j is told as %s', (done, expected) => {
    expect(progressWords(done.map((doneAt) => ({ doneAt })))).toBe(expected);
  });
});
