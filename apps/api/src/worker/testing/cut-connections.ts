import { connected } from '@throughline/persistence/testing';

/** Ends every connection to a test's database at the server, as a crash of it would. Only the server's superuser may. */
export async function cutConnections(databaseUrl: string): Promise<void> {
  const adminUrl = process.env['TEST_DATABASE_ADMIN_URL'];
  if (!adminUrl) throw new Error('the test server is not known');
  const name = new URL(databaseUrl).pathname.slice(1);
  await connected(adminUrl, (admin) =>
    admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
      [name],
    ),
  );
}
