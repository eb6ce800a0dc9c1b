// Builds what is stale; Nx knows what that is. Only what `npm start` runs is built, not benchmarks and tests.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { workspaceRoot } from './ensure-installed.mjs';

const ALWAYS = ['launch', 'collector', 'api', 'console'];

/** Builds; true when that went well. Finished tasks are shown as they end, the whole output only when one fails. */
export async function build(options) {
  const projects = [...ALWAYS, ...(options.demo ? ['simulator'] : [])].map((name) => `@throughline/${name}`);
  const nx = path.join(workspaceRoot, 'node_modules/nx/dist/bin/nx.js');
  const started = Date.now();
  process.stdout.write('Building what is stale …\n');
  const child = spawn(
    process.execPath,
    [nx, 'run-many', '-t', 'build', '-p', projects.join(','), '--output-style=static'],
    {
      cwd: workspaceRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', FORCE_COLOR: '0', NODE_ENV: '' },
    },
  );
  let output = '';
  let line = '';
  const read = (chunk) => {
    output += chunk;
    const lines = (line + chunk).split('\n');
    line = lines.pop() ?? '';
    for (const done of lines) {
      const task = /^> nx run (\S+):build\s*(\[.*cache.*\])?/.exec(done);
      if (task && !task[2]) process.stdout.write(`  built ${task[1]}\n`);
    }
  };
  child.stdout.setEncoding('utf8').on('data', read);
  child.stderr.setEncoding('utf8').on('data', read);
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      output += `${error.message}\n`;
      resolve(1);
    });
    child.once('close', (status, signal) => resolve(signal === null ? status : 130));
  });
  if (code === 0) {
    process.stdout.write(`  up to date (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
    return true;
  }
  // Also for 130: that is what Nx ends with when a build fails, not only when it is interrupted.
  console.error(`${output}\nThe build failed: see above. Nothing was started.`);
  return false;
}
