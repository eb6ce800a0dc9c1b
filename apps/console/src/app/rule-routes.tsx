import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseChangeableFieldsSearch, parseMaintenanceSearch, parseRulesSearch } from '../shared/url-rules.js';
import { rootRoute } from './root-route.js';
import { Guarded } from './route-parts.js';

const RulesPage = lazyRouteComponent(() => import('../features/validation-rules/rules-page.js'), 'RulesPage');
const rulesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/rules',
  validateSearch: parseRulesSearch,
  component: function Rules() {
    const search = rulesRoute.useSearch();
    return (
      <Guarded needs="catalog.read" what="validation rules">
        <RulesPage search={search} />
      </Guarded>
    );
  },
});

const MaintenancePage = lazyRouteComponent(
  () => import('../features/maintenance/maintenance-page.js'),
  'MaintenancePage',
);
const maintenanceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/maintenance',
  validateSearch: parseMaintenanceSearch,
  component: function Maintenance() {
    const search = maintenanceRoute.useSearch();
    return (
      <Guarded needs="catalog.read" what="planned maintenance">
        <MaintenancePage search={search} />
      </Guarded>
    );
  },
});

const QueueSettingsPage = lazyRouteComponent(
  () => import('../features/queue-settings/settings-page.js'),
  'QueueSettingsPage',
);
const queueSettingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/queue-rules',
  component: function QueueSettings() {
    return (
      <Guarded needs="catalog.read" what="queues and their rules">
        <QueueSettingsPage />
      </Guarded>
    );
  },
});

const ChangeableFieldsPage = lazyRouteComponent(
  () => import('../features/integrations/changeable-fields-page.js'),
  'ChangeableFieldsPage',
);
const changeableFieldsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/changeable-fields',
  validateSearch: parseChangeableFieldsSearch,
  component: function ChangeableFields() {
    const search = changeableFieldsRoute.useSearch();
    return (
      <Guarded needs="catalog.read" what="changeable fields">
        <ChangeableFieldsPage search={search} />
      </Guarded>
    );
  },
});

/** Rules about documents, when systems are down on purpose, what leads to queues, and what may be corrected. */
export const ruleRoutes = [rulesRoute, maintenanceRoute, queueSettingsRoute, changeableFieldsRoute];
