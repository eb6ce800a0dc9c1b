import type { ExceptionState, Resolution } from './life-cycle.js';
import type { PriorityBand, UrgencyFacts } from './priority.js';
import type { QueueName } from './queues.js';
import type { Route } from './routing.js';
import type { RuleAssignment } from './rule-assignment.js';

/** What an exception says about its subject; follows the lineage. */
export type SubjectFacts = {
  objectType: string;
  objectKey: string;
  legalEntity: string | null;
  counterparty: string | null;
  /** Money at risk, decimal text. */
  amount: string | null;
  currency: string | null;
  direction: string | null;
  /** Month in which the document was posted, 2026-09; absent = nobody looked, as of a subject without documents. */
  postingPeriod?: string | null;
  /** Its due date, 2026-09-30. */
  dueOn?: string | null;
  /** Where its money is held, see MoneyPlace: what is the same money counts once in a total. Absent = nobody looked. */
  moneyPartId?: string | null;
  moneyWholeId?: string | null;
};

/** Where an exception waits and how urgent it is: by the facts, and by what people said against them. */
export type Standing = UrgencyFacts & {
  /** Null = closed before there were queues. */
  queue: QueueName | null;
  /** A person moved it there: rules leave it. */
  isQueueStated: boolean;
  priorityPoints: number;
  /** As rated; a person's goes before it. */
  priorityBand: PriorityBand;
  statedBand: PriorityBand | null;
  statedReason: string | null;
  statedBy: string | null;
  statedAt: Date | null;
};

/** An exception as stored, as far as decisions look at it. */
export type StoredException = SubjectFacts &
  Standing & {
    exceptionId: string;
    groupId: string;
    objectId: string;
    firstObjectId: string;
    hop: string;
    signature: string;
    taxonomy: string;
    title: string;
    message: string;
    integration: string;
    state: ExceptionState;
    resolution: Resolution | null;
    duplicateOf: string | null;
    stateBeforeDuplicate: ExceptionState | null;
    /** A person named what it is a duplicate of; else the lineage did, and may part them again. */
    isDuplicateByHand: boolean;
    ownerId: string | null;
    occurrences: number;
    openedAt: Date;
    lastOccurredAt: Date;
    lastActivityId: string | null;
    resolvedAt: Date | null;
    /** Since when the facts no longer show what is closed; null or absent = they still do, as far as was looked. */
    goneAt?: Date | null;
    /** How often it came again after it was over. */
    reopenings: number;
    version: number;
  };

/** A problem that the facts show now, with what is known of its subject. */
export type ProblemFact = SubjectFacts & {
  objectId: string;
  hop: string;
  signature: string;
  taxonomy: string;
  discriminators: Readonly<Record<string, string>>;
  /** What is wrong, where taxonomy and discriminators do not say it; null = made from them. */
  headline: string | null;
  message: string;
  integration: string;
  occurrences: number;
  firstOccurredAt: Date;
  lastOccurredAt: Date;
  lastActivityId: string | null;
  /** When the hop was seen overcome, not before the last occurrence; null = not yet. */
  clearedAt: Date | null;
};

/**
 * A problem with what makes it urgent, the queue that the rules send it to and, where the rule names a person, who is given it there.
 */
export type RatedProblem = ProblemFact & { urgency: UrgencyFacts; route: Route; assignment?: RuleAssignment };

/** What happened to an exception, as its timeline tells it. */
export type TimelineStep = { kind: string; details: Record<string, unknown> };

/** Identity of an exception: subject, hop, signature. */
export function identityOf(objectId: string, hop: string, signature: string): string {
  return JSON.stringify([objectId, hop, signature]);
}
