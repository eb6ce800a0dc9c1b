import type { Tx } from '@throughline/persistence';
import { listAbsencesAt } from '../../exceptions/index.js';
import type { ApprovalRow } from './approval.repository.js';
import { chooseLimit, refusePerson, refuseRole } from './domain/decision.js';
import { fourEyesInForce } from './four-eyes-in-force.js';
import type { RequeueApproverType } from './graphql/approval.types.js';
import {
  mayApprove,
  ownersOfLimits,
  readAskedOfPeople,
  readCheckers,
  readLimitChoices,
  readPeople,
} from './read-asked.js';

/** Everybody who may approve requests, and whether this one: by the rules, the roles and the limits as they are now. */
export async function readApprovers(tx: Tx, row: ApprovalRow, now: Date): Promise<RequeueApproverType[]> {
  const people = await readPeople(tx);
  const able = [...people.values()].filter(mayApprove);
  const asked = await readAskedOfPeople(tx, row, people);
  const checkers = await readCheckers(
    tx,
    row,
    able.map(({ id }) => id),
    people,
  );
  const absences = await listAbsencesAt(tx, now);
  const { limits } = (await fourEyesInForce(tx)).fourEyes;
  const choices = await readLimitChoices(
    tx,
    row,
    able.map(({ id }) => id),
    people,
    { limits, now },
  );
  return able.map((person) => {
    const checker = checkers.get(person.id)!;
    const owners = ownersOfLimits(row, person.id, { people, absences, now });
    const limit = chooseLimit(owners.flatMap((id) => choices.filter(({ ownerId }) => ownerId === id)));
    const refusal = refusePerson(asked, checker) ?? refuseRole(asked, checker) ?? ('code' in limit ? limit : null);
    return {
      person,
      canApprove: refusal === null,
      code: refusal?.code ?? null,
      whyNot: refusal?.message ?? null,
    };
  });
}
