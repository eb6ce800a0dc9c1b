import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mapLog, storedSignalFromRow, type StoredSignalRow } from '@throughline/ingest';
import { startCollectorHarness, type CollectorHarness } from '../testing/collector-harness.js';
import { jsonSpan, jsonTraces, post } from '../testing/signals.js';

let harness: CollectorHarness;
beforeAll(async () => {
  harness = await startCollectorHarness({ sourceSystem: 'sap-de' });
  await harness.rows(
    `insert into source_system (tenant_id, name, kind, title) values ($1, 'sap-de', 'sap-s4hana', 'SAP')`,
  );
});
afterAll(() => harness.close());

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const logRecord = (change: Record<string, unknown> = {}) => ({
  timeUnixNano: String(BigInt(Date.now()) * 1_000_000n + 123n),
  severityNumber: 17,
  severityText: 'ERROR',
  body: { stringValue: 'posting failed' },
  traceId: TRACE,
  spanId: 'b7ad6b7169203331',
  attributes: [{ key: 'finance.invoice.id', value: { stringValue: '4711' } }],
  ...change,
});
const jsonLogs = (records: readonly unknown[]): string =>
  JSON.stringify({
    resourceLogs: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'billing-sync' } }] },
        scopeLogs: [{ logRecords: records }],
      },
    ],
  });
const logs = (body: string | Buffer, headers?: Record<string, string>) =>
  post(`${harness.httpUrl}/v1/logs`, body, headers);
type LogRow = StoredSignalRow & { mapping_outcome: string | null; batch_id: string; trace_id: Buffer | null };
const storedLogs = () =>
  harness.rows<LogRow>(`select * from signal where tenant_id = $1 and kind = 'log' order by scoped_key`);

describe('OTLP logs', () => {
  it('are stored once, whole, and can be mapped as they are stored', async () => {
    const body = jsonLogs([logRecord({ eventName: 'invoice.post.failed' })]);
    for (let time = 0; time < 3; time += 1) {
      const answer = await logs(time === 1 ? gzipSync(body) : body, time === 1 ? { 'content-encoding': 'gzip' } : {});
      expect([answer.status, answer.json()]).toEqual([200, {}]);
    }
    const rows = await storedLogs();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      type: 'invoice.post.failed',
      source: 'billing-sync',
      source_system: 'sap-de',
      source_kind: 'sap-s4hana',
      mapping_outcome: null,
      trace_id: Buffer.from(TRACE, 'hex'),
    });
    const reference = {
      kind: 'log',
      receivedOn: '2026-09-30',
      signalId: '00000000-0000-8000-8000-000000000001',
    } as const;
    expect(mapLog(storedSignalFromRow(rows[0]!), reference)).toMatchObject({
      activities: [{ outcome: 'failure', system: 'sap-de', problem: { message: 'posting failed' }, traceId: TRACE }],
    });
    const work = await harness.rows<{ items: number }>('select items from intake_batch where tenant_id = $1');
    expect(work).toEqual([{ items: 1 }]);
  });

  it('belong to the flow that the conversation of their message is', async () => {
    const attributes = [
      { key: 'messaging.message.conversation_id', value: { stringValue: 'o2c-117' } },
      { key: 'log.record.uid', value: { stringValue: 'of-a-flow' } },
    ];
    expect((await logs(jsonLogs([logRecord({ attributes })]))).status).toBe(200);
    const rows = await harness.rows(
      `select correlation_id, causation_id from signal where tenant_id = $1 and external_id = 'of-a-flow'`,
    );
    expect(rows).toEqual([{ correlation_id: 'o2c-117', causation_id: null }]);
  });

  it('with an exception tell its type, message and place, also when the record itself is not an error', async () => {
    const exception = {
      'exception.type': 'com.acme.PostingException',
      'exception.message': 'period 09/2026 is closed',
      'exception.stacktrace':
        'com.acme.PostingException: period 09/2026 is closed\n\tat com.acme.Poster.post(Poster.java:42)',
      'finance.invoice.id': '4712',
    };
    const attributes = Object.entries(exception).map(([key, stringValue]) => ({ key, value: { stringValue } }));
    const record = logRecord({
      attributes,
      body: undefined,
      severityNumber: 13,
      severityText: 'WARN',
      eventName: 'posting',
    });
    expect((await logs(jsonLogs([record]))).status).toBe(200);
    const row = (await storedLogs()).find((one) => one.type === 'posting');
    const stored = storedSignalFromRow(row!);
    expect(JSON.parse(Buffer.from(stored.body).toString('utf8'))).toMatchObject({ attributes: exception });
    const reference = {
      kind: 'log',
      receivedOn: '2026-09-30',
      signalId: '00000000-0000-8000-8000-000000000001',
    } as const;
    expect(mapLog(stored, reference)).toMatchObject({
      activities: [{ outcome: 'failure', problem: { message: 'period 09/2026 is closed' }, traceId: TRACE }],
    });
  });

  it('that name no business object are kept for the trace, and are no work', async () => {
    await logs(jsonLogs([logRecord({ attributes: [], body: { stringValue: 'just so' } })]));
    const [plain] = (await storedLogs()).filter((row) => row.type === 'log');
    expect(plain).toMatchObject({ mapping_outcome: 'ignored', trace_id: Buffer.from(TRACE, 'hex') });
    const work = await harness.rows(
      'select 1 from intake_batch where tenant_id = $1 and batch_id = $2',
      plain!.batch_id,
    );
    expect(work).toEqual([]);
  });

  it('that are bad are refused one by one, the others are stored', async () => {
    const before = (await storedLogs()).length;
    const answer = await logs(
      jsonLogs([logRecord({ traceId: 'ab' }), logRecord(), logRecord({ timeUnixNano: 'noon' })]),
    );
    expect([answer.status, answer.json()]).toMatchObject([
      200,
      {
        partialSuccess: { rejectedLogRecords: '2', errorMessage: expect.stringContaining('traceId must be 16 bytes') },
      },
    ]);
    expect((await storedLogs()).length).toBe(before + 1);
  });

  it('at the address of traces, and traces at the address of logs: 400 with the right address', async () => {
    const wrong = await post(`${harness.httpUrl}/v1/traces`, jsonLogs([logRecord()]));
    expect([wrong.status, wrong.json()['message']]).toEqual([400, expect.stringContaining('send logs to /v1/logs')]);
    const reverse = await logs(jsonTraces([jsonSpan()]));
    expect([reverse.status, reverse.json()['message']]).toEqual([
      400,
      expect.stringContaining('send traces to /v1/traces'),
    ]);
  });

  it('of a service that nobody configured make it an integration to adopt; a source system is known', async () => {
    const span = jsonSpan({
      attributes: [{ key: 'finance.integration.name', value: { stringValue: 'sap-to-billing' } }],
    });
    await post(`${harness.httpUrl}/v1/traces`, jsonTraces([span], { 'service.name': 'sap-de' }));
    await harness.collector.flush();
    const unclaimed = await harness.rows<{ kind: string; name: string; signals: string }>(
      'select kind, name, signals from unclaimed_integration where tenant_id = $1 order by kind',
    );
    expect(unclaimed).toEqual([
      { kind: 'integration', name: 'sap-to-billing', signals: '1' },
      { kind: 'service', name: 'billing-sync', signals: expect.stringMatching(/^[4-9]$/) },
    ]);
  });
});
