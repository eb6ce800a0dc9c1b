import { createHash } from 'node:crypto';
import type { Database } from '@throughline/persistence';
import { Refusal } from './refusal.js';

/** Who sends: the tenant, and the source system if the key is bound to one. */
export type Sender = { tenantId: string; keyId: string; sourceSystem: string | null };

/** A revoked key is taken no longer than this. */
const KNOWN_MS = 30_000;
/** A key that was made a moment ago is refused no longer than this. */
const UNKNOWN_MS = 2_000;
const MOST_REMEMBERED = 10_000;

/** Finds the sender of an `Authorization` header; remembers answers shortly, by the hash of the key alone. */
export class IngestKeys {
  private readonly remembered = new Map<string, { until: number; sender: Sender | null }>();

  constructor(private readonly database: Pick<Database, 'findIngestKey'>) {}

  /** Throws a Refusal `unauthenticated`, or what the database throws while it is away. */
  async authenticate(authorization: string | undefined): Promise<Sender> {
    const key = keyOf(authorization);
    if (key === undefined) {
      throw new Refusal(
        'unauthenticated',
        'an ingest key is needed: Authorization: Bearer <key>, or Basic with the key as password',
      );
    }
    const keyHash = createHash('sha256').update(key, 'utf8').digest();
    const sender = await this.find(keyHash);
    if (!sender) throw new Refusal('unauthenticated', 'the ingest key is unknown or revoked');
    return sender;
  }

  private async find(keyHash: Buffer): Promise<Sender | null> {
    const name = keyHash.toString('base64');
    const now = performance.now();
    const known = this.remembered.get(name);
    if (known && known.until > now) return known.sender;
    const sender = await this.database.findIngestKey(keyHash);
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    this.remembered.set(name, { until: now + (sender ? KNOWN_MS : UNKNOWN_MS), sender });
    return sender;
  }
}

function keyOf(authorization: string | undefined): string | undefined {
  const [, scheme, credentials] = /^(bearer|basic)\s+(\S+)\s*$/i.exec(authorization ?? '') ?? [];
  if (scheme === undefined || credentials === undefined) return undefined;
  if (scheme.toLowerCase() === 'bearer') return credentials;
  const userAndPassword = Buffer.from(credentials, 'base64').toString('utf8');
  const colon = userAndPassword.indexOf(':');
  return colon < 0 || colon === userAndPassword.length - 1 ? undefined : userAndPassword.slice(colon + 1);
}
