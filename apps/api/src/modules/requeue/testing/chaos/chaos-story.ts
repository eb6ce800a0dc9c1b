import type { Database } from '@throughline/persistence';
import { createOutboundClient, type OutboundClient } from '../../../../outbound/index.js';
import { at, storyObject, type StoryObject } from '../../../../testing/story-facts.js';
import { createExceptionsConsumer } from '../../../exceptions/index.js';
import { createRequeueExpiryStage } from '../../approval/expire-requests.js';
import { createRequeueProbeStage } from '../../requeue-probe-stage.js';
import { createRequeueProofStage } from '../../requeue-proof-stage.js';
import { createRequeueRunStage } from '../../requeue-run-stage.js';
import { createRequeueConsumer } from '../../requeue.events.js';
import { createRequeueSendTask } from '../../usecases/send-attempt.js';
import type { RequeueStory } from '../requeue-story.js';
import { JobQueue, type LockedJob, type OwnerClient } from './job-queue.js';
import { Killed, type KillPoints, Life } from './kill-points.js';
import type { Entry, MoodyTarget } from './moody-target.js';

const WORKERS = 3;
const JOBS_AT_ONCE = 8;
/** Long enough for a busy machine: who is never answered in time is given up after some transmissions. */
const TIMEOUT_MS = 200;
/** A target that answers late does so after this. */
export const LATE_MS = 2 * TIMEOUT_MS;
const TICK_MS = 3_000;
/** One piece of telemetry of so many comes after its due time, and this share of the others twice. */
const HELD_BACK_EVERY = 30;
const TWICE = 0.2;
/** Objects that one event of the lineage tells of. */
const TOLD_AT_ONCE = 12;

type News = { order: StoryObject; requestId: string; isSuccess: boolean };
type Delivery = { consumer: 'requeue' | 'exceptions'; orders: readonly StoryObject[] };

/** What a stage logs and goes on from: a kill is no fault of it. */
function unlessKilled(facts: unknown): void {
  const isKilled = typeof facts === 'object' && facts !== null && 'err' in facts && facts.err instanceof Killed;
  if (!isKilled) throw new Error('a stage failed', { cause: facts });
}

/** Several workers over one story, each killed now and then, and a clock that the test moves. */
export class ChaosStory {
  private readonly queue: JobQueue;
  private readonly orders = new Map<string, StoryObject>();
  private news: News[] = [];
  private heldBack: News[] = [];
  private successes = 0;
  private readonly deliveries: Delivery[] = [];
  private lives = 0;
  private isIdle = true;

  constructor(
    private readonly story: RequeueStory,
    private readonly target: MoodyTarget,
    private readonly points: KillPoints,
    private readonly random: () => number,
    client: OwnerClient,
  ) {
    this.queue = new JobQueue(client);
  }

  /** Further orders that failed at the hop. */
  async failedOrders(count: number): Promise<StoryObject[]> {
    const orders = Array.from({ length: count }, (_, index) => storyObject('sales-order', `O-${300_000 + index}`));
    await this.story.facts(async (facts) => {
      for (const order of orders) {
        await facts.object(order, '10.00');
        await facts.problem(order);
        await facts.activity(order, { outcome: 'failure', minute: 1, payloadJson: `{"order":"${order.key}"}` });
      }
    });
    await this.story.project('exceptions', orders);
    for (const order of orders) this.orders.set(order.key, order);
    return orders;
  }

  /** The target applied something: the telemetry of the re-run will tell, some of it twice, some of it after its due time only. */
  applied({ object, requeueId, isSuccess }: Entry): void {
    const order = this.orders.get(object.key) ?? storyObject('sales-order', object.key);
    const one = { order, requestId: requeueId, isSuccess };
    if (isSuccess && (this.successes += 1) % HELD_BACK_EVERY === HELD_BACK_EVERY / 2) this.heldBack.push(one);
    else this.news.push(one, ...(this.random() < TWICE ? [one] : []));
  }

  /** What was held back comes in now. */
  releaseNews(): void {
    this.news.push(...this.heldBack);
    this.heldBack = [];
  }

  /** What people do, by an API that is killed as well; they do it again when they got no answer. */
  async byPeople<T>(act: (database: Database) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await act(this.begin().databaseOf(this.story.database));
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
      }
    }
  }

  /** One turn of every worker; then time goes on, as far as something is due when there is nothing else to do. */
  async tick(): Promise<void> {
    await this.tell();
    this.isIdle = this.deliveries.length === 0;
    await Promise.all(Array.from({ length: WORKERS }, () => this.turn()));
    const next = new Date(this.story.now.getTime() + TICK_MS);
    const dueAt = this.isIdle ? await this.queue.nextAt() : null;
    this.story.now = dueAt !== null && dueAt > next ? dueAt : next;
  }

  /** Whether no job waits and everything that happened is told. */
  async isQuiet(): Promise<boolean> {
    return this.news.length + this.deliveries.length === 0 && (await this.queue.nextAt()) === null;
  }

  private begin(): Life {
    return new Life(this.points);
  }

  private async tell(): Promise<void> {
    const told = this.news;
    this.news = [];
    const minute = Math.ceil((this.story.now.getTime() - at(0).getTime()) / 60_000);
    await this.story.facts(async (facts) => {
      for (const { order, requestId, isSuccess } of told) {
        const outcome = isSuccess ? 'success' : 'failure';
        await facts.activity(order, { outcome, minute, requeueId: requestId });
        await facts.problem(order, isSuccess ? { clearedAt: minute } : { occurrences: 2, last: minute });
      }
    });
    for (let first = 0; first < told.length; first += TOLD_AT_ONCE) {
      const orders = told.slice(first, first + TOLD_AT_ONCE).map(({ order }) => order);
      this.deliveries.push({ consumer: 'requeue', orders }, { consumer: 'exceptions', orders });
    }
  }

  /** One worker until nothing is due any more, or until it is killed. */
  private async turn(): Promise<void> {
    const life = this.begin();
    const workerId = `worker ${(this.lives += 1)}`;
    const database = life.databaseOf(this.story.database);
    const clock = (): Date => this.story.now;
    const { tenantId } = this.story.db;
    const client = this.clientOf(life);
    const asking = { database, client, secretKey: this.story.secretKey, clock, random: this.random };
    const results = await Promise.allSettled([
      this.work(workerId, life, database, client),
      this.deliver(life, database),
      createRequeueRunStage({ database, clock }).run(tenantId),
      createRequeueProbeStage(asking).run(tenantId),
      createRequeueProofStage({ database, clock }).run(tenantId),
      createRequeueExpiryStage(database, clock, { error: unlessKilled }).run(tenantId),
    ]);
    for (const result of results) {
      if (result.status === 'rejected' && !(result.reason instanceof Killed)) throw result.reason;
    }
    await this.queue.release(workerId);
  }

  private async work(workerId: string, life: Life, database: Database, client: OutboundClient): Promise<void> {
    const task = createRequeueSendTask({
      database,
      client,
      secretKey: this.story.secretKey,
      clock: () => this.story.now,
      random: this.random,
    });
    const run = async (job: LockedJob): Promise<void> => {
      await task.run(job.payload, { number: 1, max: 25 });
      life.goOn();
      await this.queue.done(job);
      life.pass('job done');
    };
    for (;;) {
      life.goOn();
      const jobs = await this.queue.take(workerId, this.story.now, JOBS_AT_ONCE);
      if (jobs.length === 0) return;
      this.isIdle = false;
      const ends = await Promise.allSettled(jobs.map(run));
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    }
  }

  private async deliver(life: Life, database: Database): Promise<void> {
    const deps = { clock: () => this.story.now };
    const consumers = { requeue: createRequeueConsumer(deps), exceptions: createExceptionsConsumer(deps) };
    for (let one = this.deliveries.shift(); one !== undefined; one = this.deliveries.shift()) {
      const { consumer, orders } = one;
      const payload = { objectIds: orders.map(({ objectId }) => objectId), transactionIds: [] };
      const event = { deliveryId: '1', topic: 'lineage.projected' as const, payload };
      try {
        await database.withTenant(this.story.db.tenantId, (tx) => consumers[consumer].handle(tx, event));
        life.goOn();
      } catch (error) {
        this.deliveries.push(one);
        throw error;
      }
    }
  }

  private clientOf(life: Life): OutboundClient {
    const client = createOutboundClient({ allowedHosts: [this.target.http.host], timeoutMs: TIMEOUT_MS });
    return {
      ...client,
      async post(request) {
        life.pass('before it is sent');
        const result = await client.post(request);
        life.pass('sent');
        return result;
      },
      async get(request) {
        life.goOn();
        const result = await client.get(request);
        life.pass('asked');
        return result;
      },
    };
  }
}
