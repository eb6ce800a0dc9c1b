import { randomBytes, randomUUID } from 'node:crypto';
import type { Tx } from '@throughline/persistence';
import { recordAudit } from '../../audit/index.js';
import { findIntegrations } from '../../catalog/index.js';
import { findExceptions } from '../../exceptions/index.js';
import type { Viewer } from '../../identity/index.js';
import type { Delivery } from '../adapters/adapter.js';
import type { Adapters } from '../adapters/adapters.js';
import { hasUnknownMoney } from '../approval/domain/approval-subject.js';
import { choosePayloads, type PayloadChoice } from '../corrections/choose-payloads.js';
import { canaryOf } from '../domain/canary.js';
import type { PlanItem } from '../domain/plan.js';
import {
  BETWEEN_QUESTIONS_MS,
  LONGEST_ASKING_MS,
  MOST_VALIDATED,
  validationOf,
  type Validation,
} from '../domain/validation.js';
import { findPriorityOrders } from '../plan-facts.repository.js';
import { findLastAttemptNumbers } from '../requeue.repository.js';
import { attemptBody } from './attempt-body.js';
import { inOrder, planRequeueOf } from './read-plan.js';

export type ValidatedItem = { exceptionId: string; objectKey: string; validation: Validation; words: string };

/** What the target of one item is asked; null = why it is not. */
export type Question = {
  exceptionId: string;
  objectKey: string;
  integration: string;
  delivery: Delivery | null;
  whyNot: string;
};

/** Nothing is sent: what a person may set aside is asked about too. */
const WHATEVER_MAY_BE = { predecessors: true, lookAlikes: true, passedDates: true };

/** Those of a plan that would go first, as many as a canary, with exactly what would be sent of them. */
export async function validationQuestions(
  tx: Tx,
  exceptionIds: readonly string[],
  payload: PayloadChoice,
  { secretKey, now }: { secretKey: Buffer; now: Date },
): Promise<Question[]> {
  const plan = await planRequeueOf(tx, exceptionIds, secretKey, WHATEVER_MAY_BE, now, payload);
  const going = plan.items.filter(({ willSend }) => willSend);
  const known = await findExceptions(
    tx,
    going.map(({ exceptionId }) => exceptionId),
  );
  const present = known.flatMap((one) => one ?? []);
  // by what is sent: a corrected amount is nobody's to tell
  const { measured } = await choosePayloads(tx, present, payload);
  const stakes = new Map(
    measured.map((one) => [one.exceptionId, hasUnknownMoney(one) ? null : BigInt(one.reportingMinor ?? '0')]),
  );
  const priorities = await findPriorityOrders(
    tx,
    present.map(({ exceptionId }) => exceptionId),
  );
  const asked = canaryOf(
    going.map(({ exceptionId, integration, after }) => ({
      exceptionId,
      integration: integration ?? '',
      stakeMinor: stakes.get(exceptionId) ?? null,
      priorityOrder: priorities.get(exceptionId) ?? 0n,
      isBehind: after.length > 0,
    })),
    MOST_VALIDATED,
  );
  const isAsked = new Set(asked);
  const exceptions = inOrder(asked, known);
  const choice = await choosePayloads(tx, exceptions, payload);
  const targets = await findIntegrations(tx, [...new Set(exceptions.map(({ integration }) => integration))], secretKey);
  const last = await findLastAttemptNumbers(tx, asked);
  return [
    ...exceptions.map((exception): Question => {
      const { exceptionId, objectKey, integration } = exception;
      const target = targets.get(integration)?.requeueTarget ?? null;
      if (target === null || target.validateUrl === null) {
        return { exceptionId, objectKey, integration, delivery: null, whyNot: 'Its target has no validate-only call.' };
      }
      // ids of their own: the target must not take the question for an attempt, nor an attempt for the question
      const requestId = randomUUID();
      const attempt = (last.get(exceptionId) ?? 0) + 1;
      const { body } = attemptBody(exception, choice, { requestId, attempt, reason: 'Validate only' });
      const idempotencyKey = `validate_${randomUUID()}`;
      const traceparent = `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
      const delivery = { target, requestId, idempotencyKey, body, traceparent, at: now };
      return { exceptionId, objectKey, integration, delivery, whyNot: '' };
    }),
    ...going
      .filter(({ exceptionId }) => !isAsked.has(exceptionId))
      .map((item) => notAsked(item, `Only ${MOST_VALIDATED} with the least at stake are asked about.`)),
    ...plan.items
      .filter(({ willSend }) => !willSend)
      .map((item) => notAsked(item, item.reason ?? 'It would not be sent.')),
  ];
}

function notAsked({ exceptionId, objectKey }: PlanItem, whyNot: string): Question {
  return { exceptionId, objectKey, integration: '', delivery: null, whyNot };
}

/** Asks the targets, one after the other and slowly; what is not answered in time is not asked. Nothing is changed anywhere. */
export async function askTargets(
  questions: readonly Question[],
  adapters: Adapters,
  wait: (ms: number) => Promise<void>,
): Promise<ValidatedItem[]> {
  const started = performance.now();
  const items: ValidatedItem[] = [];
  for (const { exceptionId, objectKey, delivery, whyNot } of questions) {
    const item = { exceptionId, objectKey };
    const validate = delivery === null ? undefined : adapters[delivery.target.adapter].validate;
    if (delivery === null || validate === undefined) {
      items.push({ ...item, validation: 'NOT_ASKED', words: whyNot });
    } else if (performance.now() - started > LONGEST_ASKING_MS) {
      items.push({ ...item, validation: 'NOT_ASKED', words: 'The targets answer too slowly to ask about it.' });
    } else {
      if (items.some(({ validation }) => validation !== 'NOT_ASKED')) await wait(BETWEEN_QUESTIONS_MS);
      const answer = await validate(delivery);
      items.push({ ...item, validation: validationOf(answer), words: answer.words });
    }
  }
  return items;
}

/** Puts on record that targets were asked, and what they said; answers themselves may hold payload and are not told. */
export async function recordValidation(
  tx: Tx,
  { viewer, now, traceId }: { viewer: Viewer; now: Date; traceId: string | undefined },
  questions: readonly Question[],
  items: readonly ValidatedItem[],
): Promise<void> {
  const said = new Map(items.map(({ exceptionId, validation }) => [exceptionId, validation]));
  const integrations = new Set(
    questions.filter(({ delivery }) => delivery !== null).map(({ integration }) => integration),
  );
  for (const integration of integrations) {
    const asked = questions.filter((question) => question.integration === integration && question.delivery !== null);
    await recordAudit(tx, {
      at: now,
      actor: { kind: 'person', id: viewer.personId, name: viewer.displayName },
      action: 'requeue.validated',
      subject: { type: 'integration', id: integration },
      details: {
        items: asked.map(({ exceptionId }) => ({ exceptionId, validation: said.get(exceptionId) ?? 'NOT_ASKED' })),
      },
      traceId,
    });
  }
}
