import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import {
  parseApprovalsSearch,
  parseLineageApprovalsSearch,
  parseRequeueApprovalsSearch,
} from '../shared/url-approvals.js';
import { rootRoute } from './root-route.js';
import { Guarded } from './route-parts.js';

const ApprovalsPage = lazyRouteComponent(() => import('../features/approvals/approvals-page.js'), 'ApprovalsPage');
/** What waits for a second person. */
const acceptancesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/approvals',
  validateSearch: parseApprovalsSearch,
  component: function Approvals() {
    const search = acceptancesRoute.useSearch();
    return (
      <Guarded needs="exception.read" what="approvals">
        <ApprovalsPage key={search.show} search={search} />
      </Guarded>
    );
  },
});

const RequeueApprovalsPage = lazyRouteComponent(
  () => import('../features/approvals/requeue-approvals-page.js'),
  'RequeueApprovalsPage',
);
const requeueApprovalsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/approvals/sending',
  validateSearch: parseRequeueApprovalsSearch,
  component: function RequeueApprovals() {
    const search = requeueApprovalsRoute.useSearch();
    return (
      <Guarded needs="exception.read" what="approvals">
        <RequeueApprovalsPage key={search.show} search={search} />
      </Guarded>
    );
  },
});

const LineageApprovalsPage = lazyRouteComponent(
  () => import('../features/approvals/lineage-approvals-page.js'),
  'LineageApprovalsPage',
);
const lineageApprovalsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/approvals/lineage',
  validateSearch: parseLineageApprovalsSearch,
  component: function LineageApprovals() {
    const search = lineageApprovalsRoute.useSearch();
    return (
      <Guarded needs="transaction.read" what="approvals of changes of lineage">
        <LineageApprovalsPage key={search.show} search={search} />
      </Guarded>
    );
  },
});

const FourEyesPage = lazyRouteComponent(() => import('../features/approvals/four-eyes-page.js'), 'FourEyesPage');
const fourEyesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/approvals/rules',
  component: function FourEyes() {
    return (
      <Guarded needs="catalog.read" what="who approves what">
        <FourEyesPage />
      </Guarded>
    );
  },
});

export const approvalRoutes = [acceptancesRoute, requeueApprovalsRoute, lineageApprovalsRoute, fourEyesRoute];
