import type { Tx } from '@throughline/persistence';
import type { PersonRow } from '../../identity/index.js';
import type { LimitChoice } from '../approval/domain/decision.js';
import { limitOf } from '../approval/domain/limits.js';
import { fourEyesInForce } from '../approval/four-eyes-in-force.js';
import { dayOf } from '../approval/read-asked.js';
import { findApprovedMinor } from './change-limits.repository.js';
import type { LineageApprovalRow } from './lineage-approval.repository.js';

const DAY_MS = 86_400_000;

/** Stands where the counterparty of a request does: a change of lineage has many. */
const WHAT = 'changes of lineage';

/** What these people may still approve of changes of its maker, today. */
export async function readChangeLimits(
  tx: Tx,
  { id, makerId, reportingMinor, isMoneyUnknown }: LineageApprovalRow,
  ownerIds: readonly string[],
  { people, now }: { people: ReadonlyMap<string, PersonRow>; now: Date },
): Promise<LimitChoice[]> {
  const { limits } = (await fourEyesInForce(tx)).fourEyes;
  const from = new Date(`${dayOf(now)}T00:00:00.000Z`);
  const day = { approvalId: id, makerId, from, until: new Date(from.getTime() + DAY_MS) };
  const used = await findApprovedMinor(tx, day, ownerIds);
  const askedMinor = BigInt(reportingMinor);
  return ownerIds.map((ownerId) => {
    const owner = people.get(ownerId);
    const limit = owner === undefined ? null : limitOf(limits, owner);
    return {
      ownerId,
      limit,
      sums: [{ counterparty: WHAT, askedMinor, usedMinor: used.get(ownerId) ?? 0n, isMoneyUnknown }],
    };
  });
}
