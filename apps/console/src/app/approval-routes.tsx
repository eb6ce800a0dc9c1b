import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseApprovalsSearch } from '../shared/url-approvals.js';
import { rootRoute } from './root-route.js';
import { Guarded } from './route-parts.js';

const ApprovalsPage = lazyRouteComponent(() => import('../features/approvals/approvals-page.js'), 'ApprovalsPage');
/** What waits for a second person. */
export const approvalsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/approvals',
  validateSearch: parseApprovalsSearch,
  component: function Approvals() {
    const search = approvalsRoute.useSearch();
    return (
      <Guarded needs="exception.read" what="approvals">
        <ApprovalsPage key={search.show} search={search} />
      </Guarded>
    );
  },
});
