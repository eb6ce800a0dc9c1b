import type { Tx } from '@throughline/persistence';
import { findExceptions, listAbsencesAt } from '../../exceptions/index.js';
import { findLeftItems } from './approval-item.repository.js';
import type { ApprovalRow } from './approval.repository.js';
import { chooseLimit, refusePerson, refuseRole } from './domain/decision.js';
import { fourEyesInForce } from './four-eyes-in-force.js';
import type { RequeueApproverType } from './graphql/approval.types.js';
import { mayApprove, ownersOfLimits, readAsked, readCheckers, readLimitChoices, readPeople } from './read-asked.js';

/** Everybody who may approve requests, and whether this one: by the rules, the roles and the limits as they are now. */
export async function readApprovers(tx: Tx, row: ApprovalRow, now: Date): Promise<RequeueApproverType[]> {
  const people = await readPeople(tx);
  const able = [...people.values()].filter(mayApprove);
  const left = await findLeftItems(tx, row.id);
  const exceptions = (
    await findExceptions(
      tx,
      left.map(({ exceptionId }) => exceptionId),
    )
  ).filter((one) => one !== null);
  const asked = await readAsked(tx, row, people, { left, exceptions, now });
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
