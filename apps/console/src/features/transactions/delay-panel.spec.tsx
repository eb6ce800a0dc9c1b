import { describe, expect, it } from '@jest/globals';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderConsole } from '../../testing/render-console.js';
import type { CriticalPath } from './delay-documents.js';
import { DelayPanel } from './delay-panel.js';
import { RunsPanel } from './runs-panel.js';

const HOUR = 3_600_000;
const PATH: CriticalPath = {
  from: '2026-10-01T10:00:00.000Z',
  until: '2026-10-02T10:00:00.000Z',
  isRunning: true,
  durationMs: 24 * HOUR,
  businessMs: 8 * HOUR,
  waitingMs: 24 * HOUR,
  calendar: 'T2 (TARGET), euro',
  timeZone: 'Europe/Berlin',
  segments: [
    {
      from: '2026-10-01T10:00:00.000Z',
      until: '2026-10-02T10:00:00.000Z',
      reason: 'APPROVAL',
      kindTitle: 'Approval',
      durationMs: 24 * HOUR,
      businessMs: 8 * HOUR,
      system: 'salesforce',
      systemTitle: 'Salesforce',
      integration: '',
      milestone: 'contract-approved',
      milestoneTitle: 'Contract approved',
      endedBy: null,
    },
  ],
};

describe('where the time of a transaction went', () => {
  it('is answered in a sentence, in business time too, and given as tables', async () => {
    const user = userEvent.setup();
    renderConsole(<DelayPanel id="t1" zone="UTC" />, {
      TransactionDelays: () => ({ transaction: { id: 't1', criticalPath: PATH, delays: [] } }),
    });
    const title = '1 d of 1 d have been waiting for an approval at Salesforce.';
    expect(await screen.findByText(title)).toBeTruthy();
    expect(screen.getByText('1 d by the clock, 8 h of business time (T2 (TARGET), euro)')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: `Show the table: ${title}` }));
    expect(screen.getByRole('row', { name: /^Waiting for an approval/ }).textContent).toBe(
      'Waiting for an approvalSalesforce1 d8 h100 %',
    );
    await user.click(screen.getByRole('button', { name: /^Show the table: The longest stretch/ }));
    expect(screen.getByRole('row', { name: /now Waiting for an approval Salesforce Contract approved/ })).toBeTruthy();
  });
});

describe('the runs of a transaction', () => {
  it('lead to each run, and say which was another try and which failed', async () => {
    const run = (traceId: string, more = {}) => ({
      traceId,
      tie: 'ACTIVITY',
      via: null,
      spanCount: 3,
      errorCount: 0,
      startedAt: '2026-10-01T10:00:00.000Z',
      durationMs: 842,
      name: 'sync order',
      services: ['sap-integration'],
      integrations: [],
      hasFailed: false,
      isRetry: false,
      requeueId: null,
      runs: [],
      ...more,
    });
    renderConsole(<RunsPanel id="t1" />, {
      TransactionTraces: () => ({
        transaction: {
          id: 't1',
          traces: {
            spanCount: 6,
            retries: 1,
            isTruncated: false,
            traces: [
              run('a'.repeat(32), { hasFailed: true, errorCount: 2 }),
              run('b'.repeat(32), { isRetry: true, requeueId: 'r1' }),
            ],
          },
        },
      }),
    });
    expect(await screen.findByText('2 runs, 6 steps, 1 further try')).toBeTruthy();
    const [failed, again] = screen.getAllByRole('row').slice(1);
    expect(failed?.textContent).toContain('2 steps failed');
    expect(again?.textContent).toContain('sent again');
    expect(screen.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual([
      `/traces/${'a'.repeat(32)}`,
      `/traces/${'b'.repeat(32)}`,
    ]);
  });
});
