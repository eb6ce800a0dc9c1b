/** The `code` of an error of Node or of the database (`ECONNRESET`, `Z_DATA_ERROR`, SQLSTATE); empty when it has none. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}
