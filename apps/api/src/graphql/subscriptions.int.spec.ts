import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient, type Client as WsClient, type ExecutionResult } from 'graphql-ws';
import { WebSocket } from 'ws';
import { startApi, type ApiHarness, type Client } from '../testing/api-harness.js';
import { insertObject, insertTransaction } from '../testing/projection-rows.js';

const CHANGED = 'subscription ($ids: [ID!]) { transactionChanged(ids: $ids) { id state } }';

describe('subscriptions over WebSocket', () => {
  let api: ApiHarness;
  let ana: Client;
  let port: number;
  let transactionId: string;
  const open: WsClient[] = [];

  beforeAll(async () => {
    api = await startApi();
    port = await api.listen();
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
    await api.addPerson(api.test.tenantId, 'hal@acme.example', 'admin');
    ana = await api.signIn('ana@acme.example');
    transactionId = await api.test.database.withTenant(api.test.tenantId, async (tx) =>
      insertTransaction(tx, { objectIds: [await insertObject(tx, { type: 'contract', value: 'C-1' })] }),
    );
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((client) => client.dispose()));
  });
  afterAll(() => api.close());

  function connect(headers: Record<string, string>, connectionParams?: Record<string, unknown>): WsClient {
    class SocketWithHeaders extends WebSocket {
      constructor(address: string, protocols: string | string[]) {
        super(address, protocols, { headers });
      }
    }
    const client = createClient({
      url: `ws://127.0.0.1:${port}/graphql`,
      webSocketImpl: SocketWithHeaders,
      retryAttempts: 0,
      ...(connectionParams === undefined ? {} : { connectionParams }),
    });
    open.push(client);
    return client;
  }

  const cookieOf = (client: Client): Record<string, string> => ({ cookie: client.cookie ?? '' });

  const change = (tenantId: string, id: string, kind = 'transaction') =>
    api.test.database.withTenant(tenantId, (tx) =>
      tx.notify('throughline_changed', JSON.stringify({ tenantId, kind, id })),
    );

  /** First result of a subscription; `act` runs once it is set up on the server, and again until something comes. */
  async function firstResult(
    client: WsClient,
    variables: Record<string, unknown>,
    act: () => Promise<void>,
  ): Promise<ExecutionResult> {
    const results = client.iterate({ query: CHANGED, variables });
    const first = results.next();
    let hasCome = false;
    void first.finally(() => (hasCome = true)).catch(() => undefined);
    while (!hasCome) {
      await act();
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    const { value } = await first;
    await results.return?.(undefined);
    return value as ExecutionResult;
  }

  it.each([
    ['the cookie', () => connect(cookieOf(ana))],
    ['a bearer in the connection', () => connect({}, { authorization: `Bearer ${ana.cookie?.split('=')[1] ?? ''}` })],
  ])('brings a change made by another process, signed in by %s', async (_name, client) => {
    const result = await firstResult(client(), { ids: [transactionId] }, () =>
      change(api.test.tenantId, transactionId),
    );
    expect(result).toEqual({ data: { transactionChanged: { id: transactionId, state: 'RUNNING' } } });
  });

  it('drops what is not asked for, not of the tenant, malformed, or gone', async () => {
    const unknown = '00000000-0000-4000-8000-000000000001';
    const result = await firstResult(connect(cookieOf(ana)), {}, async () => {
      await change(api.test.tenantId, transactionId, 'exception');
      await change('00000000-0000-4000-8000-00000000000f', transactionId);
      await change(api.test.tenantId, unknown);
      await api.test.database.withTenant(api.test.tenantId, (tx) => tx.notify('throughline_changed', 'not json'));
      await change(api.test.tenantId, transactionId);
    });
    expect(result.data).toEqual({ transactionChanged: { id: transactionId, state: 'RUNNING' } });
  });

  it('lets nobody in who is not signed in', async () => {
    const results = connect({}).iterate({ query: CHANGED });
    await expect(results.next()).rejects.toMatchObject({ code: 4403 });
  });

  it('demands the permission', async () => {
    const hal = await api.signIn('hal@acme.example');
    const { value } = await connect(cookieOf(hal)).iterate({ query: CHANGED }).next();
    expect((value as ExecutionResult).errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });

  it('refuses a page of another origin', async () => {
    const results = connect({ ...cookieOf(ana), origin: 'https://evil.example' }).iterate({ query: CHANGED });
    await expect(results.next()).rejects.toBeDefined();
  });

  it.each([
    ['a mutation', 'mutation { signOut }', 'INVALID_QUERY'],
    ['the schema', '{ __schema { types { name } } }', 'INVALID_QUERY'],
    ['what does not parse', 'subscription {', 'INVALID_QUERY'],
    ['what is not in the schema', 'subscription { everything }', 'INVALID_QUERY'],
  ])('refuses %s', async (_name, query, code) => {
    const results = connect(cookieOf(ana)).iterate({ query });
    await expect(results.next()).rejects.toEqual([expect.objectContaining({ extensions: { code } })]);
  });

  it('refuses ids that are none', async () => {
    const { value } = await connect(cookieOf(ana))
      .iterate({ query: CHANGED, variables: { ids: ['x'] } })
      .next();
    expect((value as ExecutionResult).errors?.[0]?.extensions?.['code']).toBe('INVALID_INPUT');
  });

  it('answers queries too', async () => {
    const { value } = await connect(cookieOf(ana)).iterate({ query: '{ viewer { email } }' }).next();
    expect(value).toEqual({ data: { viewer: { email: 'ana@acme.example' } } });
  });

  it('ends with the session', async () => {
    const bea = await api.signIn('ana@acme.example');
    const client = connect(cookieOf(bea));
    await firstResult(client, {}, () => change(api.test.tenantId, transactionId));
    const results = client.iterate({ query: CHANGED });
    const next = results.next();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await bea.ask('mutation { signOut }');
    // A subscription that a busy machine has not yet begun does not hear of the first change.
    const told = setInterval(() => void change(api.test.tenantId, transactionId), 200);
    const { value } = await next.finally(() => clearInterval(told));
    expect((value as ExecutionResult).errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED');
    expect((await results.next()).done).toBe(true);
  });
});
