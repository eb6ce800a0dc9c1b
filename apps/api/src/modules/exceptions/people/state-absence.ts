import { randomUUID } from 'node:crypto';
import type { Tx } from '@throughline/persistence';
import { CodedError } from '../../../graphql/coded-error.js';
import { recordAct, refuse, type CatalogAct, type CatalogFailure } from '../../catalog/index.js';
import { listActivePeople, permissionsOf, type PersonRow } from '../../identity/index.js';
import { absenceProblem, standInOf, type Absence } from '../domain/deputies.js';
import {
  endAbsence,
  findAbsence,
  insertAbsence,
  listAbsences,
  listAbsencesAt,
  lockAbsencesOf,
  type AbsenceRow,
} from './absence.repository.js';

export type StatedAbsence = Absence & { note: string };

/** A person will be away, and says who stands in; somebody else may say so who looks after the people. */
export async function stateAbsence(
  tx: Tx,
  act: CatalogAct,
  stated: StatedAbsence,
): Promise<{ absenceId: string; warnings: string[] } | CatalogFailure> {
  const { viewer, now } = act;
  mayStateFor(act, stated.personId);
  await lockAbsencesOf(tx, stated.personId);
  const people = new Map((await listActivePeople(tx)).map((person) => [person.id, person]));
  const person = people.get(stated.personId);
  const deputy = stated.deputyId === null ? null : people.get(stated.deputyId);
  if (person === undefined || deputy === undefined) {
    return refuse('NOT_FOUND', 'There is no such person, or that person left');
  }
  if (deputy !== null && !permissionsOf(deputy.roles).has('exception.read')) {
    return refuse('INVALID', `${deputy.displayName} may not see exceptions, and cannot stand in`);
  }
  const problem = absenceProblem(stated, await listAbsences(tx, now, stated.personId), now);
  if (problem !== null) return refuse('INVALID', problem.message);
  const row: AbsenceRow = {
    ...stated,
    id: randomUUID(),
    statedAt: now,
    statedBy: viewer.personId,
    statedByName: viewer.displayName,
  };
  await insertAbsence(tx, row);
  const { from, until, deputyId, note } = row;
  const details = { absenceId: row.id, from, until, deputyId, note };
  await recordAct(tx, act, 'absence.stated', { type: 'person', id: stated.personId }, details);
  return { absenceId: row.id, warnings: await warningsOf(tx, row, person, deputy) };
}

/** Somebody is back earlier, or does not go after all. */
export async function endStatedAbsence(tx: Tx, act: CatalogAct, absenceId: string): Promise<null | CatalogFailure> {
  const absence = await findAbsence(tx, absenceId);
  if (absence === null || absence.until <= act.now)
    return refuse('NOT_FOUND', 'There is no such absence to come or to end');
  mayStateFor(act, absence.personId);
  await endAbsence(tx, absenceId, act.now);
  const { from, until } = absence;
  await recordAct(tx, act, 'absence.ended', { type: 'person', id: absence.personId }, { absenceId, from, until });
  return null;
}

function mayStateFor({ viewer }: CatalogAct, personId: string): void {
  if (personId !== viewer.personId && !viewer.permissions.has('identity.write')) {
    throw new CodedError('FORBIDDEN', 'The absence of somebody else needs the permission identity.write');
  }
}

async function warningsOf(tx: Tx, row: AbsenceRow, person: PersonRow, deputy: PersonRow | null): Promise<string[]> {
  if (deputy === null) return [`Nobody stands in for ${person.displayName}: what comes meanwhile waits.`];
  const warnings: string[] = [];
  // as it will be when the absence begins
  const standIn = standInOf(row.personId, row.from, [row, ...(await listAbsencesAt(tx, row.from))]);
  if (standIn.kind === 'away' && standIn.deputyId !== deputy.id) {
    warnings.push(
      standIn.deputyId === null
        ? `${deputy.displayName} is away too when it begins, and nobody stands in for both.`
        : `${deputy.displayName} is away too when it begins: the deputy of ${deputy.displayName} stands in.`,
    );
  }
  const lacks = (['exception.work', 'exception.approve'] as const).filter(
    (right) => permissionsOf(person.roles).has(right) && !permissionsOf(deputy.roles).has(right),
  );
  if (lacks.includes('exception.approve')) {
    warnings.push(`${deputy.displayName} may not approve: what waits for approval goes to other approvers.`);
  }
  if (lacks.includes('exception.work'))
    warnings.push(`${deputy.displayName} may look at exceptions, not work on them.`);
  return warnings;
}
