import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Estate } from '../estate.mjs';
import { eventually } from '../eventually.mjs';
import { ApiClient } from '../graphql.mjs';
import { freePorts } from './free-ports.mjs';
import { artifactsFolder } from './the-stack.mjs';

const workspaceRoot = fileURLToPath(new URL('../..', import.meta.url));
const START_WITHIN_MS = 240_000;
const STOP_WITHIN_MS = 30_000;

/** The demo as tests want it: a short past, no traffic but what a spec asks for. */
const QUIET_DEMO = {
  DEMO_HISTORY_DAYS: '12',
  DEMO_ORDERS_PER_MINUTE: '0',
  DEMO_JOURNEYS_PER_HOUR: '0',
  DEMO_SEED: 'end-to-end',
};

/** Starts the whole product the way people do, in a data folder of its own on free ports; ready when the past is told. */
export async function startStack({ name = 'stack', environment = {} } = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-e2e-'));
  const [api, collectorHttp, collectorGrpc, worker, simulator] = await freePorts(5);
  await mkdir(artifactsFolder, { recursive: true });
  const log = createWriteStream(join(artifactsFolder, `${name}.log`));
  const flags = {
    '--data-dir': dataDir,
    '--api-port': api,
    '--collector-http-port': collectorHttp,
    '--collector-grpc-port': collectorGrpc,
    '--worker-port': worker,
    '--simulator-port': simulator,
  };
  const child = spawn(
    process.execPath,
    [join(workspaceRoot, 'tools/launch/start.mjs'), '--verbose', ...Object.entries(flags).flat().map(String)],
    { cwd: workspaceRoot, env: launchEnvironment(environment), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
  let hasEnded = false;
  void ended.then(() => {
    hasEnded = true;
  });
  for (const output of [child.stdout, child.stderr]) output.pipe(log, { end: false });

  const stack = {
    dataDir,
    launcherPid: child.pid,
    // the address that people open; sign-in cookies and origin checks go by it
    consoleUrl: `http://localhost:${String(api)}`,
    collectorUrl: `http://127.0.0.1:${String(collectorHttp)}`,
    collectorGrpcUrl: `http://127.0.0.1:${String(collectorGrpc)}`,
    workerUrl: `http://127.0.0.1:${String(worker)}`,
    simulatorUrl: `http://127.0.0.1:${String(simulator)}`,
    logFile: join(artifactsFolder, `${name}.log`),
  };
  const stop = async () => {
    if (!hasEnded) child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    const end = await ended;
    clearTimeout(timer);
    log.end();
    await rm(dataDir, { recursive: true, force: true });
    return end;
  };
  try {
    await untilReady(stack, () => hasEnded);
  } catch (error) {
    await stop();
    throw new Error(`The stack did not start; its output is in ${stack.logFile}`, { cause: error });
  }
  return { ...stack, stop };
}

/** Nothing that this shell happens to set may change what is tested. */
function launchEnvironment(environment) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(DATABASE_|THROUGHLINE_|DEMO_|OTEL_|NODE_TEST)/.test(name),
  );
  return { ...Object.fromEntries(kept), ...QUIET_DEMO, ...environment };
}

async function untilReady(stack, hasEnded) {
  const isUp = async (url) => (await fetch(url)).ok;
  for (const [what, url] of [
    ['the API is ready', `${stack.consoleUrl}/readyz`],
    ['the collector is ready', `${stack.collectorUrl}/readyz`],
    ['the worker is ready', `${stack.workerUrl}/readyz`],
    ['the simulated estate is ready', `${stack.simulatorUrl}/readyz`],
  ]) {
    const up = await eventually(what, async () => (hasEnded() ? 'ended' : isUp(url)), START_WITHIN_MS);
    if (up === 'ended') throw new Error('The launcher ended');
  }
  const estate = new Estate(stack.simulatorUrl);
  await eventually('the past of the estate is told', async () => !(await estate.isBehind()), START_WITHIN_MS);
  const told = (await estate.orders()).length;
  const api = await new ApiClient(stack.consoleUrl).signIn('analyst@demo.example');
  await eventually(
    'the past is worked off',
    async () => (await api.query('{ transactions(first: 1) { totalCount } }')).transactions.totalCount === told,
    START_WITHIN_MS,
  );
}
