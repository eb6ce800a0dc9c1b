import { createHash } from 'node:crypto';
import type { Database, FoundIngestKey } from '@throughline/persistence';
import { Refusal } from './refusal.js';

/** Who sends: the tenant, the source system if the key is bound to one, and the key's own limit (null = the collector's). */
export type Sender = FoundIngestKey;

/** How a request proves itself; a token in the path counts before the header, which may then be the vendor's own. */
export type Credentials = { authorization?: string | undefined; token?: string | undefined };

/** A revoked key is taken no longer than this. */
const KNOWN_MS = 30_000;
/** A key that was made a moment ago is refused no longer than this. */
const UNKNOWN_MS = 2_000;
const MOST_REMEMBERED = 10_000;

/** Finds the sender of an `Authorization` header or a token; remembers answers shortly, by the hash of the key alone. */
export class IngestKeys {
  private readonly remembered = new Map<string, { until: number; sender: Sender | null }>();

  constructor(private readonly database: Pick<Database, 'findIngestKey'>) {}

  /** A text is an `Authorization` header. Throws a Refusal `unauthenticated`, or what the database throws while it is away. */
  async authenticate(credentials: Credentials | string | undefined): Promise<Sender> {
    const { authorization, token } = typeof credentials === 'object' ? credentials : { authorization: credentials };
    const key = token || keyOf(authorization);
    if (key === undefined) {
      throw new Refusal(
        'unauthenticated',
        'an ingest key is needed: Authorization: Bearer <key>, or Basic with the key as password',
      );
    }
    const keyHash = createHash('sha256').update(key, 'utf8').digest();
    const sender = await this.find(keyHash);
    if (!sender) throw new Refusal('unauthenticated', 'the ingest key is unknown or revoked, or has ended');
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
