import type { Database, Tx } from '@throughline/persistence';
import type { Stage } from '../../../worker/stage.js';
import { recordAudit, type Actor } from '../../audit/index.js';
import { tellNotices } from '../../exceptions/index.js';
import { may, mayApprove, readPeople } from '../approval/read-asked.js';
import { notifyApprovalsChanged } from '../requeue.repository.js';
import { markOverdueReviews, type OverdueReview } from './review.repository.js';

const POLL_MS = 60_000;
/** Emergencies that are told of in one transaction. */
const BATCH = 20;

const SYSTEM: Actor = { kind: 'system', id: 'requeue', name: 'Throughline' };

const RECORDED: Readonly<Record<OverdueReview['of'], string>> = {
  'requeue-request': 'requeue.review-overdue',
  'lineage-approval': 'lineage-change.review-overdue',
};

/** Tells everybody who may review an emergency, once there is somebody, that nobody did in time. Answers whether there may be more. */
export async function tellOverdueReviews(tx: Tx, now: Date): Promise<boolean> {
  const people = [...(await readPeople(tx)).values()].filter((one) => mayApprove(one) && may(one, 'exception.read'));
  const ids = people.map(({ id }) => id);
  const overdue = await markOverdueReviews(tx, now, { reviewers: ids, most: BATCH });
  if (overdue.length === 0) return false;
  for (const { id, of, makerId, makerName, decidedBy, decidedByName, reason, reviewDueAt } of overdue) {
    const details = { reviewOf: of, subjectId: id, dueAt: reviewDueAt, letGoBy: decidedByName, reason };
    // one by one: each is a notification of its own
    await tellNotices(
      tx,
      { actor: SYSTEM, at: now },
      people
        .filter((person) => person.id !== makerId && person.id !== decidedBy)
        .map((person) => ({
          ...{ personId: person.id, kind: 'review-overdue' as const, exceptionId: null, makerId, details },
          letGoById: decidedBy ?? undefined,
          title:
            of === 'requeue-request'
              ? `Sending again, asked for by ${makerName}`
              : `A change of lineage by ${makerName}`,
        })),
    );
    const subject = { type: of, id };
    const told = { reviewDueAt, makerId, letGoBy: decidedBy };
    await recordAudit(tx, { at: now, actor: SYSTEM, action: RECORDED[of], subject, details: told });
  }
  await notifyApprovalsChanged(tx);
  return overdue.length >= BATCH;
}

/** Looks at the due times of reviews, also while nothing happens. */
export function createReviewOverdueStage(database: Database, clock: () => Date): Stage {
  return {
    name: 'requeue-reviews',
    wakesOn: [],
    pollMs: POLL_MS,
    run: (tenantId) => database.withTenant(tenantId, (tx) => tellOverdueReviews(tx, clock())),
  };
}
