import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { connected } from '@throughline/persistence/testing';
import { startCollectorHarness, TEST_KEY, type CollectorHarness } from '../testing/collector-harness.js';

const LOGS = '/opentelemetry.proto.collector.logs.v1.LogsService/Export';
const WAITING = `select 1 from pg_locks where database = (select oid from pg_database where datname = current_database())
  and not granted and relation = $1::regclass`;

let harness: CollectorHarness;
let client: Client;
beforeAll(async () => {
  harness = await startCollectorHarness();
  client = new Client(`127.0.0.1:${harness.collector.grpcPort}`, credentials.createInsecure());
});
afterAll(async () => {
  client.close();
  await harness.close();
});

/** ResourceLogs { ScopeLogs { LogRecord { severity_text } } } */
const logsRequest = (letter: string): Buffer =>
  Buffer.from([0x0a, 0x07, 0x12, 0x05, 0x12, 0x03, 0x1a, 0x01, letter.charCodeAt(0)]);

/** Resolves to the code of the answer, 0 when the call was taken. */
function send(letter: string, { deadline, timeout }: { deadline?: number; timeout?: string } = {}): Promise<number> {
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${TEST_KEY}`);
  if (timeout !== undefined) metadata.set('grpc-timeout', timeout);
  const same = (bytes: Buffer): Buffer => bytes;
  return new Promise((resolve) => {
    const answered = (error: ServiceError | null): void => resolve(error === null ? status.OK : error.code);
    client.makeUnaryRequest(LOGS, same, same, logsRequest(letter), metadata, deadline ? { deadline } : {}, answered);
  });
}
const storedLetters = async (): Promise<unknown[]> => {
  const rows = await harness.rows<{ letter: string }>(
    `select attributes->>'severitytext' as letter from signal where tenant_id = $1 order by 1`,
  );
  return rows.map(({ letter }) => letter);
};
const tooLate = async (): Promise<number> => {
  const text = await (await fetch(`${harness.httpUrl}/metrics`)).text();
  return Number(/^throughline_intake_requests_total\{[^}]*result="too-late"[^}]*\} (\d+)/m.exec(text)?.[1] ?? 0);
};
const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await new Promise((next) => setTimeout(next, 20));
};

/** Runs a call while nobody gets at the table; the table is free again once the call has been answered. */
function whileLocked(table: string, call: (isWaitedFor: () => Promise<void>) => Promise<void>): Promise<void> {
  return connected(harness.test.ownerUrl, async (owner) => {
    await owner.query('begin');
    await owner.query(`lock table ${table} in access exclusive mode`);
    await call(() => until(async () => (await owner.query(WAITING, [table])).rows.length > 0));
    await owner.query('commit');
  });
}

describe('the deadline of a gRPC call', () => {
  it.each([
    ['before its message is read', 'ingest_key', 1],
    ['before it is stored', 'redaction_rule', 2],
  ])('that passes %s: nothing is stored, and it is counted', async (_when, table, count) => {
    await whileLocked(table, async (isWaitedFor) => {
      const answered = send('a', { deadline: Date.now() + 1_000 });
      await isWaitedFor();
      expect(await answered).toBe(status.DEADLINE_EXCEEDED);
    });
    await until(async () => (await tooLate()) === count);
    expect(await storedLetters()).toEqual([]);
  });

  it('that has not passed: whoever sends it again is served', async () => {
    expect(await send('a', { deadline: Date.now() + 30_000 })).toBe(status.OK);
    expect(await storedLetters()).toEqual(['a']);
  });

  it('is answered with DEADLINE_EXCEEDED where the client still listens', async () => {
    // Written by hand, the header does not make the library give up by itself.
    expect(await send('b', { timeout: '1n' })).toBe(status.DEADLINE_EXCEEDED);
    expect(await storedLetters()).toEqual(['a']);
    expect(await tooLate()).toBe(3);
  });

  it('that cannot be read is none', async () => {
    expect(await send('c', { timeout: 'soon' })).toBe(status.OK);
    expect(await storedLetters()).toEqual(['a', 'c']);
  });

  it('that passes while it is being stored changes nothing: it is stored', async () => {
    await whileLocked('signal', async (isWaitedFor) => {
      const answered = send('d', { deadline: Date.now() + 4_000 });
      await isWaitedFor();
      expect(await answered).toBe(status.DEADLINE_EXCEEDED);
    });
    await until(async () => (await storedLetters()).includes('d'));
    expect(await tooLate()).toBe(3);
  });
});
