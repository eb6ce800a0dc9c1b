// Jest's global setup for tests on PostgreSQL: one private server a run, unless TEST_DATABASE_ADMIN_URL names one already.
// TEST_POSTGRES_BINARIES names the binaries of another version. The template database is made by the first test that asks for a database: only Jest's workers can load the sources.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('postgres-cluster.mjs', import.meta.url));

export default async function startDatabase() {
  if (process.env.TEST_DATABASE_ADMIN_URL) return;
  const binaries = process.env.TEST_POSTGRES_BINARIES ? [process.env.TEST_POSTGRES_BINARIES] : [];
  const cluster = spawn(process.execPath, [script, ...binaries], { stdio: ['pipe', 'pipe', 'inherit'] });
  const { adminUrl } = await new Promise((resolve, reject) => {
    createInterface(cluster.stdout).once('line', (line) => resolve(JSON.parse(line)));
    cluster.once('error', reject);
    cluster.once('exit', (code) => reject(new Error(`the test database did not start (exit ${code})`)));
  });
  process.env.TEST_DATABASE_ADMIN_URL = adminUrl;
  // No teardown: the server stops when this process ends, however it ends. Nothing here may keep it from ending.
  cluster.unref();
  cluster.stdin.unref();
  cluster.stdout.unref();
}
