import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient, type Client as WsClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { at, HOP, storyObject, tell } from '../../testing/story-facts.js';
import { SecretBox } from '@throughline/persistence';
import { createExceptionsConsumer } from '../exceptions/index.js';
import { createRequeueConsumer } from './requeue.events.js';

const order = storyObject('sales-order', 'O-1');

let api: ApiHarness;
let analyst: Client;
let socket: WsClient;

beforeAll(async () => {
  api = await startApi({ clock: () => at(30) });
  const { database, tenantId } = api.test;
  await api.addPerson(tenantId, 'analyst@test.example', 'analyst');
  analyst = await api.signIn('analyst@test.example');
  const port = await api.listen();
  class SignedInSocket extends WebSocket {
    constructor(address: string, protocols: string | string[]) {
      super(address, protocols, { headers: { cookie: analyst.cookie ?? '' } });
    }
  }
  socket = createClient({ url: `ws://127.0.0.1:${port}/graphql`, webSocketImpl: SignedInSocket, retryAttempts: 0 });
  await database.withTenant(tenantId, (tx) =>
    tx.query(
      `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality, requeue_url, requeue_secret_encrypted)
       values ($1, $2, 'Contract to order', 'salesforce', 'sap-s4hana', 'Integration team', 'high', 'https://example.com/requeue', $3)`,
      [tenantId, HOP, new SecretBox(api.config.secretKey).seal(`whsec_${Buffer.alloc(32, 1).toString('base64')}`)],
    ),
  );
  await tell(database, tenantId, async (facts) => {
    await facts.object(order);
    await facts.problem(order);
  });
  await projected();
});

afterAll(async () => {
  await socket.dispose();
  await api.close();
});

async function projected(): Promise<void> {
  for (const consumer of [
    createExceptionsConsumer({ clock: () => at(31) }),
    createRequeueConsumer({ clock: () => at(31) }),
  ]) {
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      consumer.handle(tx, {
        deliveryId: '1',
        topic: 'lineage.projected',
        payload: { objectIds: [order.objectId], transactionIds: [] },
      }),
    );
  }
}

/** Results of a subscription, collected while the test acts. */
function follow(query: string, variables: Record<string, unknown>): { results: unknown[]; stop(): void } {
  const results: unknown[] = [];
  const stop = socket.subscribe(
    { query, variables },
    {
      next: (result) => void results.push(result.data ?? result.errors),
      error: (error) => void results.push(error),
      complete: () => undefined,
    },
  );
  return { results, stop };
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let waited = 0; !isTrue(); waited += 20) {
    if (waited > 5_000) {
      throw new Error('it did not come');
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('news', () => {
  it('follow an exception and its requeue to the verified end, without asking again', async () => {
    const listed = await analyst.ask<{ exceptions: { edges: { node: { id: string } }[] } }>(
      '{ exceptions { edges { node { id } } } }',
    );
    const id = listed.exceptions.edges[0]?.node.id ?? '';
    const exception = follow('subscription ($ids: [ID!]) { exceptionChanged(ids: $ids) { id state resolution } }', {
      ids: [id],
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const accepted = await analyst.ask<{ requestRequeue: { request: { id: string } } }>(
      `mutation ($id: ID!) { requestRequeue(exceptionIds: [$id], reason: "mapping added") { ... on RequeueAccepted { request { id } } } }`,
      { id },
    );
    await until(() => exception.results.length > 0);
    expect(exception.results[0]).toEqual({ exceptionChanged: { id, state: 'REQUEUED', resolution: null } });

    const requestId = accepted.requestRequeue.request.id;
    const progress = follow('subscription ($id: ID!) { requeueProgress(requestId: $id) { id attempts { state } } }', {
      id: requestId,
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await tell(api.test.database, api.test.tenantId, async (facts) => {
      await facts.activity(order, { outcome: 'success', minute: 33, requeueId: requestId });
      await facts.problem(order, { clearedAt: 33 });
    });
    await projected();
    await until(() => exception.results.length > 1 && progress.results.length > 0);
    expect(exception.results.at(-1)).toEqual({
      exceptionChanged: { id, state: 'RESOLVED', resolution: 'VERIFIED_REQUEUE' },
    });
    expect(progress.results.at(-1)).toEqual({ requeueProgress: { id: requestId, attempts: [{ state: 'VERIFIED' }] } });
    exception.stop();
    progress.stop();
  });
});
