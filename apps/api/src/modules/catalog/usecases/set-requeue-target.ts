import { randomBytes } from 'node:crypto';
import type { SecretBox, Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../catalog-act.js';
import { invalidIf, refuse, type CatalogFailure } from '../domain/catalog-failure.js';
import { isRequeueAdapter, REQUEUE_ADAPTER_DESCRIPTIONS } from '../domain/requeue-adapters.js';
import { readSecrets, writeSecrets } from '../domain/requeue-target.js';
import {
  isRedirected,
  keptFor,
  targetProblems,
  type StandingTarget,
  type TargetStatement,
} from '../domain/requeue-target-rules.js';
import { countWaiting, lockRequeueTarget, writeRequeueTarget } from '../requeue-target.repository.js';

const SIGNING_BYTES = 32;

export type TargetSet = {
  integration: string;
  /** The signing secret that was made, this once; null = none was. */
  newSecret: string | null;
};

/** Sets where an integration takes what is sent again, whole; a secret that is not given stays. */
export async function setRequeueTarget(
  tx: Tx,
  act: CatalogAct,
  input: {
    integration: string;
    statement: TargetStatement;
    /** Make a signing secret instead of taking one. */
    makesSecret: boolean;
    box: SecretBox;
    allowedHosts: ReadonlySet<string>;
  },
): Promise<TargetSet | CatalogFailure> {
  const { integration, makesSecret, box, allowedHosts } = input;
  const before = await lockRequeueTarget(tx, integration);
  if (before === undefined) return noSuch(integration);
  if (makesSecret && input.statement.adapter !== 'webhook')
    return refuse('INVALID', 'The target cannot be taken as it is', ['makeSigningSecret: only a webhook is signed']);
  const newSecret = makesSecret ? `whsec_${randomBytes(SIGNING_BYTES).toString('base64')}` : null;
  const statement = newSecret === null ? trimmed(input.statement) : signedWith(trimmed(input.statement), newSecret);
  const known = before?.sealedSecrets ? readSecrets(box.open(before.sealedSecrets)) : {};
  const standing = before && { target: before, kept: Object.keys(known) };
  const invalid = invalidIf(targetProblems(statement, standing, allowedHosts), 'The target');
  if (invalid !== undefined) return invalid;
  if (isRedirected(before, statement)) {
    const { items, requests } = await countWaiting(tx, integration);
    if (items > 0) {
      return refuse('CONFLICT', 'What waits was asked for and approved for the target as it is', [
        `waiting to be sent: ${items} (requests: ${requests}); send, cancel or withdraw them first`,
      ]);
    }
  }
  const { adapter, secrets: given, ...facts } = statement;
  if (!isRequeueAdapter(adapter)) return refuse('INVALID', 'There is no such adapter');
  const kept = keptFor(adapter, standing);
  const secrets = { ...Object.fromEntries(Object.entries(known).filter(([name]) => kept.includes(name))), ...given };
  const after: StandingTarget = { adapter, ...facts };
  const sealedSecrets = Object.keys(secrets).length === 0 ? null : box.seal(writeSecrets(secrets));
  const changed = { at: act.now, byName: act.viewer.displayName };
  await writeRequeueTarget(tx, integration, { ...after, sealedSecrets }, changed);
  await recordAct(
    tx,
    act,
    'integration.requeue-target-set',
    { type: 'integration', id: integration },
    { before: before && stated(before), after: stated(after), secretsChanged: Object.keys(given).sort() },
  );
  return { integration, newSecret };
}

/** Takes the target away: nothing is sent again through the integration any more. */
export async function removeRequeueTarget(
  tx: Tx,
  act: CatalogAct,
  integration: string,
): Promise<TargetSet | CatalogFailure> {
  const before = await lockRequeueTarget(tx, integration);
  if (before === undefined) return noSuch(integration);
  if (before === null) return refuse('CONFLICT', 'It takes nothing that is sent again already');
  await writeRequeueTarget(tx, integration, null, { at: act.now, byName: act.viewer.displayName });
  await recordAct(
    tx,
    act,
    'integration.requeue-target-removed',
    { type: 'integration', id: integration },
    { before: stated(before), after: null },
  );
  return { integration, newSecret: null };
}

function noSuch(integration: string): CatalogFailure {
  return refuse('NOT_FOUND', 'There is no such integration', [`${integration}: is not configured`]);
}

/** What is blank is not given; of secrets nothing is cut off. */
function trimmed({ url, settings, secrets, statusUrl, validateUrl, ...rest }: TargetStatement): TargetStatement {
  return {
    ...rest,
    url: url.trim(),
    settings: given(Object.entries(settings).map(([name, text]) => [name, text.trim()])),
    secrets: given(Object.entries(secrets)),
    statusUrl: orNull(statusUrl),
    validateUrl: orNull(validateUrl),
  };
}

function given(entries: [string, string][]): Record<string, string> {
  return Object.fromEntries(entries.filter(([, text]) => text !== ''));
}

function orNull(address: string | null): string | null {
  const text = address?.trim() ?? '';
  return text === '' ? null : text;
}

function signedWith(statement: TargetStatement, signing: string): TargetStatement {
  return { ...statement, secrets: { ...statement.secrets, signing } };
}

/** For the record: everything but secrets. */
function stated({ adapter, url, settings, statusUrl, validateUrl, isIdempotent }: StandingTarget) {
  const { title } = REQUEUE_ADAPTER_DESCRIPTIONS[adapter];
  return { adapter, title, url, settings, statusUrl, validateUrl, isIdempotent };
}
