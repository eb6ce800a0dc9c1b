import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A private server for one test, in a folder and on a port of its own. */
export type Cluster = { adminUrl: string; stop(): Promise<void> };

const script = fileURLToPath(new URL('../../../../tools/verify/postgres-cluster.mjs', import.meta.url));

/** Starts a server from the given binaries (the embedded ones when left out); it stops, at the latest, when this process ends. */
export async function startCluster(binaries?: string): Promise<Cluster> {
  const child = spawn(process.execPath, binaries === undefined ? [script] : [script, binaries], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`PostgreSQL did not start (exit ${code})`)));
  });
  const { adminUrl } = JSON.parse(line) as { adminUrl: string };
  return {
    adminUrl,
    stop: async () => {
      child.stdin.end();
      await exited;
    },
  };
}
