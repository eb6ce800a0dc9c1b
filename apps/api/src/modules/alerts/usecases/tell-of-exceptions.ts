import { randomUUID } from 'node:crypto';
import { toMinorUnits } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { listLegalEntities } from '../../catalog/index.js';
import { findExceptions, findGroups, isOpen, moneyOf, type StoredException } from '../../exceptions/index.js';
import { findPeople } from '../../identity/index.js';
import {
  findNextDue,
  findTold,
  findUnreadSignals,
  listActivePolicies,
  type UnreadSignal,
} from '../alerts.repository.js';
import { tellings, type Telling } from '../domain/policy-match.js';
import { slackMessage, type SignalFacts, type SlackMessage } from '../domain/slack-message.js';
import { storeNotifications } from './store-notifications.js';

type Opened = StoredException & { amountMinor: bigint };

/** Makes the notifications that active policies want of these exceptions, once per policy and group, and the jobs that deliver them. */
export async function tellOfExceptions(
  tx: Tx,
  exceptionIds: readonly string[],
  publicUrl: string,
  now: Date,
): Promise<void> {
  const policies = await listActivePolicies(tx);
  if (policies.length === 0) {
    return;
  }
  const found = await findExceptions(tx, exceptionIds);
  // what was overcome before anybody could be told needs nobody
  const opened = found.filter((one): one is StoredException => one !== null && isOpen(one.state)).map(withMinorUnits);
  const wanted = tellings(policies, opened);
  const told = await findTold(
    tx,
    wanted.map(({ policy, exception }) => ({ policyId: policy.policyId, groupId: exception.groupId })),
  );
  const untold = wanted.filter(({ policy, exception }) => !told.has(`${policy.policyId} ${exception.groupId}`));
  if (untold.length === 0) {
    return;
  }
  const messages = await writeMessages(tx, untold, publicUrl, now);
  const rows = untold.map(({ policy, exception }, index) => ({
    notificationId: randomUUID(),
    policyId: policy.policyId,
    channelId: policy.channelId,
    groupId: exception.groupId,
    exceptionId: exception.exceptionId,
    payload: messages[index] as SlackMessage,
    escalation: null,
  }));
  await storeNotifications(tx, rows, now);
}

function withMinorUnits(exception: StoredException): Opened {
  const money = moneyOf(exception.amount, exception.currency);
  return { ...exception, amountMinor: money === null ? 0n : toMinorUnits(money) };
}

async function writeMessages(
  tx: Tx,
  wanted: readonly Telling<Opened>[],
  publicUrl: string,
  now: Date,
): Promise<SlackMessage[]> {
  const exceptions = wanted.map(({ exception }) => exception);
  const groups = await findGroups(
    tx,
    exceptions.map((one) => one.groupId),
  );
  const owners = await findPeople(
    tx,
    exceptions.flatMap((one) => one.ownerId ?? []),
  );
  const ownerNames = new Map(
    owners.flatMap((person) => (person === null ? [] : [[person.id, person.displayName] as const])),
  );
  const due = await findNextDue(
    tx,
    exceptions.map((one) => one.objectId),
    now,
  );
  const signals = await findUnreadSignals(
    tx,
    exceptions.map(({ exceptionId, objectId, lastActivityId }) => ({ exceptionId, objectId, lastActivityId })),
  );
  const zones = new Map((await listLegalEntities(tx)).map((entity) => [entity.code, entity.timeZone]));
  return wanted.map(({ policy, exception }, index) =>
    slackMessage(
      {
        title: exception.title,
        taxonomy: exception.taxonomy,
        message: exception.message,
        counterparty: exception.counterparty,
        legalEntity: exception.legalEntity,
        moneyAtRisk: moneyOf(exception.amount, exception.currency),
        direction: exception.direction,
        owner: exception.ownerId === null ? null : (ownerNames.get(exception.ownerId) ?? null),
        openedAt: exception.openedAt,
        nextDue: due.get(exception.objectId) ?? null,
        timeZone: exception.legalEntity === null ? null : (zones.get(exception.legalEntity) ?? null),
        openInGroup: groups[index]?.openCount ?? 1,
        policyName: policy.name,
        url: `${publicUrl}/exceptions/${exception.exceptionId}`,
        ...signalOf(exception, signals.get(exception.exceptionId), publicUrl),
      },
      now,
    ),
  );
}

function signalOf(exception: Opened, found: UnreadSignal | undefined, publicUrl: string): { signal?: SignalFacts } {
  if (found === undefined) return {};
  const { type, place } = found;
  const { integration, message, objectKey } = exception;
  const reason = place !== null && message.startsWith(`${place}: `) ? message.slice(place.length + 2) : message;
  return { signal: { source: integration, type, reason, place, url: `${publicUrl}/signals/${objectKey}` } };
}
