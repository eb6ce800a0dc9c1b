import { randomUUID } from 'node:crypto';
import { isTaxonomyCode, taxonomyCodes } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { describeIntegrations, recordAct, type CatalogAct } from '../../catalog/index.js';
import { isQueueName } from '../domain/queues.js';
import { checklistOf, runbookPlaces, type RunbookPlace } from '../domain/runbook.js';
import { lockExceptions } from '../exceptions.repository.js';
import { findGroups } from '../groups/group.repository.js';
import { applyActs } from '../usecases/apply-acts.js';
import { archive, findRunbooks, insertRunbook, insertVersion, lockRunbook, writeTick } from './runbook.repository.js';

export type RunbookFailureCode =
  'NOT_FOUND' | 'STALE_VERSION' | 'PLACE_TAKEN' | 'UNKNOWN_PLACE' | 'ARCHIVED' | 'UNKNOWN_STEP' | 'NOT_ITS_RUNBOOK';

export type RunbookOutcome =
  | { kind: 'changed'; runbookId: string }
  | { kind: 'failure'; code: RunbookFailureCode; message: string; runbookId: string | null };

/** A new runbook at a place where there is none. */
export async function writeRunbook(
  tx: Tx,
  act: CatalogAct,
  input: { place: RunbookPlace; title: string; body: string },
): Promise<RunbookOutcome> {
  const { place, title, body } = input;
  if (!(await exists(tx, place))) {
    return failure('UNKNOWN_PLACE', `There is no ${NOUNS[place.scope]} ${place.key}.`);
  }
  const runbookId = randomUUID();
  if (!(await insertRunbook(tx, runbookId, place, act.now))) {
    return failure(
      'PLACE_TAKEN',
      `There is a runbook for this ${NOUNS[place.scope]} already: write a new version of it.`,
    );
  }
  await insertVersion(tx, runbookId, { version: 1, title, body }, by(act));
  await record(tx, act, runbookId, 'written', { ...place, title, version: 1 });
  return { kind: 'changed', runbookId };
}

/** The next version of a runbook, written on the one that is in force. */
export async function rewriteRunbook(
  tx: Tx,
  act: CatalogAct,
  input: { runbookId: string; version: number; title: string; body: string },
): Promise<RunbookOutcome> {
  const { runbookId, version, title, body } = input;
  const locked = await lockRunbook(tx, runbookId);
  if (locked === null) return failure('NOT_FOUND', 'There is no such runbook.');
  if (locked.isArchived) return failure('ARCHIVED', 'This runbook is archived.', runbookId);
  if (locked.version !== version) return stale(tx, runbookId);
  await insertVersion(tx, runbookId, { version: version + 1, title, body }, by(act));
  await record(tx, act, runbookId, 'rewritten', { title, version: version + 1 });
  return { kind: 'changed', runbookId };
}

/** Takes a runbook out of use; its versions and what was done by it are kept. */
export async function archiveRunbook(
  tx: Tx,
  act: CatalogAct,
  input: { runbookId: string; version: number | null },
): Promise<RunbookOutcome> {
  const { runbookId, version } = input;
  const locked = await lockRunbook(tx, runbookId);
  if (locked === null) return failure('NOT_FOUND', 'There is no such runbook.');
  if (version !== null && locked.version !== version) return stale(tx, runbookId);
  if (!locked.isArchived) {
    await archive(tx, runbookId);
    await record(tx, act, runbookId, 'archived', { version: locked.version });
  }
  return { kind: 'changed', runbookId };
}

/** Marks a step of a runbook as done for an exception, or as not done. */
export async function tickStep(
  tx: Tx,
  act: CatalogAct,
  input: { exceptionId: string; runbookId: string; stepKey: string; isDone: boolean },
): Promise<RunbookOutcome> {
  const { exceptionId, runbookId, stepKey, isDone } = input;
  const [exception] = await lockExceptions(tx, [exceptionId]);
  const [runbook] = await findRunbooks(tx, [runbookId]);
  if (exception === undefined) return failure('NOT_FOUND', 'There is no such exception.');
  if (!runbook) return failure('NOT_FOUND', 'There is no such runbook.');
  if (runbook.isArchived) return failure('ARCHIVED', 'This runbook is archived.', runbookId);
  const isItsOwn = runbookPlaces(exception).some(
    ({ scope, key }) => scope === runbook.scope && key === runbook.scopeKey,
  );
  if (!isItsOwn) return failure('NOT_ITS_RUNBOOK', 'This runbook is not about this exception.', runbookId);
  const step = checklistOf(runbook.body).find(({ key }) => key === stepKey);
  if (step === undefined) {
    return failure('UNKNOWN_STEP', 'The runbook has no such step any more: it was rewritten.', runbookId);
  }
  if (await writeTick(tx, { exceptionId, runbookId, stepKey, isDone }, by(act))) {
    await applyActs(
      tx,
      {
        actor: { kind: 'person', id: act.viewer.personId, name: act.viewer.displayName },
        at: act.now,
        traceId: act.traceId,
      },
      [
        {
          exception,
          act: null,
          kind: isDone ? 'step-done' : 'step-undone',
          details: { step: step.text, runbook: runbook.title, runbookId, version: runbook.version },
        },
      ],
    );
  }
  return { kind: 'changed', runbookId };
}

const NOUNS: Record<RunbookPlace['scope'], string> = {
  GROUP: 'group',
  PROBLEM: 'problem',
  INTEGRATION: 'integration',
  CATEGORY: 'category of problems',
  QUEUE: 'queue',
};

async function exists(tx: Tx, { scope, key }: RunbookPlace): Promise<boolean> {
  switch (scope) {
    case 'GROUP':
      return (await findGroups(tx, [key]))[0] !== null;
    case 'PROBLEM':
      return isTaxonomyCode(key);
    case 'INTEGRATION':
      return (await describeIntegrations(tx, [key])).length > 0;
    case 'CATEGORY':
      return taxonomyCodes().some((code) => code.startsWith(`${key}.`));
    case 'QUEUE':
      return isQueueName(key);
  }
}

/** Somebody wrote another version than the one that was seen. */
async function stale(tx: Tx, runbookId: string): Promise<RunbookOutcome> {
  const [runbook] = await findRunbooks(tx, [runbookId]);
  const said = `${runbook?.writtenByName ?? 'Somebody'} wrote version ${runbook?.version ?? 1} meanwhile.`;
  return failure('STALE_VERSION', said, runbookId);
}

function failure(code: RunbookFailureCode, message: string, runbookId: string | null = null): RunbookOutcome {
  return { kind: 'failure', code, message, runbookId };
}

function by({ viewer, now }: CatalogAct): { id: string; name: string; at: Date } {
  return { id: viewer.personId, name: viewer.displayName, at: now };
}

function record(tx: Tx, act: CatalogAct, id: string, action: string, details: Record<string, unknown>): Promise<void> {
  return recordAct(tx, act, `runbook.${action}`, { type: 'runbook', id }, details);
}
