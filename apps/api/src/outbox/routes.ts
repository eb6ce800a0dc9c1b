import type { Topic } from './topic.js';

/** Which consumer hears of which topic. The worker proves at start that each named consumer is composed. */
export const OUTBOX_ROUTES: Readonly<Record<Topic, readonly string[]>> = {
  'lineage.projected': ['exceptions', 'requeue', 'residuals', 'validation'],
  'lineage.master': ['validation'],
  'timeliness.overdue': ['exceptions', 'residuals'],
  'reconciliation.stated': ['exceptions'],
  'exceptions.opened': ['alerts'],
  'exceptions.escalated': ['alerts'],
  'validation.changed': ['residuals'],
};
