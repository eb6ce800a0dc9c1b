import { randomUUID } from 'node:crypto';
import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../../catalog/index.js';
import { foldName, mayChange, maySee, MOST_VIEWS, type ViewAccess } from '../domain/saved-view.js';
import { SHIPPED_VIEWS } from '../domain/shipped-views.js';
import {
  countSavedViews,
  findViews,
  insertView,
  isNameTaken,
  lockView,
  updateView,
  writeArrangement,
  type LockedView,
  type ViewWords,
} from './view.repository.js';

export type ViewFailureCode =
  'NOT_FOUND' | 'STALE_VERSION' | 'NAME_TAKEN' | 'TOO_MANY' | 'NOT_YOURS' | 'NOT_SHARED_BY_YOU' | 'SHIPPED';

export type ViewRefusal = { kind: 'failure'; code: ViewFailureCode; message: string; viewId: string | null };

export type ViewOutcome = { kind: 'changed'; viewId: string } | ViewRefusal;

export type ArrangementOutcome = { kind: 'arranged' } | ViewRefusal;

/** A view of one's own. */
export async function saveView(tx: Tx, act: CatalogAct, words: ViewWords): Promise<ViewOutcome> {
  await oneAtATime(tx);
  const refusal =
    refuseSharing(act, words.isShared) ??
    (await refuseMore(tx, act.viewer.personId, { own: 1, shared: words.isShared }));
  if (refusal !== null) return refusal;
  const viewId = randomUUID();
  if (!(await insertView(tx, viewId, foldName(words.name), words, by(act)))) return nameTaken(words.name);
  await record(tx, act, viewId, 'saved', { ...words, version: 1 });
  return { kind: 'changed', viewId };
}

/** Changes a view, if nobody else did since it was seen; what is left out stays. */
export async function changeView(
  tx: Tx,
  act: CatalogAct,
  input: { viewId: string; version: number; change: Partial<ViewWords> },
): Promise<ViewOutcome> {
  const { viewId, version, change } = input;
  await oneAtATime(tx);
  const found = await readyToChange(tx, act, viewId, version);
  if ('kind' in found) return found;
  const next = { ...found, ...change };
  const begins = next.isShared && !found.isShared;
  const refusal =
    (begins ? refuseSharing(act, true) : null) ??
    (next.isShared === found.isShared || found.ownerId === act.viewer.personId ? null : notSharedByYou(viewId)) ??
    (await refuseMore(tx, found.ownerId, { own: 0, shared: begins })) ??
    ((await isNameTaken(tx, found.ownerId, foldName(next.name), viewId)) ? nameTaken(next.name, viewId) : null);
  if (refusal !== null) return refusal;
  await updateView(tx, next, foldName(next.name), by(act));
  await record(tx, act, viewId, 'changed', { before: wordsOf(found), after: wordsOf(next), version: version + 1 });
  return { kind: 'changed', viewId };
}

/** Takes a view away. It is kept, and can be brought back. */
export async function deleteView(
  tx: Tx,
  act: CatalogAct,
  input: { viewId: string; version: number },
): Promise<ViewOutcome> {
  await oneAtATime(tx);
  const found = await readyToChange(tx, act, input.viewId, input.version);
  if ('kind' in found) return found;
  await updateView(tx, { ...found, isDeleted: true }, foldName(found.name), by(act));
  await record(tx, act, found.id, 'deleted', { ...wordsOf(found), ownerId: found.ownerId });
  return { kind: 'changed', viewId: found.id };
}

/** Brings back a view that was deleted. */
export async function restoreView(tx: Tx, act: CatalogAct, input: { viewId: string }): Promise<ViewOutcome> {
  const { viewId } = input;
  await oneAtATime(tx);
  const found = await lockView(tx, viewId);
  if (found === null || !maySee(found, act.viewer.personId)) return notFound();
  if (!mayChange(found, personOf(act))) return notYours(found);
  if (!found.isDeleted) return { kind: 'changed', viewId };
  const refusal =
    (await refuseMore(tx, found.ownerId, { own: 1, shared: found.isShared })) ??
    ((await isNameTaken(tx, found.ownerId, foldName(found.name), viewId)) ? nameTaken(found.name) : null);
  if (refusal !== null) return refusal;
  await updateView(tx, { ...found, isDeleted: false }, foldName(found.name), by(act));
  await record(tx, act, viewId, 'restored', { ...wordsOf(found), ownerId: found.ownerId });
  return { kind: 'changed', viewId };
}

/** Which views a person has before them, in which order, and with which the inbox opens. */
export async function arrangeViews(
  tx: Tx,
  act: CatalogAct,
  input: { pinned: readonly string[]; defaultId: string | null },
): Promise<ArrangementOutcome> {
  const { personId } = act.viewer;
  const pinned = [...new Set(input.pinned)];
  const named = [...new Set([...pinned, ...(input.defaultId === null ? [] : [input.defaultId])])];
  const saved = named.filter((id) => !isShipped(id));
  const found = await findViews(tx, saved);
  const unknown = found.findIndex((view) => view === null || !maySee(view, personId));
  if (unknown >= 0) return { ...notFound(), viewId: null };
  await writeArrangement(tx, personId, { pinned, defaultId: input.defaultId }, act.now);
  await recordAct(
    tx,
    act,
    'exception-view.arranged',
    { type: 'person', id: personId },
    { pinned, defaultId: input.defaultId },
  );
  return { kind: 'arranged' };
}

/** Whether an id is of a view that everybody has. */
export function isShipped(id: string): boolean {
  return SHIPPED_VIEWS.some((view) => view.id === id);
}

/** An act on what everybody has. */
export function shippedRefusal(): ViewRefusal {
  return failure('SHIPPED', 'This view comes with Throughline: save one of your own like it.');
}

/** Names and numbers of views are checked before they are written: acts on them wait for each other. */
async function oneAtATime(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('saved views ' || $1::text, 0))`, [tx.tenantId]);
}

async function readyToChange(
  tx: Tx,
  act: CatalogAct,
  viewId: string,
  version: number,
): Promise<LockedView | ViewRefusal> {
  const found = await lockView(tx, viewId);
  // another person's private view is none of one's business, also that there is one
  if (found === null || found.isDeleted || !maySee(found, act.viewer.personId)) return notFound();
  if (!mayChange(found, personOf(act))) return notYours(found);
  if (found.version !== version) {
    return failure('STALE_VERSION', `${found.changedByName} changed this view meanwhile.`, viewId);
  }
  return found;
}

function personOf({ viewer }: CatalogAct): { id: string; isAdministrator: boolean } {
  return { id: viewer.personId, isAdministrator: viewer.permissions.has('catalog.write') };
}

/** What everybody sees is put there by those who work on exceptions or decide about them. */
function refuseSharing({ viewer }: CatalogAct, isShared: boolean): ViewRefusal | null {
  const may = viewer.permissions.has('exception.work') || viewer.permissions.has('exception.approve');
  return !isShared || may
    ? null
    : failure('NOT_YOURS', 'Views are shared by those who work on exceptions or approve. Keep it to yourself.');
}

async function refuseMore(
  tx: Tx,
  ownerId: string,
  more: { own: number; shared: boolean },
): Promise<ViewRefusal | null> {
  if (more.own === 0 && !more.shared) return null;
  const { own, shared } = await countSavedViews(tx, ownerId);
  if (own + more.own > MOST_VIEWS.own) {
    return failure('TOO_MANY', `A person can have ${MOST_VIEWS.own} views: delete one first.`);
  }
  return more.shared && shared >= MOST_VIEWS.shared
    ? failure('TOO_MANY', `${MOST_VIEWS.shared} views are shared already: one of them has to go first.`)
    : null;
}

function nameTaken(name: string, viewId: string | null = null): ViewRefusal {
  return failure('NAME_TAKEN', `There is a view “${name}” of this person already.`, viewId);
}

function notFound(): ViewRefusal {
  return failure('NOT_FOUND', 'There is no such view, or not any more.');
}

function notYours({ id, ownerName }: ViewAccess & { id: string; ownerName: string }): ViewRefusal {
  return failure('NOT_YOURS', `This view is ${ownerName}’s: save one of your own like it.`, id);
}

function notSharedByYou(viewId: string): ViewRefusal {
  return failure('NOT_SHARED_BY_YOU', 'Whether a view is shared is for its owner to say.', viewId);
}

function failure(code: ViewFailureCode, message: string, viewId: string | null = null): ViewRefusal {
  return { kind: 'failure', code, message, viewId };
}

function wordsOf({ name, isShared, filter, orderBy, search }: ViewWords): ViewWords {
  return { name, isShared, filter, orderBy, search };
}

function by({ viewer, now }: CatalogAct): { id: string; name: string; at: Date } {
  return { id: viewer.personId, name: viewer.displayName, at: now };
}

function record(tx: Tx, act: CatalogAct, id: string, action: string, details: Record<string, unknown>): Promise<void> {
  return recordAct(tx, act, `exception-view.${action}`, { type: 'exception-view', id }, details);
}
