import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SecretBox } from '@throughline/persistence';
import { BrokerLine, hasRabbitMq, RABBITMQ_PATIENCE_MS, RabbitMq } from './testing/rabbitmq.js';
import { RequeueStory } from './testing/requeue-story.js';

const QUEUE = 'orders';

/** Without Debian's rabbitmq-server these are skipped by name: `npm test` installs it where that may be done. */
(hasRabbitMq ? describe : describe.skip)('a requeue over RabbitMQ (needs the package rabbitmq-server)', () => {
  let rabbit: RabbitMq;
  let line: BrokerLine;
  let story: RequeueStory;

  beforeAll(async () => {
    rabbit = await RabbitMq.start();
  }, RABBITMQ_PATIENCE_MS);

  afterAll(async () => {
    await rabbit.stop();
  });

  beforeEach(async () => {
    line = await BrokerLine.before(rabbit);
    await rabbit.declareQueue(QUEUE);
  });

  afterEach(async () => {
    await line.stop();
    await rabbit.take(QUEUE);
    await story.db.close();
  });

  async function requested(isIdempotent: boolean, password = 'guest'): Promise<void> {
    story = await RequeueStory.begin(null, isIdempotent);
    const sealed = new SecretBox(story.secretKey).seal(JSON.stringify({ password }));
    await story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query(
        `update integration set requeue_adapter = 'amqp', requeue_url = $2, requeue_settings = $3, requeue_secret_encrypted = $4
         where tenant_id = $1`,
        [tx.tenantId, `amqp://${line.host}`, JSON.stringify({ routingKey: QUEUE, userName: 'guest' }), sealed],
      ),
    );
    await story.request();
  }

  const only = async () => (await story.attempts())[0]!;
  const send = (timeoutMs = 20_000) => story.send(line, { timeoutMs });
  const minutesLater = (minutes: number) => (story.now = new Date(story.now.getTime() + minutes * 60_000));
  /** Whatever is published is taken, and its confirm never comes. */
  const loseConfirms = () => {
    line.onSaid = (bytes) => bytes.includes('throughline.requeue.id');
  };

  it('is taken by the broker, seen downstream and verified', async () => {
    await requested(false);
    await send();
    await send();
    const attempt = await only();
    expect(attempt).toMatchObject({ state: 'ACKNOWLEDGED', transmissions: 1, httpStatus: null });
    const [message, ...others] = await rabbit.take(QUEUE);
    expect(others).toEqual([]);
    expect(message!.properties.messageId).toBe(`msg_${attempt.attemptId}`);
    expect(message!.content.toString()).toContain('12345678901234567890.10');
    await story.accepted([story.order], 31);
    expect(await only()).toMatchObject({ state: 'VERIFIED' });
    expect(await story.exceptions()).toMatchObject([{ state: 'RESOLVED' }]);
  });

  it('goes out again with the same message id after no confirm, where the consumer keeps the ids', async () => {
    await requested(true);
    loseConfirms();
    await send(3_000);
    expect(await only()).toMatchObject({ state: 'UNKNOWN', mayHaveApplied: true });
    line.onSaid = () => false;
    minutesLater(1);
    await send();
    expect(await only()).toMatchObject({ state: 'ACKNOWLEDGED', transmissions: 2 });
    const taken = await rabbit.take(QUEUE);
    expect(new Set(taken.map((one) => one.properties.messageId)).size).toBe(1);
    expect(new Set(taken.map((one) => one.content.toString())).size).toBe(1);
    expect(taken).toHaveLength(2);
  });

  it('never goes out again after no confirm to anybody else', async () => {
    await requested(false);
    loseConfirms();
    await send(3_000);
    line.onSaid = () => false;
    minutesLater(1);
    await send();
    expect(await only()).toMatchObject({ state: 'UNKNOWN', transmissions: 1 });
    expect(await rabbit.take(QUEUE)).toHaveLength(1);
    expect(await story.exceptions()).toMatchObject([{ state: 'REQUEUED' }]);
  });

  it('is refused with a wrong password, in words that do not hold it', async () => {
    await requested(false, 'swordfish');
    await send();
    expect(await only()).toMatchObject({ state: 'REFUSED', mayHaveApplied: false });
    expect((await only()).answer).toMatch(/ACCESS.REFUSED/);
    expect((await only()).answer).not.toMatch(/swordfish/);
    expect(await story.exceptions()).toMatchObject([{ state: 'OPEN' }]);
  });
});
