import { describe, expect, it } from '@jest/globals';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ExceptionMaintenance } from '../../shared/maintenance/maintenance-banner.js';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import type { WindowRow } from './maintenance-documents.js';
import { MaintenancePage } from './maintenance-page.js';

const window = (id: string, over: Partial<WindowRow> = {}): WindowRow => ({
  id,
  sourceSystem: 'sap-de',
  integration: null,
  reason: 'New release',
  startsAt: '2026-11-20T20:00:00.000Z',
  endsAt: '2026-11-21T02:00:00.000Z',
  weekly: null,
  timeZone: 'Europe/Berlin',
  isActive: true,
  nextFrom: '2026-11-20T20:00:00.000Z',
  nextTo: '2026-11-21T02:00:00.000Z',
  plannedByName: 'Emma Engineer',
  plannedAt: '2026-11-19T08:00:00.000Z',
  endedAt: null,
  endedByName: null,
  holds: {
    held: 2,
    opened: 0,
    overcome: 1,
    latest: [
      {
        object: { id: 'o1', type: 'sales-order', key: 'SO-7' },
        title: 'Connectivity',
        hop: 'orders-to-sap',
        occurredAt: '2026-11-20T21:00:00.000Z',
        outcome: null,
      },
    ],
  },
  ...over,
});
const weekly = window('w2', {
  sourceSystem: null,
  integration: 'orders-to-sap',
  endsAt: null,
  weekly: { weekday: 7, fromTime: '01:00', toTime: '04:00' },
  isActive: false,
});

/** Who keeps the catalog, and may put in force what others made. */
const KEEPER = { ...ANALYST, permissions: [...ANALYST.permissions, 'catalog.write', 'exception.approve'] };

const openPage = (open?: string, answers: Parameters<typeof renderConsole>[1] = {}) =>
  renderConsole(
    <MaintenancePage search={{ open }} />,
    {
      MaintenanceWindows: () => ({ maintenanceWindows: [window('w1'), weekly] }),
      Maintainable: () => ({
        sourceSystems: { edges: [{ node: { name: 'sap-de', title: 'SAP Germany' } }] },
        integrations: { edges: [] },
      }),
      ...answers,
    },
    KEEPER,
  );

describe('planned maintenance', () => {
  it('says what is held now and what is to come', async () => {
    openPage();
    await screen.findByText('sap-de is under maintenance, and 2 problems are held back; 1 planned.');
    const grid = screen.getByRole('grid', { name: 'Maintenance' });
    expect(grid.textContent).toContain('20 Nov 21:00 CET to 21 Nov 03:00 CET');
    expect(grid.textContent).toContain('Sundays 01:00 to 04:00, Europe/Berlin');
  });

  it('lists what it holds back, and is ended there', async () => {
    const user = userEvent.setup();
    const { api } = openPage('w1', {
      EndMaintenance: () => ({
        endMaintenance: {
          __typename: 'CatalogFailure',
          code: 'CONFLICT',
          message: 'It was ended already',
          problems: [],
        },
      }),
    });
    expect(await screen.findByRole('link', { name: 'SO-7' })).toBeTruthy();
    expect(screen.getByText('2 problems are held, 0 opened after it, 1 overcome by then')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'End it now' }));
    expect((await screen.findByRole('alert')).textContent).toContain('It was ended already');
    expect(api.asked.find(({ name }) => name === 'EndMaintenance')?.variables).toEqual({ id: 'w1' });
  });

  it('is planned for a system, with a reason', async () => {
    const user = userEvent.setup();
    const { api } = openPage(undefined, {
      PlanMaintenance: () => ({ planMaintenance: { __typename: 'MaintenanceSaved', window: { id: 'w3' } } }),
    });
    await user.click(await screen.findByRole('button', { name: 'Plan maintenance' }));
    const dialog = await screen.findByRole('dialog', { name: 'Plan maintenance' });
    await user.click(within(dialog).getByRole('combobox', { name: 'Of' }));
    await user.click(await screen.findByText('SAP Germany (sap-de)'));
    fireEvent.change(within(dialog).getByLabelText('From'), { target: { value: '2026-11-20T20:00' } });
    expect(within(dialog).getByRole('button', { name: 'Plan' }).hasAttribute('disabled')).toBe(true);
    fireEvent.change(within(dialog).getByLabelText('To'), { target: { value: '2026-11-20T23:00' } });
    fireEvent.change(within(dialog).getByLabelText('Reason'), { target: { value: 'Upgrade' } });
    await user.click(within(dialog).getByRole('button', { name: 'Plan' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'PlanMaintenance')?.variables).toMatchObject({
        input: { sourceSystem: 'sap-de', reason: 'Upgrade' },
      }),
    );
  });

  it('that does not exist says so', async () => {
    openPage('nowhere');
    expect(await screen.findByText('This maintenance does not exist')).toBeTruthy();
  });
});

describe('an exception that waits for what is under maintenance', () => {
  it('says until when, and that its clock stands still', async () => {
    renderConsole(<ExceptionMaintenance id="e1" />, {
      ExceptionMaintenance: () => ({
        exception: {
          id: 'e1',
          isEscalated: true,
          escalations: [{ clock: 'response', leadName: 'Ben' }],
          maintenance: window('w1'),
        },
      }),
    });
    const banner = await screen.findByRole('complementary', { name: 'Planned maintenance' });
    expect(banner.textContent).toContain('Maintenance of sap-de until 21 Nov 03:00 CET: New release.');
    expect(banner.textContent).toContain('Its clock stands still.');
    expect(screen.getByRole('complementary', { name: 'Escalated' }).textContent).toContain('brought to Ben.');
  });
});
