import type { AddressInfo } from 'node:net';
import { createLogger } from '@throughline/observability';
import type { Database } from '@throughline/persistence';
import { createTestDatabase, type TestDatabase } from '@throughline/persistence/testing';
import { parseConfig, type ApiConfig } from '../config.js';
import { DatabaseGate } from '../graphql/database-gate.js';
import { hashPassword, insertPerson, type Role } from '../modules/identity/index.js';
import { createApiServer, type ApiServer } from '../server.js';

/** What a GraphQL answer looks like to a test. */
export type Answer<T> = {
  data?: T | null;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string; traceId?: string } }[];
};

/** Sends documents as somebody. */
export type Client = {
  cookie: string | undefined;
  send<T = Record<string, unknown>>(query: string, variables?: Record<string, unknown>): Promise<Answer<T>>;
  /** The data; fails the test on errors. */
  ask<T = Record<string, unknown>>(query: string, variables?: Record<string, unknown>): Promise<T>;
};

export const TEST_PASSWORD = 'a long enough password';

export const TEST_SECRET_KEY: Buffer = Buffer.alloc(32, 7);

/** A server on a database of its own, with one person per role in its tenant. */
export type ApiHarness = {
  test: TestDatabase;
  server: ApiServer;
  config: ApiConfig;
  /** Log lines at warn and above. */
  logged: Record<string, unknown>[];
  anonymous: Client;
  signIn(email: string, password?: string): Promise<Client>;
  addPerson(tenantId: string, email: string, role: Role): Promise<void>;
  /** Listens on an ephemeral port, once. */
  listen(): Promise<number>;
  close(): Promise<void>;
};

let passwordHash: Promise<string> | undefined;

/** Starts a server in this process on a clone of the migrated database. */
export async function startApi(
  options: { clock?: () => Date; variables?: Record<string, string> } = {},
): Promise<ApiHarness> {
  const test = await createTestDatabase();
  const config = parseConfig({
    DATABASE_URL: test.appUrl,
    THROUGHLINE_SECRET_KEY: TEST_SECRET_KEY.toString('base64'),
    THROUGHLINE_DEMO: '1',
    ...options.variables,
  });
  const logged: Record<string, unknown>[] = [];
  const log = createLogger(
    { service: 'test', level: 'warn' },
    { write: (line: string) => void logged.push(JSON.parse(line) as Record<string, unknown>) },
  );
  // sessions expire by the database's clock: signing in happens at the real time, whatever time a test plays at
  let isSigningIn = false;
  const { clock = () => new Date() } = options;
  const server = await createApiServer({
    config,
    gate: DatabaseGate.of(test.database),
    log,
    consoleFolder: '/nowhere',
    clock: () => (isSigningIn ? new Date() : clock()),
  });
  const harness: ApiHarness = {
    test,
    server,
    config,
    logged,
    anonymous: clientOf(server, undefined),
    async signIn(email, password = TEST_PASSWORD) {
      isSigningIn = true;
      try {
        return await signIn(server, email, password);
      } finally {
        isSigningIn = false;
      }
    },
    addPerson: (tenantId, email, role) => addPerson(test.database, tenantId, email, role),
    async listen() {
      const http = server.app.getHttpServer();
      if (http.address() === null) {
        await server.listen(0, '127.0.0.1');
      }
      return (http.address() as AddressInfo).port;
    },
    async close() {
      await server.close();
      await test.close();
    },
  };
  return harness;
}

async function addPerson(database: Database, tenantId: string, email: string, role: Role): Promise<void> {
  passwordHash ??= hashPassword(TEST_PASSWORD);
  const person = { email, displayName: `Test ${role}`, passwordHash: await passwordHash, roles: [role] };
  await database.withTenant(tenantId, (tx) => insertPerson(tx, person));
}

function clientOf(server: ApiServer, cookie: string | undefined): Client {
  const send = async <T>(query: string, variables?: Record<string, unknown>): Promise<Answer<T>> => {
    const response = await server.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: cookie === undefined ? {} : { cookie },
      payload: { query, variables },
    });
    return response.json<Answer<T>>();
  };
  return {
    cookie,
    send,
    async ask<T>(query: string, variables?: Record<string, unknown>) {
      const { data, errors } = await send<T>(query, variables);
      if (errors !== undefined || !data) {
        throw new Error(`the operation failed: ${JSON.stringify(errors)}`);
      }
      return data;
    },
  };
}

async function signIn(server: ApiServer, email: string, password: string): Promise<Client> {
  const response = await server.app.inject({
    method: 'POST',
    url: '/graphql',
    payload: {
      query: `mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { __typename ... on SignInFailure { code } } }`,
      variables: { email, password },
    },
  });
  const [cookie] = response.cookies;
  if (cookie === undefined) {
    throw new Error(`signing in failed: ${response.body}`);
  }
  return clientOf(server, `${cookie.name}=${cookie.value}`);
}
