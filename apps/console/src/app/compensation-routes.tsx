import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from './root-route.js';
import { Guarded } from './route-parts.js';

const CompensationPage = lazyRouteComponent(
  () => import('../features/compensation/compensation-page.js'),
  'CompensationPage',
);
const compensationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/integrations/$name/compensation',
  component: function Compensation() {
    const { name } = compensationRoute.useParams();
    return (
      <Guarded needs="catalog.read" what="what integrations undo">
        <CompensationPage key={name} integration={name} />
      </Guarded>
    );
  },
});

/** What integrations undo. */
export const compensationRoutes = [compensationRoute];
