import type { GraphQLSchema } from 'graphql';
import type { Operation } from '../../../graphql/operation.js';
import { arrange, mayChange, type Arranged } from '../domain/saved-view.js';
import { SHIPPED_VIEWS } from '../domain/shipped-views.js';
import type { ExceptionViewType } from './graphql/view.types.js';
import { filterReader, presentSelections, tryStoredFilter } from './read-stored-filter.js';
import { listViews, readArrangement, type ViewRow } from './view.repository.js';

/**
 * All views that the viewer sees, in the viewer's order. One whose filter cannot be read stands among them and says so; a shipped
 * one that this version's filter has no words for yet is left out.
 */
export async function readViews(operation: Operation, schema: GraphQLSchema): Promise<ExceptionViewType[]> {
  const { viewer } = operation;
  const reader = filterReader(schema, operation);
  const tx = await operation.read();
  const saved = (await listViews(tx, viewer.personId)).map((row) => ({ ...row, isShipped: false as const }));
  const shipped = SHIPPED_VIEWS.map((view) => ({ ...view, isShipped: true as const }));
  const read = arrange<Found>([...shipped, ...saved], await readArrangement(tx, viewer.personId)).map((view) => ({
    view,
    ...tryStoredFilter(reader, view.filter),
  }));
  const offered = read.filter(({ view, problem }) => !view.isShipped || problem === null);
  const present = await presentSelections(
    tx,
    offered.flatMap(({ selection }) => selection ?? []),
  );
  let next = 0;
  return offered.map(({ view, selection, problem }) =>
    toView(operation, view, { selection: selection && (present[next++] ?? null), problem }),
  );
}

type Found = ((typeof SHIPPED_VIEWS)[number] & { isShipped: true }) | (ViewRow & { isShipped: false });

function toView(
  { viewer }: Operation,
  view: Arranged<Found>,
  read: Pick<ExceptionViewType, 'selection' | 'problem'>,
): ExceptionViewType {
  const { id, name, filter, orderBy, search, isPinned, isDefault } = view;
  const words = { id, name, filter, orderBy, search, isPinned, isDefault, ...read };
  if (view.isShipped) {
    const nobodys = { ownerName: null, isMine: false, isChangeable: false, changedAt: null, changedByName: null };
    return { ...words, ...nobodys, kind: 'SHIPPED', version: 1 };
  }
  const { ownerId, ownerName, isShared, version, changedAt, changedByName } = view;
  const person = { id: viewer.personId, isAdministrator: viewer.permissions.has('catalog.write') };
  return {
    ...words,
    kind: isShared ? 'SHARED' : 'PRIVATE',
    ownerName,
    isMine: ownerId === viewer.personId,
    isChangeable: mayChange({ ownerId, isShared }, person),
    version,
    changedAt,
    changedByName,
  };
}
