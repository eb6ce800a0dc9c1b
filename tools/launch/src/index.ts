export { APP_ROLE, DATABASE_NAME, OWNER_ROLE, localDatabaseUrl, withRole } from './connection-urls.js';
export { type DatabaseServer, openDatabaseFolder, startDatabaseServer } from './database-server.js';
export { type DataFolder } from './data-folder.js';
export { ensureDatabase } from './embedded/database-roles.js';
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
  stopPostgresOn,
} from './embedded/embedded-postgres.js';
export { LaunchProblem } from './launch-problem.js';
export { WORKER_FLAGS } from './process-table.js';
