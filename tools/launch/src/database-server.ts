import path from 'node:path';
import { APP_ROLE, DATABASE_NAME, OWNER_ROLE, localDatabaseUrl } from './connection-urls.js';
import { type DataFolder, openDataFolder } from './data-folder.js';
import { hasCluster } from './embedded/cluster.js';
import { ensureDatabase } from './embedded/database-roles.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded/embedded-postgres.js';
import { serverAccount } from './embedded/server-account.js';
import type { DatabaseAddresses } from './external-database.js';
import { type Secrets, readSecrets, saveSecrets } from './secrets.js';

/** A running embedded database with its roles. */
export type DatabaseServer = { server: EmbeddedPostgres; addresses: DatabaseAddresses };

/** Opens the data folder for an embedded database; as root with regard to the account that the server will run under. */
export function openDatabaseFolder(dataDir: string): DataFolder {
  return openDataFolder(dataDir, serverAccount());
}

/** Secrets of a data folder; made on first use. */
export function secretsOf(folder: DataFolder): Secrets {
  return readSecrets(folder.secrets, hasCluster(folder.cluster));
}

/** Addresses of the embedded database as the processes use them. */
export function embeddedAddresses(secrets: Secrets): DatabaseAddresses {
  return {
    appUrl: localDatabaseUrl(secrets.databasePort, APP_ROLE, secrets.appPassword, DATABASE_NAME),
    ownerUrl: localDatabaseUrl(secrets.databasePort, OWNER_ROLE, secrets.ownerPassword, DATABASE_NAME),
  };
}

/** Starts the embedded database of a data folder on its remembered port, with database and roles in place; `settings` over the usual ones. */
export async function startDatabaseServer(
  folder: DataFolder,
  options: { port: number; isDetached?: boolean; settings?: Readonly<Record<string, string>> },
): Promise<DatabaseServer> {
  const secrets = secretsOf(folder);
  const server = await startEmbeddedPostgres({
    cluster: folder.cluster,
    superuserPassword: secrets.superuserPassword,
    port: options.port === 0 ? secrets.databasePort : options.port,
    isPortFixed: options.port !== 0,
    logFile: path.join(folder.logs, 'postgres.log'),
    isDetached: options.isDetached ?? false,
    ...(options.settings && { settings: options.settings }),
  });
  const current = { ...secrets, databasePort: server.port };
  if (server.port !== secrets.databasePort) saveSecrets(folder.secrets, current);
  try {
    await ensureDatabase(server.superuserUrl(), { owner: secrets.ownerPassword, app: secrets.appPassword });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { server, addresses: embeddedAddresses(current) };
}
