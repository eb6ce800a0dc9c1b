import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createOutboundClient, type OutboundOptions, type OutboundResult } from '../../../outbound/index.js';
import { BrokerLine, hasRabbitMq, RABBITMQ_PATIENCE_MS, RabbitMq } from '../testing/rabbitmq.js';
import type { Delivery } from './adapter.js';
import { createAmqpAdapter } from './amqp.js';

const QUEUE = 'orders';
/** Far beyond one frame, and with characters of two bytes at its edges. */
const LARGE = `{"ä":"${'ö€'.repeat(60_000)}"}`;

/** Without Debian's rabbitmq-server these are skipped by name: `npm test` installs it where that may be done. */
(hasRabbitMq ? describe : describe.skip)('sending to RabbitMQ (needs the package rabbitmq-server)', () => {
  let rabbit: RabbitMq;
  let line: BrokerLine;

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
  });

  function send(
    {
      settings = {},
      ...delivery
    }: Omit<Partial<Delivery>, 'target'> & { settings?: Record<string, string>; host?: string; password?: string } = {},
    options: Partial<OutboundOptions> = {},
  ): Promise<OutboundResult> {
    const { host = line.host, password = 'guest', ...given } = delivery;
    const client = createOutboundClient({ allowedHosts: [host], timeoutMs: 10_000, ...options });
    return createAmqpAdapter(client).send({
      target: {
        adapter: 'amqp',
        url: `amqp://${host}`,
        settings: { routingKey: QUEUE, userName: 'guest', ...settings },
        secrets: { password },
        statusUrl: null,
        validateUrl: null,
        isIdempotent: true,
      },
      requestId: '5f0c3f0e-0000-4000-8000-000000000001',
      idempotencyKey: 'msg_1',
      body: '{"ä":1.10}',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      at: new Date('2026-11-30T12:00:00Z'),
      ...given,
    });
  }

  it('is taken when the broker confirms, byte for byte, with the key as message id', async () => {
    expect(await send()).toMatchObject({ kind: 'success', status: null });
    const [message, ...others] = await rabbit.take(QUEUE);
    expect(others).toEqual([]);
    expect(message!.content.equals(Buffer.from('{"ä":1.10}', 'utf8'))).toBe(true);
    expect(message!.properties).toMatchObject({
      messageId: 'msg_1',
      contentType: 'application/json',
      deliveryMode: 2,
      headers: {
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        'throughline.requeue.id': '5f0c3f0e-0000-4000-8000-000000000001',
      },
    });
  });

  it('sends a body of many frames as it is', async () => {
    expect(await send({ body: LARGE })).toMatchObject({ kind: 'success' });
    const [message] = await rabbit.take(QUEUE);
    expect(message!.content.equals(Buffer.from(LARGE, 'utf8'))).toBe(true);
  });

  it('sends 200 at once, each once', async () => {
    const keys = Array.from({ length: 200 }, (_, index) => `msg_${index}`);
    const results = await Promise.all(keys.map((idempotencyKey) => send({ idempotencyKey, body: idempotencyKey })));
    expect(results.filter(({ kind }) => kind !== 'success')).toEqual([]);
    const taken = await rabbit.take(QUEUE);
    expect(taken.map((one) => one.content.toString()).sort()).toEqual([...keys].sort());
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['what no queue takes', { routingKey: 'nobody' }, /no queue takes routing key "nobody".*NO_ROUTE/],
    ['an exchange that is not there', { exchange: 'nowhere' }, /refused it.*404.*no exchange 'nowhere'/],
    ['an exchange that nobody may publish to', { exchange: 'amq.rabbitmq.trace' }, /refused it.*40[34]/],
  ])('refuses %s, in words', async (_name, settings, words) => {
    const result = await send({ settings });
    expect(result).toMatchObject({ kind: 'rejected', status: null });
    expect('body' in result && result.body).toMatch(words);
    expect(await rabbit.take(QUEUE)).toEqual([]);
  });

  it('waits and tries again when a full queue does not take it', async () => {
    await rabbit.declareQueue('full', { maxLength: 1, overflow: 'reject-publish' });
    expect(await send({ settings: { routingKey: 'full' } })).toMatchObject({ kind: 'success' });
    expect(await send({ settings: { routingKey: 'full' }, idempotencyKey: 'msg_2' })).toMatchObject({
      kind: 'retryable',
      body: expect.stringMatching(/nack/),
    });
    expect((await rabbit.take('full')).map((one) => one.properties.messageId)).toEqual(['msg_1']);
    expect(await send({ settings: { routingKey: 'full' }, idempotencyKey: 'msg_2' })).toMatchObject({
      kind: 'success',
    });
  });

  it('does not know what became of it when one of several queues does not take it', async () => {
    await rabbit.declareQueue('half', { maxLength: 1, overflow: 'reject-publish' });
    await rabbit.as(async (model) => {
      const channel = await model.createChannel();
      for (const queue of ['half', QUEUE]) await channel.bindQueue(queue, 'amq.fanout', '');
    });
    const settings = { exchange: 'amq.fanout', routingKey: '' };
    expect(await send({ settings })).toMatchObject({ kind: 'success' });
    expect(await send({ settings, idempotencyKey: 'msg_2' })).toMatchObject({
      kind: 'unknown',
      reason: expect.stringMatching(/nack.*another queue/),
    });
    expect((await rabbit.take(QUEUE)).map((one) => one.properties.messageId)).toEqual(['msg_1', 'msg_2']);
    await rabbit.as(async (model) => {
      await (await model.createChannel()).unbindQueue(QUEUE, 'amq.fanout', '');
    });
  });

  it('knows that nothing was sent with a wrong password, and does not try it again', async () => {
    const result = await send({ password: 'wrong' });
    expect(result).toMatchObject({
      kind: 'notSent',
      isPermanent: true,
      reason: expect.stringMatching(/ACCESS.REFUSED/),
    });
  });

  it('knows that nothing was sent to a virtual host that is not there', async () => {
    const result = await createAmqpAdapter(createOutboundClient({ allowedHosts: [line.host] })).send({
      target: {
        adapter: 'amqp',
        url: `amqp://${line.host}/finance%2Fde`,
        settings: { routingKey: QUEUE, userName: 'guest' },
        secrets: { password: 'guest' },
        statusUrl: null,
        validateUrl: null,
        isIdempotent: true,
      },
      requestId: 'r',
      idempotencyKey: 'k',
      body: '{}',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      at: new Date(),
    });
    expect(result).toMatchObject({ kind: 'notSent', isPermanent: true, reason: expect.stringMatching(/virtual host/) });
  });

  it('knows that nothing was sent when nobody listens', async () => {
    const { host } = line;
    await line.stop();
    expect(await send({ host })).toMatchObject({ kind: 'notSent', isPermanent: false });
    line = await BrokerLine.before(rabbit);
  });

  it('does not connect to an address of the own network that nobody listed, nor without TLS', async () => {
    let calls = 0;
    line.onSaid = () => {
      calls += 1;
      return false;
    };
    expect(await send({}, { allowedHosts: [] })).toMatchObject({ kind: 'notSent', isPermanent: true });
    const client = createOutboundClient({
      allowedHosts: [],
      resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
    });
    expect(await client.reach(`amqps://rebinding.example:${rabbit.port}`, 'amqp')).toMatchObject({ kind: 'notSent' });
    expect(calls).toBe(0);
  });

  it('connects to the address that was checked', async () => {
    const host = `only-once.example:${line.host.split(':')[1]}`;
    const resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    expect(await send({ host }, { resolve })).toMatchObject({ kind: 'success' });
  });

  it('does not know what became of it when the confirm does not come in time', async () => {
    line.onSaid = (bytes) => bytes.includes('msg_1');
    expect(await send({}, { timeoutMs: 1_500 })).toMatchObject({
      kind: 'unknown',
      reason: expect.stringMatching(/no confirm/),
    });
    // and it was taken: only the confirm was lost
    expect(await rabbit.take(QUEUE)).toHaveLength(1);
  });

  it('knows that nothing was sent when the broker hangs before it', async () => {
    line.onSaid = () => true;
    expect(await send({}, { timeoutMs: 1_000 })).toMatchObject({ kind: 'notSent', isPermanent: false });
  });

  it(
    'does not know what became of it when the broker is killed before it confirms',
    async () => {
      line.onSaid = (bytes) => {
        const isPublished = bytes.includes('msg_1');
        if (isPublished) void rabbit.kill();
        return isPublished;
      };
      expect(await send()).toMatchObject({ kind: 'unknown', reason: expect.stringMatching(/no confirm/) });
      await rabbit.run();
      line.onSaid = () => false;
      expect(await send()).toMatchObject({ kind: 'success' });
    },
    RABBITMQ_PATIENCE_MS,
  );
});
