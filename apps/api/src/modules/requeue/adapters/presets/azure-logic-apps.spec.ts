import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RequeueTarget } from '../../../catalog/index.js';
import { createPresetAdapters } from './preset-adapter.js';
import { deliveryTo, json, KEY, runAlias, VendorServer } from './testing/vendor-server.js';

const RUN = '08586676746934337772206998657CU22';

let vendor: VendorServer;
let target: RequeueTarget;

beforeEach(async () => {
  vendor = await VendorServer.start();
  target = {
    adapter: 'azure-logic-apps',
    url: vendor.url,
    settings: {
      tenantId: '9f3b-tenant',
      loginUrl: vendor.url,
      clientId: 'app',
      subscriptionId: '34adfa4f-cedf-4dc0-ba29-b6d1a69ab345',
      resourceGroup: 'finance / eu',
      workflow: 'orders',
      trigger: 'manual',
    },
    secrets: { clientSecret: 's3cret' },
    statusUrl: null,
    validateUrl: null,
    isIdempotent: false,
  };
});
afterEach(() => vendor.stop());

const logicApps = (timeoutMs?: number) => createPresetAdapters(vendor.client(timeoutMs))['azure-logic-apps'];
const failedRun = () => deliveryTo(target, { object: { type: 'run', key: RUN, aliases: runAlias(RUN) } });

describe('Azure Logic Apps', () => {
  it('resubmits the run that failed, with a token of Entra ID', async () => {
    expect(await logicApps().send(failedRun())).toEqual({ kind: 'success', status: 202, body: '' });
    expect(vendor.tokenCalls).toMatchObject([
      {
        method: 'POST',
        path: '/9f3b-tenant/oauth2/v2.0/token',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: 'app',
          client_secret: 's3cret',
          scope: `${vendor.url}/.default`,
        }).toString(),
      },
    ]);
    expect(vendor.calls).toMatchObject([
      {
        method: 'POST',
        path:
          '/subscriptions/34adfa4f-cedf-4dc0-ba29-b6d1a69ab345/resourceGroups/finance%20%2F%20eu' +
          `/providers/Microsoft.Logic/workflows/orders/triggers/manual/histories/${RUN}/resubmit?api-version=2016-06-01`,
        headers: { authorization: 'Bearer token-1', 'x-ms-client-request-id': KEY, 'content-length': '0' },
        body: '',
      },
    ]);
  });

  it('cannot send anything but what the run had, and no run that is not known', async () => {
    expect(await logicApps().send(deliveryTo(target))).toMatchObject({
      kind: 'notSent',
      isPermanent: true,
      reason: 'the run that failed is not known',
    });
    const aliases = [...runAlias('08581'), ...runAlias(RUN)];
    expect(await logicApps().send(deliveryTo(target, { object: { type: 'run', key: RUN, aliases } }))).toMatchObject({
      kind: 'notSent',
      isPermanent: true,
      reason: expect.stringMatching(/names of 2 runs/),
    });
    const corrected = deliveryTo(target, {
      mode: 'corrected',
      object: { type: 'run', key: RUN, aliases: runAlias(RUN) },
    });
    expect(await logicApps().send(corrected)).toMatchObject({ kind: 'notSent', isPermanent: true });
    expect([...vendor.calls, ...vendor.tokenCalls]).toEqual([]);
  });

  it.each<[string, number, Record<string, unknown>]>([
    [
      'no role',
      403,
      { kind: 'rejected', status: 403, body: expect.stringMatching(/may not run triggers.*AuthorizationFailed/) },
    ],
    ['a run that is gone', 404, { kind: 'rejected', status: 404, body: expect.stringMatching(/the run is gone/) }],
    ['a workflow that is not as it was', 409, { kind: 'rejected', status: null }],
    ['an undocumented success', 200, { kind: 'unknown' }],
    ['a fault of the platform', 500, { kind: 'unknown' }],
    ['a gateway', 502, { kind: 'unknown' }],
    ['a pause of the platform', 503, { kind: 'retryable', status: 503 }],
  ])('reads %s (%d)', async (_name, status, expected) => {
    vendor.answer = (response) => json(response, status, { error: { code: 'AuthorizationFailed', message: '…' } });
    expect(await logicApps().send(failedRun())).toMatchObject(expected);
    expect(vendor.calls).toHaveLength(1);
  });

  it('waits as long as the subscription is throttled', async () => {
    vendor.answer = (response) => response.writeHead(429, { 'retry-after': '30' }).end();
    expect(await logicApps().send(failedRun())).toMatchObject({ kind: 'retryable', status: 429, afterMs: 30_000 });
  });

  it('does not know what became of a call without an answer, and has nobody to ask', async () => {
    vendor.answer = () => undefined;
    expect(await logicApps(150).send(failedRun())).toMatchObject({ kind: 'unknown' });
    expect(logicApps().probe).toBeUndefined();
  });
});
