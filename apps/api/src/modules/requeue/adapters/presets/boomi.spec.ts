import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RequeueTarget } from '../../../catalog/index.js';
import { createPresetAdapters } from './preset-adapter.js';
import { deliveryTo, json, KEY, VendorServer } from './testing/vendor-server.js';

const EXECUTION = {
  '@type': 'ExecutionRequest',
  processId: '789abcde-f012-3456-789a-bcdef0123456',
  atomId: '3456789a-bcde-f012-3456-789abcdef012',
  requestId: 'executionrecord-5b18a4d5-b3a4-4a39-9d6e-2f0f1c3c9f11',
  recordUrl: 'https://api.boomi.com/api/rest/v1/acme-1/ExecutionRecord/async/executionrecord-5b18a4d5',
};

let vendor: VendorServer;
let target: RequeueTarget;

beforeEach(async () => {
  vendor = await VendorServer.start();
  vendor.answer = (response) => json(response, 200, EXECUTION);
  target = {
    adapter: 'boomi',
    url: `${vendor.url}/api/rest/v1/acme-1/`,
    settings: {
      processId: '789abcde-f012-3456-789a-bcdef0123456',
      runtimeId: '3456789a-bcde-f012-3456-789abcdef012',
      userName: 'finance@acme.example',
    },
    secrets: { apiToken: 's3cret' },
    statusUrl: null,
    validateUrl: null,
    isIdempotent: false,
  };
});
afterEach(() => vendor.stop());

const boomi = (timeoutMs?: number) => createPresetAdapters(vendor.client(timeoutMs)).boomi;

type Request = { DynamicProcessProperties: { DynamicProcessProperty: { name: string; value: string }[] } };

function propertiesOf(body: string): Record<string, string> {
  const request = JSON.parse(body) as Request;
  return Object.fromEntries(
    request.DynamicProcessProperties.DynamicProcessProperty.map(({ name, value }) => [name, value]),
  );
}

describe('Boomi', () => {
  it('has the process executed, with what failed in its properties', async () => {
    expect(await boomi().send(deliveryTo(target))).toEqual({
      kind: 'success',
      status: 200,
      body: JSON.stringify(EXECUTION),
    });
    expect(vendor.calls).toMatchObject([
      {
        method: 'POST',
        path: '/api/rest/v1/acme-1/ExecutionRequest',
        headers: {
          authorization: `Basic ${Buffer.from('BOOMI_TOKEN.finance@acme.example:s3cret').toString('base64')}`,
          'content-type': 'application/json',
          accept: 'application/json',
        },
      },
    ]);
    const body = vendor.calls[0]?.body ?? '';
    expect(JSON.parse(body)).toMatchObject({
      '@type': 'ExecutionRequest',
      processId: '789abcde-f012-3456-789a-bcdef0123456',
      atomId: '3456789a-bcde-f012-3456-789abcdef012',
    });
    expect(propertiesOf(body)).toEqual({
      THROUGHLINE_REQUEUE_ID: '7e0e0000-0000-4000-8000-000000000002',
      THROUGHLINE_IDEMPOTENCY_KEY: KEY,
      THROUGHLINE_MODE: 'as-is',
      THROUGHLINE_OBJECT_TYPE: 'sales-order',
      THROUGHLINE_OBJECT_KEY: 'O-100234',
      THROUGHLINE_TRACEPARENT: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    });
    expect(vendor.tokenCalls).toEqual([]);
  });

  it('gives the payload to the property that is named for it, digit by digit', async () => {
    const withPayload = { ...target, settings: { ...target.settings, payloadProperty: 'DPP_PAYLOAD' } };
    await boomi().send(deliveryTo(withPayload, { mode: 'corrected' }));
    expect(propertiesOf(vendor.calls[0]?.body ?? '').DPP_PAYLOAD).toBe(
      '{"order":"O-100234","net":12345678901234567.10,"note":"Zürich"}',
    );
  });

  it('sends no corrected payload to a process that is given none', async () => {
    expect(await boomi().send(deliveryTo(target, { mode: 'corrected' }))).toMatchObject({
      kind: 'notSent',
      isPermanent: true,
    });
    expect(vendor.calls).toEqual([]);
  });

  it.each<[string, number, Record<string, unknown>]>([
    ['a process that is not deployed', 400, { kind: 'rejected', status: 400 }],
    ['a token that is not taken, which cannot be renewed', 401, { kind: 'rejected', status: 401 }],
    ['no right to execute', 403, { kind: 'rejected', status: 403, body: expect.stringMatching(/may not execute/) }],
    ['an account that is gone', 404, { kind: 'rejected', status: 404 }],
    ['a conflict', 409, { kind: 'rejected', status: null }],
    ['more than ten a second', 503, { kind: 'retryable', status: 503, body: expect.stringMatching(/per second/) }],
    ['a fault of the platform', 500, { kind: 'unknown' }],
  ])('reads %s (%d)', async (_name, status, expected) => {
    vendor.answer = (response) => response.writeHead(status).end();
    expect(await boomi().send(deliveryTo(target))).toMatchObject(expected);
    expect(vendor.calls).toHaveLength(1);
  });

  it('waits as long as it is told', async () => {
    vendor.answer = (response) => response.writeHead(429, { 'retry-after': '60' }).end();
    expect(await boomi().send(deliveryTo(target))).toMatchObject({ kind: 'retryable', afterMs: 60_000 });
  });

  it.each(['', '{}', '<html>', '{"requestId":""}'])('takes %p for no execution', async (body) => {
    vendor.answer = (response) => response.writeHead(200).end(body);
    expect(await boomi().send(deliveryTo(target))).toMatchObject({ kind: 'unknown' });
  });

  it('does not know what became of a call without an answer, and has nobody to ask', async () => {
    vendor.answer = () => undefined;
    expect(await boomi(150).send(deliveryTo(target))).toMatchObject({ kind: 'unknown' });
    expect(boomi().probe).toBeUndefined();
  });
});
