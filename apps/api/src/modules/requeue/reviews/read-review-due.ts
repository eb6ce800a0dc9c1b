import type { Tx } from '@throughline/persistence';
import { calendarsOfQueues } from '../../exceptions/index.js';
import { fourEyesInForce } from '../approval/four-eyes-in-force.js';
import { reviewDueAt } from './domain/review-due.js';

/** By when somebody else has to review what is let go in an emergency now: in business days of the queue of approvals. */
export async function readReviewDue(tx: Tx, now: Date): Promise<Date> {
  const { fourEyes } = await fourEyesInForce(tx);
  const calendarOf = await calendarsOfQueues(tx);
  return reviewDueAt(calendarOf('approval'), fourEyes.reviewWithinBusinessDays, now);
}
