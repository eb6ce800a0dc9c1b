import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseExchangeRatesSearch } from '../shared/url-settings.js';
import { rootRoute } from './root-route.js';
import { Guarded } from './route-parts.js';

const LegalEntitiesPage = lazyRouteComponent(
  () => import('../features/legal-entities/legal-entities-page.js'),
  'LegalEntitiesPage',
);
const legalEntitiesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/legal-entities',
  component: function LegalEntities() {
    return (
      <Guarded needs="catalog.read" what="legal entities">
        <LegalEntitiesPage />
      </Guarded>
    );
  },
});

const ExchangeRatesPage = lazyRouteComponent(
  () => import('../features/exchange-rates/exchange-rates-page.js'),
  'ExchangeRatesPage',
);
const exchangeRatesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/exchange-rates',
  validateSearch: parseExchangeRatesSearch,
  component: function ExchangeRates() {
    const search = exchangeRatesRoute.useSearch();
    return (
      <Guarded needs="catalog.read" what="exchange rates">
        <ExchangeRatesPage search={search} />
      </Guarded>
    );
  },
});

/** What the group consists of, and what its amounts are converted by. */
export const settingsRoutes = [legalEntitiesRoute, exchangeRatesRoute] as const;
