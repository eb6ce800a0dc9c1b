import type { Tx } from '@throughline/persistence';
import type { GraphQLSchema } from 'graphql';
import { CodedError } from '../../../graphql/coded-error.js';
import { coerceInput } from '../../../graphql/coerce-input.js';
import type { Operation } from '../../../graphql/operation.js';
import { filterOf, type StoredFilter } from '../domain/saved-view.js';
import { findRedirects } from '../exceptions.repository.js';
import type { ExceptionFilterInput } from '../graphql/exception-list.types.js';
import type { InboxSelection } from '../inbox.repository.js';
import { readSelection } from '../read-selection.js';

/** With what stored filters are read: for whom, and at which moment. */
export type FilterReader = { schema: GraphQLSchema; viewerId: string; now: Date };

/** For the viewer of an operation. */
export function filterReader(schema: GraphQLSchema, operation: Operation): FilterReader {
  return { schema, viewerId: operation.viewer.personId, now: operation.now() };
}

/**
 * A stored filter as the list itself reads one, for this viewer. Which members there are is the list's affair: throws INVALID_INPUT
 * naming what cannot be read, by which a filter of a former version says so.
 */
export function readStoredFilter({ schema, viewerId, now }: FilterReader, stored: StoredFilter): InboxSelection {
  const filter = coerceInput(schema, 'ExceptionFilter', filterOf(stored, viewerId), 'filter');
  return readSelection(filter as ExceptionFilterInput, now);
}

export type ReadFilter = { selection: InboxSelection; problem: null } | { selection: null; problem: string };

/** The same, where one that cannot be read must not stand in the way of the others. */
export function tryStoredFilter(reader: FilterReader, stored: StoredFilter): ReadFilter {
  try {
    return { selection: readStoredFilter(reader, stored), problem: null };
  } catch (error) {
    if (error instanceof CodedError) return { selection: null, problem: error.message };
    throw error;
  }
}

/** Selections with today's id where they name an object by an earlier one; one statement for all of them. */
export async function presentSelections(tx: Tx, selections: readonly InboxSelection[]): Promise<InboxSelection[]> {
  const named = selections.flatMap(({ objectId }) => objectId ?? []);
  const redirects = await findRedirects(tx, [...new Set(named)]);
  return selections.map((selection) => ({
    ...selection,
    objectId: selection.objectId && (redirects.get(selection.objectId) ?? selection.objectId),
  }));
}
