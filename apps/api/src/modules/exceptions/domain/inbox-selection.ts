import type { InboxNarrowing } from './inbox-narrowing.js';
import type { ExceptionState } from './life-cycle.js';

/** What narrows the list; null = everything. */
export type InboxSelection = {
  states: readonly ExceptionState[] | null;
  /** Codes, or categories. */
  taxonomies: readonly string[] | null;
  legalEntities: readonly string[] | null;
  queues: readonly string[] | null;
  ownerId: string | null;
  unassigned: boolean;
  /** Only those, or none of those; null = whether or not. */
  snoozed: boolean | null;
  groupIds: readonly string[] | null;
  /** Today's id: a sub-select for the redirect would count as leaky and keep the condition out of the index. */
  objectId: string | null;
  /** Start of a number of the object in any system or of the counterparty, the number of a ticket, or words of what an open one or its notes say. */
  text: string | null;
  /** The text finds so many that what is open is looked at one by one; nothing else follows from it. */
  isTextCommon?: boolean;
  /** Words that more of what is open say than are found: lists ask each one. */
  isSaidByMany?: boolean;
  /** More say its words, in a note or otherwise, than are found: numbers are of those that are, and at least so many. */
  isTextCut?: boolean;
  narrowing: InboxNarrowing;
};
