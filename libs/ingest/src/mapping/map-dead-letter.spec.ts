import { describe, expect, it } from '@jest/globals';
import type { Activity, SignalReference } from '@throughline/canonical';
import { loadShippedPacks } from '../packs/shipped-packs.js';
import { MappingRegistry } from '../packs/mapping-registry.js';
import { activitiesOf, mapSignal } from './map-signal.js';
import type { StoredSignal } from './stored-signal.js';

const SIGNAL_ID = '00000000-0000-8000-8000-000000000001';
const REFERENCE: SignalReference = { kind: 'cloud-event', receivedOn: '2026-09-30', signalId: SIGNAL_ID };
const REGISTRY = new MappingRegistry(loadShippedPacks());

const signalOf = (body: unknown, more: Partial<StoredSignal> = {}): StoredSignal => ({
  kind: 'cloud-event',
  scopedKey: 'ce:1',
  sourceSystem: '',
  sourceKind: '',
  type: 'acme.message.moved',
  source: '/broker',
  externalId: 'e-1',
  occurredAt: '2026-09-30T10:00:00.000Z',
  attributes: {},
  contentType: 'application/json',
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  ...more,
});

const mapped = (body: unknown, more: Partial<StoredSignal> = {}) =>
  mapSignal(signalOf(body, more), REFERENCE, { registry: REGISTRY, byKind: {} });
const lettersOf = async (body: unknown, more: Partial<StoredSignal> = {}): Promise<Activity[]> =>
  activitiesOf(await mapped(body, more));

const DEATH = { queue: 'sap.invoices', reason: 'rejected', count: 3, time: 1_790_762_400, exchange: 'finance' };

describe('a dead letter that no mapping takes', () => {
  it('of RabbitMQ is a failure of the message at its queue, with payload and headers, without what lets somebody in', async () => {
    const body = {
      payload: '{"invoice":"90000001"}',
      payload_encoding: 'string',
      routing_key: 'dead',
      properties: { message_id: 'm-1', headers: { 'x-death': [DEATH], authorization: 'Bearer s3cret' } },
    };
    expect(await lettersOf(body)).toEqual([
      {
        activityId: expect.any(String),
        type: 'integration.run-failed',
        occurredAt: '2026-09-30T10:00:00.000Z',
        outcome: 'failure',
        system: '/broker',
        integration: 'sap.invoices',
        objects: [
          {
            type: 'signal',
            qualifier: 'subject',
            aliases: [{ system: 'throughline', kind: 'signal-id', scope: '', value: SIGNAL_ID }],
            attributes: {
              kind: 'cloud-event',
              type: 'acme.message.moved',
              queue: 'sap.invoices',
              reason: 'rejected',
              attempts: '3',
              messageId: 'm-1',
            },
          },
        ],
        links: [],
        problem: {
          taxonomy: 'platform.unclassified',
          discriminators: { reason: 'rejected' },
          message: 'A message of sap.invoices was given up after 3 tries (rejected)',
          payload: { invoice: '90000001' },
          headers: { message_id: 'm-1', 'x-death': JSON.stringify([DEATH]), authorization: '(redacted)' },
        },
        runKey: 'ce:1',
        signal: REFERENCE,
        mapping: { name: 'dead-letter', version: 2, rule: 'dead-letter' },
      },
    ]);
  });

  it.each<[string, unknown, Partial<StoredSignal>, object]>([
    [
      'Kafka, by its headers',
      {
        value: { order: 'SO-1' },
        headers: {
          'kafka_dlt-original-topic': 'orders',
          'kafka_dlt-exception-fqcn': 'java.net.SocketTimeoutException',
          'kafka_dlt-exception-message': 'Read timed out',
        },
      },
      {},
      {
        integration: 'orders',
        problem: {
          taxonomy: 'platform.time-out',
          payload: { order: 'SO-1' },
          message: expect.stringContaining('Read timed out'),
        },
      },
    ],
    [
      'a service bus, by its properties',
      {
        body: 'not json',
        applicationProperties: {
          DeadLetterReason: 'MaxDeliveryCountExceeded',
          DeadLetterErrorDescription: 'Unauthorized',
        },
        deliveryCount: 10,
        queueName: 'payments',
      },
      { kind: 'webhook', type: 'unknown', sourceSystem: 'azure-bus', sourceKind: 'azure', source: 'azure-bus' },
      {
        system: 'azure-bus',
        integration: 'payments',
        problem: {
          taxonomy: 'platform.authentication',
          payload: 'not json',
          discriminators: { reason: 'MaxDeliveryCountExceeded' },
        },
      },
    ],
    [
      'Event Grid, by its members',
      {
        id: '1',
        topic: 'invoices',
        deadLetterReason: 'MaxDeliveryAttemptsExceeded',
        deliveryAttempts: 30,
        lastDeliveryOutcome: 'NotFound',
        data: { a: 1 },
      },
      {},
      {
        integration: 'invoices',
        problem: { payload: { data: { a: 1 } }, message: expect.stringContaining('after 30 tries') },
      },
    ],
    [
      'any sender, by its type, whatever its body',
      '<order id="7"/>',
      { type: 'com.acme.orders.dlq', contentType: 'application/xml', source: '/orders' },
      { integration: '/orders', occurredAt: '2026-09-30T10:00:00.000Z', problem: { payload: '<order id="7"/>' } },
    ],
    [
      'a type that a pack takes and has no rule for',
      { message: { report: 'E-1' }, queue: 'expenses' },
      { type: 'com.acme.expense.dead-letter' },
      { integration: 'expenses', problem: { payload: { report: 'E-1' } } },
    ],
    [
      'RabbitMQ, by the headers of the request that brought it',
      { order: 'SO-1' },
      {
        kind: 'webhook',
        type: 'unknown',
        sourceSystem: 'rabbit',
        sourceKind: 'rabbitmq',
        attributes: { 'x-first-death-queue': 'orders' },
      },
      {
        system: 'rabbit',
        integration: 'orders',
        problem: { payload: { order: 'SO-1' }, headers: { 'x-first-death-queue': 'orders' } },
      },
    ],
    [
      'what waited too long',
      { payload: {}, headers: { 'x-first-death-queue': 'q', 'x-first-death-reason': 'expired' } },
      {},
      { problem: { taxonomy: 'platform.time-out' } },
    ],
  ])('of %s', async (_name, body, more, expected) => {
    const [letter, ...others] = await lettersOf(body, more);
    expect(letter).toMatchObject({ type: 'integration.run-failed', outcome: 'failure', ...expected });
    expect(others).toEqual([]);
  });

  const REJECTED = { queue: 'sap.invoices', reason: 'rejected', count: 2 };
  const WAITED = { queue: 'sap.invoices.5m', reason: 'expired', count: 2 };
  const GIVEN_UP = { queue: 'sap.invoices', reason: 'rejected', attempts: '2' };

  it.each<[string, object, Partial<StoredSignal>, object]>([
    ['rejected for the last time after it waited', { headers: { 'x-death': [REJECTED, WAITED] } }, {}, GIVEN_UP],
    [
      'rejected after it had waited for its day',
      {
        headers: {
          'x-death': [REJECTED, WAITED],
          'x-first-death-queue': WAITED.queue,
          'x-first-death-reason': 'expired',
        },
      },
      {},
      GIVEN_UP,
    ],
    [
      'put aside by its consumer after it waited',
      { headers: { 'x-death': [WAITED, REJECTED] }, routing_key: 'sap.invoices.parking-lot' },
      {},
      GIVEN_UP,
    ],
    [
      'said to be dead by who sends it, after it waited',
      { headers: { 'x-death': [WAITED, REJECTED] } },
      { type: 'acme.invoices.dlq' },
      GIVEN_UP,
    ],
    [
      'over the deliveries of its queue',
      { headers: { 'x-death': [{ queue: 'q', reason: 'delivery_limit', count: 1 }, WAITED] } },
      {},
      { queue: 'q', reason: 'delivery_limit' },
    ],
    [
      'over the length of its queue',
      { headers: { 'x-death': [{ queue: 'q', reason: 'maxlen', count: 1 }] } },
      {},
      { queue: 'q', reason: 'maxlen' },
    ],
    [
      'that nobody fetched in time',
      { headers: { 'x-death': [{ queue: 'sap.invoices', reason: 'expired', count: 1 }] } },
      {},
      { queue: 'sap.invoices', reason: 'expired' },
    ],
  ])('of RabbitMQ, %s', async (_name, body, more, attributes) => {
    const [letter] = await lettersOf({ payload: '{}', ...body }, more);
    expect(letter?.objects[0]?.attributes).toMatchObject(attributes);
  });

  it.each<[string, object, Partial<StoredSignal>]>([
    ['by its deaths', { payload: '{}', headers: { 'x-death': [WAITED, REJECTED] } }, {}],
    [
      'back at its queue',
      { payload: '{}', routing_key: 'sap.invoices', headers: { 'x-death': [WAITED, REJECTED] } },
      {},
    ],
    [
      'by the name of the queue, put there by its consumer',
      { payload: '{}', headers: { 'x-death': [{ queue: 'sap.invoices.retry', reason: 'expired', count: 1 }] } },
      {},
    ],
    [
      'by the first and the last death',
      {
        payload: '{}',
        headers: {
          'x-first-death-reason': 'rejected',
          'x-first-death-queue': 'sap.invoices',
          'x-last-death-reason': 'expired',
          'x-last-death-queue': 'sap.invoices.5m',
        },
      },
      {},
    ],
    [
      'by the headers of the request',
      { order: 'SO-1' },
      {
        kind: 'webhook',
        type: 'unknown',
        sourceSystem: 'rabbit',
        sourceKind: 'rabbitmq',
        attributes: { 'x-death': JSON.stringify([WAITED, REJECTED]) },
      },
    ],
  ])('is none of RabbitMQ while it waits between tries, %s', async (_name, body, more) => {
    expect(await mapped(body, more)).toMatchObject({ outcome: 'unmapped', unmapped: { code: 'no-mapping' } });
  });

  it('in a list with others is one of its own', async () => {
    const one = (id: string) => ({ payload: { id }, properties: { message_id: id, headers: { 'x-death': [DEATH] } } });
    const letters = await lettersOf([one('a'), one('b')]);
    expect(letters.map(({ problem }) => problem?.payload)).toEqual([{ id: 'a' }, { id: 'b' }]);
    expect(new Set(letters.map(({ activityId }) => activityId)).size).toBe(2);
    expect(new Set(letters.map(({ objects }) => JSON.stringify(objects[0]!.aliases))).size).toBe(2);
    expect(new Set(letters.map(({ runKey }) => runKey)).size).toBe(2);
  });

  it.each<[string, unknown, Partial<StoredSignal>]>([
    ['a body that says nothing of it', { order: 'SO-1', reason: 'new' }, {}],
    ['a body that is none', '{', {}],
    ['a list of which some are none', [{ headers: { 'x-death': [DEATH] } }, { order: 1 }], {}],
    ['a word within another', { a: 1 }, { type: 'acme.handling.done' }],
  ])('is none with %s', async (_name, body, more) => {
    expect(await mapped(body, more)).toMatchObject({ outcome: 'unmapped', unmapped: { code: 'no-mapping' } });
  });
});
