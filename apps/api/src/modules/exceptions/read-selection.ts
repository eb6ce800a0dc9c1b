import { CodedError } from '../../graphql/coded-error.js';
import { requireText, requireUuid } from '../../graphql/identifier.js';
import { isQueueName, QUEUE_NAMES } from './domain/queues.js';
import type { ExceptionFilterInput } from './graphql/exception-list.types.js';
import type { InboxSelection } from './inbox.repository.js';
import { readNarrowing } from './read-narrowing.js';

/** A search by one character would find everything. */
const SEARCH_TEXT = { min: 2, max: 100 };
const MOST_GROUPS = 1_000;

/** The filter, checked; lists that are empty narrow to nothing, as they say. Ages and time left are told at `now`. */
export function readSelection(filter: ExceptionFilterInput | null | undefined, now: Date): InboxSelection {
  const { states, taxonomies, legalEntities, queues, ownerId, unassigned, snoozed, objectId, text } = filter ?? {};
  const searched = text?.trim() ?? '';
  return {
    states: states ?? null,
    taxonomies: taxonomies ?? null,
    legalEntities: legalEntities ?? null,
    queues: requireQueues(queues ?? null),
    ownerId: optionalUuid(ownerId, 'filter.ownerId'),
    unassigned: unassigned ?? false,
    snoozed: snoozed ?? null,
    groupIds: groupsOf(filter ?? {}),
    objectId: optionalUuid(objectId, 'filter.objectId'),
    text: searched === '' ? null : requireText(searched, 'filter.text', SEARCH_TEXT),
    narrowing: readNarrowing(filter ?? {}, now),
  };
}

/** One group, any of several, or one that is among them. */
function groupsOf({ groupId, groupIds }: ExceptionFilterInput): string[] | null {
  const one = optionalUuid(groupId, 'filter.groupId');
  if (!groupIds) return one === null ? null : [one];
  if (groupIds.length > MOST_GROUPS) {
    throw new CodedError('INVALID_INPUT', `filter.groupIds may hold at most ${MOST_GROUPS} groups`);
  }
  const several = [...new Set(groupIds.map((id) => requireUuid(id, 'filter.groupIds')))];
  return one === null ? several : several.filter((id) => id === one);
}

/** An id that may be left out. */
export function optionalUuid(id: string | null | undefined, argument: string): string | null {
  return id === null || id === undefined ? null : requireUuid(id, argument);
}

function requireQueues(names: readonly string[] | null): readonly string[] | null {
  const unknown = names?.find((name) => !isQueueName(name));
  if (unknown !== undefined) {
    throw new CodedError('INVALID_INPUT', `filter.queues must hold names of queues: ${QUEUE_NAMES.join(', ')}`);
  }
  return names;
}
