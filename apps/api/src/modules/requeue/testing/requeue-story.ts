import { randomBytes, randomUUID } from 'node:crypto';
import type { Database } from '@throughline/persistence';
import { createTestDatabase, type TestDatabase } from '@throughline/persistence/testing';
import { createOutboundClient, type OutboundOptions } from '../../../outbound/index.js';
import { SecretBox } from '@throughline/persistence';
import { createExceptionsConsumer } from '../../exceptions/index.js';
import { permissionsOf, type Viewer } from '../../identity/index.js';
import {
  at,
  countOf,
  exceptionsOf,
  HOP,
  storyObject,
  tell,
  type ExceptionView,
  type StoryFacts,
  type StoryObject,
} from '../../../testing/story-facts.js';
import type { AttemptState } from '../domain/attempt.js';
import type { RunLimits } from '../domain/run.js';
import type { StageTurn } from '../../../worker/stage.js';
import { createRequeueConsumer } from '../requeue.events.js';
import { createRequeueRunStage } from '../requeue-run-stage.js';
import { requestRequeue, type RequeueOutcome } from '../usecases/request-requeue.js';
import { createRequeueSendTask } from '../usecases/send-attempt.js';
import { steerRequeue, type SteerOutcome, type Steering } from '../usecases/steer-requeue.js';
import type { RequeueTarget } from './requeue-target.js';

export const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

export type AttemptView = {
  attemptId: string;
  exceptionId: string;
  requestId: string;
  attempt: number;
  state: AttemptState;
  transmissions: number;
  httpStatus: number | null;
  answer: string | null;
  mayHaveApplied: boolean;
  finishedAt: Date | null;
  /** Null = held back by its run. */
  releasedAt: Date | null;
};

/** The story up to the failed order, in a database of its own, with the parts that carry a requeue. */
export class RequeueStory {
  readonly order: StoryObject = storyObject('sales-order', 'O-100234');
  readonly secretKey = randomBytes(32);
  /** Wall time of everything that acts; tests move it. */
  now = at(30);

  private constructor(readonly db: TestDatabase) {}

  static async begin(target: { url: string } | null, isIdempotent = true): Promise<RequeueStory> {
    const story = new RequeueStory(await createTestDatabase());
    await story.db.database.withTenant(story.db.tenantId, (tx) =>
      tx.query(
        `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality, requeue_url,
                                  requeue_secret_encrypted, requeue_is_idempotent)
         values ($1, $2, 'Contract to order', 'salesforce', 'sap-s4hana', 'Integration team', 'high', $3, $4, $5)`,
        [tx.tenantId, HOP, target?.url ?? null, new SecretBox(story.secretKey).seal(SECRET), isIdempotent],
      ),
    );
    await story.failedOrder(story.order);
    return story;
  }

  get database(): Database {
    return this.db.database;
  }

  facts(work: (facts: StoryFacts) => Promise<void>): Promise<void> {
    return tell(this.database, this.db.tenantId, work);
  }

  /** A further order that failed at the hop, and its exception. */
  async failedOrder(order: StoryObject): Promise<void> {
    await this.facts(async (facts) => {
      await facts.object(order);
      await facts.problem(order);
      await facts.activity(order, {
        outcome: 'failure',
        minute: 1,
        payloadJson: '{"order":"O-100234","amount":12345678901234567890.10}',
      });
    });
    await this.project('exceptions', [order]);
  }

  async project(consumer: 'exceptions' | 'requeue', objects: readonly StoryObject[] = [this.order]): Promise<void> {
    const deps = { clock: () => this.now };
    const handler = consumer === 'requeue' ? createRequeueConsumer(deps) : createExceptionsConsumer(deps);
    const payload = { objectIds: objects.map((one) => one.objectId), transactionIds: [] };
    await this.database.withTenant(this.db.tenantId, (tx) =>
      handler.handle(tx, { deliveryId: '1', topic: 'lineage.projected', payload }),
    );
  }

  viewer(role: 'analyst' | 'treasurer' = 'analyst'): Viewer {
    return {
      tenantId: this.db.tenantId,
      personId: randomUUID(),
      displayName: 'Ana Lyst',
      email: 'analyst@demo.example',
      roles: [role],
      permissions: permissionsOf([role]),
    };
  }

  async request(
    exceptionIds?: readonly string[],
    {
      database = this.database,
      despitePredecessors = false,
      limits = {},
      expectedHash,
    }: {
      database?: Database;
      despitePredecessors?: boolean;
      limits?: Partial<RunLimits>;
      expectedHash?: string;
    } = {},
  ): Promise<RequeueOutcome> {
    const ids = exceptionIds ?? (await this.exceptions()).map((one) => one.id);
    return database.withTenant(this.db.tenantId, (tx) =>
      requestRequeue(tx, {
        viewer: this.viewer(),
        exceptionIds: ids,
        reason: 'mapping added',
        now: this.now,
        secretKey: this.secretKey,
        traceId: undefined,
        inSpiteOf: { predecessors: despitePredecessors },
        limits,
        expectedHash,
      }),
    );
  }

  /** So many orders that failed at the hop, the first one among them. */
  async failedOrders(count: number): Promise<StoryObject[]> {
    const further = Array.from({ length: count - 1 }, (_, index) => storyObject('sales-order', `O-${200_000 + index}`));
    for (const order of further) await this.failedOrder(order);
    return [this.order, ...further];
  }

  /** One turn of the stage that carries runs on, as a worker would. */
  turn(database: Database = this.database): Promise<StageTurn> {
    return createRequeueRunStage({ database, clock: () => this.now }).run(this.db.tenantId);
  }

  steer(requestId: string, steering: Steering, database: Database = this.database): Promise<SteerOutcome> {
    const act = { viewer: this.viewer(), now: this.now, traceId: undefined };
    return database.withTenant(this.db.tenantId, (tx) => steerRequeue(tx, act, { requestId, steering }));
  }

  /** The states of all requests, oldest first. */
  async requestStates(): Promise<string[]> {
    const rows = await this.database.withTenant(this.db.tenantId, (tx) =>
      tx.query<{ state: string }>(`select state from requeue_request where tenant_id = $1 order by created_at`, [
        this.db.tenantId,
      ]),
    );
    return rows.map((row) => row.state);
  }

  /** What the facts show of orders that were taken: their step is overcome at the minute. */
  async accepted(orders: readonly StoryObject[], minute: number): Promise<void> {
    await this.facts(async (facts) => {
      for (const order of orders) await facts.problem(order, { clearedAt: minute });
    });
    await this.project('requeue', orders);
  }

  /** Runs the sending job of the latest attempt, as the worker would. */
  async send(
    target: RequeueTarget | { host: string },
    options: Partial<OutboundOptions> = {},
    database: Database = this.database,
  ): Promise<void> {
    const attempt = (await this.attempts()).at(-1);
    await this.sendAttempt(attempt?.attemptId, target, options, database);
  }

  /** Runs the sending job of this attempt, as the worker would. */
  async sendAttempt(
    attemptId: string | undefined,
    target: RequeueTarget | { host: string },
    options: Partial<OutboundOptions> = {},
    database: Database = this.database,
  ): Promise<void> {
    await this.runJob({ attemptId }, target, options, database);
  }

  /** Runs a job that carries these together, as the worker would. */
  sendTogether(
    attemptIds: readonly string[],
    target: RequeueTarget | { host: string },
    options: Partial<OutboundOptions> = {},
  ): Promise<void> {
    return this.runJob({ attemptIds }, target, options, this.database);
  }

  private async runJob(
    payload: object,
    target: { host: string },
    options: Partial<OutboundOptions>,
    database: Database,
  ): Promise<void> {
    const task = createRequeueSendTask({
      database,
      client: createOutboundClient({ allowedHosts: [target.host], timeoutMs: 500, ...options }),
      secretKey: this.secretKey,
      clock: () => this.now,
      random: () => 0.5,
    });
    await task.run({ tenantId: this.db.tenantId, ...payload }, { number: 1, max: 25 });
  }

  attempts(): Promise<AttemptView[]> {
    return this.database.withTenant(this.db.tenantId, (tx) =>
      tx.query<AttemptView>(
        `select attempt_id as "attemptId", exception_id as "exceptionId", request_id as "requestId", attempt, state, transmissions, http_status as "httpStatus",
                answer, may_have_applied as "mayHaveApplied", finished_at as "finishedAt", released_at as "releasedAt"
         from requeue_attempt where tenant_id = $1 order by created_at, position, attempt`,
        [this.db.tenantId],
      ),
    );
  }

  exceptions(): Promise<ExceptionView[]> {
    return exceptionsOf(this.database, this.db.tenantId);
  }

  count(table: string, condition?: string): Promise<number> {
    return countOf(this.database, this.db.tenantId, table, condition);
  }

  /** Kinds of the timeline of the only exception, in order. */
  async timeline(): Promise<string[]> {
    const rows = await this.database.withTenant(this.db.tenantId, (tx) =>
      tx.query<{ kind: string }>(`select kind from exception_event where tenant_id = $1 order by ordinal`, [
        this.db.tenantId,
      ]),
    );
    return rows.map((row) => row.kind);
  }
}
