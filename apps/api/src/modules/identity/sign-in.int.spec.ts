import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, TEST_PASSWORD, type ApiHarness } from '../../testing/api-harness.js';

const SIGN_IN = `mutation ($email: String!, $password: String!) {
  signIn(email: $email, password: $password) {
    ... on SignInSuccess { viewer { email permissions tenant { name } people { email } } }
    ... on SignInFailure { code message }
  }
}`;

describe('signing in', () => {
  let api: ApiHarness;
  let now = new Date();

  beforeAll(async () => {
    api = await startApi({ clock: () => now });
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
  });
  afterAll(() => api.close());

  function post(password: string, email = 'ana@acme.example') {
    return api.server.app.inject({
      method: 'POST',
      url: '/graphql',
      payload: { query: SIGN_IN, variables: { email, password } },
    });
  }

  it('sets an HTTP-only strict session cookie and answers as the person signed in', async () => {
    const response = await post(TEST_PASSWORD, '  Ana@ACME.example ');
    expect(response.json()).toMatchObject({
      data: {
        signIn: {
          viewer: {
            email: 'ana@acme.example',
            permissions: expect.arrayContaining(['exception.work']),
            tenant: { name: 'Test' },
            people: [{ email: 'ana@acme.example' }],
          },
        },
      },
    });
    expect(response.cookies).toEqual([
      expect.objectContaining({
        name: 'throughline_session',
        httpOnly: true,
        sameSite: 'Strict',
        path: '/',
        maxAge: 43_200,
      }),
    ]);
  });

  it.each([
    ['a wrong password', 'ana@acme.example', 'wrong'],
    ['an unknown person', 'nobody@acme.example', TEST_PASSWORD],
    ['a hostile address', `a\u0000'; drop table person --`, TEST_PASSWORD],
    ['a password without end', 'ana@acme.example', 'x'.repeat(100_000)],
  ])('refuses %s in the same words, without a cookie', async (_name, email, password) => {
    const response = await post(password, email);
    expect(response.json()).toEqual({
      data: { signIn: { code: 'INVALID_CREDENTIALS', message: 'The e-mail address or the password is wrong' } },
    });
    expect(response.cookies).toEqual([]);
  });

  it('knows the viewer by cookie and by bearer, nobody without', async () => {
    const client = await api.signIn('ana@acme.example');
    expect(await client.ask('{ viewer { email } }')).toEqual({ viewer: { email: 'ana@acme.example' } });
    const token = client.cookie?.split('=')[1] ?? '';
    const byBearer = await api.server.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { authorization: `Bearer ${token}` },
      payload: { query: '{ viewer { email } }' },
    });
    expect(byBearer.json()).toEqual({ data: { viewer: { email: 'ana@acme.example' } } });
    expect(await api.anonymous.ask('{ viewer { email } }')).toEqual({ viewer: null });
  });

  it('stores only the hash of a token', async () => {
    const client = await api.signIn('ana@acme.example');
    const token = client.cookie?.split('=')[1] ?? '';
    const rows = await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query(`select 1 from session where tenant_id = $1 and session_hash = $2`, [
        tx.tenantId,
        Buffer.from(token, 'base64url'),
      ]),
    );
    expect(rows).toEqual([]);
  });

  it('ends a session on sign-out, and the act is on record', async () => {
    const client = await api.signIn('ana@acme.example');
    expect(await client.ask('mutation { signOut }')).toEqual({ signOut: true });
    expect(await client.ask('{ viewer { email } }')).toEqual({ viewer: null });
    expect(await client.ask('mutation { signOut }')).toEqual({ signOut: false });
    const actions = await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query<{ action: string }>(`select distinct action from audit_record where tenant_id = $1 order by action`, [
        tx.tenantId,
      ]),
    );
    expect(actions.map(({ action }) => action)).toEqual(['session.closed', 'session.opened', 'session.refused']);
  });

  it('ends a session after twelve hours', async () => {
    const client = await api.signIn('ana@acme.example');
    now = new Date(Date.now() + 12 * 3_600_000);
    expect(await client.ask('{ viewer { email } }')).toEqual({ viewer: null });
  });

  it('slows down guessing, for the guesser and the account alone', async () => {
    await api.addPerson(api.test.tenantId, 'bo@acme.example', 'analyst');
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await post('guess', 'bo@acme.example');
    }
    expect((await post(TEST_PASSWORD, 'bo@acme.example')).json()).toMatchObject({
      data: { signIn: { code: 'RATE_LIMITED' } },
    });
    expect((await post(TEST_PASSWORD)).json()).toMatchObject({
      data: { signIn: { viewer: { email: 'ana@acme.example' } } },
    });
    now = new Date(now.getTime() + 5 * 60_000);
    expect((await post(TEST_PASSWORD, 'bo@acme.example')).json()).toMatchObject({ data: { signIn: { viewer: {} } } });
  });

  it('slows down guesses that come all at once', async () => {
    await api.addPerson(api.test.tenantId, 'cy@acme.example', 'analyst');
    const answers = await Promise.all(Array.from({ length: 30 }, () => post('guess', 'cy@acme.example')));
    const codes = answers.map((answer) => answer.json<{ data: { signIn: { code: string } } }>().data.signIn.code);
    expect(codes.filter((code) => code === 'INVALID_CREDENTIALS')).toHaveLength(10);
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(20);
  });
});
