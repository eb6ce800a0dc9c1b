import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** Account that the server runs under when this process is root: PostgreSQL refuses to run as root. */
export type ServerAccount = { uid: number; gid: number };

const NOBODY: ServerAccount = { uid: 65_534, gid: 65_534 };

/** Account of a name in the text of /etc/passwd. */
export function accountNamed(name: string, passwd: string): ServerAccount | undefined {
  const fields = passwd
    .split('\n')
    .find((line) => line.startsWith(`${name}:`))
    ?.split(':');
  const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])];
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : undefined;
}

function readPasswd(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return '';
  }
}

/**
 * Account for the server of a cluster; undefined = as this process. As root it is the owner of the existing cluster,
 * else `postgres` where there is such an account, else `nobody`.
 */
export function serverAccount(existingCluster?: string): ServerAccount | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (existingCluster !== undefined) {
    const { uid, gid } = statSync(existingCluster);
    if (uid !== 0) return { uid, gid };
  }
  const passwd = readPasswd();
  return accountNamed('postgres', passwd) ?? accountNamed('nobody', passwd) ?? NOBODY;
}

function mayEnter(folder: string, account: ServerAccount): boolean {
  const { mode, uid, gid } = statSync(folder);
  if (uid === account.uid) return (mode & 0o100) !== 0;
  return gid === account.gid ? (mode & 0o010) !== 0 : (mode & 0o001) !== 0;
}

/** True when the account may enter the folder and every one above it. */
export function isReachable(folder: string, account: ServerAccount): boolean {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if (!mayEnter(at, account)) return false;
    if (at === path.dirname(at)) return true;
  }
}
