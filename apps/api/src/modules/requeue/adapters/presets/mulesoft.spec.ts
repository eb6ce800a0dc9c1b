import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RequeueTarget } from '../../../catalog/index.js';
import { createPresetAdapters } from './preset-adapter.js';
import { deliveryTo, KEY, VendorServer } from './testing/vendor-server.js';

let vendor: VendorServer;
let target: RequeueTarget;

beforeEach(async () => {
  vendor = await VendorServer.start();
  target = {
    adapter: 'mulesoft',
    url: `${vendor.url}/api/orders?source=replay`,
    settings: { tokenUrl: `${vendor.url}/accounts/api/v2/oauth2/token`, clientId: 'app&id' },
    secrets: { clientSecret: 's3cret=' },
    statusUrl: null,
    validateUrl: null,
    isIdempotent: false,
  };
});
afterEach(() => vendor.stop());

const mule = (timeoutMs?: number) => createPresetAdapters(vendor.client(timeoutMs)).mulesoft;

describe('MuleSoft', () => {
  it('gives the payload to the listener of the application, with the token of a connected app', async () => {
    vendor.answer = (response) => response.writeHead(201).end('{"id":1}');
    expect(await mule().send(deliveryTo(target))).toEqual({ kind: 'success', status: 201, body: '{"id":1}' });
    expect(vendor.tokenCalls).toMatchObject([
      {
        method: 'POST',
        path: '/accounts/api/v2/oauth2/token',
        body: 'grant_type=client_credentials&client_id=app%26id&client_secret=s3cret%3D',
      },
    ]);
    expect(vendor.tokenCalls[0]?.headers.authorization).toBeUndefined();
    expect(vendor.calls).toMatchObject([
      {
        method: 'POST',
        path: '/api/orders?source=replay',
        headers: {
          authorization: 'Bearer token-1',
          'content-type': 'application/json',
          'x-correlation-id': KEY,
          'idempotency-key': KEY,
        },
        body: '{"order":"O-100234","net":12345678901234567.10,"note":"Zürich"}',
      },
    ]);
  });

  it.each<[string, number, Record<string, unknown>]>([
    ['a payload that it does not take', 400, { kind: 'rejected', status: 400 }],
    ['no contract', 403, { kind: 'rejected', status: 403, body: expect.stringMatching(/no contract/) }],
    ['no listener', 404, { kind: 'rejected', status: 404 }],
    ['a conflict', 409, { kind: 'rejected', status: null }],
    ['a redirect', 302, { kind: 'rejected', status: 302 }],
    ['a flow that failed', 500, { kind: 'unknown', reason: expect.stringMatching(/ran and failed/) }],
    ['a time-out before it', 504, { kind: 'unknown' }],
    ['an application that is not running', 503, { kind: 'retryable', status: 503 }],
  ])('reads %s (%d)', async (_name, status, expected) => {
    vendor.answer = (response) => response.writeHead(status).end();
    expect(await mule().send(deliveryTo(target))).toMatchObject(expected);
    expect(vendor.calls).toHaveLength(1);
  });

  it('waits as long as rate limiting tells', async () => {
    vendor.answer = (response) => response.writeHead(429, { 'retry-after': '5' }).end();
    expect(await mule().send(deliveryTo(target))).toMatchObject({ kind: 'retryable', afterMs: 5_000 });
  });

  it('does not know what became of a call without an answer, and has nobody to ask', async () => {
    vendor.answer = () => undefined;
    expect(await mule(150).send(deliveryTo(target))).toMatchObject({ kind: 'unknown' });
    expect(mule().probe).toBeUndefined();
  });
});
