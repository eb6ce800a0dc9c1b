import { describe, expect, it } from '@jest/globals';
import { ConfigError, parseConfig, requireOwnerUrl } from './config.js';

const GOOD = {
  DATABASE_URL: 'postgres://app:hidden-password@localhost:5432/throughline',
  THROUGHLINE_SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
};

function refusal(variables: Record<string, string | undefined>): string {
  try {
    parseConfig(variables);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error('was accepted');
}

describe('configuration', () => {
  it('has defaults for all but the database and the key', () => {
    expect(parseConfig(GOOD)).toMatchObject({
      listen: { host: '127.0.0.1', apiPort: 4000, workerPort: 4001 },
      publicUrl: 'http://localhost:4000',
      isDemo: false,
      outboundAllowedHosts: [],
      outboundTimeoutMs: 15_000,
      logLevel: 'info',
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(parseConfig({ ...GOOD, API_PORT: '', PUBLIC_URL: '' }).listen.apiPort).toBe(4000);
  });

  it('reads lists and strips slashes', () => {
    const config = parseConfig({ ...GOOD, OUTBOUND_ALLOWED_HOSTS: 'a:1, b:2,', PUBLIC_URL: 'https://x.example/base/' });
    expect([config.outboundAllowedHosts, config.publicUrl]).toEqual([['a:1', 'b:2'], 'https://x.example/base']);
  });

  it.each([
    [
      'no database',
      { DATABASE_URL: undefined },
      /DATABASE_URL \(environment variable, not set\) must be a PostgreSQL connection address/,
    ],
    [
      'a database of another make',
      { DATABASE_URL: 'mysql://hidden-password@x' },
      /DATABASE_URL \(environment variable, set\)/,
    ],
    [
      'a short key',
      { THROUGHLINE_SECRET_KEY: 'hidden-password' },
      /THROUGHLINE_SECRET_KEY .* must be 32 bytes in base64/,
    ],
    ['a port beyond the last', { API_PORT: '70000' }, /API_PORT .* must be a port number/],
    ['a port in words', { API_PORT: 'hidden-password' }, /API_PORT .* must be a port number/],
    [
      'a level of nobody',
      { LOG_LEVEL: 'hidden-password' },
      /LOG_LEVEL .* must be one of fatal, error, warn, info, debug, silent/,
    ],
    [
      'a time-out nobody lives to see',
      { OUTBOUND_TIMEOUT_MS: '30000' },
      /OUTBOUND_TIMEOUT_MS .* milliseconds from 100/,
    ],
    ['a switch in words', { THROUGHLINE_DEMO: 'hidden-password' }, /THROUGHLINE_DEMO .* must be 0 or 1/],
    [
      'the demo in production',
      { THROUGHLINE_DEMO: '1', NODE_ENV: 'production' },
      /THROUGHLINE_DEMO .* must be 0 when NODE_ENV is production/,
    ],
  ])('refuses %s, naming variable, source and expectation, never the value', (_name, change, message) => {
    const text = refusal({ ...GOOD, ...change });
    expect(text).toMatch(message);
    expect(text).not.toContain('hidden-password');
    expect(text).not.toContain('\n');
  });

  it('names every fault at once', () => {
    expect(refusal({ API_PORT: 'x' }).split('; ')).toHaveLength(3);
  });

  it('demands the owner where it is needed', () => {
    expect(() => requireOwnerUrl(parseConfig(GOOD))).toThrow(/DATABASE_OWNER_URL/);
  });
});
