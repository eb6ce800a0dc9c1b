import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';

const databaseTool = fileURLToPath(new URL('../../tools/launch/dist/database.js', import.meta.url));

/** Rows of a query on the stack's own database, asked as its owner. */
export function rowsOf(stack, sql, values = []) {
  return connected(stack, async (client) => (await client.query(sql, values)).rows);
}

/** Calls back for each row of a result that is too large to be held at once. */
export function pagesOf(stack, sql, eachRow) {
  return connected(stack, async (client) => {
    await client.query('begin');
    await client.query(`declare rows no scroll cursor for ${sql}`);
    for (;;) {
      const { rows } = await client.query('fetch 200 from rows');
      if (rows.length === 0) return;
      for (const row of rows) await eachRow(row);
    }
  });
}

async function connected(stack, work) {
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
    return await work(client);
  } finally {
    await client.end();
  }
}
