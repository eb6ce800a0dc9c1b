import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startCollectorHarness, type CollectorHarness } from '../testing/collector-harness.js';
import { jsonEvent, jsonSpan, jsonTraces, post } from '../testing/signals.js';
import { storedSpans } from '../testing/stored-spans.js';
import { addRedactionRule, addSourceSystems } from '../testing/source-system-rows.js';

const IBAN = 'DE89370400440532013000';
const PAN = '4111111111111111';
const SECRETS = [IBAN, PAN, 'ada@example.org', 'Ada Lovelace'];

/** Everything of the tenant that a reader of the database could see, in any encoding that is stored plainly. */
async function everything(harness: CollectorHarness): Promise<string> {
  const tables = [
    'signal',
    'refused_input',
    'unclaimed_integration',
    'span_attribute_key',
    'span_link',
    'received_file',
  ];
  const texts: string[] = [];
  for (const table of tables) {
    const [known] = await harness.rows<{ found: string | null }>(
      `select to_regclass($2)::text as found where $1::uuid is not null`,
      table,
    );
    if (known?.found === null) continue;
    const rows = await harness.rows<Record<string, unknown>>(`select * from ${table} where tenant_id = $1`);
    for (const row of rows)
      for (const value of Object.values(row))
        texts.push(Buffer.isBuffer(value) ? value.toString('latin1') : JSON.stringify(value));
  }
  return texts.join('\n');
}

describe('redaction at the real port', () => {
  let harness: CollectorHarness;
  beforeAll(async () => {
    harness = await startCollectorHarness();
    await addSourceSystems(harness, [{ name: 'billing', kind: 'homegrown' }]);
    await addRedactionRule(harness, { path: '/**/iban', action: 'hash' });
    for (const path of ['/**/IBAN', '/**/account']) await addRedactionRule(harness, { path, action: 'hash' });
    await addRedactionRule(harness, { path: '/**/card', action: 'mask' });
    await addRedactionRule(harness, { path: '/**/email', action: 'mask' });
    await addRedactionRule(harness, { path: '/**/owner', action: 'drop' });
    await addRedactionRule(harness, { path: 'customer.name', action: 'drop' });
    await addRedactionRule(harness, { path: 'subject', action: 'hash' });
  });
  afterAll(() => harness.close());

  const payload = {
    iban: IBAN,
    nested: [{ card: PAN, email: 'ada@example.org' }],
    owner: 'Ada Lovelace',
    amount: 1234567890.1,
    inner: JSON.stringify({ iban: IBAN }),
  };
  const send = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    post(`${harness.httpUrl}${path}`, typeof body === 'string' ? body : JSON.stringify(body), headers);

  it('takes values out of webhooks, events, OpenLineage, logs, forms, XML and refused samples', async () => {
    const xml = `<i><iban>${IBAN}</iban><card>${PAN}</card><email>ada@example.org</email><owner>Ada Lovelace</owner></i>`;
    const structured = { 'content-type': 'application/cloudevents+json' };
    const lineage = {
      eventType: 'FAIL',
      eventTime: '2026-09-30T00:00:00Z',
      producer: 'p',
      run: { runId: '0190f1c2-7e5a-7b3c-9a55-3b0c6b6f4d21', facets: { custom: payload } },
      job: { namespace: 'n', name: 'j' },
    };
    const log = {
      resourceLogs: [
        {
          scopeLogs: [
            {
              logRecords: [
                {
                  timeUnixNano: '1790000000000500123',
                  body: { stringValue: 'x' },
                  attributes: [
                    { key: 'customer.name', value: { stringValue: 'Ada Lovelace' } },
                    { key: 'iban', value: { stringValue: IBAN } },
                  ],
                },
              ],
            },
          ],
        },
      ],
    };
    const answers = [
      await send('/v1/webhooks/billing', payload),
      await send('/v1/webhooks/billing', xml, { 'content-type': 'text/xml' }),
      await send('/v1/webhooks/billing', `iban=${IBAN}&owner=Ada+Lovelace&k=1`, {
        'content-type': 'application/x-www-form-urlencoded',
      }),
      await send('/v1/events', jsonEvent({ subject: IBAN, data: payload }), structured),
      await send('/api/v1/lineage', lineage),
      await send('/v1/logs', log),
      await send('/v1/webhooks/billing', `{"iban":"${IBAN}","owner":"Ada Lovelace"`),
      await send('/v1/events', jsonEvent({ data: payload, time: 'Ada Lovelace', owner: 'Ada Lovelace' }), structured),
      await send(
        '/v1/events',
        [jsonEvent({ data: payload }), { specversion: '1.0', owner: 'Ada Lovelace', iban: IBAN }],
        { 'content-type': 'application/cloudevents-batch+json' },
      ),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 400, 400, 200]);
    const seen = await everything(harness);
    for (const secret of SECRETS) expect(seen).not.toContain(secret);
    // Equal values are still equal, in every form.
    const hashes = new Set(seen.match(/"iban\\*":\\*"([0-9a-f]{32})/g)?.map((match) => match.slice(-32)));
    expect(hashes.size).toBe(1);
    expect(seen).toContain('1234567890.1');
  });

  it('refuses a body that cannot be read, and keeps the others of the batch', async () => {
    const unreadable = { ...jsonEvent({ data: 'a;b;c' }), datacontenttype: 'text/csv' };
    const answer = await send('/v1/events', [jsonEvent(), unreadable], {
      'content-type': 'application/cloudevents-batch+json',
    });
    expect(answer.json()).toMatchObject({
      accepted: 1,
      rejected: [{ index: 1, reason: expect.stringContaining('redaction rule') }],
    });
    const alone = await send('/v1/events', unreadable, { 'content-type': 'application/cloudevents+json' });
    expect(alone.status).toBe(400);
  });

  it('the name of a file that holds a value which is taken out is hidden wherever it stands', async () => {
    const body = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr>
      <Stmt><Id>S</Id><Acct><Id><IBAN>${IBAN}</IBAN></Id></Acct></Stmt></BkToCstmrStmt></Document>`;
    const answer = await send(`/v1/files/camt.053?name=statement-${IBAN}.xml`, body, {
      'content-type': 'application/xml',
    });
    expect(answer.status).toBe(200);
    const [file] = await harness.rows<{ name: string }>('select name from received_file where tenant_id = $1');
    expect(file?.name).toMatch(/^[0-9a-f]{32}$/);
    expect(await everything(harness)).not.toContain(IBAN);
  });

  it('a redelivery is still a duplicate', async () => {
    const body = { ...payload, id: 'same' };
    await send('/v1/webhooks/billing', body);
    expect((await send('/v1/webhooks/billing', body)).json()).toMatchObject({ accepted: 1, duplicate: 1 });
  });

  it('of spans by name and by path', async () => {
    const traceId = randomBytes(16).toString('hex');
    const span = jsonSpan({
      traceId,
      attributes: [
        { key: 'customer.name', value: { stringValue: 'Ada Lovelace' } },
        { key: 'iban', value: { stringValue: IBAN } },
        { key: 'kept', value: { stringValue: 'kept-value' } },
      ],
      links: [
        {
          traceId: randomBytes(16).toString('hex'),
          spanId: randomBytes(8).toString('hex'),
          attributes: [{ key: 'iban', value: { stringValue: IBAN } }],
        },
      ],
    });
    expect((await send('/v1/traces', jsonTraces([span]))).status).toBe(200);
    const [stored] = await storedSpans(harness, traceId);
    expect(stored!.attributes).toEqual({ iban: expect.stringMatching(/^[0-9a-f]{32}$/), kept: 'kept-value' });
    const [link] = await harness.rows<{ attributes: unknown }>('select attributes from span_link where tenant_id = $1');
    expect(link?.attributes).toEqual({ iban: stored!.attributes['iban'] });
    expect(await everything(harness)).not.toContain(IBAN);
  });
});

describe('rules that are not known, or cannot be applied', () => {
  let harness: CollectorHarness;
  beforeEach(async () => {
    harness = await startCollectorHarness({ proxied: true });
  });
  afterEach(() => harness.close());
  const event = () =>
    post(`${harness.httpUrl}/v1/events`, JSON.stringify(jsonEvent()), {
      'content-type': 'application/cloudevents+json',
    });

  it('stop the storing: 503, and nothing is lost', async () => {
    await addRedactionRule(harness, { path: '/a//b', action: 'mask' });
    const answer = await event();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, expect.any(String)]);
    expect(await harness.rows('select 1 from signal where tenant_id = $1')).toEqual([]);
    const spans = await post(`${harness.httpUrl}/v1/traces`, jsonTraces([jsonSpan()]));
    expect(spans.status).toBe(503);
    expect(await harness.rows('select 1 from refused_input where tenant_id = $1')).toEqual([]);
  });
});

describe('without a key for its hashes', () => {
  it('nothing is stored while rules are in force, everything while none is', async () => {
    const harness = await startCollectorHarness({ secretKey: null });
    try {
      await addSourceSystems(harness, [{ name: 'stripe', kind: 'stripe', authentication: 'stripe', secret: 'x' }]);
      await addRedactionRule(harness, { path: '/a', action: 'mask' });
      const event = await post(`${harness.httpUrl}/v1/events`, JSON.stringify(jsonEvent()), {
        'content-type': 'application/cloudevents+json',
      });
      expect(event.status).toBe(503);
      expect((await post(`${harness.httpUrl}/v1/webhooks/stripe`, '{}')).status).toBe(503);
    } finally {
      await harness.close();
    }
  });
});
