import type { TargetAdapter, TargetDestination, TargetIntegration } from './target-documents.js';

/** What stands in the form; fields of all kinds by their name. */
export type TargetValues = {
  adapter: string;
  url: string;
  statusUrl: string;
  validateUrl: string;
  isIdempotent: boolean;
  fields: Readonly<Record<string, string>>;
  makesSecret: boolean;
};

export function valuesOf(destination: TargetDestination | null | undefined): TargetValues {
  return {
    adapter: destination?.adapter ?? 'webhook',
    url: destination?.url ?? '',
    statusUrl: destination?.statusUrl ?? '',
    validateUrl: destination?.validateUrl ?? '',
    isIdempotent: destination?.isIdempotent ?? false,
    fields: Object.fromEntries((destination?.settings ?? []).map(({ name, value }) => [name, value])),
    // the first secret of a webhook is best made here
    makesSecret: !destination,
  };
}

/** Another adapter starts afresh: nothing of one is of use to another. */
export function withAdapter(adapter: string, destination: TargetDestination | null | undefined): TargetValues {
  return destination?.adapter === adapter
    ? valuesOf(destination)
    : { ...valuesOf(null), adapter, makesSecret: adapter === 'webhook' };
}

/** What of it is sent to be saved; secrets that are left empty stay as they are. */
export function inputOf(integration: string, adapter: TargetAdapter, values: TargetValues) {
  const { url, statusUrl, validateUrl, isIdempotent, fields, makesSecret } = values;
  const makeSigningSecret = makesSecret && adapter.adapter === 'webhook';
  const filled = (isSecret: boolean) =>
    adapter.fields
      .filter((field) => field.isSecret === isSecret && !(makeSigningSecret && isSecret))
      .map(({ name }) => ({ name, value: fields[name] ?? '' }))
      .filter(({ value }) => value !== '');
  return {
    integration,
    adapter: adapter.adapter,
    url: url.trim(),
    settings: filled(false),
    secrets: filled(true),
    makeSigningSecret,
    statusUrl: adapter.statusAddress ? orNull(statusUrl) : null,
    validateUrl: adapter.validateAddress ? orNull(validateUrl) : null,
    isIdempotent: isIdempotent && adapter.mayKeepKeys,
  };
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

/** Whether everything that the adapter needs stands there, or is kept. */
export function isComplete(
  adapter: TargetAdapter,
  values: TargetValues,
  destination: TargetDestination | null | undefined,
): boolean {
  const kept = destination?.adapter === adapter.adapter ? destination.secretsSet : [];
  const made = values.makesSecret && adapter.adapter === 'webhook';
  return (
    values.url.trim() !== '' &&
    adapter.fields.every(
      ({ name, isSecret, isRequired }) =>
        !isRequired || (values.fields[name] ?? '').trim() !== '' || (isSecret && (made || kept.includes(name))),
    )
  );
}

/** The sentence that answers the page's question. */
export function targetAnswer({ title, requeueDestination }: TargetIntegration): string {
  if (!requeueDestination) return `${title} takes nothing that is sent again: it has no target.`;
  const { adapterTitle, url, missing } = requeueDestination;
  if (missing.length > 0) return `The target of ${title} is not complete: ${missing.join(', ')}.`;
  return `${title} is sent again to ${hostOf(url)}: ${adapterTitle}.`;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
