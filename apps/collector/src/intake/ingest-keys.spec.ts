import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { IngestKeys } from './ingest-keys.js';

const SENDER = { tenantId: 't', keyId: 'k', sourceSystem: null, itemsPerSecond: null };
const HASH = createHash('sha256').update('secret:with:colons').digest('hex');

function keys(): { found: IngestKeys; asked: string[] } {
  const asked: string[] = [];
  const findIngestKey = (hash: Buffer) => {
    asked.push(hash.toString('hex'));
    return Promise.resolve(hash.toString('hex') === HASH ? SENDER : null);
  };
  return { found: new IngestKeys({ findIngestKey }), asked };
}
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('ingest keys', () => {
  it.each([
    'Bearer secret:with:colons',
    'bearer  secret:with:colons ',
    basic('anyone:secret:with:colons'),
    basic(':secret:with:colons'),
  ])('are taken from %s, and asked for once', async (authorization) => {
    const { found, asked } = keys();
    expect(await found.authenticate(authorization)).toEqual(SENDER);
    expect(await found.authenticate(authorization)).toEqual(SENDER);
    expect(asked).toEqual([HASH]);
  });

  it.each([
    undefined,
    '',
    'secret:with:colons',
    'Bearer ',
    'Digest x',
    basic('nocolon'),
    basic('user:'),
    'Bearer two words',
  ])('a header that holds none is refused without asking: %s', async (authorization) => {
    const { found, asked } = keys();
    await expect(found.authenticate(authorization)).rejects.toMatchObject({ kind: 'unauthenticated' });
    expect(asked).toEqual([]);
  });

  it('an unknown key is refused, and remembered as such for a moment', async () => {
    const { found, asked } = keys();
    await expect(found.authenticate('Bearer nobody')).rejects.toThrow(/unknown or revoked/);
    await expect(found.authenticate('Bearer nobody')).rejects.toThrow(/unknown or revoked/);
    expect(asked).toHaveLength(1);
  });
});

describe('a token in the path', () => {
  it('counts before the header, which may then be the vendor’s own', async () => {
    const { found, asked } = keys();
    const credentials = { token: 'secret:with:colons', authorization: basic('vendor:own') };
    expect(await found.authenticate(credentials)).toEqual(SENDER);
    expect(await found.authenticate({ authorization: 'Bearer secret:with:colons' })).toEqual(SENDER);
    expect(asked).toEqual([HASH]);
  });
});
