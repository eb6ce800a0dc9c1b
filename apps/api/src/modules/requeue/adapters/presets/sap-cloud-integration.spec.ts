import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RequeueTarget } from '../../../catalog/index.js';
import { createPresetAdapters } from './preset-adapter.js';
import { AT, deliveryTo, json, KEY, VendorServer } from './testing/vendor-server.js';

/** As SAP documents them; see the preset for the sources. */
const FAILED_FLOW =
  'An internal server error occured: The MPL ID for the failed message is : AGk_xKgivsDaGSUpuvz-eEFzhKZO';

let vendor: VendorServer;
let target: RequeueTarget;

beforeEach(async () => {
  vendor = await VendorServer.start();
  target = {
    adapter: 'sap-cloud-integration',
    url: `${vendor.url}/http/orders`,
    settings: { tokenUrl: `${vendor.url}/oauth/token`, clientId: 'sb-clone!b1' },
    secrets: { clientSecret: 's3cret' },
    statusUrl: `${vendor.url}/api/v1`,
    validateUrl: null,
    isIdempotent: false,
  };
});
afterEach(() => vendor.stop());

const sap = (timeoutMs?: number) => createPresetAdapters(vendor.client(timeoutMs))['sap-cloud-integration'];

describe('SAP Cloud Integration', () => {
  it('calls the flow with the payload, digit by digit, under the key of the attempt', async () => {
    vendor.answer = (response) => response.writeHead(202).end();
    expect(await sap().send(deliveryTo(target))).toEqual({ kind: 'success', status: 202, body: '' });
    expect(vendor.tokenCalls).toMatchObject([
      {
        method: 'POST',
        path: '/oauth/token',
        headers: {
          authorization: `Basic ${Buffer.from('sb-clone!b1:s3cret').toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'grant_type=client_credentials',
      },
    ]);
    expect(vendor.calls).toMatchObject([
      {
        method: 'POST',
        path: '/http/orders',
        headers: {
          authorization: 'Bearer token-1',
          'content-type': 'application/json',
          sap_applicationid: KEY,
          'idempotency-key': KEY,
          'throughline-requeue-id': '7e0e0000-0000-4000-8000-000000000002',
          traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
        },
        body: '{"order":"O-100234","net":12345678901234567.10,"note":"Zürich"}',
      },
    ]);
  });

  it('sends a text as it is where the flow takes another content type', async () => {
    const xml = { ...target, settings: { ...target.settings, contentType: 'application/xml' } };
    await sap().send(deliveryTo(xml, { payloadJson: JSON.stringify('<order no="1"/>') }));
    expect(vendor.calls[0]).toMatchObject({ body: '<order no="1"/>', headers: { 'content-type': 'application/xml' } });
  });

  it.each<[string, number, string, Record<string, unknown>]>([
    ['taken', 200, 'ok', { kind: 'success', status: 200, body: 'ok' }],
    ['not allowed', 403, '', { kind: 'rejected', status: 403, body: expect.stringMatching(/ESBMessaging\.send/) }],
    ['not deployed', 404, '', { kind: 'rejected', status: 404, body: expect.stringMatching(/no integration flow/) }],
    ['a conflict is no "processed already"', 409, 'x', { kind: 'rejected', status: null, body: 'x' }],
    ['not now', 503, '', { kind: 'retryable', status: 503, afterMs: null }],
    [
      'failed on the way',
      500,
      FAILED_FLOW,
      { kind: 'unknown', reason: expect.stringMatching(/ran and failed: .*MPL ID/) },
    ],
    ['lost behind a gateway', 504, '', { kind: 'unknown' }],
  ])('reads %s (%d)', async (_name, status, body, expected) => {
    vendor.answer = (response) => response.writeHead(status).end(body);
    expect(await sap().send(deliveryTo(target))).toMatchObject(expected);
    expect(vendor.calls).toHaveLength(1);
  });

  it('waits as long as it is told', async () => {
    vendor.answer = (response) => response.writeHead(429, { 'retry-after': '17' }).end();
    expect(await sap().send(deliveryTo(target))).toMatchObject({ kind: 'retryable', status: 429, afterMs: 17_000 });
  });

  it('does not know what became of a call without an answer', async () => {
    vendor.answer = () => undefined;
    expect(await sap(150).send(deliveryTo(target))).toMatchObject({ kind: 'unknown' });
  });

  it('has nothing to send without a payload, and asks for no token then', async () => {
    expect(await sap().send(deliveryTo(target, { payloadJson: null }))).toMatchObject({
      kind: 'notSent',
      isPermanent: true,
    });
    expect(await sap().send(deliveryTo(target, { mode: 'extract-anew' }))).toMatchObject({ kind: 'notSent' });
    expect(vendor.tokenCalls).toEqual([]);
  });

  describe('asked what became of something', () => {
    const probe = () => {
      const { body: _body, ...question } = deliveryTo(target);
      return sap().probe!(question);
    };
    const log = (status: string) => ({ d: { results: [{ ApplicationMessageId: KEY, Status: status }] } });

    it('looks for its id in the message log', async () => {
      vendor.answer = (response) => json(response, 200, log('COMPLETED'));
      expect(await probe()).toEqual({ kind: 'applied', words: 'its message log says COMPLETED' });
      expect(vendor.calls).toMatchObject([
        {
          method: 'GET',
          path: `/api/v1/MessageProcessingLogs?$filter=ApplicationMessageId%20eq%20%27${KEY}%27&$format=json`,
          headers: { authorization: 'Bearer token-1' },
        },
      ]);
    });

    it.each<[string, unknown]>([
      ['a flow that failed', log('FAILED')],
      ['a flow under way', log('PROCESSING')],
      ['no entry, which may be late or without id', { d: { results: [] } }],
      ['something else', ['?']],
    ])('is not sure after %s', async (_name, body) => {
      vendor.answer = (response) => json(response, 200, body);
      expect(await probe()).toMatchObject({ kind: 'unknown' });
    });

    it('is not sure when it cannot be asked', async () => {
      vendor.answer = (response) => response.writeHead(403).end();
      expect(await probe()).toMatchObject({ kind: 'unknown' });
      target = { ...target, statusUrl: null };
      expect(await probe()).toMatchObject({ kind: 'unknown' });
    });
  });

  it('makes the same call again for the same attempt', async () => {
    const adapter = sap();
    await adapter.send(deliveryTo(target));
    await adapter.send({ ...deliveryTo(target), at: new Date(AT.getTime() + 2 * 3_600_000) });
    const [first, second] = vendor.calls.map(({ method, path, headers, body }) => {
      const { authorization: _token, ...others } = headers;
      return { method, path, headers: others, body };
    });
    expect(second).toEqual(first);
    expect(vendor.calls).toHaveLength(2);
  });
});
