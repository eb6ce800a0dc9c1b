import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger } from '@throughline/observability';
import { Database, DatabaseUnavailable } from '@throughline/persistence';
import { parseConfig } from './config.js';
import { DatabaseGate } from './graphql/database-gate.js';
import { createApiServer, type ApiServer } from './server.js';
import { startApi, TEST_SECRET_KEY, type ApiHarness } from './testing/api-harness.js';

describe('the HTTP side', () => {
  let api: ApiHarness;

  beforeAll(async () => {
    api = await startApi({ variables: { THROUGHLINE_DEMO: '0' } });
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
  });
  afterAll(() => api.close());

  const post = (payload: string, contentType: string, headers: Record<string, string> = {}) =>
    api.server.app.inject({
      method: 'POST',
      url: '/graphql',
      payload,
      headers: { 'content-type': contentType, ...headers },
    });

  it('answers the probes', async () => {
    for (const [url, status, body] of [
      ['/healthz', 200, '"ok"'],
      ['/readyz', 200, '"ready"'],
      ['/metrics', 200, 'process_cpu_seconds_total'],
    ] as const) {
      const response = await api.server.app.inject({ method: 'GET', url });
      expect([response.statusCode, response.body.includes(body)]).toEqual([status, true]);
    }
  });

  it('explains itself to who opens /graphql', async () => {
    const response = await api.server.app.inject({ method: 'GET', url: '/graphql' });
    expect(response.statusCode).toBe(200);
    expect(response.json<{ message: string }>().message).toContain('GraphQL');
  });

  it('sends strict security headers', async () => {
    const { headers } = await api.server.app.inject({ method: 'GET', url: '/healthz' });
    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(headers['content-security-policy']).not.toContain('unsafe-eval');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  });

  it.each([
    ['a form of another site', 'query=%7B__typename%7D', 'application/x-www-form-urlencoded', 400],
    ['plain text, as a form can send it', '{"query":"{__typename}"}', 'text/plain', 400],
    ['broken JSON', '{"query":', 'application/json', 400],
    ['JSON that is no request', '[1]', 'application/json', 400],
    ['a body over a mebibyte', JSON.stringify({ query: 'x'.repeat(1_100_000) }), 'application/json', 413],
  ])('refuses %s', async (_name, payload, contentType, status) => {
    const response = await post(payload, contentType);
    expect(response.statusCode).toBe(status);
    expect(response.body).not.toMatch(/\bat \S+:\d+/);
  });

  it('takes no mutation by GET, and no query by GET from a simple request', async () => {
    const response = await api.server.app.inject({
      method: 'GET',
      url: '/graphql?query=mutation%7BsignOut%7D',
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(response.statusCode).toBe(405);
    const forged = await api.server.app.inject({ method: 'GET', url: '/graphql?query=%7Bviewer%7Bid%7D%7D' });
    expect(forged.statusCode).toBe(400);
  });

  it('answers unknown routes as JSON and hides what is wrong with odd hosts', async () => {
    const response = await api.server.app.inject({ method: 'POST', url: '/nowhere', payload: {} });
    expect([response.statusCode, response.headers['content-type']]).toEqual([404, 'application/json; charset=utf-8']);
    const odd = await post('{"query":"{__typename}"}', 'application/json', { host: 'a b:c' });
    expect(odd.statusCode).toBe(400);
  });

  it('bounds depth, size and tokens of an operation', async () => {
    const ana = await api.signIn('ana@acme.example');
    const parts = 'milestones { name } objects { id } links { from } activities { id objects { id } }';
    expect(await ana.ask(`{ transactions(first: 50) { edges { node { ${parts} } } } }`)).toEqual({
      transactions: { edges: [] },
    });
    const wide = `{ transactions(first: 200) { edges { node { ${parts} } } } }`;
    expect((await ana.send(wide)).errors?.[0]?.extensions.code).toBe('QUERY_TOO_COMPLEX');
    const deep = Array.from({ length: 8 }).reduce<string>(
      (inner) => `transactions(first: 1) { aliases: id ${inner} }`,
      '',
    );
    expect(
      (await ana.send(`{ search(text: "so", first: 1) { edges { node { ... on BusinessObject { ${deep} } } } } }`))
        .errors?.[0]?.extensions.code,
    ).toBe('INVALID_QUERY');
    const tokens = `{ ${'__typename '.repeat(5_000)} }`;
    expect((await ana.send(tokens)).errors?.[0]?.extensions.code).toBe('INVALID_QUERY');
  });

  it('shows its schema to those signed in alone', async () => {
    const query = '{ __schema { queryType { name } } }';
    expect((await api.anonymous.send(query)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const ana = await api.signIn('ana@acme.example');
    expect(await ana.ask(query)).toEqual({ __schema: { queryType: { name: 'Query' } } });
    expect(await api.anonymous.ask('{ demoSignIn { password } }')).toEqual({ demoSignIn: null });
  });

  it('reports a bug once, without details, by its trace id', async () => {
    const ana = await api.signIn('ana@acme.example');
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query(
        `insert into business_object (tenant_id, object_id, type, key, amount, currency, attributes, is_placeholder, first_occurred_at, last_occurred_at)
         values ($1, $2, 'invoice', 'I-1', 'NaN', 'EUR', '{}', false, now(), now())`,
        [api.test.tenantId, '00000000-0000-0000-0000-0000000000aa'],
      ),
    );
    api.logged.length = 0;
    const { errors } = await ana.send(
      '{ businessObject(id: "00000000-0000-0000-0000-0000000000aa") { amount { amount } } }',
    );
    expect(errors).toEqual([
      {
        message: 'Something went wrong on our side',
        locations: expect.anything(),
        path: ['businessObject'],
        extensions: { code: 'INTERNAL', traceId: expect.stringMatching(/^[0-9a-f]{32}$/) },
      },
    ]);
    expect(api.logged).toEqual([
      expect.objectContaining({ level: 'error', traceId: errors?.[0]?.extensions.traceId, path: 'businessObject' }),
    ]);
  });
});

describe('the console', () => {
  let api: ApiHarness;
  let server: ApiServer;
  let folder: string;

  beforeAll(async () => {
    api = await startApi();
    folder = await mkdtemp(path.join(tmpdir(), 'console-'));
    await writeFile(path.join(folder, '..', 'secret.txt'), 'secret').catch(() => undefined);
    await mkdir(path.join(folder, 'assets'));
    await writeFile(path.join(folder, 'index.html'), '<!doctype html><title>Throughline</title>');
    await writeFile(path.join(folder, 'assets', 'index-abc123.js'), `console.log(${'1 + '.repeat(600)}1)`);
    await writeFile(path.join(folder, '.env'), 'SECRET=1');
    const log = createLogger({ service: 'test', level: 'silent' });
    server = await createApiServer({
      config: api.config,
      gate: DatabaseGate.of(api.test.database),
      log,
      consoleFolder: folder,
    });
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true });
    await rm(path.join(folder, '..', 'secret.txt'), { force: true });
    await api.close();
  });

  const get = (url: string, headers: Record<string, string> = {}) => server.app.inject({ method: 'GET', url, headers });

  it.each(['/', '/exceptions', '/transactions/00000000-0000-0000-0000-000000000001?tab=trace'])(
    'answers %s with its page, never cached',
    async (url) => {
      const response = await get(url);
      expect([response.statusCode, response.headers['content-type'], response.headers['cache-control']]).toEqual([
        200,
        'text/html; charset=utf-8',
        'no-cache',
      ]);
      expect(response.body).toContain('<title>Throughline');
    },
  );

  it('serves hashed assets for ever, compressed, and confirms what a browser has', async () => {
    const response = await get('/assets/index-abc123.js', { 'accept-encoding': 'gzip, br' });
    expect(response.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'gzip',
    });
    const again = await get('/assets/index-abc123.js', { 'if-none-match': String(response.headers['etag']) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/.env',
    '/assets/missing.js',
    '/assets/',
    '/%00.js',
  ])('gives nothing away for %s', async (url) => {
    const response = await get(url);
    expect(response.statusCode).toBeGreaterThanOrEqual(400);
    expect(response.body).not.toMatch(/secret/i);
  });

  it('says so when it is not built, and serves a build that comes later', async () => {
    const later = await mkdtemp(path.join(tmpdir(), 'console-later-'));
    const log = createLogger({ service: 'test', level: 'silent' });
    const bare = await createApiServer({
      config: api.config,
      gate: DatabaseGate.of(api.test.database),
      log,
      consoleFolder: later,
    });
    expect((await bare.app.inject({ method: 'GET', url: '/' })).statusCode).toBe(503);
    await writeFile(path.join(later, 'index.html'), 'built');
    expect((await bare.app.inject({ method: 'GET', url: '/' })).body).toBe('built');
    await bare.close();
    await rm(later, { recursive: true });
  });
});

describe('a database that is away', () => {
  it('is no reason not to start: 503 and UNAVAILABLE until it is back', async () => {
    const api = await startApi();
    let isAway = true;
    const gate = new DatabaseGate(async () => {
      if (isAway) throw new DatabaseUnavailable('the database cannot be reached: ECONNREFUSED');
      return Database.open({ url: api.test.appUrl, poolSize: 2, applicationName: 'test gate' });
    });
    expect(await gate.start()).toBe(false);
    const log = createLogger({ service: 'test', level: 'silent' });
    const config = parseConfig({
      DATABASE_URL: api.test.appUrl,
      THROUGHLINE_SECRET_KEY: TEST_SECRET_KEY.toString('base64'),
    });
    const server = await createApiServer({ config, gate, log, consoleFolder: '/nowhere' });
    const ask = (query: string, token = 'A'.repeat(43)) =>
      server.app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { authorization: `Bearer ${token}` },
        payload: { query },
      });
    const ready = await server.app.inject({ method: 'GET', url: '/readyz' });
    expect([ready.statusCode, ready.json()]).toEqual([
      503,
      { status: 'not ready', problems: ['the database cannot be reached: ECONNREFUSED'] },
    ]);
    for (const query of [
      '{ viewer { id } }',
      '{ transactions { totalCount } }',
      'mutation { signIn(email: "a@b.c", password: "x") { __typename } }',
    ]) {
      expect((await ask(query)).json()).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
    }
    isAway = false;
    for (
      let waited = 0;
      waited < 50 && (await ask('{ viewer { id } }')).json<{ errors?: unknown }>().errors !== undefined;
      waited += 1
    ) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect((await ask('{ viewer { id } }')).json()).toEqual({ data: { viewer: null } });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect((await server.app.inject({ method: 'GET', url: '/readyz' })).statusCode).toBe(200);
    await server.close();
    await gate.close();
    await api.close();
  });
});
