import { count } from '../format/words.js';
import type { Worded } from '../status/state-words.js';

/** An emergency as far as its review is told. */
export type Emergency = {
  isBreakGlass: boolean;
  reviewDueAt: string | null;
  isReviewOverdue: boolean;
  reviewedAt: string | null;
};

/** How an emergency stands in a list. */
export function emergencyState({ isReviewOverdue }: Pick<Emergency, 'isReviewOverdue'>): Worded {
  return isReviewOverdue ? { tone: 'critical', word: 'Review overdue' } : { tone: 'warning', word: 'Emergency' };
}

/** By when an emergency is to be reviewed; null = it is none, was reviewed, or has no due time. */
export function reviewDue({ isBreakGlass, reviewedAt, reviewDueAt }: Emergency): string | null {
  return isBreakGlass && reviewedAt === null ? reviewDueAt : null;
}

/** "2 emergencies nobody else has reviewed, 1 of them overdue." */
export function reviewAnswer({ review, reviewOverdue }: { review: number; reviewOverdue: number }): string {
  if (review === 0) return 'No emergency is left to review.';
  const overdue = reviewOverdue === 0 ? '' : `, ${reviewOverdue} of them overdue`;
  return `${count(review, 'emergency', 'emergencies')} nobody else has reviewed${overdue}.`;
}
