import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';

const databaseTool = fileURLToPath(new URL('../../tools/launch/dist/database.js', import.meta.url));

/** Rows of a query on the stack's own database, asked as its owner. */
export async function rowsOf(stack, sql, values = []) {
  const { stdout } = await promisify(execFile)(process.execPath, [
    databaseTool,
    'environment',
    '--data-dir',
    stack.dataDir,
  ]);
  const connectionString = /^export DATABASE_OWNER_URL='(.*)'$/m.exec(stdout)?.[1];
  if (connectionString === undefined) throw new Error('The launcher does not say where its database is');
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}
