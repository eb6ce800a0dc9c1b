import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ByteBudget } from './byte-budget.js';
import { IngestKeys } from './ingest-keys.js';
import { Refusal } from './refusal.js';

const SENDER = { tenantId: 't', keyId: 'k', sourceSystem: null };
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

describe('the byte budget', () => {
  it('is shared by all requests and given back when one is answered', () => {
    const budget = new ByteBudget(100);
    const first = budget.open();
    const second = budget.open();
    first.take(60);
    expect(() => second.take(41)).toThrow(Refusal);
    second.take(40);
    first.close();
    first.close();
    expect(budget.inFlight).toBe(40);
    second.take(60);
    second.close();
    expect(budget.inFlight).toBe(0);
  });
});
