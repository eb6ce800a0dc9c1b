/**
 * Address of the test server, as a role that may create databases and roles; set by the Jest global setup, or by hand
 * to test on a server of one's own.
 */
export function adminUrl(): string {
  const url = process.env['TEST_DATABASE_ADMIN_URL'];
  if (!url) throw new Error("TEST_DATABASE_ADMIN_URL is not set: run integration tests through the repository's Jest.");
  return url;
}

/** Whether committed snapshots are to be written instead of compared. */
export function isUpdatingSnapshots(): boolean {
  return process.env['UPDATE_SNAPSHOTS'] === '1';
}
