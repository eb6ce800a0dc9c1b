import type { IconName } from '../shared/icons/icon.js';
import type { Permission } from '../shared/viewer/viewer.js';
import {
  alertsHref,
  evidenceHref,
  exceptionsHref,
  filesHref,
  homeHref,
  integrationsHref,
  mappingsHref,
  orphansHref,
  queuesHref,
  rebuildsHref,
  signalsHref,
  slaHref,
  sourcesHref,
  transactionsHref,
} from '../shared/url.js';
import { groupsHref, runbooksHref } from '../shared/url-groups.js';
import { bulkActsHref } from '../shared/url-bulk.js';
import { runsHref, unknownOutcomesHref } from '../shared/url-requeue.js';
import { maintenanceHref, queueSettingsHref, rulesHref } from '../shared/url-rules.js';
import { exchangeRatesHref, legalEntitiesHref } from '../shared/url-settings.js';
import { approvalsHref } from '../shared/url-approvals.js';
import { absencesHref, activityHref, handOverHref, notificationsHref } from '../shared/url-people.js';
import { delaysHref, findingsHref, receivablesHref, workflowsHref } from '../shared/url-lineage.js';

export type NavigationItem = {
  name: string;
  icon: IconName;
  href: string;
  keys: string;
  needs: Permission;
};

/** Screens that belong together: the first one stands for them, or a name where none does. */
export type NavigationArea = {
  name: string;
  /** of an area that is no screen itself */
  icon?: IconName;
  items: readonly NavigationItem[];
};

/** The areas of the rail, in its order; one with a single screen is that screen. */
export const AREAS: readonly NavigationArea[] = [
  area([{ name: 'Home', icon: 'home', href: homeHref(), keys: 'g h', needs: 'exception.read' }]),
  area([
    {
      name: 'Exceptions',
      icon: 'exceptions',
      href: exceptionsHref({ start: 'own' }),
      keys: 'g e',
      needs: 'exception.read',
    },
    { name: 'Groups', icon: 'groups', href: groupsHref(), keys: 'g p', needs: 'exception.read' },
    { name: 'Queues', icon: 'queues', href: queuesHref(), keys: 'g q', needs: 'exception.read' },
    { name: 'Runbooks', icon: 'runbooks', href: runbooksHref(), keys: 'g u', needs: 'exception.read' },
    { name: 'Bulk acts', icon: 'table', href: bulkActsHref(), keys: 'g c', needs: 'exception.read' },
  ]),
  area([
    { name: 'Approvals', icon: 'check', href: approvalsHref(), keys: 'g a', needs: 'exception.read' },
    { name: 'Runs', icon: 'again', href: runsHref(), keys: 'g Shift-s', needs: 'exception.read' },
    {
      name: 'Unknown outcomes',
      icon: 'findings',
      href: unknownOutcomesHref(),
      keys: 'g Shift-u',
      needs: 'exception.read',
    },
  ]),
  {
    name: 'Team',
    icon: 'handOver',
    items: [
      { name: 'Notifications', icon: 'bell', href: notificationsHref(), keys: 'g g', needs: 'exception.read' },
      { name: 'Activity', icon: 'activity', href: activityHref(), keys: 'g y', needs: 'exception.read' },
      { name: 'Hand-over', icon: 'handOver', href: handOverHref(), keys: 'g j', needs: 'exception.read' },
      { name: 'Absences', icon: 'away', href: absencesHref(), keys: 'g z', needs: 'catalog.read' },
    ],
  },
  area([
    { name: 'Transactions', icon: 'transactions', href: transactionsHref(), keys: 'g t', needs: 'transaction.read' },
    { name: 'Workflows', icon: 'workflows', href: workflowsHref(), keys: 'g w', needs: 'transaction.read' },
    { name: 'Where time goes', icon: 'delays', href: delaysHref(), keys: 'g d', needs: 'transaction.read' },
    { name: 'Orphans', icon: 'orphans', href: orphansHref(), keys: 'g o', needs: 'transaction.read' },
    { name: 'Findings', icon: 'findings', href: findingsHref(), keys: 'g x', needs: 'transaction.read' },
    { name: 'Receivables', icon: 'chart', href: receivablesHref(), keys: 'g r', needs: 'transaction.read' },
  ]),
  area([{ name: 'SLA', icon: 'sla', href: slaHref(), keys: 'g s', needs: 'sla.read' }]),
  area([
    { name: 'Integrations', icon: 'integrations', href: integrationsHref(), keys: 'g i', needs: 'catalog.read' },
    { name: 'Maintenance', icon: 'maintenance', href: maintenanceHref(), keys: 'g Shift-m', needs: 'catalog.read' },
  ]),
  area([
    { name: 'Signals', icon: 'signals', href: signalsHref(), keys: 'g n', needs: 'signal.read' },
    { name: 'Files & runs', icon: 'files', href: filesHref(), keys: 'g f', needs: 'signal.read' },
    { name: 'Mappings', icon: 'mappings', href: mappingsHref(), keys: 'g m', needs: 'catalog.read' },
    { name: 'Sources & keys', icon: 'sources', href: sourcesHref(), keys: 'g k', needs: 'catalog.read' },
    { name: 'Rebuilds', icon: 'again', href: rebuildsHref(), keys: 'g b', needs: 'lineage.rebuild' },
  ]),
  area([{ name: 'Alerts', icon: 'alerts', href: alertsHref(), keys: 'g l', needs: 'alert.read' }]),
  area([{ name: 'Evidence', icon: 'evidence', href: evidenceHref(), keys: 'g v', needs: 'audit.read' }]),
  {
    name: 'Settings',
    icon: 'rules',
    items: [
      { name: 'Rules', icon: 'rules', href: rulesHref(), keys: 'g Shift-r', needs: 'catalog.read' },
      { name: 'Queue rules', icon: 'queues', href: queueSettingsHref(), keys: 'g Shift-q', needs: 'catalog.read' },
      { name: 'Legal entities', icon: 'table', href: legalEntitiesHref(), keys: 'g Shift-l', needs: 'catalog.read' },
      { name: 'Exchange rates', icon: 'chart', href: exchangeRatesHref(), keys: 'g Shift-x', needs: 'catalog.read' },
    ],
  },
];

/** All screens that exist, in the order of the rail. */
export const NAVIGATION: readonly NavigationItem[] = AREAS.flatMap(({ items }) => items);

/** An area that its first screen stands for. */
function area(items: readonly [NavigationItem, ...NavigationItem[]]): NavigationArea {
  return { name: items[0].name, items };
}

/** An area as the rail shows it: what stands for it, and what is folded under that. */
export type RailArea = { name: string; icon: IconName; lead: NavigationItem | undefined; folded: NavigationItem[] };

/** The areas with the screens that somebody may open; what is left of an area with one screen is that screen. */
export function railAreas(mayOpen: (needs: Permission) => boolean): RailArea[] {
  return AREAS.flatMap(({ name, icon, items }): RailArea[] => {
    const open = items.filter(({ needs }) => mayOpen(needs));
    const [first, ...others] = open;
    if (first === undefined) return [];
    const isLed = others.length === 0 || (icon === undefined && first === items[0]);
    return [
      isLed
        ? { name: first.name, icon: first.icon, lead: first, folded: others }
        : { name, icon: icon ?? first.icon, lead: undefined, folded: open },
    ];
  });
}

/** Whether an address belongs to a screen: the screen itself or what is opened from it. */
export function isWithin(path: string, address: string): boolean {
  const href = address.split('?')[0] ?? address;
  if (href === '/') return path === '/';
  if (href === runsHref() && path.startsWith('/certificates/')) return true;
  if (href === transactionsHref() && /^\/(traces|objects)\//.test(path)) return true;
  return path === href || path.startsWith(`${href}/`);
}
