import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { z } from 'zod';
import { REQUEUE_INTEGRATIONS, type RequeueIntegration } from '../story/signals.js';
import type { EstateState, RequeueRecord, TrackedOrder } from './estate-state.js';
import type { OrderBook } from './order-book.js';

/** Waits as a real integration does before its run begins. */
const RUN_STARTS_AFTER_MS = 600;
const RECORDS_KEPT = 200;
const PROCESSED_IDS_KEPT = 20_000;
const SHOWN_HEADERS = [
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
  'idempotency-key',
  'traceparent',
] as const;

const requeueBody = z.object({
  requeueId: z.string().min(1),
  attempt: z.number().int().positive(),
  integration: z.string(),
  object: z.object({ type: z.string(), key: z.string(), aliases: z.array(z.object({ value: z.string() })) }),
  /** Absent = it is to be sent again. */
  action: z.enum(['reverse', 'cancel', 'notify']).optional(),
  payload: z.unknown(),
  payloadVersion: z.number().nullish(),
  mode: z.enum(['as-is', 'corrected', 'extract-anew']).optional(),
  reason: z.string(),
});
const orderPayload = z.object({ orderNumber: z.string(), sellingUnit: z.string().optional() });

/** Headers by lower-case name. */
export type ReceivedRequeue = { integration: string; headers: Record<string, string>; rawBody: string };

export type DeskAnswer = { status: number; body: { code: string; message: string } };

export type RequeueDeskDeps = {
  state: EstateState;
  book: OrderBook;
  /** Standard Webhooks secret, `whsec_…`. */
  secret: string;
  save(): Promise<void>;
  wakePlayer(): void;
};

/** Where requests to send again arrive: checks the signature, takes each webhook id once, plans the run. */
export class RequeueDesk {
  readonly #deps: RequeueDeskDeps;
  readonly #webhook: Webhook;

  constructor(deps: RequeueDeskDeps) {
    this.#deps = deps;
    this.#webhook = new Webhook(deps.secret);
  }

  /** Newest last. */
  get records(): readonly RequeueRecord[] {
    return this.#deps.state.requeues;
  }

  async receive(now: number, { integration, headers, rawBody }: ReceivedRequeue): Promise<DeskAnswer> {
    if (!isRequeueIntegration(integration)) {
      return answer(
        404,
        'unknown-integration',
        `${integration} does not send again. Those that do: ${REQUEUE_INTEGRATIONS.join(', ')}.`,
      );
    }
    let signed: unknown;
    try {
      signed = this.#webhook.verify(rawBody, headers);
    } catch (error) {
      const reason = error instanceof WebhookVerificationError ? error.message : 'The body is not JSON';
      return answer(
        401,
        'not-verified',
        `${reason}. Sign as Standard Webhooks with the shared secret, at most five minutes old.`,
      );
    }
    const parsed = requeueBody.safeParse(signed);
    if (!parsed.success) return answer(400, 'invalid-body', z.prettifyError(parsed.error));
    const body = parsed.data;
    const webhookId = headers['webhook-id'] ?? '';
    const record: RequeueRecord = {
      receivedAt: now,
      integration,
      webhookId,
      requeueId: body.requeueId,
      attempt: body.attempt,
      subject: body.object.key,
      reason: body.reason,
      headers: Object.fromEntries(
        SHOWN_HEADERS.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
      ),
      status: 202,
      outcome: 'running',
    };
    if (this.#deps.state.processedIds.includes(webhookId)) {
      return this.#record(
        { ...record, status: 409, outcome: 'already-processed' },
        'already-processed',
        `${webhookId} was taken before.`,
      );
    }
    const payload = orderPayload.safeParse(body.payload);
    const numbers = [body.object.key, ...body.object.aliases.map((alias) => alias.value)];
    const tracked = this.#deps.book.find(payload.success ? [payload.data.orderNumber, ...numbers] : numbers);
    if (tracked === undefined) {
      return this.#record(
        { ...record, status: 422, outcome: 'refused' },
        'unknown-object',
        `No order goes by ${body.object.key}.`,
      );
    }
    if (body.action !== undefined) return this.#compensate(now, tracked, record, body.action, headers['traceparent']);
    const { sellingUnit } = payload.data ?? {};
    // what was corrected is what the run reads; as it is, and extracted anew, it reads what the estate has
    if (body.mode === 'corrected' && sellingUnit !== undefined) tracked.brief.sellingUnit = sellingUnit;
    this.#plan(now, integration, tracked, { requeueId: body.requeueId, traceparent: headers['traceparent'] ?? '' });
    this.#remember(webhookId);
    const accepted = await this.#record(record, 'accepted', `${integration} runs again for ${body.object.key}.`);
    this.#deps.wakePlayer();
    return accepted;
  }

  /** Undoes an order where that can be done, or takes note of what it is told. */
  async #compensate(
    now: number,
    tracked: TrackedOrder,
    record: RequeueRecord,
    action: 'reverse' | 'cancel' | 'notify',
    traceparent = '',
  ): Promise<DeskAnswer> {
    const { integration, subject, requeueId, attempt, webhookId } = record;
    if (action === 'reverse' || (action === 'cancel' && integration !== 'salesforce-contract-to-order')) {
      return this.#record(
        { ...record, status: 422, outcome: 'refused' },
        'not-possible',
        `${integration} cannot ${action} ${subject}.`,
      );
    }
    this.#remember(webhookId);
    if (action === 'notify') {
      return this.#record({ ...record, outcome: 'succeeded' }, 'accepted', `Somebody is told of ${subject}.`);
    }
    // nothing follows of an order that is cancelled
    tracked.pending = tracked.pending.filter(({ kind }) => kind === 'contract');
    const requeue = { requeueId, traceparent };
    tracked.pending.push({ kind: 'cancel', occursAt: null, playAt: now + RUN_STARTS_AFTER_MS, run: attempt, requeue });
    tracked.phase = 'running';
    const accepted = await this.#record(record, 'accepted', `${subject} is cancelled.`);
    this.#deps.wakePlayer();
    return accepted;
  }

  /** The run that a request caused has ended. */
  conclude(requeueId: string, outcome: 'accepted' | 'failed'): void {
    const record = this.#deps.state.requeues.findLast(
      (other) => other.requeueId === requeueId && other.outcome === 'running',
    );
    if (record !== undefined) record.outcome = outcome === 'accepted' ? 'succeeded' : 'failed-again';
  }

  #plan(
    now: number,
    integration: RequeueIntegration,
    tracked: TrackedOrder,
    requeue: { requeueId: string; traceparent: string },
  ): void {
    const playAt = now + RUN_STARTS_AFTER_MS;
    switch (integration) {
      case 'salesforce-contract-to-order':
        tracked.syncRuns += 1;
        tracked.pending.push({ kind: 'sync', occursAt: null, playAt, run: tracked.syncRuns, requeue });
        return;
      case 'kyriba-payments-to-s4hana':
        tracked.applicationRuns += 1;
        tracked.pending.push({
          kind: 'application',
          occursAt: null,
          playAt,
          run: tracked.applicationRuns + 1,
          requeue,
        });
        if (tracked.phase === 'done') tracked.phase = 'running';
    }
  }

  #remember(webhookId: string): void {
    const { state } = this.#deps;
    state.processedIds = [...state.processedIds, webhookId].slice(-PROCESSED_IDS_KEPT);
  }

  async #record(record: RequeueRecord, code: string, message: string): Promise<DeskAnswer> {
    const { state } = this.#deps;
    state.requeues = [...state.requeues, record].slice(-RECORDS_KEPT);
    await this.#deps.save();
    return answer(record.status, code, message);
  }
}

function isRequeueIntegration(name: string): name is RequeueIntegration {
  return REQUEUE_INTEGRATIONS.some((integration) => integration === name);
}

function answer(status: number, code: string, message: string): DeskAnswer {
  return { status, body: { code, message } };
}
