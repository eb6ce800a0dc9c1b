import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Client, credentials } from '@grpc/grpc-js';
import { createTestDatabase, type TestDatabase } from '@throughline/persistence/testing';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

let test: TestDatabase;
let occupied: Server;
beforeAll(async () => {
  if (!existsSync(MAIN)) throw new Error('the collector is not built: run "npm run build" first');
  test = await createTestDatabase();
  occupied = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => occupied.once('listening', resolve));
});
afterAll(async () => {
  occupied.close();
  await test.close();
});

type Ended = { code: number | null; stdout: string; stderr: string; seconds: number };

function run(
  environment: Record<string, string>,
  onListening?: (ports: { httpPort: number; grpcPort: number }, stop: (signal: NodeJS.Signals) => void) => void,
): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env['PATH'], COLLECTOR_HTTP_PORT: '0', COLLECTOR_GRPC_PORT: '0', ...environment },
  });
  let stdout = '';
  let stderr = '';
  let stoppedAt = performance.now();
  const stop = (signal: NodeJS.Signals): void => {
    stoppedAt = performance.now();
    child.kill(signal);
  };
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    const isFirst = !stdout.includes('is listening');
    stdout += chunk.toString();
    const line = stdout.split('\n').find((text) => text.includes('is listening'));
    if (isFirst && line) onListening?.(JSON.parse(line) as { httpPort: number; grpcPort: number }, stop);
  });
  return new Promise((resolve) =>
    child.once('close', (code) => resolve({ code, stdout, stderr, seconds: (performance.now() - stoppedAt) / 1_000 })),
  );
}

describe('the process says in one line why it does not start', () => {
  const port = (): string => String((occupied.address() as AddressInfo).port);
  it.each<[string, () => Record<string, string>, RegExp]>([
    [
      'no database address',
      () => ({}),
      /^collector: bad configuration \(environment\): DATABASE_URL: must be a postgres:\/\/ address\n$/,
    ],
    [
      'a port that is none',
      () => ({ DATABASE_URL: test.appUrl, COLLECTOR_HTTP_PORT: 'eighty' }),
      /COLLECTOR_HTTP_PORT: [^\n]+\n$/,
    ],
    [
      'HTTP port in use',
      () => ({ DATABASE_URL: test.appUrl, COLLECTOR_HTTP_PORT: port() }),
      /^collector: port \d+ on 127\.0\.0\.1 is in use[^\n]+\n$/,
    ],
    [
      'gRPC port in use',
      () => ({ DATABASE_URL: test.appUrl, COLLECTOR_GRPC_PORT: port() }),
      /^collector: port \d+ on 127\.0\.0\.1 is in use[^\n]+\n$/,
    ],
    [
      'no database there',
      () => ({ DATABASE_URL: 'postgres://app:secret@127.0.0.1:1/x' }),
      /^collector: the database at 127\.0\.0\.1:1 \(DATABASE_URL\) cannot be reached[^\n]+\n$/,
    ],
  ])('%s', async (_name, environment, line) => {
    const ended = await run(environment());
    expect(ended.stderr).toMatch(line);
    expect(ended.stderr).not.toContain('secret');
    expect(ended.code).toBe(1);
  });
});

describe('the process ends cleanly', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('on %s, also with connections open', async (signal) => {
    const clients: Client[] = [];
    const ended = await run({ DATABASE_URL: test.appUrl }, (ports, stop) => {
      const client = new Client(`127.0.0.1:${ports.grpcPort}`, credentials.createInsecure());
      clients.push(client);
      client.waitForReady(Date.now() + 5_000, () => {
        // keeps its connection alive
        void fetch(`http://127.0.0.1:${ports.httpPort}/healthz`).then(() => stop(signal));
      });
    });
    for (const client of clients) client.close();
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain('"message":"stopped"');
    expect(ended.seconds).toBeLessThan(5);
  });
});
