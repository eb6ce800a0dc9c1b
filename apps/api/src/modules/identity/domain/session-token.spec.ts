import { describe, expect, it } from '@jest/globals';
import { newSessionToken, sessionHash, tokenOfHeaders } from './session-token.js';

describe('session tokens', () => {
  it('have 32 random bytes, of which only a hash is kept', () => {
    const [one, two] = [newSessionToken(), newSessionToken()];
    expect(one).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(one).not.toBe(two);
    expect(sessionHash(one)).toHaveLength(32);
    expect(sessionHash('not a token')).toBeUndefined();
  });

  it.each([
    ['a bearer', { authorization: 'Bearer abc' }, 'abc'],
    ['a bearer in any case', { authorization: 'bearer  abc' }, 'abc'],
    ['the cookie among others', { cookie: 'a=1; throughline_session=abc; b=2' }, 'abc'],
    ['the bearer before the cookie', { authorization: 'Bearer x', cookie: 'throughline_session=abc' }, 'x'],
    ['another scheme: the cookie', { authorization: 'Basic eDp5', cookie: 'throughline_session=abc' }, 'abc'],
    ['a cookie that only ends like ours', { cookie: 'xthroughline_session=abc' }, undefined],
    ['nothing', {}, undefined],
  ])('are read from %s', (_name, headers, token) => {
    expect(tokenOfHeaders(headers)).toBe(token);
  });
});
