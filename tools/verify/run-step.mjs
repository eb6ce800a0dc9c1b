import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { workspaceRoot } from '../launch/ensure-installed.mjs';

/** A step that hangs must fail, not hold the machine. */
const LONGEST_STEP_MINUTES = process.argv.includes('--long') ? 60 : 25;

function spawned(command, { env = {}, onLine } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command[0], command.slice(1), {
      cwd: workspaceRoot,
      env: { ...process.env, ...env },
      stdio: ['ignore', onLine ? 'pipe' : 'inherit', 'inherit'],
    });
    const limit = setTimeout(() => {
      console.error(`not finished after ${LONGEST_STEP_MINUTES} minutes: stopped`);
      child.kill('SIGKILL');
    }, LONGEST_STEP_MINUTES * 60_000);
    let rest = '';
    child.stdout?.on('data', (chunk) => {
      process.stdout.write(chunk);
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(onLine);
    });
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('close', (code) => {
      clearTimeout(limit);
      if (rest) onLine?.(rest);
      resolve(code ?? 1);
    });
  });
}

function heading(name) {
  console.log(`\n== ${name}`);
  return Date.now();
}

const seconds = (since) => ((Date.now() - since) / 1000).toFixed(1);

/** A step that passes or fails as a whole: one count. */
export async function run(tally, name, command) {
  const startedAt = heading(name);
  const code = await spawned(command);
  console.log(`== ${name}: ${code === 0 ? 'passed' : 'FAILED'} in ${seconds(startedAt)} s`);
  tally.add(code === 0 ? { passed: 1 } : { failed: 1, failures: [name] });
  return code === 0;
}

/** The file that somebody wrote, also of one that was bundled. */
function sourceOf(file) {
  return path.relative(workspaceRoot, file).replace(/^\.specs\/(.*)\.mjs$/, '$1.ts');
}

/** One project of jest.config.cjs, or those of its files that match `paths`; its tests are counted one by one. */
export async function runJest(tally, project, { name = project, env = {}, paths } = {}) {
  const startedAt = heading(name);
  const folder = mkdtempSync(path.join(tmpdir(), 'throughline-jest-'));
  const report = path.join(folder, 'report.json');
  const code = await spawned(
    [
      process.execPath,
      '--experimental-vm-modules',
      'node_modules/jest/bin/jest.js',
      '--selectProjects',
      project,
      '--json',
      `--outputFile=${report}`,
      '--silent=false',
      ...(paths === undefined ? [] : ['--testPathPatterns', paths]),
    ],
    { env: { NODE_NO_WARNINGS: '1', ...env }, onLine: () => undefined },
  );
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    const cases = result.testResults.flatMap((file) =>
      file.assertionResults.map((test) => ({ ...test, file: sourceOf(file.name) })),
    );
    const named = (status) =>
      cases.filter((test) => status.includes(test.status)).map((test) => `${test.file}: ${test.fullName}`);
    const brokenFiles = result.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    );
    const failures = [...named(['failed']), ...brokenFiles.map((file) => `${sourceOf(file.name)} could not run`)];
    if (code !== 0 && failures.length === 0) failures.push(`${name}: Jest ended with ${code}`);
    tally.add({
      passed: result.numPassedTests,
      failed: failures.length,
      skips: named(['pending', 'todo', 'skipped']),
      failures,
    });
    console.log(`== ${name}: ${result.numPassedTests} passed, ${failures.length} failed in ${seconds(startedAt)} s`);
  } catch {
    tally.add({ failed: 1, failures: [`${name}: Jest did not run`] });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A command that closes with its own "N passed, N failed, N skipped" line. */
export async function runCounted(tally, name, command, env) {
  const startedAt = heading(name);
  if (env.missing) {
    console.error(env.missing);
    tally.add({ failed: 1, failures: [`${name}: ${env.missing}`] });
    return;
  }
  let counts = null;
  const skips = [];
  const failures = [];
  const code = await spawned(command, {
    env,
    onLine: (line) => {
      const match = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/.exec(line.trim());
      if (match) counts = { passed: Number(match[1]), failed: Number(match[2]) };
      if (line.startsWith('skipped: ')) skips.push(`${name}: ${line.slice(9)}`);
      if (line.startsWith('failed: ')) failures.push(`${name}: ${line.slice(8)}`);
    },
  });
  if (counts === null || (code !== 0 && counts.failed === 0)) counts = { passed: counts?.passed ?? 0, failed: 1 };
  tally.add({
    ...counts,
    skips,
    failures: failures.length > 0 || counts.failed === 0 ? failures : [`${name}: see above`],
  });
  console.log(`== ${name}: ${counts.passed} passed, ${counts.failed} failed in ${seconds(startedAt)} s`);
}
