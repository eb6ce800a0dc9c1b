import type { Tx } from '@throughline/persistence';
import { permissionsOf, type PersonRow } from '../../identity/index.js';
import { standInOf } from '../domain/deputies.js';
import { listAbsencesAt } from './absence.repository.js';

/** Who gets what was meant for somebody, and what has to be said about it. */
export type Assignee = { owner: PersonRow; insteadOf: PersonRow | null; warnings: string[] };

/** Whoever is there gets it; for who is away the deputy, where it is to be forwarded, else a word of warning. */
export async function assigneeOf(
  tx: Tx,
  owner: PersonRow,
  people: readonly PersonRow[],
  { now, isForwarded }: { now: Date; isForwarded: boolean },
): Promise<Assignee> {
  const byId = new Map(people.map((person) => [person.id, person]));
  const isAble = (id: string) => permissionsOf(byId.get(id)?.roles ?? []).has('exception.work');
  const standIn = standInOf(owner.id, now, await listAbsencesAt(tx, now), isAble);
  if (standIn.kind === 'present') return { owner, insteadOf: null, warnings: [] };
  const away = `${owner.displayName} is away until ${standIn.until.toISOString().slice(0, 10)}`;
  const deputy = standIn.deputyId === null ? undefined : byId.get(standIn.deputyId);
  if (deputy === undefined) return { owner, insteadOf: null, warnings: [`${away}, and nobody stands in.`] };
  return isForwarded
    ? { owner: deputy, insteadOf: owner, warnings: [`${away}: ${deputy.displayName} got it.`] }
    : { owner, insteadOf: null, warnings: [`${away}: ${deputy.displayName} stands in and is told as well.`] };
}
