import type { SectionTab } from '../../shared/page/section-tabs.js';
import { approvalsHref, fourEyesHref, lineageApprovalsHref, requeueApprovalsHref } from '../../shared/url-approvals.js';

/** How many requests to send again there are, where it is known. */
export type RequeueCounts = { waiting: number; mine: number; review: number };

/** The parts of the approvals screen: closing without correction, sending again, changes of lineage, and who approves what. */
export function approvalTabs(counts?: RequeueCounts, lineageWaiting?: number): SectionTab[] {
  return [
    { id: 'pending', name: 'Closing without correction', href: approvalsHref() },
    { id: 'decided', name: 'Decided on closing', href: approvalsHref({ show: 'decided' }) },
    { id: 'waiting', name: 'Sending again', href: requeueApprovalsHref(), count: counts?.waiting },
    { id: 'mine', name: 'Asked by me', href: requeueApprovalsHref({ show: 'mine' }), count: counts?.mine },
    { id: 'review', name: 'Emergencies', href: requeueApprovalsHref({ show: 'review' }), count: counts?.review },
    { id: 'sent', name: 'Decided', href: requeueApprovalsHref({ show: 'decided' }) },
    { id: 'lineage', name: 'Lineage', href: lineageApprovalsHref(), count: lineageWaiting },
    { id: 'rules', name: 'Rules and limits', href: fourEyesHref() },
  ];
}
