import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseActivitySearch, parseHandOverSearch, parseNotificationsSearch } from '../shared/url-people.js';
import { rootRoute } from './root-route.js';
import { Guarded } from './route-parts.js';

const NotificationsPage = lazyRouteComponent(
  () => import('../features/notifications/notifications-page.js'),
  'NotificationsPage',
);
const notificationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/notifications',
  validateSearch: parseNotificationsSearch,
  component: function Notifications() {
    const search = notificationsRoute.useSearch();
    return (
      <Guarded needs="exception.read" what="notifications">
        <NotificationsPage search={search} />
      </Guarded>
    );
  },
});

const ActivityPage = lazyRouteComponent(() => import('../features/activity/activity-page.js'), 'ActivityPage');
const activityRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/activity',
  validateSearch: parseActivitySearch,
  component: function Activity() {
    const search = activityRoute.useSearch();
    return (
      <Guarded needs="exception.read" what="activity">
        <ActivityPage search={search} />
      </Guarded>
    );
  },
});

const HandOverPage = lazyRouteComponent(() => import('../features/hand-over/hand-over-page.js'), 'HandOverPage');
const handOverRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/hand-over',
  validateSearch: parseHandOverSearch,
  component: function HandOver() {
    const search = handOverRoute.useSearch();
    return (
      <Guarded needs="exception.read" what="hand-over">
        <HandOverPage search={search} />
      </Guarded>
    );
  },
});

const AbsencesPage = lazyRouteComponent(() => import('../features/absences/absences-page.js'), 'AbsencesPage');
const absencesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/absences',
  component: function Absences() {
    return (
      <Guarded needs="catalog.read" what="absences">
        <AbsencesPage />
      </Guarded>
    );
  },
});

/** Screens on which people work together. */
export const peopleRoutes = [notificationsRoute, activityRoute, handOverRoute, absencesRoute] as const;
