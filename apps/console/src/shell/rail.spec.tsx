import { afterEach, describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Viewer } from '../shared/viewer/viewer.js';
import { ANALYST, renderConsole } from '../testing/render-console.js';
import { AREAS, NAVIGATION } from './navigation-items.js';
import { Rail } from './rail.js';

const EVERYTHING: Viewer = { ...ANALYST, permissions: [...new Set(NAVIGATION.map(({ needs }) => needs))] };

const openRail = (path: string, viewer = EVERYTHING) =>
  renderConsole(<Rail path={path} isCollapsed={false} onToggle={() => undefined} />, {}, viewer);
const rail = () => within(screen.getByRole('navigation', { name: 'Screens' }));
const shown = () =>
  rail()
    .getAllByRole('link')
    .map((link) => link.getAttribute('aria-label'))
    .filter((name) => name !== 'Throughline, home');

afterEach(() => window.localStorage.clear());

describe('the rail', () => {
  it('shows the areas with that of the screen unfolded, few enough for a low window', () => {
    openRail('/groups');
    expect(shown()).toEqual([
      ...['Home', 'Exceptions', 'Groups', 'Queues', 'Runbooks', 'Bulk acts', 'Approvals', 'Transactions', 'SLA'],
      ...['Integrations', 'Signals', 'Alerts', 'Evidence'],
    ]);
    expect(rail().getByRole('link', { name: 'Groups' }).getAttribute('aria-current')).toBe('page');
    // a row takes 34 pixels, the sign of the product and the way to narrow the rail take 90
    const rows = AREAS.length + Math.max(...AREAS.map(({ items }) => items.length));
    expect(rows * 34 + 90).toBeLessThan(800);
  });

  it('leads to every screen by the keyboard: one area at a time, said to be unfolded, and remembered', async () => {
    const user = userEvent.setup();
    const { unmount } = openRail('/');
    const found = new Set<string | null>(shown());
    for (const toggle of rail().getAllByRole('button', { expanded: false })) {
      toggle.focus();
      await user.keyboard('{Enter}');
      expect(rail().getAllByRole('button', { expanded: true })).toEqual([toggle]);
      expect(document.getElementById(toggle.getAttribute('aria-controls') ?? '')?.hidden).toBe(false);
      for (const name of shown()) found.add(name);
    }
    expect([...found].sort()).toEqual(NAVIGATION.map(({ name }) => name).sort());
    unmount();
    openRail('/');
    expect(rail().getByRole('button', { expanded: true }).getAttribute('aria-label')).toBe('Settings');
  });

  it('shows what somebody may open, and a single screen of an area as itself', () => {
    openRail('/', { ...ANALYST, permissions: ['exception.read', 'lineage.rebuild'] });
    expect(shown()).toContain('Rebuilds');
    expect(rail().queryByRole('button', { name: 'Settings' })).toBeNull();
    expect(rail().getByRole('button', { name: 'Team' })).toBeTruthy();
  });
});
