import { hash, verify } from '@node-rs/argon2';

/** argon2id with 19 MiB, two passes, one lane: the OWASP minimum, about 12 ms here. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let absentHash: Promise<string> | undefined;

/** Encoded argon2id hash with a random salt. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** Whether the password belongs to the hash. */
export function verifyPassword(encodedHash: string, password: string): Promise<boolean> {
  return verify(encodedHash, password);
}

/** The work of one verification, for an e-mail address that nobody has: the time must not tell who exists. */
export async function verifyAgainstNobody(password: string): Promise<false> {
  absentHash ??= hashPassword('nobody has this password');
  await verify(await absentHash, password);
  return false;
}
