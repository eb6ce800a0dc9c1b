import { randomUUID } from 'node:crypto';
import type { Tx } from '@throughline/persistence';
import { listLegalEntities } from '../../catalog/index.js';
import {
  findEscalations,
  findExceptions,
  isOpen,
  moneyOf,
  queueTitle,
  type StoredEscalation,
  type StoredException,
} from '../../exceptions/index.js';
import { findPeople } from '../../identity/index.js';
import { findToldEscalations, listActivePolicies } from '../alerts.repository.js';
import { escalationMessage } from '../domain/escalation-message.js';
import { escalationTellings, type Policy } from '../domain/policy-match.js';
import { storeNotifications } from './store-notifications.js';

type Escalated = { exception: StoredException; taxonomy: string; escalation: StoredEscalation };

/** Tells channels of the overdue clocks of these exceptions, each once, where somebody still has to do something about it. */
export async function tellOfEscalations(
  tx: Tx,
  exceptionIds: readonly string[],
  publicUrl: string,
  now: Date,
): Promise<void> {
  const policies = await listActivePolicies(tx);
  if (policies.length === 0) return;
  const exceptions = (await findExceptions(tx, exceptionIds)).filter((one) => one !== null && isOpen(one.state));
  const escalations = await findEscalations(
    tx,
    exceptions.flatMap((one) => one?.exceptionId ?? []),
  );
  const escalated = exceptions.flatMap((exception, index): Escalated[] =>
    exception === null
      ? []
      : latestOf(escalations[index] ?? [])
          .filter(({ clock }) => clock === 'resolution' || !isInHand(exception))
          .map((escalation) => ({ exception, taxonomy: exception.taxonomy, escalation })),
  );
  const told = await findToldEscalations(
    tx,
    policies.map(({ channelId }) => channelId),
    escalated.map(({ escalation }) => keyOf(escalation)),
  );
  const wanted = escalationTellings(policies, escalated).filter(
    ({ policy, escalation }) => !told.has(`${policy.channelId} ${keyOf(escalation.escalation)}`),
  );
  if (wanted.length === 0) return;
  const owners = await findPeople(
    tx,
    wanted.flatMap(({ escalation }) => escalation.exception.ownerId ?? []),
  );
  const names = new Map(owners.flatMap((one) => (one === null ? [] : [[one.id, one.displayName] as const])));
  const zones = new Map((await listLegalEntities(tx)).map((entity) => [entity.code, entity.timeZone]));
  await storeNotifications(
    tx,
    wanted.map(({ policy, escalation: { exception, escalation } }) => ({
      notificationId: randomUUID(),
      policyId: policy.policyId,
      channelId: policy.channelId,
      groupId: exception.groupId,
      exceptionId: exception.exceptionId,
      payload: messageOf(policy, exception, escalation, { names, zones, publicUrl, now }),
      escalation: keyOf(escalation),
    })),
    now,
  );
}

/** Somebody has done something about it: that nobody had was true, and is no news any more. */
function isInHand({ state }: StoredException): boolean {
  return state !== 'OPEN';
}

/** Of earlier times that it was open nobody is told any more. */
function latestOf(escalations: readonly StoredEscalation[]): StoredEscalation[] {
  const latest = Math.max(...escalations.map(({ startedAt }) => startedAt.getTime()));
  return escalations.filter(({ startedAt }) => startedAt.getTime() === latest);
}

function keyOf({ exceptionId, clock, startedAt }: StoredEscalation): string {
  return `${exceptionId} ${clock} ${startedAt.toISOString()}`;
}

type Surroundings = {
  names: ReadonlyMap<string, string>;
  zones: ReadonlyMap<string, string>;
  publicUrl: string;
  now: Date;
};

function messageOf(
  policy: Policy,
  exception: StoredException,
  { clock, dueAt, leadName }: StoredEscalation,
  { names, zones, publicUrl, now }: Surroundings,
) {
  const { ownerId, legalEntity, queue } = exception;
  return escalationMessage(
    {
      title: exception.title,
      message: exception.message,
      counterparty: exception.counterparty,
      legalEntity,
      moneyAtRisk: moneyOf(exception.amount, exception.currency),
      direction: exception.direction,
      clock,
      dueAt,
      timeZone: legalEntity === null ? null : (zones.get(legalEntity) ?? null),
      owner: ownerId === null ? null : (names.get(ownerId) ?? null),
      lead: leadName,
      queue: queue === null ? null : queueTitle(queue),
      policyName: policy.name,
      url: `${publicUrl}/exceptions/${exception.exceptionId}`,
    },
    now,
  );
}
