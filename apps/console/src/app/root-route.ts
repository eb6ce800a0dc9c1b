import { createRootRoute } from '@tanstack/react-router';
import { NotFound, Root } from './route-parts.js';

/** What every page stands in. */
export const rootRoute = createRootRoute({ component: Root, notFoundComponent: NotFound });
