import { REQUEUE_ADAPTER_DESCRIPTIONS, type RequeueAdapterName } from './requeue-adapters.js';

/** Where an integration takes what is sent again, opened: secrets by name of their field. */
export type RequeueTarget = {
  adapter: RequeueAdapterName;
  url: string;
  settings: Readonly<Record<string, string>>;
  secrets: Readonly<Record<string, string>>;
  statusUrl: string | null;
  validateUrl: string | null;
  /** The target keeps the idempotency key: the same attempt may be transmitted again after no answer. */
  isIdempotent: boolean;
};

/** Secrets as the one text that is sealed. */
export function writeSecrets(secrets: Readonly<Record<string, string>>): string {
  return JSON.stringify(secrets);
}

/** Secrets by name. A text that is no JSON object is the signing secret alone, as earlier versions sealed it. */
export function readSecrets(text: string): Record<string, string> {
  if (!text.startsWith('{')) return { signing: text };
  const parsed: unknown = JSON.parse(text);
  return Object.fromEntries(
    Object.entries(parsed ?? {}).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

/** Labels of what the target needs and does not have; nothing can be sent to it until then. */
export function missingOf({
  adapter,
  settings,
  secrets,
}: Pick<RequeueTarget, 'adapter' | 'settings' | 'secrets'>): string[] {
  return REQUEUE_ADAPTER_DESCRIPTIONS[adapter].fields
    .filter(({ name, isSecret, isRequired }) => isRequired && ((isSecret ? secrets : settings)[name] ?? '') === '')
    .map(({ label }) => label);
}
