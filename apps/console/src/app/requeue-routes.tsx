import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseRequeuePlanSearch, parseRunsSearch } from '../shared/url-requeue.js';
import { rootRoute } from './root-route.js';
import { Guarded } from './route-parts.js';

const RunsPage = lazyRouteComponent(() => import('../features/requeue-runs/runs-page.js'), 'RunsPage');
/** What is being sent again. */
const runsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/requeues',
  validateSearch: parseRunsSearch,
  component: function Runs() {
    const search = runsRoute.useSearch();
    return (
      <Guarded needs="exception.read" what="runs">
        <RunsPage search={search} />
      </Guarded>
    );
  },
});

const RequeuePlanPage = lazyRouteComponent(() => import('../features/requeue-plan/plan-page.js'), 'RequeuePlanPage');
const requeuePlanRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/requeues/$requestId/plan',
  validateSearch: parseRequeuePlanSearch,
  component: function RequeuePlan() {
    const { requestId } = requeuePlanRoute.useParams();
    const search = requeuePlanRoute.useSearch();
    return (
      <Guarded needs="exception.read" what="plans">
        <RequeuePlanPage key={requestId} id={requestId} search={search} />
      </Guarded>
    );
  },
});

const UnknownOutcomesPage = lazyRouteComponent(
  () => import('../features/unknown-outcomes/unknown-page.js'),
  'UnknownOutcomesPage',
);
const unknownOutcomesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/unknown-outcomes',
  component: function UnknownOutcomes() {
    return (
      <Guarded needs="exception.read" what="unknown outcomes">
        <UnknownOutcomesPage />
      </Guarded>
    );
  },
});

const CertificatePage = lazyRouteComponent(
  () => import('../features/certificate/certificate-page.js'),
  'CertificatePage',
);
const certificateRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/certificates/$attemptId',
  component: function Certificate() {
    const { attemptId } = certificateRoute.useParams();
    return (
      <Guarded needs="exception.read" what="certificates">
        <CertificatePage key={attemptId} attemptId={attemptId} />
      </Guarded>
    );
  },
});

const TargetPage = lazyRouteComponent(() => import('../features/requeue-target/target-page.js'), 'TargetPage');
const targetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/integrations/$name/target',
  component: function Target() {
    const { name } = targetRoute.useParams();
    return (
      <Guarded needs="catalog.read" what="targets of integrations">
        <TargetPage key={name} name={name} />
      </Guarded>
    );
  },
});

const SendingPage = lazyRouteComponent(() => import('../features/integrations/sending/sending-page.js'), 'SendingPage');
const sendingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/integrations/$name/sending',
  component: function Sending() {
    const { name } = sendingRoute.useParams();
    return (
      <Guarded needs="catalog.read" what="sending settings">
        <SendingPage key={name} name={name} />
      </Guarded>
    );
  },
});

/** Sending again: how far it is, what is not known of it, and what proves it. */
export const requeueRoutes = [
  runsRoute,
  requeuePlanRoute,
  unknownOutcomesRoute,
  certificateRoute,
  targetRoute,
  sendingRoute,
] as const;
