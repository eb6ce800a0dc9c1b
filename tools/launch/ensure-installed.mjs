// Runs before anything is installed: only Node's own modules, no syntax newer than dynamic import.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const workspaceRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** One clear line and exit 1 when this Node is older than `engines` says. */
export function refuseOldNode() {
  const wanted = JSON.parse(readFileSync(path.join(workspaceRoot, 'package.json'), 'utf8')).engines.node.replace(
    '>=',
    '',
  );
  const [major, minor] = wanted.split('.').map(Number);
  const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  console.error(
    `Throughline needs Node ${wanted} or newer; this is ${process.version}. Install a newer Node and run the command again.`,
  );
  process.exit(1);
}

/** True when node_modules is missing or older than the lockfile. */
export function needsInstall() {
  const lock = path.join(workspaceRoot, 'package-lock.json');
  const installed = path.join(workspaceRoot, 'node_modules/.package-lock.json');
  return !existsSync(installed) || (existsSync(lock) && statSync(lock).mtimeMs > statSync(installed).mtimeMs + 1000);
}

/** Installs exactly what the lockfile pins; output goes through, so that progress is seen. */
export function ensureInstalled() {
  if (!needsInstall()) return;
  console.log('Installing dependencies (npm ci); the first time takes a minute or two …');
  const npm = process.env.npm_execpath;
  const command = npm && /\.[cm]?js$/.test(npm) ? [process.execPath, [npm]] : ['npm', []];
  const result = spawnSync(command[0], [...command[1], 'ci', '--no-audit', '--no-fund'], {
    cwd: workspaceRoot,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NODE_ENV: '' },
  });
  if (result.status !== 0) {
    console.error('Dependencies could not be installed: see what npm said above, then run the command again.');
    process.exit(1);
  }
}
