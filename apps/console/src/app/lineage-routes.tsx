import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import {
  parseDelaysSearch,
  parseFindingsSearch,
  parseReceivablesSearch,
  parseWorkflowsSearch,
} from '../shared/url-lineage.js';
import { rootRoute } from './root-route.js';
import { Guarded } from './route-parts.js';

const DelaysPage = lazyRouteComponent(() => import('../features/transactions/delays-page.js'), 'DelaysPage');
const delaysRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/delays',
  validateSearch: parseDelaysSearch,
  component: function Delays() {
    const search = delaysRoute.useSearch();
    return (
      <Guarded needs="transaction.read" what="time of transactions">
        <DelaysPage search={search} />
      </Guarded>
    );
  },
});

const FindingsPage = lazyRouteComponent(() => import('../features/findings/findings-page.js'), 'FindingsPage');
const findingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/findings',
  validateSearch: parseFindingsSearch,
  component: function Findings() {
    const search = findingsRoute.useSearch();
    return (
      <Guarded needs="transaction.read" what="findings">
        <FindingsPage search={search} />
      </Guarded>
    );
  },
});

const WorkflowsPage = lazyRouteComponent(() => import('../features/workflows/workflows-page.js'), 'WorkflowsPage');
const workflowsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/workflows',
  validateSearch: parseWorkflowsSearch,
  component: function Workflows() {
    const search = workflowsRoute.useSearch();
    return (
      <Guarded needs="transaction.read" what="workflows">
        <WorkflowsPage search={search} />
      </Guarded>
    );
  },
});

const WorkflowPage = lazyRouteComponent(() => import('../features/workflows/workflow-page.js'), 'WorkflowPage');
const workflowRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/workflows/$name',
  component: function Workflow() {
    const { name } = workflowRoute.useParams();
    return (
      <Guarded needs="transaction.read" what="workflows">
        <WorkflowPage key={name} name={name} />
      </Guarded>
    );
  },
});

const ReceivablesPage = lazyRouteComponent(
  () => import('../features/receivables/receivables-page.js'),
  'ReceivablesPage',
);
const receivablesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/receivables',
  validateSearch: parseReceivablesSearch,
  component: function Receivables() {
    const search = receivablesRoute.useSearch();
    return (
      <Guarded needs="transaction.read" what="receivables">
        <ReceivablesPage search={search} />
      </Guarded>
    );
  },
});

/** Screens about lineage itself: where its time goes, what is wrong with it, what is declared, what is owed. */
export const lineageRoutes = [delaysRoute, findingsRoute, workflowsRoute, workflowRoute, receivablesRoute] as const;
