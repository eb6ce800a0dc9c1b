import { createHash, randomBytes } from 'node:crypto';

/** Name of the session cookie. */
export const SESSION_COOKIE = 'throughline_session';

/** How long a sign-in lasts. */
export const SESSION_SECONDS = 12 * 60 * 60;

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** A new token: 32 random bytes as base64url. */
export function newSessionToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored in its place: SHA-256. A token has full entropy, so no slow hash is needed. Undefined = no token of ours. */
export function sessionHash(token: string): Buffer | undefined {
  return TOKEN.test(token) ? createHash('sha256').update(token, 'ascii').digest() : undefined;
}

/** The token of a request: `Authorization: Bearer` before the cookie. */
export function tokenOfHeaders(headers: {
  authorization?: string | undefined;
  cookie?: string | undefined;
}): string | undefined {
  const bearer = /^Bearer +([^\s]+)$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer !== undefined) {
    return bearer;
  }
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [name, value] = pair.split('=', 2);
    if (name?.trim() === SESSION_COOKIE && value !== undefined) {
      return value.trim();
    }
  }
  return undefined;
}
