import type { Tx } from '@throughline/persistence';
import { standInOf, type Absence, type StoredException } from '../../exceptions/index.js';
import { listActivePeople, permissionsOf, type Permission, type PersonRow } from '../../identity/index.js';
import { changedCompensations } from '../compensation/usecases/changed-compensations.js';
import { PAYMENT_WORDS } from '../corrections/domain/payload-kind.js';
import type { SinceFailure } from '../domain/left-out.js';
import { carriedForwardAt, findPassedDates } from '../usecases/find-passed-dates.js';
import type { ApprovalRow, GivenApproval } from './approval.repository.js';
import { findGivenApprovals } from './approval.repository.js';
import {
  findCorrectors,
  findCounterpartySums,
  findTouchers,
  findWaitingOrders,
  type LeftItem,
} from './approval-item.repository.js';
import { changesSince, whatHappened } from './domain/changes-since.js';
import type { Asked, AskedOfPeople, Checker, LimitChoice } from './domain/decision.js';
import type { NeededApproval } from './domain/four-eyes.js';
import { limitOf, type ApprovalLimit } from './domain/limits.js';
import { unfitPayloads } from './unfit-payloads.js';

/** Nothing was needed: whoever decides is measured against this only where there is nothing to decide. */
const NOTHING_NEEDED: NeededApproval = {
  approvals: 0,
  roles: [],
  excludesTouchers: false,
  isHard: false,
  rules: [],
};

/** Who is here now, by id. */
export async function readPeople(tx: Tx): Promise<ReadonlyMap<string, PersonRow>> {
  return new Map((await listActivePeople(tx)).map((person) => [person.id, person]));
}

/** Of whom a request still needs an approval; nothing of what it holds is read. */
export async function readAskedOfPeople(
  tx: Tx,
  row: Pick<ApprovalRow, 'id' | 'makerId' | 'approval'>,
  people: ReadonlyMap<string, PersonRow>,
): Promise<AskedOfPeople> {
  const [given] = await findGivenApprovals(tx, [row.id]);
  return {
    makerId: row.makerId,
    makerRoles: people.get(row.makerId)?.roles ?? [],
    needed: row.approval ?? NOTHING_NEEDED,
    approvals: standing(given ?? [], people),
  };
}

/** The request as a decision looks at it; `exceptions` are those of what is left, as they are now, with what the lineage says of them. */
export async function readAsked(
  tx: Tx,
  row: ApprovalRow,
  people: ReadonlyMap<string, PersonRow>,
  { left, exceptions, count, now }: ItemsAsked & { now: Date },
  since: ReadonlyMap<string, SinceFailure> = new Map(),
): Promise<Asked> {
  const isRequeue = row.action === 'requeue';
  // that its date has passed is no reason to leave a payment as it is
  const [passedDate = null] = isRequeue ? await passedDates(tx, row, exceptions, now) : [];
  return {
    ...(await readAskedOfPeople(tx, row, people)),
    // also while nobody is there to end it
    state: isPastDue(row, now) ? 'EXPIRED' : row.state,
    selectionHash: row.selectionHash,
    makerName: row.makerName,
    changes: isRequeue
      ? [
          ...changesSince(left, exceptions),
          ...whatHappened(exceptions, since),
          ...(await unfitPayloads(tx, row.id, exceptions)),
        ]
      : await changedCompensations(tx, row, exceptions, now),
    passedDate,
    left: count,
  };
}

/** What is held of a request; `count` can still go, of a large one more than what is held. */
type ItemsAsked = { left: readonly LeftItem[]; exceptions: readonly StoredException[]; count: number };

/** Orders to pay that are read at once: a request may hold as many as a selection. */
const ORDERS_AT_ONCE = 1_000;

/** Dates of payments among them that have passed by now, of the first that have. */
async function passedDates(
  tx: Tx,
  row: ApprovalRow,
  exceptions: readonly StoredException[],
  now: Date,
): Promise<string[]> {
  for (let first = 0; first < exceptions.length; first += ORDERS_AT_ONCE) {
    const some = exceptions.slice(first, first + ORDERS_AT_ONCE);
    const passed = await passedDatesOf(tx, row, some, now);
    if (passed.size > 0) return some.flatMap(({ exceptionId }) => passed.get(exceptionId) ?? []);
  }
  return [];
}

/** Which date of these has passed by now that was not accepted; what moves money is never asked for without the hard rule. */
export async function passedDatesOf(
  tx: Tx,
  row: ApprovalRow,
  exceptions: readonly StoredException[],
  now: Date,
): Promise<Map<string, string>> {
  if (row.approval?.isHard !== true) return new Map();
  const ids = exceptions.map(({ exceptionId }) => exceptionId);
  const orders = await findWaitingOrders(tx, row.id, ids, PAYMENT_WORDS);
  return findPassedDates(tx, exceptions, orders, now, () => carriedForwardAt(row));
}

function isPastDue({ state, dueAt }: ApprovalRow, now: Date): boolean {
  return state === 'PENDING_APPROVAL' && dueAt !== null && dueAt <= now;
}

/** Approvals that count: whoever gave one is still here and may still approve. */
export function standing(
  given: readonly Pick<GivenApproval, 'personId'>[],
  people: ReadonlyMap<string, PersonRow>,
): { personId: string; roles: readonly string[] }[] {
  return given.flatMap(({ personId }) => {
    const person = people.get(personId);
    return mayApprove(person) ? [{ personId, roles: person.roles }] : [];
  });
}

/** These people as they would decide on a request. */
export async function readCheckers(
  tx: Tx,
  row: ApprovalRow,
  personIds: readonly string[],
  people: ReadonlyMap<string, PersonRow>,
): Promise<Map<string, Checker>> {
  const touchers =
    row.approval?.excludesTouchers === true ? await findTouchers(tx, row.id, personIds) : new Set<string>();
  const correctors = await findCorrectors(tx, row.id, personIds);
  return new Map(
    personIds.map((personId) => {
      const person = people.get(personId);
      const checker = {
        personId,
        roles: person?.roles ?? [],
        mayApprove: mayApprove(person),
        mayBreakGlass: may(person, 'requeue.break-glass'),
      };
      const hasCorrected = correctors.has(personId);
      return [personId, { ...checker, hasTouched: touchers.has(personId), hasCorrected }];
    }),
  );
}

/** Within whose limits a person could approve now: the person's own, then those of people who are away, while they are. */
export function ownersOfLimits(
  { makerId }: Pick<ApprovalRow, 'makerId'>,
  personId: string,
  { people, absences, now }: { people: ReadonlyMap<string, PersonRow>; absences: readonly Absence[]; now: Date },
): string[] {
  const away = [...new Set(absences.map((one) => one.personId))].filter((id) => {
    if (id === personId || id === makerId || !mayApprove(people.get(id))) return false;
    const standIn = standInOf(id, now, absences, (deputy) => mayApprove(people.get(deputy)));
    return standIn.kind === 'away' && standIn.deputyId === personId;
  });
  return [personId, ...away];
}

/** What these people may still approve of the request's maker, today. */
export async function readLimitChoices(
  tx: Tx,
  row: ApprovalRow,
  ownerIds: readonly string[],
  people: ReadonlyMap<string, PersonRow>,
  { limits, now }: { limits: readonly ApprovalLimit[]; now: Date },
): Promise<LimitChoice[]> {
  const use = { requestId: row.id, makerId: row.makerId, day: dayOf(now) };
  const sums = await findCounterpartySums(tx, use, ownerIds);
  return ownerIds.map((ownerId) => {
    const owner = people.get(ownerId);
    return { ownerId, limit: owner === undefined ? null : limitOf(limits, owner), sums: sums.get(ownerId) ?? [] };
  });
}

/** The day on which limits are counted, in UTC. */
export function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}

export function mayApprove(person: PersonRow | undefined): person is PersonRow {
  return may(person, 'requeue.approve');
}

export function may(person: PersonRow | undefined, permission: Permission): person is PersonRow {
  return person !== undefined && permissionsOf(person.roles).has(permission);
}
