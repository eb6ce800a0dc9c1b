import type { Database, Tx } from '@throughline/persistence';
import { findIntegrations, type IntegrationRow, type RequeueTarget } from '../../catalog/index.js';
import { applyActs } from '../../exceptions/index.js';
import type { Adapters } from '../adapters/adapters.js';
import { findCompensations } from '../compensation/compensation.repository.js';
import { targetOfAction } from '../compensation/domain/compensation-address.js';
import { afterProbe, believed, type AfterProbe, type Told } from '../domain/probe.js';
import { beginProbes, noteAnswer, takeDueProbes, type DueProbe } from '../probe.repository.js';
import { notifyRequestsChanged } from '../requeue.repository.js';
import type { SendingRow } from '../sending.repository.js';
import { lockWithException, record, toldAnswer, type HeldAttempt } from './record-outcome.js';
import { REQUEUE_SENDER } from './requeue-sender.js';

/** Targets asked at once; a turn takes as long as the slowest of them. */
const PROBES_AT_ONCE = 20;

/** Attempts that become questions in one turn. */
const BEGIN_BATCH = 500;

export type ProbeDeps = {
  database: Database;
  adapters: Adapters;
  secretKey: Buffer;
  clock: () => Date;
  /** In [0, 1): jitter. */
  random: () => number;
};

const AGAIN = { action: 'requeue', path: null } as const;

type Question = DueProbe & { target: RequeueTarget | null; changedAt: Date | null };

/**
 * Asks the targets of what got no answer what became of it. Each answer is written in a transaction of its own, and counts only for the
 * transmission that it is about. Answers whether there may be more.
 */
export async function probeUnknown(tenantId: string, deps: ProbeDeps): Promise<boolean> {
  const due = await deps.database.withTenant(tenantId, (tx) => takeQuestions(tx, deps));
  await Promise.all(
    due.map(async (question) => {
      const askedAt = deps.clock();
      const told = await ask(question, deps.adapters, askedAt);
      await deps.database.withTenant(tenantId, (tx) => settle(tx, { ...question, askedAt }, told, deps));
    }),
  );
  return due.length === PROBES_AT_ONCE;
}

async function takeQuestions(tx: Tx, { clock, secretKey }: ProbeDeps): Promise<Question[]> {
  const now = clock();
  await beginProbes(tx, now, BEGIN_BATCH);
  const due = await takeDueProbes(tx, now, PROBES_AT_ONCE);
  const names = [...new Set(due.map(({ integration }) => integration))];
  const integrations =
    names.length === 0 ? new Map<string, IntegrationRow>() : await findIntegrations(tx, names, secretKey);
  const undoing = await findCompensations(
    tx,
    due.map(({ attemptId }) => attemptId),
  );
  return due.map((one, index) => {
    const { requeueTarget: target = null, requeueChangedAt: changedAt = null } =
      integrations.get(one.integration) ?? {};
    const compensation = undoing[index] ?? null;
    return { ...one, target: target && targetOfAction(target, compensation ?? AGAIN), changedAt };
  });
}

async function ask({ target, ...question }: Question, adapters: Adapters, at: Date): Promise<Told> {
  const probe = target === null ? undefined : adapters[target.adapter]?.probe;
  if (target === null || target.statusUrl === null || probe === undefined) {
    return { kind: 'unknown', words: 'the target cannot be asked any more' };
  }
  const { requestId, idempotencyKey, traceparent } = question;
  return probe({ target, requestId, idempotencyKey, traceparent, at });
}

async function settle(
  tx: Tx,
  question: Question & { askedAt: Date },
  answer: Told,
  { clock, random }: ProbeDeps,
): Promise<void> {
  const now = clock();
  const held = await lockWithException(tx, question.attemptId);
  if (held === null) return;
  const { attempt } = held;
  const told = believed(answer, attempt.sentAt, question.changedAt);
  const isStill = attempt.state === 'UNKNOWN' && attempt.transmissions === question.transmission && attempt.hasClaim;
  const next: AfterProbe = isStill
    ? afterProbe(told.kind, { ...question, sentAt: attempt.sentAt ?? attempt.carriedSince }, now, random())
    : { kind: 'leave' };
  const before = await noteAnswer(tx, question, told, next.kind === 'ask-again' ? next.at : null, now);
  if (!isStill) return;
  if (before !== null && (before.wantedBy !== null || before.answer !== told.kind)) {
    await tell(tx, held, told, before.wantedBy, now);
  }
  await follow(tx, attempt, next, told, now);
  await notifyRequestsChanged(tx, [attempt.requestId]);
}

async function follow(tx: Tx, attempt: SendingRow, next: AfterProbe, told: Told, now: Date): Promise<void> {
  const base = { httpStatus: null, answer: `status call: ${told.words}` };
  switch (next.kind) {
    case 'acknowledge':
      await record(tx, attempt, { ...base, state: 'ACKNOWLEDGED', mayHaveApplied: true, retryAt: null }, now);
      return;
    case 'send-again':
      if (attempt.requestState === 'FINISHED') {
        // nobody could pause or cancel it any more
        const answer = `${base.answer}: not applied, as the target says; it can be sent anew`;
        await record(tx, attempt, { ...base, answer, state: 'REFUSED', mayHaveApplied: false, retryAt: null }, now);
        return;
      }
      // its job asks once more whether it is still wanted: the request may be paused or cancelled, a date passed
      await record(tx, attempt, { ...base, state: 'QUEUED', mayHaveApplied: false, retryAt: now }, now);
      return;
    case 'ask-again':
    case 'leave':
      return;
  }
}

/** On the timeline and on record: what is new, and what somebody wanted to know. */
async function tell(
  tx: Tx,
  { attempt, exception }: HeldAttempt,
  told: Told,
  wantedBy: string | null,
  now: Date,
): Promise<void> {
  if (exception === null) return;
  const details = {
    requestId: attempt.requestId,
    attemptId: attempt.attemptId,
    attempt: attempt.attempt,
    outcome: told.kind,
    answer: toldAnswer(told.words),
    ...(wantedBy === null ? {} : { wantedBy }),
  };
  await applyActs(tx, { actor: REQUEUE_SENDER, at: now }, [{ exception, act: null, kind: 'requeue-asked', details }]);
}
