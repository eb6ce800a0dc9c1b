import { describe, expect, it } from '@jest/globals';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { parseActivitySearch } from '../../shared/url-people.js';
import { renderConsole } from '../../testing/render-console.js';
import { onePage } from '../../testing/signal-rows.js';
import type { Activity } from './activity-documents.js';
import { ActivityPage } from './activity-page.js';

const STEP: Activity = {
  id: 's1',
  at: '2026-11-20T08:00:00.000Z',
  kind: 'assigned',
  actorId: 'p2',
  actorName: 'Bruno Keller',
  isAutomation: false,
  details: { ownerName: 'Anna Lindqvist' },
  exception: { id: 'e1', title: 'No company code — order O-1', businessObject: { key: 'O-1' } },
};

const open = (rows: Activity[], raw: Record<string, string> = {}) =>
  renderConsole(<ActivityPage search={parseActivitySearch(raw)} />, {
    ExceptionActivity: () => ({ exceptionActivity: onePage(rows) }),
  });

describe('activity', () => {
  it('tells who did what with which exception, people and the system alike', async () => {
    const user = userEvent.setup();
    const { api, visited } = open(
      [
        STEP,
        { ...STEP, id: 's2', kind: 'opened', actorId: 'exceptions', actorName: 'Throughline', isAutomation: true },
      ],
      { since: 'all', person: 'me' },
    );
    await screen.findByText('Assigned to Anna Lindqvist');
    expect(screen.getByText('(by itself)')).toBeTruthy();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('2 steps by Anna Lindqvist, the latest first');
    expect(api.asked.at(0)?.variables).toEqual({ first: 100, filter: { personId: 'p1' } });
    await user.keyboard('j{Enter}');
    expect(visited).toContain('/exceptions/e1');
  });

  it('says that nothing was done', async () => {
    open([]);
    expect(await screen.findByText('Nobody did anything that these filters show')).toBeTruthy();
  });
});
