import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import { QueueDialog } from './queue-dialog.js';
import type { QueueSettings } from './settings-documents.js';

const KEEPER = { ...ANALYST, permissions: [...ANALYST.permissions, 'catalog.write'] };

const tax: QueueSettings = {
  name: 'tax',
  revision: 'seen-1',
  title: 'Tax',
  purpose: 'Tax codes.',
  lead: null,
  members: [],
  workingHours: { calendar: 'TARGET', title: 'T2 (TARGET), euro', timeZone: 'Europe/Berlin', isOpen: true },
  ownHours: null,
  targets: [],
};

const own: QueueSettings = {
  ...tax,
  workingHours: { calendar: 'own', title: 'Own hours', timeZone: 'Asia/Tokyo', isOpen: true },
  ownHours: {
    timeZone: 'Asia/Tokyo',
    holidays: null,
    weekly: [{ weekday: 1, opens: '09:00', closes: '18:00' }],
    days: [],
  },
};

const openDialog = (queue: QueueSettings, answers: Parameters<typeof renderConsole>[1] = {}) =>
  renderConsole(
    <QueueDialog queue={queue} onClose={() => undefined} onDone={() => undefined} />,
    {
      TryQueueHours: () => ({
        tryQueueHours: {
          __typename: 'QueueHoursTrial',
          timeZone: 'Europe/Berlin',
          days: [
            {
              date: '2026-11-20',
              stretches: [
                { from: '2026-11-20T07:00:00.000Z', until: '2026-11-20T11:00:00.000Z' },
                { from: '2026-11-20T12:00:00.000Z', until: '2026-11-20T16:00:00.000Z' },
              ],
            },
          ],
        },
      }),
      SetQueueOwnHours: () => ({
        setQueueOwnHours: { __typename: 'QueueSaved', queue: { name: 'tax', revision: 'seen-2' } },
      }),
      SetQueueHours: () => ({
        setQueueHours: { __typename: 'QueueSaved', queue: { name: 'tax', revision: 'seen-2' } },
      }),
      ...answers,
    },
    KEEPER,
  );

describe('hours of a queue’s own', () => {
  it('are typed by weekday with the keyboard, shown as the next days, and saved', async () => {
    const user = userEvent.setup();
    const { api } = openDialog(tax);
    const dialog = await screen.findByRole('dialog', { name: 'Tax' });
    const box = within(dialog).getByRole('checkbox', { name: 'Worked at hours of its own' });
    for (let tabs = 0; tabs < 8 && document.activeElement !== box; tabs += 1) await user.tab();
    await user.keyboard(' ');
    const preview = await within(dialog).findByRole('region', { name: 'The next working days' });
    expect(preview.textContent).toContain('08:00 CET to 12:00 CET, 13:00 CET to 17:00 CET');
    const monday = within(dialog).getByRole('textbox', { name: 'Open on Monday' });
    await user.clear(monday);
    await user.type(monday, 'soon');
    expect(within(dialog).getByRole('button', { name: 'Save' }).hasAttribute('disabled')).toBe(true);
    await user.clear(monday);
    await user.type(monday, '8-12, 13-17');
    await user.type(within(dialog).getByRole('textbox', { name: 'Other days' }), '2026-12-24 closed');
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'SetQueueOwnHours')?.variables).toEqual({
        queue: 'tax',
        seen: 'seen-1',
        hours: {
          timeZone: 'Europe/Berlin',
          holidays: null,
          weekly: [
            { weekday: 1, opens: '08:00', closes: '12:00' },
            { weekday: 1, opens: '13:00', closes: '17:00' },
            ...[2, 3, 4, 5].map((weekday) => ({ weekday, opens: '08:00', closes: '17:00' })),
          ],
          days: [{ date: '2026-12-24', windows: [] }],
        },
      }),
    );
  });

  it('say what the server refuses, in its words', async () => {
    const user = userEvent.setup();
    openDialog(tax, {
      TryQueueHours: () => ({
        tryQueueHours: {
          __typename: 'CatalogFailure',
          message: 'The hours cannot be taken as they are',
          problems: ['weekly: a week without any open time would stop every clock'],
        },
      }),
    });
    const dialog = await screen.findByRole('dialog', { name: 'Tax' });
    await user.click(within(dialog).getByRole('checkbox', { name: 'Worked at hours of its own' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('would stop every clock');
  });

  it('stay as they are where nothing is changed, and give way to a calendar', async () => {
    const user = userEvent.setup();
    const { api } = openDialog(own);
    const dialog = await screen.findByRole('dialog', { name: 'Tax' });
    expect(within(dialog).getByRole<HTMLInputElement>('textbox', { name: 'Open on Monday' }).value).toBe('09:00–18:00');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(api.asked.filter(({ name }) => name.startsWith('Set'))).toEqual([]);
    await user.click(within(dialog).getByRole('checkbox', { name: 'Worked at hours of its own' }));
    await user.type(within(dialog).getByLabelText('Working hours'), 'SG');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'SetQueueHours')?.variables).toEqual({
        queue: 'tax',
        seen: 'seen-1',
        calendar: 'SG',
      }),
    );
  });
});
