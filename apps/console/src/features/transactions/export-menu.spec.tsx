import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderConsole } from '../../testing/render-console.js';
import { byteWords } from '../../shared/export/download-export.js';
import { ExportMenu } from './export-menu.js';

/** What the browser is told to fetch and to save. */
let fetched: string[];
let saved: string[];
let answer: (signal: AbortSignal | null | undefined) => Promise<Response>;
const original = { fetch: globalThis.fetch, create: URL.createObjectURL, revoke: URL.revokeObjectURL };

beforeEach(() => {
  fetched = [];
  saved = [];
  answer = () =>
    Promise.resolve(
      new Response('Transaction id\r\n', {
        headers: { 'content-disposition': 'attachment; filename="transactions-20261120T0800Z.csv"' },
      }),
    );
  globalThis.fetch = ((href: string, init?: RequestInit) => {
    fetched.push(href);
    return answer(init?.signal);
  }) as typeof fetch;
  URL.createObjectURL = () => 'blob:export';
  URL.revokeObjectURL = () => undefined;
  jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
});

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
  globalThis.fetch = original.fetch;
  URL.createObjectURL = original.create;
  URL.revokeObjectURL = original.revoke;
});

const refusal = (status: number, message: string) => () =>
  Promise.resolve(new Response(JSON.stringify({ code: 'X', message }), { status }));

function openMenu(total = 1234) {
  const filter = JSON.stringify({ states: ['LATE'] });
  return renderConsole(<ExportMenu chosen={{ filter, orderBy: 'STARTED_DESC' }} total={total} />, {});
}

describe('the export menu', () => {
  it('says how much will be exported, and saves what the list shows', async () => {
    const user = userEvent.setup({ pointerEventsCheck: 0 });
    openMenu();
    await user.click(screen.getByText('Export'));
    expect(await screen.findByText('Export 1,234 transactions')).toBeTruthy();
    await user.click(screen.getByText('CSV: milestones'));
    await waitFor(() => expect(saved).toEqual(['transactions-20261120T0800Z.csv']));
    expect(decodeURIComponent(fetched[0] ?? '')).toBe(
      '/exports/transactions.csv?filter={"states":["LATE"]}&orderBy=STARTED_DESC&table=milestones&bom=1',
    );
  });

  it('opens by its key and takes one transaction', async () => {
    const user = userEvent.setup({ pointerEventsCheck: 0 });
    renderConsole(<ExportMenu chosen={{ id: 't1' }} total={1} />, {});
    await user.keyboard('d');
    expect(await screen.findByText('Export 1 transaction')).toBeTruthy();
    await user.click(screen.getByText('OCEL 2.0'));
    await waitFor(() => expect(fetched).toEqual(['/exports/transactions.ocel.json?id=t1']));
  });

  it('offers only CSV for what no other form holds', async () => {
    const user = userEvent.setup({ pointerEventsCheck: 0 });
    openMenu(100_001);
    await user.click(screen.getByText('Export'));
    const workbook = await screen.findByRole('menuitem', { name: /Workbook.*narrow the list/ });
    expect(workbook.hasAttribute('data-disabled')).toBe(true);
    expect(screen.getByRole('menuitem', { name: /CSV: transactions/ }).hasAttribute('data-disabled')).toBe(false);
  });

  it('does not open on nothing, and says why', async () => {
    const user = userEvent.setup({ pointerEventsCheck: 0 });
    openMenu(0);
    await user.click(screen.getByText('Export'));
    expect(screen.queryByRole('menu')).toBeNull();
    expect(screen.getByRole('button', { name: 'Export' }).getAttribute('aria-disabled')).toBe('true');
  });

  it.each([
    ['the reason of the server', refusal(422, 'More than 100,000 transactions match.'), 'More than 100,000'],
    ['that the session has ended', refusal(401, 'Sign in first'), 'Your session has ended'],
    ['that nothing answers', () => Promise.reject(new TypeError('failed')), 'cannot be reached'],
    [
      'that it broke off',
      () => {
        const pieces = [new Uint8Array(2048)];
        const body = new ReadableStream<Uint8Array>({
          pull(control) {
            const piece = pieces.shift();
            if (piece) control.enqueue(piece);
            else control.error(new TypeError('gone'));
          },
        });
        return Promise.resolve(new Response(body));
      },
      'broke off after 2.0 kB; nothing was saved',
    ],
  ])('tells %s, and tries again', async (_name, failing, words) => {
    const user = userEvent.setup({ pointerEventsCheck: 0 });
    openMenu();
    const working = answer;
    answer = failing;
    await user.click(screen.getByText('Export'));
    await user.click(await screen.findByText('CSV: links'));
    expect((await screen.findByRole('alert')).textContent).toContain(words);
    expect(saved).toEqual([]);
    answer = working;
    await user.click(screen.getByText('Try again'));
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('shows how far it is once it takes over a second, and can be cancelled', async () => {
    jest.useFakeTimers();
    const user = userEvent.setup({ advanceTimers: (ms) => jest.advanceTimersByTime(ms) });
    openMenu();
    let isAborted = false;
    answer = (signal) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          isAborted = true;
          reject(new DOMException('aborted', 'AbortError'));
        });
      });
    await user.click(screen.getByText('Export'));
    await user.click(await screen.findByText('Workbook (XLSX)'));
    expect(screen.queryByText(/Reading the transactions/)).toBeNull();
    await act(() => jest.advanceTimersByTimeAsync(1000));
    const status = screen.getByText(/Reading the transactions/);
    expect(status.getAttribute('role')).toBe('status');
    await user.click(screen.getByText('Cancel'));
    expect(isAborted).toBe(true);
    await act(() => jest.advanceTimersByTimeAsync(1));
    expect(screen.queryByRole('status')).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it.each([
    [820, '820 B'],
    [3200, '3.2 kB'],
    [45_100_000, '45 MB'],
  ])('writes %d bytes as %s', (bytes, words) => {
    expect(byteWords(bytes)).toBe(words);
  });
});
