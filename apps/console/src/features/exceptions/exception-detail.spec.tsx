import { describe, expect, it } from '@jest/globals';
import { act, screen, waitFor, within } from '@testing-library/react';
import { exceptionFull, exceptionRow } from '../../testing/exception-rows.js';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import { ExceptionDetail } from './exception-detail.js';
import type { Attempt, ExceptionFull } from './exception-documents.js';

const ATTEMPT: Attempt = {
  id: 'a1',
  action: 'REQUEUE',
  attempt: 1,
  state: 'ACKNOWLEDGED',
  makerName: 'Anna Lindqvist',
  reason: 'Mapping was added',
  createdAt: '2026-11-20T09:00:00.000Z',
  sentAt: '2026-11-20T09:00:01.000Z',
  acknowledgedAt: '2026-11-20T09:00:01.000Z',
  processedAt: null,
  finishedAt: null,
  verifyBy: null,
  settlement: null,
  httpStatus: 202,
  answer: null,
  transmissions: 1,
  requestId: 'r1',
  traceId: null,
  mode: 'AS_IS',
  payloadVersion: 1,
};

function openException(current: () => ExceptionFull, viewer = ANALYST) {
  return renderConsole(
    <ExceptionDetail id="100" />,
    {
      ExceptionPage: () => ({ exception: { __typename: 'Exception', ...current() } }),
      ExceptionLineage: () => ({
        upstream: {
          isTruncated: false,
          nodes: [
            { id: 'c1', type: 'contract', key: 'C-1', isHub: false, depth: 1, isPlaceholder: false, amount: null },
          ],
        },
        downstream: { isTruncated: false, nodes: [] },
      }),
      LegalEntities: () => ({ legalEntities: [] }),
      RelatedExceptions: ({ id }) => ({
        exception: {
          __typename: 'Exception',
          id: String(id),
          related: {
            total: 1,
            exceptions: [
              {
                relation: 'SAME_OBJECT',
                exception: {
                  __typename: 'Exception',
                  id: '200',
                  title: 'Short payment — invoice 9001',
                  state: 'OPEN',
                  resolution: null,
                  direction: 'inflow',
                  moneyAtRisk: { amount: '50.00', currency: 'EUR' },
                },
              },
            ],
          },
        },
      }),
      Impact: ({ exceptionId }) => ({
        impact: {
          isTruncated: false,
          affected: [
            {
              kind: 'cash-forecast',
              legalEntity: 'DE01',
              documents: 1,
              isComplete: true,
              object: { id: `forecast of ${String(exceptionId)}`, type: 'cash-forecast', key: 'F-13W' },
              inflow: [{ amount: '48200.00', currency: 'EUR' }],
              outflow: [],
            },
          ],
        },
      }),
    },
    viewer,
  );
}

const region = (name: string) => screen.findByRole('region', { name });

describe('an exception', () => {
  it('shows money, what is wrong, lineage, milestones and the masked payload with the failing field', async () => {
    openException(() => exceptionFull('100'));
    expect(
      await screen.findByRole('heading', { level: 1, name: /^EUR 48,200\.00 of inflow hangs on sales order O-100/ }),
    ).toBeTruthy();
    expect((await region('What is wrong')).textContent).toContain('The order was rejected.');
    const lineage = await region('Lineage');
    await waitFor(() => expect(lineage.textContent).toContain('C-1'));
    expect(lineage.textContent).toContain('waits downstreamOrder accepted');
    expect((await region('Milestones')).textContent).toContain('1 of 2 reached');
    const impact = await region('What it affects');
    expect(impact.textContent).toContain('1 cash forecast is affected: EUR 48.2 k of inflow.');
    expect(within(impact).getByRole('link', { name: 'F-13W' }).getAttribute('href')).toBe(
      '/objects/forecast%20of%20100',
    );
    const related = await region('Also wrong here');
    expect(related.textContent).toContain('same object');
    expect(within(related).getByRole('link', { name: 'Short payment — invoice 9001' }).getAttribute('href')).toBe(
      '/exceptions/200',
    );
    const payload = await region('Payload');
    expect(payload.textContent).toContain('account numbers masked');
    expect(within(payload).getByText('failing field').closest('div')?.textContent).toContain('DE01-BREMEN');
  });

  it('says why it stands where it stands, and where it waits', async () => {
    openException(() => exceptionFull('100'));
    expect((await screen.findByText(/EUR 48 k, misses/, { selector: 'p' })).textContent).toBe(
      'P2: EUR 48 k, misses Order accepted at 17:00 CET in 48 min',
    );
    expect(screen.getByRole('link', { name: 'Master data' }).getAttribute('href')).toBe(
      '/exceptions?queue=master-data',
    );
  });

  it('follows a send from sent to verified without being loaded again', async () => {
    let current = exceptionFull('100', { state: 'REQUEUED', actions: ['note'], attempts: [ATTEMPT] });
    const { api } = openException(() => current);
    const panel = await region('Sent again: attempt 1');
    expect(panel.textContent).toContain('Waits for what the new run reports.');

    const verified: Attempt = { ...ATTEMPT, state: 'VERIFIED', finishedAt: '2026-11-20T09:00:09.000Z' };
    current = exceptionFull('100', {
      state: 'RESOLVED',
      resolution: 'VERIFIED_REQUEUE',
      resolvedAt: '2026-11-20T09:00:09.000Z',
      version: 3,
      actions: ['note'],
      attempts: [verified],
    });
    act(() =>
      api.push('ExceptionsChanged', { exceptionChanged: exceptionRow('100', { state: 'RESOLVED', version: 3 }) }),
    );
    expect(await screen.findByText('Resolved, verified', {}, { timeout: 3000 })).toBeTruthy();
    expect((await region('Sent again: attempt 1')).textContent).toContain('The business outcome was seen downstream.');
    expect(screen.queryByRole('button', { name: 'Send again' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Note' })).toBeTruthy();
  });

  it('says who settled a send that nothing else told of, and offers it where that may be needed', async () => {
    const open = (attempt: Partial<Attempt>) =>
      openException(() => exceptionFull('100', { state: 'REQUEUED', attempts: [{ ...ATTEMPT, ...attempt }] }));
    const { unmount } = open({ state: 'UNKNOWN' });
    const button = within(await region('Sent again: attempt 1')).getByRole('button', { name: 'Settle by hand' });
    // an analyst may not
    expect(button.getAttribute('aria-disabled')).toBe('true');
    unmount();
    open({
      state: 'VERIFIED',
      settlement: {
        verdict: 'APPLIED',
        stateBefore: 'UNKNOWN',
        reason: 'order 4711 stands in SAP',
        personName: 'Emil Roth',
        at: '2026-11-20T10:00:00.000Z',
      },
    });
    const panel = await region('Sent again: attempt 1');
    expect(panel.textContent).toMatch(/Emil Roth said on .* that it was applied: order 4711 stands in SAP/);
    expect(panel.textContent).toContain('Nothing downstream proved it.');
  });

  it('about a signal says so and leads to the signal instead of a transaction', async () => {
    openException(() =>
      exceptionFull('100', {
        businessObject: { id: 'o9', type: 'signal', key: 's-9' },
        moneyAtRisk: null,
        counterparty: null,
        transaction: null,
        integration: null,
        group: {
          ...exceptionRow('9').group,
          id: 'g9',
          title: 'No rule takes invoice.overpaid',
          memberCount: 1,
          steps: [],
        },
      }),
    );
    expect(
      await screen.findByRole('heading', {
        level: 1,
        name: 'A signal cannot be read: no rule takes invoice.overpaid.',
      }),
    ).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Signal s-9' }).getAttribute('href')).toBe('/signals/s-9');
    expect(screen.queryByRole('region', { name: 'Lineage' })).toBeNull();
  });

  it('shows the headers of the message that failed, where it came with any', async () => {
    const full = exceptionFull('100');
    const headers = [{ name: 'x-first-death-queue', value: 'sap.invoices' }];
    openException(() => ({ ...full, failure: full.failure && { ...full.failure, headers } }));
    const shown = await region('Headers of the message');
    expect(shown.textContent).toContain('x-first-death-queue');
    expect(shown.textContent).toContain('sap.invoices');
  });

  it('says what right is missing for the payload', async () => {
    const full = exceptionFull('100');
    const withheld = { ...full, failure: full.failure && { ...full.failure, payload: null } };
    const reader = { ...ANALYST, permissions: ['exception.read'] };
    openException(() => withheld, reader);
    expect((await region('Payload')).textContent).toContain('Payloads are not part of your role');
  });

  it('says what failed when it cannot be loaded, with the trace id', async () => {
    renderConsole(<ExceptionDetail id="100" />, {});
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('The exception could not be loaded');
    expect(alert.textContent).toContain('abc123');
    expect(within(alert).getByRole('button', { name: 'Try again' })).toBeTruthy();
  });
});
