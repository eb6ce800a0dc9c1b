import { afterEach, describe, expect, it } from '@jest/globals';
import { createMetrics } from './metrics.js';
import { isUntracedPath } from './own-telemetry.js';
import { explainStartFailure } from './process-life.js';
import { startProbeServer, type ProbeServer } from './probe-server.js';
import { rememberReadiness, type ReadinessReport } from './probes.js';
import { parseTelemetryConfig } from './telemetry-config.js';

let server: ProbeServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function serve(report: ReadinessReport): Promise<(path: string) => Promise<Response>> {
  const metrics = createMetrics('worker');
  server = await startProbeServer({ host: '127.0.0.1', port: 0, metrics, readiness: () => Promise.resolve(report) });
  return (path) => fetch(`http://127.0.0.1:${server!.port}${path}`);
}

describe('the probe server', () => {
  it('tells life, readiness with the problems in words, and figures', async () => {
    const get = await serve({ isReady: false, problems: ['fsync is off'] });
    expect((await get('/healthz')).status).toBe(200);
    const ready = await get('/readyz?x=1');
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'not ready', problems: ['fsync is off'] }]);
    expect(await (await get('/metrics')).text()).toMatch(
      /process_cpu_seconds_total\{service="worker"\}|nodejs_eventloop_lag_seconds\{service="worker"\}/,
    );
    expect((await get('/nothing')).status).toBe(404);
  });

  it('says which port is in use', async () => {
    await serve({ isReady: true, problems: [] });
    const again = startProbeServer({
      host: '127.0.0.1',
      port: server!.port,
      metrics: createMetrics('worker'),
      readiness: () => Promise.reject(new Error()),
    });
    const reason = await again.then(() => '', explainStartFailure);
    expect(reason).toMatch(new RegExp(`^port ${server!.port} on 127.0.0.1 is in use`));
  });
});

describe('remembered readiness', () => {
  it('asks once within its age, however many probes come', async () => {
    let asked = 0;
    const readiness = rememberReadiness(() => Promise.resolve({ isReady: true, problems: [String((asked += 1))] }), 50);
    await Promise.all([readiness(), readiness(), readiness()]);
    expect(asked).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 60));
    await readiness();
    expect(asked).toBe(2);
  });
});

describe('where telemetry is sent', () => {
  it.each<[Record<string, string>, unknown]>([
    [{}, undefined],
    [{ THROUGHLINE_TELEMETRY_ENDPOINT: '', THROUGHLINE_TELEMETRY_KEY: 'k' }, undefined],
    [{ THROUGHLINE_TELEMETRY_ENDPOINT: 'http://c:4318/' }, { endpoint: 'http://c:4318', key: undefined }],
    [
      { THROUGHLINE_TELEMETRY_ENDPOINT: 'https://c/base', THROUGHLINE_TELEMETRY_KEY: 'k' },
      { endpoint: 'https://c/base', key: 'k' },
    ],
  ])('%j', (environment, config) => {
    expect(parseTelemetryConfig(environment)).toEqual(config);
  });

  it('names a bad address without repeating it', () => {
    expect(() => parseTelemetryConfig({ THROUGHLINE_TELEMETRY_ENDPOINT: 'ftp://user:hidden@c' })).toThrow(
      /^THROUGHLINE_TELEMETRY_ENDPOINT: (?!.*hidden)/,
    );
  });
});

describe('requests that are never traced', () => {
  it.each([
    ['/v1/traces', true],
    ['/v1/webhooks/stripe/token', true],
    ['//v1/webhooks/stripe/token', true],
    ['/api/v1/lineage', true],
    ['/metrics', true],
    ['/readyz?full=1', true],
    ['/graphql', false],
    ['/v10/x', false],
    ['/', false],
  ])('%s: %s', (path, isUntraced) => {
    expect(isUntracedPath(path)).toBe(isUntraced);
  });
});
