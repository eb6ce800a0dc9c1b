import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { LaunchProblem } from './launch-problem.js';

/** What is made once for a data folder and kept in it, readable by its owner alone. */
export type Secrets = {
  /** Base64 of 32 bytes that encrypt stored secrets (THROUGHLINE_SECRET_KEY). */
  secretKey: string;
  superuserPassword: string;
  ownerPassword: string;
  appPassword: string;
  /** Port of the embedded server, kept so that it stays the same; 0 before the first start. */
  databasePort: number;
};

const ONLY_OWNER = 0o600;

function newSecrets(): Secrets {
  const password = (): string => randomBytes(24).toString('base64url');
  return {
    secretKey: randomBytes(32).toString('base64'),
    superuserPassword: password(),
    ownerPassword: password(),
    appPassword: password(),
    databasePort: 0,
  };
}

/** Reads the secrets of a data folder, or makes them. With a cluster but without secrets nobody could sign in to it. */
export function readSecrets(file: string, hasCluster: boolean): Secrets {
  if (!existsSync(file)) {
    if (hasCluster) {
      throw new LaunchProblem(
        `${file} is missing, and without it the database cannot be signed in to. Restore it, or start empty with "npm start -- --reset".`,
      );
    }
    const secrets = newSecrets();
    saveSecrets(file, secrets);
    return secrets;
  }
  const known: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const fresh = newSecrets();
  const secrets = { ...fresh, ...(typeof known === 'object' && known !== null ? known : {}) };
  for (const [name, value] of Object.entries(fresh)) {
    if (typeof Reflect.get(secrets, name) !== typeof value) {
      throw new LaunchProblem(`${file} is damaged (${name}): restore it, or start empty with "npm start -- --reset".`);
    }
  }
  return secrets;
}

/** Writes the secrets whole or not at all. */
export function saveSecrets(file: string, secrets: Secrets): void {
  const next = `${file}.next`;
  writeFileSync(next, `${JSON.stringify(secrets, null, 2)}\n`, { mode: ONLY_OWNER });
  chmodSync(next, ONLY_OWNER);
  renameSync(next, file);
}
