import type { Worded } from '../../shared/status/state-words.js';
import type { IngestKey, SourceSystem } from './sources-documents.js';

const AUTHENTICATION: Readonly<Record<string, string>> = {
  none: 'Ingest key only',
  'standard-webhooks': 'Standard Webhooks',
  stripe: 'Stripe signature',
  basic: 'User and password',
  'shared-secret': 'Shared secret',
  'hmac-sha256': 'HMAC SHA-256',
};

export const AUTHENTICATIONS = Object.entries(AUTHENTICATION).map(([value, label]) => ({ value, label }));

export function authenticationWords(name: string): string {
  return AUTHENTICATION[name] ?? name;
}

export const SIGNAL_KIND_CHOICES = [
  { value: 'webhook', label: 'Webhooks' },
  { value: 'cloud-event', label: 'CloudEvents' },
  { value: 'span', label: 'Spans' },
  { value: 'log', label: 'Log records' },
  { value: 'openlineage', label: 'OpenLineage' },
  { value: 'file-record', label: 'File records' },
];

const QUIET_MS = 24 * 3_600_000;
const SOON_MS = 7 * 24 * 3_600_000;

/** Whether a source system sends, in one word. */
export function systemState(system: SourceSystem, now: Date): Worded {
  if (!system.isActive) return { tone: 'unknown', word: 'Off' };
  if (system.lastReceivedAt === null) return { tone: 'unknown', word: 'Never seen' };
  if (system.unmappedToday > 0) return { tone: 'critical', word: 'Unread signals' };
  const isQuiet = now.getTime() - Date.parse(system.lastReceivedAt) > QUIET_MS;
  return isQuiet ? { tone: 'waiting', word: 'Quiet' } : { tone: 'good', word: 'Sending' };
}

/** Whether senders may show a key, in one word. */
export function keyState(key: Pick<IngestKey, 'isActive' | 'revokedAt' | 'expiresAt'>, now: Date): Worded {
  if (key.revokedAt !== null) return { tone: 'unknown', word: 'Revoked' };
  if (!key.isActive) return { tone: 'unknown', word: 'Expired' };
  if (key.expiresAt !== null && Date.parse(key.expiresAt) - now.getTime() < SOON_MS) {
    return { tone: 'warning', word: 'Expires soon' };
  }
  return { tone: 'good', word: 'In use' };
}
