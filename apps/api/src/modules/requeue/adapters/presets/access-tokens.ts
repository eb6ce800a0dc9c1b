import { createHash } from 'node:crypto';
import type { OutboundClient, OutboundResult } from '../../../../outbound/index.js';
import { isObject, JsonNumber, readJson } from '../../corrections/domain/json-tree.js';
import type { Authentication } from './preset.js';

type Credentials = Extract<Authentication, { kind: 'client-credentials' }>;

/** A token, or why there is none; nothing was sent to the target then. */
export type TokenAnswer = { kind: 'token'; token: string } | Extract<OutboundResult, { kind: 'notSent' }>;

/** A token is not used in its last minute: it has to be good until it arrives. */
const SPARE_MS = 60_000;

const MOST_KEPT = 500;

type Kept = { token: string; until: number };

/** Tokens of client credentials (RFC 6749, 4.4), kept in memory until they expire; asked for once however many wait for it. */
export class AccessTokens {
  private readonly kept = new Map<string, Kept>();
  private readonly asking = new Map<string, Promise<TokenAnswer>>();

  constructor(private readonly client: OutboundClient) {}

  async tokenFor(credentials: Credentials, now: Date): Promise<TokenAnswer> {
    const key = keyOf(credentials);
    const kept = this.kept.get(key);
    if (kept !== undefined && kept.until > now.getTime()) return { kind: 'token', token: kept.token };
    const asked = this.asking.get(key) ?? this.ask(key, credentials, now);
    this.asking.set(key, asked);
    return asked.finally(() => this.asking.delete(key));
  }

  /** Takes back a token that the target did not take; another one that came meanwhile stays. */
  forget(credentials: Credentials, token: string): void {
    const key = keyOf(credentials);
    if (this.kept.get(key)?.token === token) this.kept.delete(key);
  }

  private async ask(key: string, credentials: Credentials, now: Date): Promise<TokenAnswer> {
    const result = await this.client.post(tokenRequest(credentials));
    const answer = readToken(result);
    if (answer.kind === 'notSent') return answer;
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    this.kept.set(key, { token: answer.token, until: now.getTime() + answer.lastsMs - SPARE_MS });
    return { kind: 'token', token: answer.token };
  }
}

function keyOf(credentials: Credentials): string {
  return createHash('sha256').update(JSON.stringify(credentials)).digest('base64');
}

function tokenRequest({ tokenUrl, clientId, clientSecret, place, scope }: Credentials) {
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  const headers: Record<string, string> = {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
  };
  if (place === 'header') {
    headers.authorization = basic(clientId, clientSecret);
  } else {
    form.set('client_id', clientId);
    form.set('client_secret', clientSecret);
  }
  if (scope !== null) form.set('scope', scope);
  return { url: tokenUrl, headers, body: form.toString() };
}

/** The header of basic authentication (RFC 7617). */
export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

function readToken(result: OutboundResult): { kind: 'token'; token: string; lastsMs: number } | Failed {
  switch (result.kind) {
    case 'success':
      return tokenIn(result.body) ?? failed('the answer holds no token', true);
    case 'rejected':
      return failed(`the credentials were refused with ${result.status}`, true);
    case 'retryable':
      return failed(`the token address answered ${result.status}`, false);
    case 'notSent':
      return failed(result.reason, result.isPermanent);
    case 'unknown':
      return failed(result.reason, false);
  }
}

type Failed = Extract<OutboundResult, { kind: 'notSent' }>;

/** The answer itself is never told: it may hold what was sent. */
function failed(why: string, isPermanent: boolean): Failed {
  return { kind: 'notSent', reason: `no token: ${why}`, isPermanent };
}

function tokenIn(body: string): { kind: 'token'; token: string; lastsMs: number } | null {
  try {
    const tree = readJson(body);
    const member = (name: string) => (isObject(tree) ? tree.get(name) : undefined);
    const [token, lasts] = [member('access_token'), member('expires_in')];
    // what would break the header is no token (RFC 6750, 2.1)
    if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) return null;
    const seconds = lasts instanceof JsonNumber ? Number(lasts.literal) : Number(typeof lasts === 'string' ? lasts : 0);
    return { kind: 'token', token, lastsMs: Number.isFinite(seconds) ? seconds * 1_000 : 0 };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
