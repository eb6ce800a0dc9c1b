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
import { maintenanceHref, queueSettingsHref, rulesHref } from '../shared/url-rules.js';
import { approvalsHref } from '../shared/url-approvals.js';
import { absencesHref, activityHref, handOverHref, notificationsHref } from '../shared/url-people.js';
import { delaysHref, findingsHref, receivablesHref, workflowsHref } from '../shared/url-lineage.js';

export type NavigationItem = {
  name: string;
  icon: IconName;
  href: string;
  keys: string;
  needs: Permission;
  /** screens of one group stand together under its name */
  group?: string;
};

/** The screens that exist; the rail shows those that the viewer may open. */
export const NAVIGATION: readonly NavigationItem[] = [
  { name: 'Home', icon: 'home', href: homeHref(), keys: 'g h', needs: 'exception.read' },
  { name: 'Exceptions', icon: 'exceptions', href: exceptionsHref(), keys: 'g e', needs: 'exception.read' },
  { name: 'Groups', icon: 'groups', href: groupsHref(), keys: 'g p', needs: 'exception.read' },
  { name: 'Runbooks', icon: 'runbooks', href: runbooksHref(), keys: 'g u', needs: 'exception.read' },
  { name: 'Queues', icon: 'queues', href: queuesHref(), keys: 'g q', needs: 'exception.read' },
  { name: 'Approvals', icon: 'check', href: approvalsHref(), keys: 'g a', needs: 'exception.read' },
  { name: 'Bulk acts', icon: 'table', href: bulkActsHref(), keys: 'g c', needs: 'exception.read' },
  {
    name: 'Notifications',
    icon: 'bell',
    href: notificationsHref(),
    keys: 'g g',
    needs: 'exception.read',
    group: 'Team',
  },
  { name: 'Activity', icon: 'activity', href: activityHref(), keys: 'g y', needs: 'exception.read', group: 'Team' },
  { name: 'Hand-over', icon: 'handOver', href: handOverHref(), keys: 'g j', needs: 'exception.read', group: 'Team' },
  { name: 'Absences', icon: 'away', href: absencesHref(), keys: 'g z', needs: 'catalog.read', group: 'Team' },
  { name: 'Transactions', icon: 'transactions', href: transactionsHref(), keys: 'g t', needs: 'transaction.read' },
  { name: 'Workflows', icon: 'workflows', href: workflowsHref(), keys: 'g w', needs: 'transaction.read' },
  { name: 'Where time goes', icon: 'delays', href: delaysHref(), keys: 'g d', needs: 'transaction.read' },
  { name: 'Orphans', icon: 'orphans', href: orphansHref(), keys: 'g o', needs: 'transaction.read' },
  { name: 'Findings', icon: 'findings', href: findingsHref(), keys: 'g x', needs: 'transaction.read' },
  { name: 'Receivables', icon: 'chart', href: receivablesHref(), keys: 'g r', needs: 'transaction.read' },
  { name: 'SLA', icon: 'sla', href: slaHref(), keys: 'g s', needs: 'sla.read' },
  { name: 'Rules', icon: 'rules', href: rulesHref(), keys: 'g Shift-r', needs: 'catalog.read' },
  { name: 'Queue rules', icon: 'queues', href: queueSettingsHref(), keys: 'g Shift-q', needs: 'catalog.read' },
  { name: 'Maintenance', icon: 'maintenance', href: maintenanceHref(), keys: 'g Shift-m', needs: 'catalog.read' },
  { name: 'Integrations', icon: 'integrations', href: integrationsHref(), keys: 'g i', needs: 'catalog.read' },
  { name: 'Signals', icon: 'signals', href: signalsHref(), keys: 'g n', needs: 'signal.read', group: 'Ingest' },
  { name: 'Files & runs', icon: 'files', href: filesHref(), keys: 'g f', needs: 'signal.read', group: 'Ingest' },
  { name: 'Mappings', icon: 'mappings', href: mappingsHref(), keys: 'g m', needs: 'catalog.read', group: 'Ingest' },
  { name: 'Sources & keys', icon: 'sources', href: sourcesHref(), keys: 'g k', needs: 'catalog.read', group: 'Ingest' },
  { name: 'Rebuilds', icon: 'again', href: rebuildsHref(), keys: 'g b', needs: 'lineage.rebuild', group: 'Ingest' },
  { name: 'Alerts', icon: 'alerts', href: alertsHref(), keys: 'g l', needs: 'alert.read' },
  { name: 'Evidence', icon: 'evidence', href: evidenceHref(), keys: 'g v', needs: 'audit.read' },
];

/** Whether an address belongs to a screen: the screen itself or what is opened from it. */
export function isWithin(path: string, href: string): boolean {
  if (href === '/') return path === '/';
  if (href === transactionsHref() && /^\/(traces|objects)\//.test(path)) return true;
  return path === href || path.startsWith(`${href}/`);
}
