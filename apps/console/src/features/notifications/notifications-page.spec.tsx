import { describe, expect, it } from '@jest/globals';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NotificationBell } from '../../shell/notification-bell.js';
import { parseNotificationsSearch } from '../../shared/url-people.js';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import { onePage } from '../../testing/signal-rows.js';
import type { Notification } from './notification-documents.js';
import { NotificationsPage } from './notifications-page.js';

const ONE: Notification = {
  id: 'n1',
  kind: 'MENTIONED',
  at: '2026-11-20T08:00:00.000Z',
  readAt: null,
  actorName: 'Bruno Keller',
  count: 1,
  title: 'No company code — order O-1',
  details: { text: 'please look' },
  forPerson: null,
  exceptions: [{ id: 'e1', title: 'No company code — order O-1' }],
};
const MANY: Notification = {
  ...ONE,
  id: 'n2',
  kind: 'REOPENED',
  count: 70,
  details: {},
  exceptions: [{ id: 'e2', title: 'Account blocked — order O-2' }],
};

function open(rows: Notification[], raw: Record<string, string> = {}) {
  return renderConsole(<NotificationsPage search={parseNotificationsSearch(raw)} />, {
    MyNotifications: () => ({ myNotifications: onePage(rows) }),
    MarkNotifications: () => ({ markNotifications: 0 }),
    MarkAllNotificationsRead: () => ({ markAllNotificationsRead: 0 }),
  });
}

describe('notifications', () => {
  it('are opened by key, and read by that', async () => {
    const user = userEvent.setup();
    const { api, visited } = open([ONE, MANY]);
    await screen.findByRole('heading', { name: '2 notifications to read' });
    expect(screen.getByText('please look')).toBeTruthy();
    await user.keyboard('j{Enter}');
    expect(visited).toContain('/exceptions/e1');
    await waitFor(() =>
      expect(api.asked).toContainEqual({ name: 'MarkNotifications', variables: { ids: ['n1'], isRead: true } }),
    );
  });

  it('are marked one by one and all together by key, but for what came since', async () => {
    const user = userEvent.setup();
    const { api } = open([{ ...ONE, readAt: '2026-11-20T09:00:00.000Z' }], { show: 'all' });
    await screen.findByRole('button', { name: 'Mark unread' });
    await user.keyboard('ju');
    await waitFor(() =>
      expect(api.asked).toContainEqual({ name: 'MarkNotifications', variables: { ids: ['n1'], isRead: false } }),
    );
    await user.keyboard('{Shift>}u{/Shift}');
    await waitFor(() =>
      expect(api.asked).toContainEqual({
        name: 'MarkAllNotificationsRead',
        variables: { upTo: '2026-11-20T08:00:00.001Z' },
      }),
    );
  });

  it('of many show what they are about', async () => {
    open([MANY], { open: 'n2', show: 'all' });
    const detail = await screen.findByRole('article', { name: '70 exceptions are open again' });
    expect(detail.textContent).toContain('the first 1 of 70');
    expect(screen.getByRole('link', { name: 'Account blocked — order O-2' }).getAttribute('href')).toBe(
      '/exceptions/e2',
    );
  });

  it('say when there are none', async () => {
    open([]);
    expect(await screen.findByRole('heading', { name: 'Nothing is unread' })).toBeTruthy();
  });
});

describe('the bell', () => {
  it('counts what is unread, live', async () => {
    const { api } = renderConsole(<NotificationBell />, { UnreadNotifications: () => ({ myUnreadNotifications: 3 }) });
    const bell = await screen.findByRole('link', { name: 'Notifications, 3 unread' });
    expect(bell.getAttribute('href')).toBe('/notifications');
    act(() => api.push('UnreadNotificationsChanged', { myUnreadNotificationsChanged: 120 }));
    expect((await screen.findByRole('link', { name: 'Notifications, 120 unread' })).textContent).toBe('99+');
  });

  it('is not there for who may not see exceptions', () => {
    const { api } = renderConsole(<NotificationBell />, {}, { ...ANALYST, permissions: ['catalog.read'] });
    expect(screen.queryByRole('link')).toBeNull();
    expect(api.asked).toEqual([]);
  });
});
