import type { Database } from '../database.js';

/** A database of a test's own: addresses of both roles, the app's view of it, one tenant. `close` drops it. */
export type TestDatabase = {
  appUrl: string;
  ownerUrl: string;
  database: Database;
  tenantId: string;
  close(): Promise<void>;
};

/** Clones the migrated template. `jobs`: also … */
export function createTestDatabase(options: { jobs?: boolean } = {}): Promise<TestDatabase> {
  throw new Error(`not there yet ${String(options.jobs)}`);
}
