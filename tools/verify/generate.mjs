// Regenerates what is derived from code and committed; with --check it only compares and fails on drift.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { workspaceRoot } from '../launch/ensure-installed.mjs';

const isCheck = process.argv.includes('--check');
const conventions = ['libs/canonical/semantic-conventions/render.mjs', ...(isCheck ? ['--check'] : [])];
if (spawnSync(process.execPath, conventions, { cwd: workspaceRoot, stdio: 'inherit' }).status !== 0) process.exit(1);

const target = path.join(workspaceRoot, 'libs/contracts/schema.graphql');
const printed = spawnSync(process.execPath, ['apps/api/dist/print-schema.js'], {
  cwd: workspaceRoot,
  encoding: 'utf8',
  maxBuffer: 1 << 26,
});
if (printed.status !== 0) {
  console.error(`The GraphQL schema could not be printed (build first: npm run build):\n${printed.stderr}`);
  process.exit(1);
}
if (!isCheck) {
  writeFileSync(target, printed.stdout);
  console.log('libs/contracts/schema.graphql written');
} else if (readFileSync(target, 'utf8') !== printed.stdout) {
  console.error('libs/contracts/schema.graphql is not what the code emits: run "npm run generate" and commit it.');
  process.exit(1);
} else console.log('libs/contracts/schema.graphql is true');
