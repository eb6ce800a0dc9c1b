import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { parseHandOverSearch } from '../../shared/url-people.js';
import { renderConsole } from '../../testing/render-console.js';
import type { HandOver } from './hand-over-documents.js';
import { HandOverPage } from './hand-over-page.js';

const HAND_OVER: HandOver = {
  asOf: '2026-11-30T14:00:00.000Z',
  since: '2026-11-30T06:00:00.000Z',
  until: '2026-11-30T22:00:00.000Z',
  cutOffUntil: '2026-12-01T02:00:00.000Z',
  queue: null,
  person: { id: 'p1', displayName: 'Anna Lindqvist' },
  claims: {
    count: 101,
    items: [
      {
        at: '2026-11-30T13:00:00.000Z',
        exception: {
          id: 'e1',
          title: 'No company code — order O-1',
          state: 'IN_PROGRESS',
          resolution: null,
          counterparty: null,
          moneyAtRisk: null,
          owner: { id: 'p1', displayName: 'Anna Lindqvist' },
          wait: null,
        },
      },
    ],
  },
  waits: { count: 0, items: [] },
  cutOffs: { count: 0, items: [] },
  done: [{ kind: 'commented', steps: 2, exceptions: 1 }],
};

const open = (raw: Record<string, string>) =>
  renderConsole(<HandOverPage search={parseHandOverSearch(raw)} />, {
    HandOver: () => ({ handOver: HAND_OVER }),
    QueueNames: () => ({ queues: [{ name: 'tax', title: 'Tax', purpose: '' }] }),
  });

describe('a hand-over', () => {
  it('shows what is in hand, and where each figure comes from', async () => {
    const { api } = open({ person: 'me' });
    const claims = await screen.findByRole('region', { name: 'In somebody’s hand (101)' });
    expect(within(claims).getByRole('link', { name: 'No company code — order O-1' })).toBeTruthy();
    expect(claims.textContent).toContain('The first 1 of 101.');
    expect(within(claims).getByRole('link', { name: 'In the inbox' }).getAttribute('href')).toBe(
      '/exceptions?owner=me&snoozed=with',
    );
    expect(screen.getByRole('link', { name: 'Noted: 1 exception' }).getAttribute('href')).toBe(
      '/activity?person=me&kind=commented&from=2026-11-30T06:00:00.000Z&to=2026-11-30T14:00:00.001Z',
    );
    expect(api.asked.find(({ name }) => name === 'HandOver')?.variables).toEqual({
      queue: null,
      personId: 'p1',
      since: null,
      until: null,
    });
  });

  it('is chosen by queue or by person, never by both', async () => {
    const user = userEvent.setup();
    const { visited } = open({ person: 'me' });
    await screen.findByRole('option', { name: 'Tax' });
    await user.selectOptions(screen.getByRole('combobox', { name: 'Queue' }), 'Tax');
    expect(visited).toContain('/hand-over?queue=tax');
  });
});
