/** Name of the embedded database. */
export const DATABASE_NAME = 'throughline';
/** Role that owns the embedded database: migrations, partitions, job schema. */
export const OWNER_ROLE = 'throughline_owner';
/** Role that the processes sign in with: a member of the group that row-level security applies to. */
export const APP_ROLE = 'throughline';
/** Group that carries the rights of the running app; made by the migration. */
export const APP_GROUP = 'throughline_app';

/** Address of a database on this machine. */
export function localDatabaseUrl(port: number, user: string, password: string, database: string): string {
  return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

/** The address with the session taking on another role; options that it has already are kept. */
export function withRole(url: string, role: string): string {
  const address = new URL(url);
  const options = [address.searchParams.get('options'), `-c role=${role}`].filter(Boolean).join(' ');
  address.searchParams.delete('options');
  // URLSearchParams would write blanks as "+", which the driver takes for plus signs.
  return `${address.href}${address.search === '' ? '?' : '&'}options=${encodeURIComponent(options)}`;
}

/** Where an address leads to, for messages: host, port and database, never user or password. */
export function placeOf(url: string): string {
  const address = new URL(url);
  const host = address.hostname === '' ? (address.searchParams.get('host') ?? 'localhost') : address.hostname;
  return `${host}:${address.port === '' ? '5432' : address.port}${address.pathname}`;
}
