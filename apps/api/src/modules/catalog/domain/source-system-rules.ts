import { OWN_SOURCE } from '@throughline/ingest';
import { slugProblems, textProblems } from './catalog-text.js';

/** How webhooks may prove themselves beside the ingest key. */
export const WEBHOOK_AUTHENTICATIONS = [
  'none',
  'standard-webhooks',
  'stripe',
  'basic',
  'shared-secret',
  'hmac-sha256',
] as const;

/** Longest overlap of two secrets. */
export const MOST_SECRET_HOURS = 30 * 24;

const STANDARD_WEBHOOKS_SECRET = /^(?:whsec_)?[A-Za-z0-9+/]{24,}={0,2}$/;

/** What a person states of a source system. */
export type SourceSystemStatement = {
  name: string;
  kind: string;
  title: string;
  timeZone: string;
  webhookAuthentication: string;
  secret: string | null;
  isActive: boolean;
  previousSecretHours: number;
};

/** Every problem of a statement; `hasSecret` = one is stored already. */
export function sourceSystemProblems(statement: SourceSystemStatement, hasSecret: boolean): string[] {
  const { name, kind, title, timeZone, webhookAuthentication, secret, previousSecretHours } = statement;
  const isKnown = (WEBHOOK_AUTHENTICATIONS as readonly string[]).includes(webhookAuthentication);
  const problems = [
    ...slugProblems('name', name),
    ...slugProblems('kind', kind),
    ...textProblems('title', title, { max: 200 }),
  ];
  for (const [place, text] of [
    ['name', name],
    ['kind', kind],
  ])
    if (text === OWN_SOURCE) problems.push(`${place}: ${OWN_SOURCE} is the source of what people state here`);
  if (!isTimeZone(timeZone)) problems.push('timeZone: is no IANA time zone such as Europe/Berlin');
  if (!isKnown) problems.push(`webhookAuthentication: must be one of ${WEBHOOK_AUTHENTICATIONS.join(', ')}`);
  if (webhookAuthentication === 'none' && secret !== null)
    problems.push('secret: is not used without a webhookAuthentication');
  if (isKnown && webhookAuthentication !== 'none') problems.push(...secretProblems(statement, hasSecret));
  if (previousSecretHours < 0 || previousSecretHours > MOST_SECRET_HOURS)
    problems.push(`previousSecretHours: must be from 0 to ${MOST_SECRET_HOURS}`);
  return problems;
}

function secretProblems({ webhookAuthentication, secret }: SourceSystemStatement, hasSecret: boolean): string[] {
  if (secret === null) return hasSecret ? [] : [`secret: ${webhookAuthentication} needs one`];
  if (secret.trim() !== secret || secret.length < 8 || secret.length > 1_000)
    return ['secret: must have 8 to 1000 characters and no blank at either end'];
  if (webhookAuthentication === 'standard-webhooks' && !STANDARD_WEBHOOKS_SECRET.test(secret))
    return ['secret: must be whsec_ and the key in base64'];
  if (webhookAuthentication === 'basic' && !/^[^:]+:.+$/s.test(secret)) return ['secret: must be user:password'];
  return [];
}

/** True for an IANA zone that this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    // offsets such as +02:00 are taken by newer runtimes, and follow no summer time
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
