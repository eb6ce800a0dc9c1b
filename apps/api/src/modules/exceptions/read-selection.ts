import { CodedError } from '../../graphql/coded-error.js';
import { requireText, requireUuid } from '../../graphql/identifier.js';
import { isQueueName, QUEUE_NAMES } from './domain/queues.js';
import type { ExceptionFilterInput } from './graphql/exception-list.types.js';
import type { InboxSelection } from './inbox.repository.js';
import { readNarrowing } from './read-narrowing.js';

/** A search by one character would find everything. */
const SEARCH_TEXT = { min: 2, max: 100 };

/** The filter, checked; lists that are empty narrow to nothing, as they say. Ages and time left are told at `now`. */
export function readSelection(filter: ExceptionFilterInput | null | undefined, now: Date): InboxSelection {
  const { states, taxonomies, legalEntities, queues, ownerId, unassigned, snoozed, groupId, objectId, text } =
    filter ?? {};
  const searched = text?.trim() ?? '';
  return {
    states: states ?? null,
    taxonomies: taxonomies ?? null,
    legalEntities: legalEntities ?? null,
    queues: requireQueues(queues ?? null),
    ownerId: optionalUuid(ownerId, 'filter.ownerId'),
    unassigned: unassigned ?? false,
    snoozed: snoozed ?? null,
    groupId: optionalUuid(groupId, 'filter.groupId'),
    objectId: optionalUuid(objectId, 'filter.objectId'),
    text: searched === '' ? null : requireText(searched, 'filter.text', SEARCH_TEXT),
    narrowing: readNarrowing(filter ?? {}, now),
  };
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
