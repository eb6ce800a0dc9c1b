import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RequeueTarget } from '../../../catalog/index.js';
import { createPresetAdapters } from './preset-adapter.js';
import { AT, deliveryTo, json, VendorServer } from './testing/vendor-server.js';

let vendor: VendorServer;
let target: RequeueTarget;

beforeEach(async () => {
  vendor = await VendorServer.start();
  target = {
    adapter: 'mulesoft',
    url: `${vendor.url}/api/orders`,
    settings: { tokenUrl: `${vendor.url}/accounts/api/v2/oauth2/token`, clientId: 'app' },
    secrets: { clientSecret: 's3cret' },
    statusUrl: null,
    validateUrl: null,
    isIdempotent: false,
  };
});
afterEach(() => vendor.stop());

describe('access tokens', () => {
  const adapter = (timeoutMs?: number) => createPresetAdapters(vendor.client(timeoutMs)).mulesoft;
  const later = (seconds: number) => ({ ...deliveryTo(target), at: new Date(AT.getTime() + seconds * 1_000) });

  it('are kept until a minute before they expire, and asked for once however many wait', async () => {
    const mule = adapter();
    await Promise.all([mule.send(deliveryTo(target)), mule.send(deliveryTo(target)), mule.send(later(3539))]);
    expect(vendor.tokenCalls).toHaveLength(1);
    await mule.send(later(3541));
    expect(vendor.tokenCalls).toHaveLength(2);
    expect(vendor.calls.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-1',
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });

  it('are renewed once when the target does not take them', async () => {
    const mule = adapter();
    vendor.answer = (response, { headers }) =>
      response.writeHead(headers.authorization === 'Bearer token-2' ? 202 : 401).end();
    expect(await mule.send(deliveryTo(target))).toMatchObject({ kind: 'success', status: 202 });
    expect(vendor.calls).toHaveLength(2);
    expect(vendor.calls[1]?.body).toBe(vendor.calls[0]?.body);
    // the renewed one is kept
    expect(await mule.send(deliveryTo(target))).toMatchObject({ kind: 'success' });
    expect(vendor.tokenCalls).toHaveLength(2);
  });

  it('that are never taken are a refusal, after two calls', async () => {
    vendor.answer = (response) => response.writeHead(401).end();
    expect(await adapter().send(deliveryTo(target))).toMatchObject({ kind: 'rejected', status: 401 });
    expect(vendor.calls).toHaveLength(2);
    expect(vendor.tokenCalls).toHaveLength(2);
  });

  it.each<[string, (server: VendorServer) => void, { isPermanent: boolean; reason: RegExp }]>([
    [
      'refused credentials',
      (server) => (server.token = (response) => json(response, 401, { error: 'invalid_client', echo: 's3cret' })),
      { isPermanent: true, reason: /^no token: the credentials were refused with 401$/ },
    ],
    [
      'an address that is overloaded',
      (server) => (server.token = (response) => response.writeHead(503).end()),
      { isPermanent: false, reason: /answered 503/ },
    ],
    [
      'an address that hangs',
      (server) => (server.token = () => undefined),
      { isPermanent: false, reason: /no answer/ },
    ],
    [
      'an answer without a token',
      (server) => (server.token = (response) => response.writeHead(200).end('<html>')),
      { isPermanent: true, reason: /holds no token/ },
    ],
    [
      'a token that breaks the header',
      (server) => (server.token = (response) => json(response, 200, { access_token: 'a\r\nx: y', expires_in: 60 })),
      { isPermanent: true, reason: /holds no token/ },
    ],
  ])('after %s nothing was sent', async (_name, play, { isPermanent, reason }) => {
    play(vendor);
    expect(await adapter(200).send(deliveryTo(target))).toEqual({
      kind: 'notSent',
      isPermanent,
      reason: expect.stringMatching(reason),
    });
    expect(vendor.calls).toEqual([]);
  });

  it('are asked for under the guard of outgoing calls', async () => {
    const inside = { ...target, settings: { ...target.settings, tokenUrl: 'https://169.254.169.254/token' } };
    expect(await adapter().send(deliveryTo(inside))).toMatchObject({ kind: 'notSent', isPermanent: true });
    expect(vendor.calls).toEqual([]);
  });
});
