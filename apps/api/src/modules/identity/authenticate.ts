import { DatabaseUnavailable, isTransientDatabaseError, type Database } from '@throughline/persistence';
import { CodedError } from '../../graphql/coded-error.js';
import type { Authentication } from '../../graphql/operation.js';
import type { Viewer } from '../../graphql/viewer.js';
import { permissionsOf } from './domain/permissions.js';
import { sessionHash } from './domain/session-token.js';

/** Who holds the token at that time; null = nobody (unknown, expired, or the person has left). */
export async function authenticate(database: Database, token: string, now: Date): Promise<Viewer | null> {
  const hash = sessionHash(token);
  const session = hash === undefined ? null : await database.findSession(hash);
  if (session === null || session.expiresAt <= now) {
    return null;
  }
  const { expiresAt: _expiresAt, ...person } = session;
  return { ...person, permissions: permissionsOf(person.roles) };
}

/** The same as a value that never rejects: a database that is away must not look like being signed out. */
export async function tryAuthenticate(database: () => Database, token: string, now: Date): Promise<Authentication> {
  try {
    const viewer = await authenticate(database(), token, now);
    return viewer === null ? null : { viewer };
  } catch (error) {
    if (error instanceof DatabaseUnavailable || isTransientDatabaseError(error)) {
      return { failure: new CodedError('UNAVAILABLE', 'The database is away; try again shortly', { cause: error }) };
    }
    return { failure: error instanceof Error ? error : new Error(String(error)) };
  }
}
