import path from 'node:path';
import { parseArgs } from 'node:util';
import { workspaceRoot } from '../ensure-installed.mjs';
import { embeddedAddresses, openDatabaseFolder, secretsOf, startDatabaseServer } from './database-server.js';
import { isDataFolder } from './data-folder.js';
import { stopPostgresOn } from './embedded/embedded-postgres.js';
import { lockDataFolder } from './folder-lock.js';
import { LaunchProblem } from './launch-problem.js';

const USAGE = `Usage: node tools/launch/dist/database.js <command> [--data-dir DIR] [--port N]
  start         starts the embedded database alone and leaves it running; prints its addresses
  stop          stops it
  environment   prints the variables for programs that use it, for a shell to evaluate; they hold passwords`;

function readArguments(): { command: string; dataDir: string; port: number } {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { 'data-dir': { type: 'string' }, port: { type: 'string' } },
  });
  const folder = values['data-dir'] ?? process.env['THROUGHLINE_DATA_DIR'];
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new LaunchProblem('--port must be a port number.');
  return {
    command: positionals[0] ?? '',
    dataDir: folder === undefined || folder === '' ? path.join(workspaceRoot, '.throughline') : path.resolve(folder),
    port,
  };
}

function printEnvironment(dataDir: string): void {
  const secrets = secretsOf(openDatabaseFolder(dataDir));
  const { appUrl, ownerUrl } = embeddedAddresses(secrets);
  // A database of the user's own is named in the environment already; what is missing is the key.
  const isExternal = Boolean(process.env['DATABASE_URL']);
  const variables = {
    ...(isExternal ? {} : { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl }),
    THROUGHLINE_SECRET_KEY: secrets.secretKey,
  };
  for (const [name, value] of Object.entries(variables)) console.log(`export ${name}='${value}'`);
}

async function run(): Promise<void> {
  const { command, dataDir, port } = readArguments();
  if (command === 'start') {
    const unlock = lockDataFolderOf(dataDir);
    try {
      await startDatabaseServer(openDatabaseFolder(dataDir), { port, isDetached: true });
    } finally {
      unlock();
    }
    printEnvironment(dataDir);
  } else if (command === 'stop' && isDataFolder(dataDir)) {
    const unlock = lockDataFolderOf(dataDir);
    try {
      const wasRunning = await stopPostgresOn(openDatabaseFolder(dataDir).cluster);
      console.log(wasRunning ? 'The database is stopped.' : 'No database was running.');
    } finally {
      unlock();
    }
  } else if (command === 'environment' && isDataFolder(dataDir)) {
    printEnvironment(dataDir);
  } else if (command === 'stop' || command === 'environment') {
    throw new LaunchProblem(`${dataDir} is no data folder of Throughline.`);
  } else {
    throw new LaunchProblem(USAGE);
  }
}

/** The folder is made first: the lock lies in it. */
function lockDataFolderOf(dataDir: string): () => void {
  openDatabaseFolder(dataDir);
  return lockDataFolder(dataDir);
}

try {
  await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
