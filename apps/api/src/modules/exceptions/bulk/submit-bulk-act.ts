import { randomUUID } from 'node:crypto';
import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../../catalog/index.js';
import { findPeople, listActivePeople, permissionsOf } from '../../identity/index.js';
import { filterSentence, idsOf } from '../domain/filter-words.js';
import type { NoteProblemCode } from '../domain/mentions.js';
import type { QueueName } from '../domain/queues.js';
import { findExceptions, findRedirects } from '../exceptions.repository.js';
import { namesOfIds } from '../names-of-ids.repository.js';
import type { InboxSelection } from '../inbox.repository.js';
import { evaluateFor } from '../predicate-facts.repository.js';
import type { SeenException } from '../usecases/act-outcome.js';
import { readNoteOf } from '../usecases/comment-on-exception.js';
import { actAsDecided, assigneeOfAct, assignWarnings } from './assign-preview.js';
import { forecastOf, rightsFor, whyTooLate, type BulkAct, type BulkOutcome } from './domain/bulk-act.js';
import { bulkActWords } from './domain/bulk-act-words.js';
import { count } from './domain/exception-count.js';
import {
  freezeSelection,
  legalEntitiesOf,
  lookAtSelection,
  type ChosenExceptions,
  type Previewed,
  type SelectionTotals,
} from './selection.repository.js';

/** Exceptions of one bulk act. */
export const MOST_OF_A_BULK_ACT = 500_000;

/** What a person picks: exceptions one by one, or all that match a filter, as it was asked for and as it was read. */
export type Picked =
  { seen: readonly SeenException[] } | { matching: InboxSelection; filter: Readonly<Record<string, unknown>> };

export type BulkFailureCode =
  | NoteProblemCode
  | 'EMPTY_SELECTION'
  | 'SELECTION_TOO_LARGE'
  | 'SELECTION_CHANGED'
  | 'OWNER_NOT_FOUND'
  | 'OWNER_CANNOT_WORK'
  | 'PREDICATE_MET_ALREADY'
  | 'PREDICATE_CANNOT_BE_EVALUATED'
  | 'TOO_LATE'
  | 'NOT_ALLOWED'
  | 'NOT_FOUND'
  | 'STILL_ASKED'
  | 'BEING_DECIDED'
  | 'NOT_PENDING'
  | 'MAKER_MAY_NOT_DECIDE'
  | 'NOT_POSSIBLE_NOW';

/** Why nothing was done; where the selection is not the one that was previewed: both. */
export type BulkFailure = {
  kind: 'failure';
  code: BulkFailureCode;
  message: string;
  previewed?: Previewed;
  current?: SelectionTotals;
};

export type BulkForecast = { outcome: BulkOutcome; count: number };

export type BulkPreview = SelectionTotals & {
  kind: 'preview';
  selectionWords: string;
  forecast: BulkForecast[];
  /** What has to be known before it is done. */
  warnings: string[];
  /** Of an assignment: who stands in for whom it names, who is away. */
  deputyName: string | null;
};

/** What a bulk act would do now: with how many, with how much money, and why not with the others. */
export async function previewBulkAct(
  tx: Tx,
  { viewer, now }: Pick<CatalogAct, 'viewer' | 'now'>,
  { act, reason = '', picked }: { act: BulkAct; reason?: string; picked: Picked },
): Promise<BulkPreview | BulkFailure> {
  const obstacle = await obstacleOf(tx, { viewer, now }, { act, reason, picked });
  if (obstacle !== null) return obstacle;
  const { kinds, ...totals } = await lookAtSelection(
    tx,
    await chosenOf(tx, picked),
    act.kind === 'ACCEPT' ? { personId: viewer.personId, at: now } : null,
  );
  const decided = await actAsDecided(tx, act, now);
  const forecast = new Map<BulkOutcome, number>();
  const doneOf = new Map<QueueName | null, number>();
  for (const { subject, count: alike, ...standing } of kinds) {
    const outcome = subject === null ? 'GONE' : forecastOf(decided, subject, standing);
    forecast.set(outcome, (forecast.get(outcome) ?? 0) + alike);
    if (subject !== null && outcome === 'DONE') doneOf.set(subject.queue, (doneOf.get(subject.queue) ?? 0) + alike);
  }
  const assignee = act.kind === 'ASSIGN' ? await assigneeOfAct(tx, act, now, { isPreview: true }) : null;
  return {
    kind: 'preview',
    ...totals,
    selectionWords: await wordsOf(tx, picked),
    forecast: [...forecast].map(([outcome, alike]) => ({ outcome, count: alike })).sort((a, b) => b.count - a.count),
    warnings: assignee === null ? [] : await assignWarnings(tx, assignee, doneOf),
    deputyName: assignee?.deputy?.displayName ?? null,
  };
}

export type BulkSubmission = {
  act: BulkAct;
  reason: string;
  picked: Picked;
  previewed: Previewed;
  /** Exceptions at most. */
  most?: number;
};

/**
 * Freezes the selection and puts the act on record; the worker does it. Refused where what matches is no longer what the person was
 * shown, so that nobody acts on what nobody has seen.
 */
export async function submitBulkAct(
  tx: Tx,
  context: CatalogAct,
  { act, reason, picked, previewed, most = MOST_OF_A_BULK_ACT }: BulkSubmission,
): Promise<{ kind: 'submitted'; bulkActId: string } | BulkFailure> {
  const obstacle = await obstacleOf(tx, context, { act, reason, picked });
  if (obstacle !== null) return obstacle;
  const selectionWords = await wordsOf(tx, picked);
  const bulkActId = randomUUID();
  const { viewer, now: at, traceId } = context;
  const filter = 'filter' in picked ? picked.filter : null;
  const { isFrozen, ...current } = await freezeSelection(
    tx,
    await chosenOf(tx, picked),
    { bulkActId, act, actWords: await actWordsOf(tx, act), reason, filter, selectionWords, viewer, at, traceId },
    { previewed, most },
  );
  if (!isFrozen) return refusalOf(current, previewed);
  const { kind, ...terms } = act;
  const details = { kind, terms, reason, selection: selectionWords, ...current };
  await recordAct(tx, context, 'bulk-act.submitted', { type: 'bulk-act', id: bulkActId }, details);
  await tx.notify('throughline_bulk_act', tx.tenantId);
  return { kind: 'submitted', bulkActId };
}

function refusalOf(current: SelectionTotals, previewed: Previewed): BulkFailure {
  if (current.count === 0 && (previewed.count ?? 0) === 0) {
    return failure('EMPTY_SELECTION', 'No exception matches, so there is nothing to do.');
  }
  if (current.count > MOST_OF_A_BULK_ACT) {
    const most = MOST_OF_A_BULK_ACT.toLocaleString('en');
    return failure('SELECTION_TOO_LARGE', `${count(current.count)} match; at most ${most} can be acted on at once.`);
  }
  const before = previewed.count === null ? 'another selection' : count(previewed.count);
  const now =
    current.count === previewed.count ? 'others match now, as many as before' : `${count(current.count)} match now`;
  const message = `You were shown ${before}, and ${now}. Nothing was done: look again, or accept what matches now.`;
  return { ...failure('SELECTION_CHANGED', message), previewed, current };
}

/** Why the act cannot be done at all, whatever it is done with. */
async function obstacleOf(
  tx: Tx,
  { viewer, now }: Pick<CatalogAct, 'viewer' | 'now'>,
  { act, reason, picked }: Pick<BulkSubmission, 'act' | 'reason' | 'picked'>,
): Promise<BulkFailure | null> {
  if (!rightsFor(act.kind).some((right) => viewer.permissions.has(right))) {
    return failure('NOT_ALLOWED', `This needs the permission ${rightsFor(act.kind).join(' or ')}.`);
  }
  const tooLate = whyTooLate(act, now);
  if (tooLate !== null) return failure('TOO_LATE', tooLate);
  if (act.kind === 'ASSIGN') return ownerObstacle(tx, act.ownerId);
  if (act.kind === 'NOTE') return noteObstacle(tx, reason);
  if (act.kind !== 'WAIT' || act.terms.predicate === null) return null;
  const { predicate } = act.terms;
  const entities = await legalEntitiesOf(tx, await chosenOf(tx, picked));
  const verdicts = [...(await evaluateFor(tx, predicate, entities.length === 0 ? [null] : entities)).values()];
  // where it holds for some of them, those alone are refused, each when its turn comes
  if (verdicts.some(({ result }) => result === 'unmet')) return null;
  const [verdict] = verdicts;
  return verdict?.result === 'met'
    ? failure('PREDICATE_MET_ALREADY', `There is nothing to wait for: ${verdict.detail}.`)
    : failure('PREDICATE_CANNOT_BE_EVALUATED', `They would wait for ever: ${verdict?.detail}.`);
}

async function ownerObstacle(tx: Tx, ownerId: string): Promise<BulkFailure | null> {
  const owner = (await listActivePeople(tx)).find(({ id }) => id === ownerId);
  if (owner === undefined) return failure('OWNER_NOT_FOUND', 'There is no such person.');
  return permissionsOf(owner.roles).has('exception.work')
    ? null
    : failure('OWNER_CANNOT_WORK', `${owner.displayName} may not work on exceptions.`);
}

/** A note that calls nobody who is known is refused as a whole, as on one exception. */
async function noteObstacle(tx: Tx, text: string): Promise<BulkFailure | null> {
  const note = await readNoteOf(tx, text);
  return 'problem' in note ? failure(note.problem.code, note.problem.message) : null;
}

/** The selection with the present id of an object that was merged since. */
export async function chosenOf(tx: Tx, picked: Picked): Promise<ChosenExceptions> {
  if ('seen' in picked) return picked;
  const { objectId } = picked.matching;
  if (objectId === null) return picked;
  const redirects = await findRedirects(tx, [objectId]);
  return { matching: { ...picked.matching, objectId: redirects.get(objectId) ?? objectId } };
}

async function actWordsOf(tx: Tx, act: BulkAct): Promise<string> {
  const [owner] = act.kind === 'ASSIGN' ? await findPeople(tx, [act.ownerId]) : [];
  return bulkActWords(act, owner?.displayName ?? null);
}

/** What was picked, in words. */
export async function wordsOf(tx: Tx, picked: Picked): Promise<string> {
  if ('seen' in picked) {
    const [one] = await findExceptions(
      tx,
      picked.seen.slice(0, 1).map(({ exceptionId }) => exceptionId),
    );
    const named = picked.seen.length === 1 && one ? `: ${one.objectKey}` : '';
    return `${count(picked.seen.length)} picked by hand${named}`;
  }
  return filterSentence(picked.filter, await namesOfIds(tx, idsOf(picked.filter)));
}

function failure(code: BulkFailureCode, message: string): BulkFailure {
  return { kind: 'failure', code, message };
}
