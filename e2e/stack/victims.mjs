import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const ENTRY_POINTS = {
  collector: 'apps/collector/dist/main.js',
  api: 'apps/api/dist/main.js',
  worker: 'apps/api/dist/worker.js',
  simulator: 'tools/simulator/dist/main.js',
};

/** Process id of one of the processes that the launcher started. */
export async function pidOf(stack, role) {
  if (role === 'database') return postmasterPid(stack);
  for (const pid of await childrenOf(stack.launcherPid)) {
    const command = await readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => '');
    if (command.split('\0').some((part) => part.endsWith(ENTRY_POINTS[role]))) return pid;
  }
  return null;
}

/** Ends a process at once, without a chance to tidy up; answers with its id. */
export async function kill(stack, role) {
  const pid = await pidOf(stack, role);
  if (pid === null) throw new Error(`No process of the stack is the ${role}`);
  process.kill(pid, 'SIGKILL');
  return pid;
}

async function postmasterPid(stack) {
  const marker = JSON.parse(await readFile(join(stack.dataDir, 'throughline.json'), 'utf8'));
  const [pid] = (await readFile(join(marker.cluster, 'postmaster.pid'), 'utf8')).split('\n');
  return Number(pid);
}

/** All processes below a process. */
async function childrenOf(ancestor) {
  const parents = new Map();
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const status = await readFile(`/proc/${entry}/status`, 'utf8').catch(() => '');
    const parent = /^PPid:\s+(\d+)$/m.exec(status)?.[1];
    if (parent !== undefined) parents.set(Number(entry), Number(parent));
  }
  const found = [];
  for (const pid of parents.keys()) {
    let above = parents.get(pid);
    while (above !== undefined && above !== ancestor) above = parents.get(above);
    if (above === ancestor) found.push(pid);
  }
  return found;
}
