import { isTransientDatabaseError, type Database, type Tx } from '@throughline/persistence';
import type { OutboundResult } from '../../../outbound/index.js';
import { findIntegrations, missingOf, type RequeueTarget } from '../../catalog/index.js';
import type { Adapters } from '../adapters/adapters.js';
import { contentTypeOf } from '../adapters/content-type.js';
import { afterTransmission } from '../domain/attempt.js';
import { holdOf } from '../domain/hold.js';
import { sendingTime } from '../domain/sending-hours.js';
import { notifyRequestsChanged } from '../requeue.repository.js';
import { findOrdered, markAllSending } from '../sending.repository.js';
import { findSettings } from '../sending-settings/sending-settings.repository.js';
import { enqueueSends } from './enqueue-sends.js';
import { findPassedDates } from './find-passed-dates.js';
import { findOpenTargets, noteReaches } from './guard-target.js';
import { inGroups } from './in-groups.js';
import { isLate, lockWithExceptions, recordAll, recordLate, type HeldAttempt } from './record-outcome.js';
import { transmit, type SenderDeps, type Transmission } from './transmit.js';

type Answered = { transmission: Transmission; result: OutboundResult };

/**
 * Carries many attempts to their targets at once, in the same three steps as one alone. Only what is plain goes together: what has to
 * wait, may be with its target, or is not to go at all gets a job of its own, which decides about it.
 */
export async function sendTogether(
  deps: SenderDeps,
  adapters: Adapters,
  tenantId: string,
  attemptIds: readonly string[],
): Promise<void> {
  const transmissions = await startTogether(deps, tenantId, attemptIds).catch(async (error: unknown) => {
    if (isTransientDatabaseError(error)) throw error;
    // one of them may keep the others from it
    await deps.database.withTenant(tenantId, (tx) => enqueueSends(tx, attemptIds));
    return [];
  });
  const write = inGroups<Answered>((answered) => finishTogether(deps.database, tenantId, answered, deps));
  // an outcome is written when it is there: none waits for a target that does not answer
  await Promise.all(
    transmissions.map(async (transmission) => {
      const result = await transmit(adapters, transmission, deps.clock());
      await write({ transmission, result });
    }),
  );
}

async function startTogether(
  { database, secretKey, clock }: SenderDeps,
  tenantId: string,
  attemptIds: readonly string[],
): Promise<Transmission[]> {
  return database.withTenant(tenantId, async (tx) => {
    const now = clock();
    // overcome while the claims were made: the event may have been heard before there were any
    const held = await lockWithExceptions(tx, attemptIds, now);
    const targets = await findTargets(tx, held, secretKey, now);
    const ordered = await findOrdered(tx, attemptIds);
    const passed = await findPassed(tx, held, now);
    const mayBePlain = ({ attempt }: HeldAttempt) =>
      !ordered.has(attempt.attemptId) && !passed.has(attempt.exceptionId);
    const plain: Transmission[] = [];
    const alone: string[] = [];
    for (const one of held) {
      const { attempt } = one;
      const target = targets.get(attempt.integration);
      if (target !== undefined && isPlain(one, now) && mayBePlain(one)) {
        plain.push({ attempt: { ...attempt, transmissions: attempt.transmissions + 1 }, target });
      } else if (!hasJob(one, now)) {
        alone.push(attempt.attemptId);
      }
    }
    await markAllSending(
      tx,
      plain.map(({ attempt: { attemptId, mayHaveApplied }, target }) => ({
        ...{ attemptId, mayHaveApplied },
        contentType: contentTypeOf(target),
      })),
      clock(),
    );
    await enqueueSends(tx, alone);
    await notifyRequestsChanged(tx, [...new Set(plain.map(({ attempt }) => attempt.requestId))]);
    return plain;
  });
}

/** Those of which a date has passed that was not carried forward. */
async function findPassed(tx: Tx, held: readonly HeldAttempt[], now: Date): Promise<ReadonlyMap<string, string>> {
  const waiting = held.flatMap(({ attempt, exception }) =>
    attempt.state === 'QUEUED' && exception !== null ? [{ attempt, exception }] : [],
  );
  const carriedAt = new Map(waiting.map(({ attempt }) => [attempt.exceptionId, attempt.carriedForwardAt]));
  return findPassedDates(
    tx,
    waiting.map(({ exception }) => exception),
    waiting.map(({ attempt }) => attempt),
    now,
    (exceptionId) => carriedAt.get(exceptionId) ?? null,
  );
}

/** Nothing has to be asked or weighed about it by itself: it may go out now. */
function isPlain({ attempt }: HeldAttempt, now: Date): boolean {
  const { state, hasClaim, requestState, isReleased, mayHaveApplied, retryAt } = attempt;
  return (
    state === 'QUEUED' &&
    hasClaim &&
    !mayHaveApplied &&
    (retryAt === null || retryAt <= now) &&
    holdOf(requestState, state, isReleased) === 'go'
  );
}

/** It has ended, or waits for its next transmission: there is nothing to decide, or a job that will. */
function hasJob({ attempt: { state, retryAt } }: HeldAttempt, now: Date): boolean {
  return (state !== 'QUEUED' && state !== 'SENDING') || (retryAt !== null && retryAt > now);
}

/** Targets that take something now, within their hours, by integration. */
async function findTargets(
  tx: Tx,
  held: readonly HeldAttempt[],
  secretKey: Buffer,
  now: Date,
): Promise<Map<string, RequeueTarget>> {
  const names = [...new Set(held.map(({ attempt }) => attempt.integration))];
  const integrations = await findIntegrations(tx, names, secretKey);
  const open = await findOpenTargets(tx, names, now);
  const settings = await findSettings(tx, names);
  const isInHours = new Set(names.filter((_, index) => sendingTime(settings[index]?.hours ?? null, now).isOpen));
  return new Map(
    [...integrations].flatMap(([name, { requeueTarget }]): [string, RequeueTarget][] =>
      requeueTarget !== null && missingOf(requeueTarget).length === 0 && open.has(name) && isInHours.has(name)
        ? [[name, requeueTarget]]
        : [],
    ),
  );
}

async function finishTogether(
  database: Database,
  tenantId: string,
  answered: readonly Answered[],
  { clock, random }: SenderDeps,
): Promise<void> {
  const byId = new Map(answered.map((one) => [one.transmission.attempt.attemptId, one]));
  await database.withTenant(tenantId, async (tx) => {
    const now = clock();
    const held = await lockWithExceptions(tx, [...byId.keys()]);
    const ended = held.flatMap(({ attempt, exception }) => {
      const one = byId.get(attempt.attemptId);
      if (one === undefined) return [];
      const { result, transmission } = one;
      const outcome = afterTransmission(result, attempt, transmission.target, now, random());
      return [{ attempt, outcome, exception, integration: attempt.integration, result, sent: transmission.attempt }];
    });
    const late = ended.filter((one) => isLate(one, one.sent.transmissions));
    await recordLate(
      tx,
      late.map(({ sent, outcome }) => ({ attempt: sent, outcome })),
      now,
    );
    await recordAll(
      tx,
      ended.filter((one) => !late.includes(one)),
      now,
    );
    await noteReaches(tx, ended, now);
  });
}
