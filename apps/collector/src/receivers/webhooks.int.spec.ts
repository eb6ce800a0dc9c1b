import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { parseXml } from '@throughline/ingest';
import { createLogger } from '@throughline/observability';
import { startCollectorHarness, type CollectorHarness } from '../testing/collector-harness.js';
import { post, type Answer } from '../testing/signals.js';
import { addIngestKey, addSourceSystems } from '../testing/source-system-rows.js';

const fixture = (name: string): Buffer =>
  readFileSync(fileURLToPath(new URL(`../../../../libs/ingest/fixtures/${name}`, import.meta.url)));

const OUTBOUND = `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <soapenv:Body>
  <notifications xmlns="http://soap.sforce.com/2005/09/outbound">
   <OrganizationId>00D000000000001EAA</OrganizationId>
   <ActionId>04k000000000001AAA</ActionId>
   <SessionId xsi:nil="true"/>
   <Notification>
    <Id>04l2000000KFmjJAAT</Id>
    <sObject xsi:type="sf:Opportunity" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">
     <sf:Id>006200000000001AAA</sf:Id><sf:Amount>12.0</sf:Amount><sf:StageName>Closed Won</sf:StageName>
     <sf:LastModifiedDate>2026-09-20T11:16:04.000Z</sf:LastModifiedDate>
    </sObject>
   </Notification>
  </notifications>
 </soapenv:Body>
</soapenv:Envelope>`;
const STRIPE_SECRET = 'whsec_stripe_text_secret';
const STANDARD_SECRET = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;
const HMAC_SECRET = 'hmac secret';
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const PUBLIC_SECRET = `whpk_${Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url').toString('base64')}`;

const logged: string[] = [];
let harness: CollectorHarness;
let pathKey: string;
let boundKey: string;

beforeAll(async () => {
  const log = createLogger({ service: 'test', level: 'debug' }, { write: (line: string) => void logged.push(line) });
  harness = await startCollectorHarness({ log, maxRequestBytes: 4 * 1024 * 1024 });
  pathKey = await addIngestKey(harness, null);
  boundKey = await addIngestKey(harness, 'stripe-eu');
  await addSourceSystems(harness, [
    { name: 'plain', kind: 'netsuite' },
    { name: 'unheard-of', kind: 'homegrown' },
    { name: 'off', kind: 'stripe', isActive: false },
    { name: 'salesforce', kind: 'salesforce' },
    { name: 'sap-de', kind: 'sap-s4hana' },
    { name: 'zuora', kind: 'zuora' },
    { name: 'stripe', kind: 'stripe', authentication: 'stripe', secret: STRIPE_SECRET },
    { name: 'stripe-eu', kind: 'stripe' },
    {
      name: 'rolled',
      kind: 'stripe',
      authentication: 'stripe',
      secret: 'new',
      previousSecret: 'old',
      previousUntil: new Date(Date.now() + 60_000),
    },
    {
      name: 'rolled-out',
      kind: 'stripe',
      authentication: 'stripe',
      secret: 'new',
      previousSecret: 'old',
      previousUntil: new Date(Date.now() - 1_000),
    },
    { name: 'vanta', kind: 'vanta', authentication: 'standard-webhooks', secret: STANDARD_SECRET },
    { name: 'signed', kind: 'homegrown', authentication: 'standard-webhooks', secret: PUBLIC_SECRET },
    { name: 'hmac', kind: 'homegrown', authentication: 'hmac-sha256', secret: HMAC_SECRET },
    { name: 'chargebee', kind: 'chargebee', authentication: 'basic', secret: 'cb:secret' },
    { name: 'servicenow', kind: 'servicenow', authentication: 'shared-secret', secret: 'let me in' },
  ]);
});
afterAll(() => harness.close());

const url = (source: string, token?: string): string =>
  `${harness.httpUrl}/v1/webhooks/${source}${token ? `/${token}` : ''}`;
const hmac = (secret: string | Buffer, content: string | Buffer): Buffer =>
  createHmac('sha256', secret).update(content).digest();
const seconds = (offset = 0): number => Math.floor(Date.now() / 1_000) + offset;
const stored = (source: string) =>
  harness.rows<{
    kind: string;
    type: string;
    external_id: string;
    scoped_key: string;
    source_kind: string;
    body: Buffer;
    attributes: Record<string, string>;
    content_type: string;
    hop_traceparent: string | null;
  }>('select * from signal where tenant_id = $1 and source_system = $2 order by received_at, scoped_key', source);
let counter = 0;
const fresh = (more: object = {}): string =>
  JSON.stringify({
    id: `evt_${(counter += 1)}`,
    object: 'event',
    type: 'invoice.finalized',
    created: 1_750_000_000,
    data: { object: {} },
    ...more,
  });

describe('who sends', () => {
  it.each([
    ['Bearer', (key: string) => ({ authorization: `Bearer ${key}` }), ''],
    [
      'Basic password',
      (key: string) => ({ authorization: `Basic ${Buffer.from(`user:${key}`).toString('base64')}` }),
      '',
    ],
    ['path', () => ({ authorization: '' }), 'path'],
    ['path beside a header of the vendor', () => ({ authorization: 'Bearer not-our-key' }), 'path'],
  ])('proves it by the key as %s', async (_title, headers, where) => {
    const answer = await post(url('stripe-eu', where === 'path' ? pathKey : undefined), fresh(), headers(pathKey));
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({ accepted: 1, duplicate: 0, rejected: [] });
  });

  it.each([
    ['no key', 'stripe-eu', undefined, { authorization: '' }, 401, /ingest key is needed/],
    ['an unknown key', 'stripe-eu', 'tl_nobody', {}, 401, /unknown or revoked/],
    ['a source system that nobody configured', 'nobody', undefined, {}, 404, /no source system "nobody"/],
    ['one that is switched off', 'off', undefined, {}, 410, /switched off/],
  ])('is refused with %s', async (_title, source, token, headers, status, detail) => {
    const answer = await post(url(source, token), fresh(), headers as Record<string, string>);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.json<{ detail: string }>().detail).toMatch(detail);
    expect(await stored(source)).toHaveLength(source === 'stripe-eu' ? (await stored(source)).length : 0);
  });

  it('a key that is bound to a source system speaks for no other', async () => {
    expect((await post(url('stripe-eu', boundKey), fresh())).status).toBe(200);
    const answer = await post(url('plain', boundKey), fresh());
    expect(answer.status).toBe(403);
    // Not even told whether there is one.
    expect((await post(url('nobody', boundKey), fresh())).status).toBe(403);
  });

  it('a token in the path is written nowhere', async () => {
    await post(url('stripe-eu', pathKey), '{"not json');
    await post(url('nobody', pathKey), fresh());
    await fetch(url('stripe-eu', pathKey), { method: 'PUT' });
    const kept = await harness.rows('select * from refused_input where tenant_id = $1');
    const signals = await harness.rows('select attributes, source, scoped_key from signal where tenant_id = $1');
    const metrics = await (await fetch(`${harness.httpUrl}/metrics`)).text();
    expect(logged.length).toBeGreaterThan(0);
    for (const text of [logged.join('\n'), JSON.stringify(kept), JSON.stringify(signals), metrics])
      expect(text).not.toContain(pathKey);
  });
});

describe("a vendor's own proof", () => {
  const body = '{"id":"1","amount":1.10}';
  const stripe = (
    content: string,
    secret = STRIPE_SECRET,
    t: number | string = seconds(),
    more = '',
  ): Record<string, string> => ({
    'stripe-signature': `t=${t},v1=${hmac(secret, `${t}.${content}`).toString('hex')}${more}`,
  });
  const standard = (content: string, at = new Date()): Record<string, string> => ({
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(STANDARD_SECRET).sign('msg_1', at, content),
  });
  const svix = (headers: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.replace('webhook-', 'svix-'), value]));

  const signedBy = (content: string): Record<string, string> => {
    const t = seconds();
    const signature = sign(null, Buffer.from(`msg_1.${t}.${content}`), privateKey).toString('base64');
    return { 'webhook-id': 'msg_1', 'webhook-timestamp': String(t), 'webhook-signature': `v1a,${signature}` };
  };
  const recurly = (content: string, ms = Date.now()): Record<string, string> => ({
    'recurly-signature': `${ms},${'0'.repeat(64)},${hmac(HMAC_SECRET, `${ms}.${content}`).toString('hex')}`,
  });

  it.each<[string, string, (content: string) => Record<string, string>]>([
    ['Stripe', 'stripe', (b) => stripe(b)],
    [
      'Stripe with the secret being rolled, and an old scheme',
      'stripe',
      (b) => {
        const t = seconds();
        return {
          'stripe-signature': `t=${t},v1=${'0'.repeat(64)},v0=abc,v1=${hmac(STRIPE_SECRET, `${t}.${b}`).toString('hex')}`,
        };
      },
    ],
    ['the secret before, until it ends', 'rolled', (b) => stripe(b, 'old')],
    ['the secret after', 'rolled', (b) => stripe(b, 'new')],
    ['four minutes late', 'stripe', (b) => stripe(b, STRIPE_SECRET, seconds(-240))],
    ['Standard Webhooks', 'vanta', (b) => standard(b)],
    [
      'Standard Webhooks with two signatures',
      'vanta',
      (b) => {
        const h = standard(b);
        return { ...h, 'webhook-signature': `v1,AAAA ${h['webhook-signature']}` };
      },
    ],
    ['Standard Webhooks under its older names', 'vanta', (b) => svix(standard(b))],
    ['Standard Webhooks with a public key', 'signed', signedBy],
    ['HMAC in hexadecimal', 'hmac', (b) => ({ 'x-signature': hmac(HMAC_SECRET, b).toString('hex') })],
    ['HMAC in base64', 'hmac', (b) => ({ 'x-signature': hmac(HMAC_SECRET, b).toString('base64') })],
    [
      'HMAC as GitHub sends it',
      'hmac',
      (b) => ({ 'x-hub-signature-256': `sha256=${hmac(HMAC_SECRET, b).toString('hex')}` }),
    ],
    ['Recurly', 'hmac', (b) => recurly(b)],
    ['HTTP Basic', 'chargebee', () => ({ authorization: `Basic ${Buffer.from('cb:secret').toString('base64')}` })],
    ['a shared secret in a header', 'servicenow', () => ({ 'x-webhook-secret': 'let me in' })],
    ['a shared secret as Authorization', 'servicenow', () => ({ authorization: 'let me in' })],
  ])('%s is taken', async (_title, source, proof) => {
    const answer = await post(url(source, pathKey), body, proof(body));
    expect([answer.status, answer.bytes.toString()]).toEqual([200, expect.stringContaining('"accepted":1')]);
  });

  it.each<[string, string, Record<string, string>, RegExp]>([
    ['none', 'stripe', {}, /Stripe-Signature is missing/],
    ['the secret of another', 'stripe', stripe(body, 'whsec_other'), /no signature/],
    ['another body', 'stripe', stripe(`${body} `), /no signature/],
    ['six minutes late', 'stripe', stripe(body, STRIPE_SECRET, seconds(-360)), /5 minutes/],
    ['six minutes early', 'stripe', stripe(body, STRIPE_SECRET, seconds(360)), /5 minutes/],
    ['no time', 'stripe', { 'stripe-signature': `v1=${'0'.repeat(64)}` }, /one t=/],
    ['two times', 'stripe', stripe(body, STRIPE_SECRET, seconds(), `,t=${seconds()}`), /one t=/],
    ['a time that is none', 'stripe', stripe(body, STRIPE_SECRET, 'now'), /no number/],
    ['the test scheme alone', 'stripe', { 'stripe-signature': `t=${seconds()},v0=${'0'.repeat(64)}` }, /no v1=/],
    ['the secret before, after its end', 'rolled-out', stripe(body, 'old'), /no signature/],
    ['no headers', 'vanta', {}, /webhook-id/],
    ['no id', 'vanta', { ...standard(body), 'webhook-id': '' }, /webhook-id/],
    ['another id', 'vanta', { ...standard(body), 'webhook-id': 'msg_2' }, /no signature/],
    ['an old delivery', 'vanta', standard(body, new Date(Date.now() - 600_000)), /5 minutes/],
    [
      'another version',
      'vanta',
      { ...standard(body), 'webhook-signature': standard(body)['webhook-signature']!.replace('v1,', 'v2,') },
      /no signature/,
    ],
    ['an HMAC where a public key is', 'signed', standard(body), /no signature/],
    ['no signature', 'hmac', {}, /X-Signature/],
    [
      'half a signature',
      'hmac',
      { 'x-signature': hmac(HMAC_SECRET, body).toString('hex').slice(0, 32) },
      /does not fit/,
    ],
    ['an empty signature', 'hmac', { 'x-signature': 'sha256=' }, /does not fit/],
    ['an old one of Recurly', 'hmac', recurly(body, Date.now() - 400_000), /5 minutes/],
    ['no user', 'chargebee', {}, /Basic is missing/],
    [
      'a wrong password',
      'chargebee',
      { authorization: `Basic ${Buffer.from('cb:wrong').toString('base64')}` },
      /not the configured/,
    ],
    ['no secret', 'servicenow', { authorization: '' }, /missing/],
    ['a wrong secret', 'servicenow', { 'x-webhook-secret': 'let me i' }, /not the configured/],
  ])('refused: %s (%s)', async (_title, source, proof, detail) => {
    const before = (await stored(source)).length;
    const answer = await post(url(source, pathKey), body, { authorization: 'Bearer x', ...proof });
    expect(answer.status).toBe(401);
    expect(answer.json<{ detail: string }>().detail).toMatch(detail);
    expect(await stored(source)).toHaveLength(before);
  });
});

describe('what is sent', () => {
  const send = (source: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> =>
    post(url(source, pathKey), body, headers);

  it('a Stripe event is one signal, however often it comes', async () => {
    const body = fixture('stripe/event-invoice-finalized.json');
    const first = await send('stripe-eu', body, {
      'x-request-id': 'req_1',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      cookie: 'session=1',
    });
    expect(first.json()).toEqual({ accepted: 1, duplicate: 0, rejected: [] });
    expect((await send('stripe-eu', body)).json()).toEqual({ accepted: 1, duplicate: 1, rejected: [] });
    const [signal] = (await stored('stripe-eu')).filter((one) => one.body.equals(body));
    expect(signal).toMatchObject({
      kind: 'webhook',
      type: 'invoice.finalized',
      source_kind: 'stripe',
      content_type: 'application/json',
      scoped_key: `wh:stripe-eu:${signal!.external_id}`,
      hop_traceparent: expect.stringContaining('0af7651916cd43dd8448eb211c80319c'),
      attributes: expect.objectContaining({ method: 'POST', 'x-request-id': 'req_1' }),
    });
    expect(signal!.attributes).not.toHaveProperty('authorization');
    expect(JSON.stringify(signal!.attributes)).not.toContain('session=1');
  });

  it('the same event of two source systems is two signals', async () => {
    const body = fresh();
    await send('stripe-eu', body);
    expect(
      (
        await post(url('stripe', pathKey), body, {
          'stripe-signature': `t=${seconds()},v1=${hmac(STRIPE_SECRET, `${seconds()}.${body}`).toString('hex')}`,
        })
      ).json(),
    ).toMatchObject({ accepted: 1, duplicate: 0 });
  });

  it('compressed, without or with another content type', async () => {
    expect((await send('stripe-eu', gzipSync(fresh()), { 'content-encoding': 'gzip' })).json()).toMatchObject({
      accepted: 1,
    });
    expect((await send('stripe-eu', fresh(), { 'content-type': 'text/plain' })).json()).toMatchObject({ accepted: 1 });
    const bare = await fetch(url('stripe-eu', pathKey), { method: 'POST', body: new Uint8Array(Buffer.from(fresh())) });
    expect(await bare.json()).toMatchObject({ accepted: 1 });
  });

  it('Salesforce hears Ack, each notification is a signal', async () => {
    const body = Buffer.from(OUTBOUND);
    const answer = await send('salesforce', body, { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/xml/);
    expect(parseXml(answer.bytes.toString())).toEqual({
      Envelope: { Body: { notificationsResponse: { Ack: 'true' } } },
    });
    expect((await stored('salesforce')).map((one) => one.external_id)).toEqual([
      expect.stringContaining('04l2000000KFmjJAAT'),
    ]);
    const again = await send('salesforce', body, { 'content-type': 'text/xml; charset=utf-8' });
    expect(again.bytes.toString()).toContain('<Ack>true</Ack>');
    expect(await stored('salesforce')).toHaveLength(1);
    const two = body
      .toString()
      .replace(
        /(<Notification>[\s\S]*<\/Notification>)/,
        (one) => one.replace('04l2', '04l3') + one.replace('04l2', '04l4'),
      );
    await send('salesforce', two, { 'content-type': 'text/xml', soapaction: '' });
    expect(await stored('salesforce')).toHaveLength(3);
  });

  it('a refusal of SOAP is a fault', async () => {
    const answer = await send('salesforce', '<a><b></a>', { 'content-type': 'text/xml', soapaction: '""' });
    expect(answer.status).toBe(400);
    expect(parseXml(answer.bytes.toString())).toMatchObject({
      Envelope: { Body: { Fault: { faultcode: 'soapenv:Client', faultstring: expect.stringContaining('XML') } } },
    });
  });

  it('CloudEvents in any dress become events of the source system', async () => {
    const event = (id: string) => ({
      specversion: '1.0',
      id,
      source: '/default/sap.s4.beh/ER9CLNT001',
      type: 'sap.s4.beh.salesorder.v1.SalesOrder.Created.v1',
      time: '2026-09-30T10:00:00Z',
      data: { SalesOrder: '1' },
    });
    const { data, ...attributes } = event('cap');
    const dresses: [string, string, Record<string, string>][] = [
      ['structured', JSON.stringify(event('a')), { 'content-type': 'application/cloudevents+json' }],
      ['structured as plain JSON', JSON.stringify(event('b')), {}],
      ['a list as plain JSON', JSON.stringify([event('c'), event('d')]), {}],
      ['batched', JSON.stringify([event('e')]), { 'content-type': 'application/cloudevents-batch+json' }],
      [
        'binary',
        '{"SalesOrder":"1"}',
        {
          'ce-id': 'f',
          'ce-specversion': '1.0',
          'ce-source': '/default/sap.s4.beh/ER9CLNT001',
          'ce-type': 'sap.s4.beh.salesorder.v1.SalesOrder.Created.v1',
        },
      ],
      ['a blank in a name', JSON.stringify({ ...event('g'), ' datacontenttype': 'application/json' }), {}],
      ['of CAP', JSON.stringify({ headers: { ...attributes, 'x-sap-tenant': 't' }, data }), {}],
    ];
    for (const [title, body, headers] of dresses) {
      const answer = await send('sap-de', body, headers);
      expect([title, answer.status]).toEqual([title, 200]);
    }
    const found = await stored('sap-de');
    expect(found.map((one) => one.external_id).sort()).toEqual(['a', 'b', 'c', 'cap', 'd', 'e', 'f', 'g']);
    expect(new Set(found.map((one) => [one.kind, one.type, one.source_kind, one.body.toString()].join()))).toEqual(
      new Set(['cloud-event,sap.s4.beh.salesorder.v1.SalesOrder.Created.v1,sap-s4hana,{"SalesOrder":"1"}']),
    );
    expect(found.find((one) => one.external_id === 'a')!.scoped_key).toBe('ce:sap-de:/default/sap.s4.beh/ER9CLNT001:a');
  });

  it('a callout by GET carries its record in the query, and no token', async () => {
    const answer = await fetch(
      `${url('zuora', pathKey)}?EventCategory=1110&EventName=InvoicePosted&InvoiceId=8ad0&EventTimestamp=2026-09-30T10:00:00Z&token=geheim`,
    );
    expect(await answer.json()).toEqual({ accepted: 1, duplicate: 0, rejected: [] });
    const [signal] = await stored('zuora');
    expect(signal).toMatchObject({ type: 'InvoicePosted', content_type: 'application/x-www-form-urlencoded' });
    expect(signal!.body.toString() + JSON.stringify(signal!.attributes)).not.toContain('geheim');
    expect((await fetch(url('zuora', pathKey))).status).toBe(400);
  });

  it('of a kind that no pack knows the body is kept as it is', async () => {
    const answer = await send('unheard-of', '<n:note xmlns:n="u"><a>1</a></n:note>', {
      'content-type': 'application/xml',
    });
    expect(answer.json()).toEqual({ accepted: 1, duplicate: 0, rejected: [] });
    expect((await stored('unheard-of'))[0]).toMatchObject({
      kind: 'webhook',
      type: 'unknown',
      external_id: expect.stringMatching(/^sha256:/),
    });
  });

  it('is told apart by the shipped mapping, whatever a version of the tenant says', async () => {
    const definition = readFileSync(
      fileURLToPath(new URL('../../../../libs/ingest/packs/stripe.yaml', import.meta.url)),
      'utf8',
    );
    await harness.test.database.withTenant(harness.tenantId, (tx) =>
      tx.query(
        `insert into mapping_version (tenant_id, name, version, definition, state, created_by, created_at)
         values ($1, 'stripe', 2, $2, 'active', $1, now())`,
        [harness.tenantId, definition.replace(/^identity: \|\n(?: {2}.*\n)+/m, 'identity: type\n')],
      ),
    );
    const event = (id: string, pending: number) =>
      JSON.stringify({ id, object: 'event', type: 'invoice.voided', account: 'acct_v', pending_webhooks: pending });
    const before = (await stored('stripe-eu')).length;
    expect((await send('stripe-eu', event('evt_v1', 2))).json()).toMatchObject({ accepted: 1, duplicate: 0 });
    expect((await send('stripe-eu', event('evt_v2', 1))).json()).toMatchObject({ accepted: 1, duplicate: 0 });
    expect((await send('stripe-eu', event('evt_v1', 1))).json()).toMatchObject({ accepted: 1, duplicate: 1 });
    expect(await stored('stripe-eu')).toHaveLength(before + 2);
  });

  it('a poll that found nothing is well', async () => {
    expect((await send('stripe-eu', '[]')).json()).toEqual({ accepted: 0, duplicate: 0, rejected: [] });
  });

  it('is asked for by HEAD, OPTIONS and the validation of Event Grid', async () => {
    expect((await fetch(url('stripe-eu', pathKey), { method: 'HEAD' })).status).toBe(200);
    const options = await fetch(url('stripe-eu', pathKey), {
      method: 'OPTIONS',
      headers: { 'webhook-request-origin': 'eventgrid.azure.net' },
    });
    expect(options.headers.get('webhook-allowed-origin')).toBe('eventgrid.azure.net');
    const validation = await send('plain', JSON.stringify([{ id: '1', data: { validationCode: 'abc' } }]), {
      'aeg-event-type': 'SubscriptionValidation',
    });
    expect(validation.json()).toEqual({ validationResponse: 'abc' });
    expect(await stored('plain')).toEqual([]);
  });
});

describe('bad input', () => {
  const send = (source: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> =>
    post(url(source, pathKey), body, headers);
  const bomb = '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;</l>';

  it.each<[string, string, string | Buffer, Record<string, string>, number, RegExp]>([
    ['nothing', 'stripe-eu', '', {}, 400, /empty/],
    ['half of JSON', 'stripe-eu', '{"id":"evt_1"', {}, 400, /no JSON/],
    ['bytes that are not UTF-8', 'stripe-eu', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), {}, 400, /UTF-8/],
    ['a nesting without end', 'stripe-eu', '['.repeat(100_000), {}, 400, /nested deeper/],
    ['an entity bomb', 'salesforce', bomb, { 'content-type': 'application/xml' }, 400, /document type/],
    [
      'an external entity',
      'salesforce',
      '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><l>&x;</l>',
      { 'content-type': 'text/xml' },
      400,
      /document type/,
    ],
    ['XML that is declared as JSON', 'stripe-eu', '<a/>', {}, 400, /no JSON/],
    [
      'an image',
      'stripe-eu',
      Buffer.from([0x89, 0x50, 0x4e, 0x47]),
      { 'content-type': 'image/png' },
      415,
      /image\/png/,
    ],
    [
      'a multipart form',
      'stripe-eu',
      '--x\r\n\r\n--x--',
      { 'content-type': 'multipart/form-data; boundary=x' },
      415,
      /multipart/,
    ],
    ['an encoding that nobody takes', 'stripe-eu', fresh(), { 'content-encoding': 'br' }, 415, /gzip/],
    [
      'a gzip bomb',
      'stripe-eu',
      gzipSync(Buffer.alloc(32 * 1024 * 1024, 0x20)),
      { 'content-encoding': 'gzip' },
      413,
      /at most/,
    ],
    ['more records than may be asked at once', 'stripe-eu', `[${'{},'.repeat(20_000)}{}]`, {}, 413, /10000 records/],
    [
      'an event that is declared and none',
      'sap-de',
      '{"specversion":"1.0","id":""}',
      { 'content-type': 'application/cloudevents+json' },
      400,
      /must not be empty|missing/,
    ],
    ['a media type that is none', 'stripe-eu', fresh(), { 'content-type': 'nonsense' }, 415, /media type/],
  ])('%s is refused with its reason', async (_title, source, body, headers, status, detail) => {
    const answer = await send(source, body, headers);
    expect([answer.status, answer.json<{ detail: string }>().detail]).toEqual([status, expect.stringMatching(detail)]);
  });

  it('is counted, and a masked sample kept', async () => {
    await new Promise((resolve) => setTimeout(resolve, 250));
    await send('stripe-eu', '{"iban":"DE89370400440532013000","password":"hunter2"');
    const samples = await harness.rows<{ sample: Buffer; protocol: string; reason: string }>(
      'select * from refused_input where tenant_id = $1 order by at desc limit 1',
    );
    expect(samples[0]).toMatchObject({ protocol: 'webhook', reason: expect.stringContaining('JSON') });
    expect(samples[0]!.sample.toString()).toContain('DE****3000');
    expect(samples[0]!.sample.toString()).not.toContain('hunter2');
    const metrics = await (await fetch(`${harness.httpUrl}/metrics`)).text();
    expect(metrics).toMatch(/throughline_intake_items_total\{protocol="webhook",outcome="refused"[^}]*\} [1-9]/);
    expect(metrics).toMatch(/throughline_intake_requests_total\{protocol="webhook",result="malformed"[^}]*\} [1-9]/);
  });

  it('of any kind never ends in an error of ours', async () => {
    const bodies = fc.oneof(
      fc.json(),
      fc.string(),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      fc.constant(bomb),
    );
    const types = fc.constantFrom(
      'application/json',
      'text/xml',
      'application/x-www-form-urlencoded',
      'text/plain',
      'application/cloudevents+json',
    );
    await fc.assert(
      fc.asyncProperty(
        bodies,
        types,
        fc.constantFrom('stripe-eu', 'salesforce', 'sap-de', 'zuora', 'unheard-of', 'plain'),
        async (body, type, source) => {
          const answer = await send(source, body, { 'content-type': type });
          expect([200, 400, 413, 415]).toContain(answer.status);
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});
