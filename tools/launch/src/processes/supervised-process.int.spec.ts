import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isSameProcess, processStartOf } from '../../preflight.mjs';
import { ProcessList, endLeftovers } from './process-list.js';
import { ProcessLog } from './process-log.js';
import { runOnce } from './run-once.js';
import { SupervisedProcess } from './supervised-process.js';

const SUPERVISED = new URL('../../dist/supervised.js', import.meta.url).href;
const LIVES = `process.on('SIGTERM', () => { console.log('asked to stop'); process.exit(0); }); setInterval(() => undefined, 1000); console.log('lives');`;

// Real processes on a busy machine: starting one alone may take seconds.
jest.setTimeout(60_000);

let folder: string;
const said: string[] = [];
const pids: number[] = [];
const problems: Error[] = [];
let log: ProcessLog;
let outage: Promise<void> | undefined;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'throughline-processes-'));
  for (const list of [said, pids, problems]) list.length = 0;
  log = new ProcessLog(path.join(folder, 'logs/one.log'), (line) => said.push(line));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function describeScript(script: string) {
  return {
    name: 'one',
    args: ['--import', SUPERVISED, '-e', script],
    workingFolder: folder,
    environment: { PATH: process.env['PATH'] },
  };
}

function supervise(script: string): SupervisedProcess {
  return new SupervisedProcess(describeScript(script), log, {
    started: (_name, pid) => pids.push(pid),
    restarting: () => undefined,
    gaveUp: (problem) => problems.push(problem),
    outage: () => outage,
  });
}

async function until(isTrue: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !isTrue();) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a supervised process', () => {
  it('is asked to stop, and its lines are kept', async () => {
    const one = supervise(LIVES);
    one.start();
    await until(() => said.includes('lives'));
    await one.stop();
    expect(said).toEqual(['lives', 'asked to stop']);
    expect(readFileSync(log.file, 'utf8')).toBe('lives\nasked to stop\n');
    expect(isSameProcess({ pid: pids[0] ?? 0 })).toBe(false);
  });

  it('that does not listen is ended', async () => {
    const one = supervise(
      `process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000); console.log('lives');`,
    );
    one.start();
    await until(() => said.includes('lives'));
    await one.stop(100);
    expect(isSameProcess({ pid: pids[0] ?? 0 })).toBe(false);
  });

  it('is started again after kill -9', async () => {
    const one = supervise(LIVES);
    one.start();
    await until(() => said.length === 1);
    process.kill(pids[0] ?? 0, 'SIGKILL');
    await until(() => said.length === 2);
    expect(pids).toHaveLength(2);
    await one.stop();
    expect(problems).toEqual([]);
  });

  it('that keeps dying is given up with what it said last', async () => {
    const one = supervise(`console.error('port 4000 is in use'); process.exit(3);`);
    one.start();
    await until(() => problems.length > 0);
    expect(pids).toHaveLength(5);
    expect(problems[0]?.message).toContain('The one keeps ending (exit 3) and was given up.');
    expect(problems[0]?.message).toContain('port 4000 is in use');
    await one.stop();
  });

  it('that dies while the database is away waits for it, and it is not counted against it', async () => {
    let databaseIsBack = (): void => undefined;
    outage = new Promise((resolve) => {
      databaseIsBack = resolve;
    });
    const one = supervise(LIVES);
    one.start();
    await until(() => said.length === 1);
    process.kill(pids[0] ?? 0, 'SIGKILL');
    await until(() => !isSameProcess({ pid: pids[0] ?? 0 }));
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(pids).toHaveLength(1);
    outage = undefined;
    databaseIsBack();
    await until(() => said.length === 2);
    await one.stop();
  });

  it('ends by itself when the launcher is killed', async () => {
    const launcher = path.join(folder, 'launcher.mjs');
    writeFileSync(
      launcher,
      `import { spawn } from 'node:child_process';
       const child = spawn(process.execPath, ${JSON.stringify(['--import', SUPERVISED, '-e', LIVES])}, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true });
       child.stdout.once('data', () => process.send(child.pid));`,
    );
    const killed = fork(launcher);
    const [pid] = (await once(killed, 'message')) as [number];
    const identity = { pid, start: processStartOf(pid) };
    expect(isSameProcess(identity)).toBe(true);
    killed.kill('SIGKILL');
    await until(() => !isSameProcess(identity));
  });
});

describe('processes that outlived a launcher', () => {
  it('are found by the next one and ended when they do not end by themselves', async () => {
    const file = path.join(folder, 'processes.json');
    const one = supervise(LIVES);
    one.start();
    await until(() => said.includes('lives'));
    const list = new ProcessList(file);
    list.note('one', pids[0] ?? 0);
    setTimeout(() => void one.stop(), 200);
    expect(await endLeftovers(file)).toBe(1);
    expect(await endLeftovers(file)).toBe(0);
  });

  it('are never confused with a stranger that has got the same id', async () => {
    const file = path.join(folder, 'processes.json');
    writeFileSync(file, JSON.stringify([{ pid: process.pid, start: '1' }, { pid: process.pid }]));
    expect(await endLeftovers(file)).toBe(0);
  });
});

describe('a process that runs once', () => {
  const never = new AbortController().signal;

  it('is waited for', async () => {
    await runOnce(describeScript(`console.log('done')`), log, never);
    expect(said).toEqual(['done']);
  });

  it('becomes a problem with what it said when it fails', async () => {
    const failed = runOnce(describeScript(`console.error('the schema is newer'); process.exit(4)`), log, never);
    await expect(failed).rejects.toThrow(/The one failed \(exit 4\)\. It said \(.*one\.log\):\nthe schema is newer/);
  });

  it('is stopped with the rest', async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 200);
    await runOnce(describeScript('setInterval(() => undefined, 1000)'), log, abort.signal);
  });
});
