import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { ExceptionPage } from '../features/exceptions/exception-page.js';
import { ExceptionsPage } from '../features/exceptions/exceptions-page.js';
import {
  parseAlertsSearch,
  parseEvidenceSearch,
  parseExceptionsSearch,
  parseFilesSearch,
  parseMappingSearch,
  parseOrphansSearch,
  parseObjectSearch,
  parseSignalsSearch,
  parseSlaSearch,
  parseSourcesSearch,
  parseTraceSearch,
  parseTransactionSearch,
  parseTransactionsSearch,
} from '../shared/url.js';
import { parseGroupsSearch, parseRunbooksSearch } from '../shared/url-groups.js';
import { parseSearchText, stringifySearch } from '../shared/url-search.js';
import { approvalRoutes } from './approval-routes.js';
import { bulkActsRoute } from './bulk-routes.js';
import { lineageRoutes } from './lineage-routes.js';
import { peopleRoutes } from './people-routes.js';
import { requeueRoutes } from './requeue-routes.js';
import { compensationRoutes } from './compensation-routes.js';
import { ruleRoutes } from './rule-routes.js';
import { settingsRoutes } from './settings-routes.js';
import { rootRoute } from './root-route.js';
import { Guarded, Start } from './route-parts.js';

const homeRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', component: Start });

const exceptionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/exceptions',
  validateSearch: parseExceptionsSearch,
  component: function Exceptions() {
    const search = exceptionsRoute.useSearch();
    return (
      <Guarded needs="exception.read" what="exceptions">
        <ExceptionsPage search={search} />
      </Guarded>
    );
  },
});

const exceptionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/exceptions/$id',
  component: function Exception() {
    const { id } = exceptionRoute.useParams();
    return (
      <Guarded needs="exception.read" what="exceptions">
        <ExceptionPage id={id} />
      </Guarded>
    );
  },
});

const GroupsPage = lazyRouteComponent(() => import('../features/groups/groups-page.js'), 'GroupsPage');
const groupsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/groups',
  validateSearch: parseGroupsSearch,
  component: function Groups() {
    const search = groupsRoute.useSearch();
    return (
      <Guarded needs="exception.read" what="exception groups">
        <GroupsPage search={search} />
      </Guarded>
    );
  },
});

const RunbooksPage = lazyRouteComponent(() => import('../features/runbooks/runbooks-page.js'), 'RunbooksPage');
const runbooksRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/runbooks',
  validateSearch: parseRunbooksSearch,
  component: function Runbooks() {
    const search = runbooksRoute.useSearch();
    return (
      <Guarded needs="exception.read" what="runbooks">
        <RunbooksPage search={search} />
      </Guarded>
    );
  },
});

const QueuesPage = lazyRouteComponent(() => import('../features/queues/queues-page.js'), 'QueuesPage');
const queuesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/queues',
  component: function Queues() {
    return (
      <Guarded needs="exception.read" what="queues">
        <QueuesPage />
      </Guarded>
    );
  },
});

const TransactionsPage = lazyRouteComponent(
  () => import('../features/transactions/transactions-page.js'),
  'TransactionsPage',
);
const transactionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/transactions',
  validateSearch: parseTransactionsSearch,
  component: function Transactions() {
    const search = transactionsRoute.useSearch();
    return (
      <Guarded needs="transaction.read" what="transactions">
        <TransactionsPage search={search} />
      </Guarded>
    );
  },
});

const TransactionPage = lazyRouteComponent(
  () => import('../features/transactions/transaction-page.js'),
  'TransactionPage',
);
const transactionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/transactions/$id',
  validateSearch: parseTransactionSearch,
  component: function Transaction() {
    const { id } = transactionRoute.useParams();
    const search = transactionRoute.useSearch();
    return (
      <Guarded needs="transaction.read" what="transactions">
        <TransactionPage key={id} id={id} search={search} />
      </Guarded>
    );
  },
});

const OrphansPage = lazyRouteComponent(() => import('../features/orphans/orphans-page.js'), 'OrphansPage');
const orphansRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/orphans',
  validateSearch: parseOrphansSearch,
  component: function Orphans() {
    const search = orphansRoute.useSearch();
    return (
      <Guarded needs="transaction.read" what="orphans">
        <OrphansPage search={search} />
      </Guarded>
    );
  },
});

const TracePage = lazyRouteComponent(() => import('../features/traces/trace-page.js'), 'TracePage');
const traceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/traces/$traceId',
  validateSearch: parseTraceSearch,
  component: function Trace() {
    const { traceId } = traceRoute.useParams();
    const search = traceRoute.useSearch();
    return (
      <Guarded needs="transaction.read" what="runs">
        <TracePage key={traceId} traceId={traceId} search={search} />
      </Guarded>
    );
  },
});

const SlaPage = lazyRouteComponent(() => import('../features/sla/sla-page.js'), 'SlaPage');
const slaRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sla',
  validateSearch: parseSlaSearch,
  component: function Sla() {
    const search = slaRoute.useSearch();
    return (
      <Guarded needs="sla.read" what="SLA report">
        <SlaPage search={search} />
      </Guarded>
    );
  },
});

const IntegrationsPage = lazyRouteComponent(
  () => import('../features/integrations/integrations-page.js'),
  'IntegrationsPage',
);
const integrationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/integrations',
  component: function Integrations() {
    return (
      <Guarded needs="catalog.read" what="integrations">
        <IntegrationsPage />
      </Guarded>
    );
  },
});

const SignalsPage = lazyRouteComponent(() => import('../features/signals/signals-page.js'), 'SignalsPage');
const signalsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/signals',
  validateSearch: parseSignalsSearch,
  component: function Signals() {
    const search = signalsRoute.useSearch();
    return (
      <Guarded needs="signal.read" what="signals">
        <SignalsPage search={search} />
      </Guarded>
    );
  },
});

const SignalPage = lazyRouteComponent(() => import('../features/signals/signal-page.js'), 'SignalPage');
const signalRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/signals/$id',
  component: function Signal() {
    const { id } = signalRoute.useParams();
    return (
      <Guarded needs="signal.read" what="signals">
        <SignalPage key={id} id={id} />
      </Guarded>
    );
  },
});

const FilesPage = lazyRouteComponent(() => import('../features/files/files-page.js'), 'FilesPage');
const filesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/files',
  validateSearch: parseFilesSearch,
  component: function Files() {
    const search = filesRoute.useSearch();
    return (
      <Guarded needs="signal.read" what="files and runs">
        <FilesPage search={search} />
      </Guarded>
    );
  },
});

const MappingsPage = lazyRouteComponent(() => import('../features/mappings/mappings-page.js'), 'MappingsPage');
const mappingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/mappings',
  component: function Mappings() {
    return (
      <Guarded needs="catalog.read" what="mappings">
        <MappingsPage />
      </Guarded>
    );
  },
});

const RebuildsPage = lazyRouteComponent(() => import('../features/rebuilds/rebuilds-page.js'), 'RebuildsPage');
const rebuildsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/rebuilds',
  component: function Rebuilds() {
    return (
      <Guarded needs="lineage.rebuild" what="rebuilds">
        <RebuildsPage />
      </Guarded>
    );
  },
});

const BenchPage = lazyRouteComponent(() => import('../features/mappings/bench-page.js'), 'BenchPage');
const mappingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/mappings/$name',
  validateSearch: parseMappingSearch,
  component: function Mapping() {
    const { name } = mappingRoute.useParams();
    const search = mappingRoute.useSearch();
    return (
      <Guarded needs="catalog.read" what="mappings">
        <BenchPage key={name} name={name} search={search} />
      </Guarded>
    );
  },
});

const SourcesPage = lazyRouteComponent(() => import('../features/sources/sources-page.js'), 'SourcesPage');
const sourcesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sources',
  validateSearch: parseSourcesSearch,
  component: function Sources() {
    const search = sourcesRoute.useSearch();
    return (
      <Guarded needs="catalog.read" what="sources and keys">
        <SourcesPage search={search} />
      </Guarded>
    );
  },
});

const ObjectPage = lazyRouteComponent(() => import('../features/objects/object-page.js'), 'ObjectPage');
const objectRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/objects/$id',
  validateSearch: parseObjectSearch,
  component: function BusinessObject() {
    const { id } = objectRoute.useParams();
    const search = objectRoute.useSearch();
    return (
      <Guarded needs="transaction.read" what="business objects">
        <ObjectPage key={id} id={id} search={search} />
      </Guarded>
    );
  },
});

const AlertsPage = lazyRouteComponent(() => import('../features/alerts/alerts-page.js'), 'AlertsPage');
const alertsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/alerts',
  validateSearch: parseAlertsSearch,
  component: function Alerts() {
    const search = alertsRoute.useSearch();
    return (
      <Guarded needs="alert.read" what="alerts">
        <AlertsPage search={search} />
      </Guarded>
    );
  },
});

const EvidencePage = lazyRouteComponent(() => import('../features/evidence/evidence-page.js'), 'EvidencePage');
const evidenceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/evidence',
  validateSearch: parseEvidenceSearch,
  component: function Evidence() {
    const search = evidenceRoute.useSearch();
    return (
      <Guarded needs="audit.read" what="record">
        <EvidencePage search={search} />
      </Guarded>
    );
  },
});

const routeTree = rootRoute.addChildren([
  homeRoute,
  exceptionsRoute,
  exceptionRoute,
  groupsRoute,
  runbooksRoute,
  queuesRoute,
  ...approvalRoutes,
  bulkActsRoute,
  ...requeueRoutes,
  ...peopleRoutes,
  transactionsRoute,
  transactionRoute,
  orphansRoute,
  ...lineageRoutes,
  ...ruleRoutes,
  ...settingsRoutes,
  ...compensationRoutes,
  traceRoute,
  slaRoute,
  integrationsRoute,
  signalsRoute,
  signalRoute,
  filesRoute,
  mappingsRoute,
  mappingRoute,
  rebuildsRoute,
  sourcesRoute,
  objectRoute,
  alertsRoute,
  evidenceRoute,
]);

/** Routes with typed search; addresses are read and written by url.ts. */
export function makeRouter() {
  return createRouter({
    routeTree,
    parseSearch: parseSearchText,
    stringifySearch: (search) => stringifySearch(search as Record<string, string>),
    defaultPreload: false,
    scrollRestoration: false,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
