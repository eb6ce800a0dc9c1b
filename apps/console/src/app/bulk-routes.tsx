import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseBulkActsSearch } from '../shared/url-bulk.js';
import { rootRoute } from './root-route.js';
import { Guarded } from './route-parts.js';

const BulkActsPage = lazyRouteComponent(() => import('../features/bulk-acts/bulk-acts-page.js'), 'BulkActsPage');
/** What was done with many exceptions at once. */
export const bulkActsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/bulk-acts',
  validateSearch: parseBulkActsSearch,
  component: function BulkActs() {
    const search = bulkActsRoute.useSearch();
    return (
      <Guarded needs="exception.read" what="bulk acts">
        <BulkActsPage search={search} />
      </Guarded>
    );
  },
});
