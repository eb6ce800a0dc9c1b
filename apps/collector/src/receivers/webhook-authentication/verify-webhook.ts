import type { SecretBox } from '@throughline/persistence';
import { Refusal } from '../../intake/refusal.js';
import type { SourceSystem, WebhookAuthentication } from '../../intake/source-systems.js';
import { verifyHmac } from './hmac-signature.js';
import { verifyBasic, verifySharedSecret } from './shared-secret.js';
import { verifyStandardWebhooks } from './standard-webhooks-signature.js';
import { verifyStripe } from './stripe-signature.js';
import type { SignedRequest, Verify } from './webhook-proof.js';

const VERIFY: Record<Exclude<WebhookAuthentication, 'none'>, Verify> = {
  stripe: verifyStripe,
  'standard-webhooks': verifyStandardWebhooks,
  'hmac-sha256': verifyHmac,
  basic: verifyBasic,
  'shared-secret': verifySharedSecret,
};

/**
 * Demands the vendor's own proof once a secret is configured for a source system: with the present secret, or until its
 * end with the one before. Throws a Refusal.
 */
export function demandProof(source: SourceSystem, request: SignedRequest, secretBox: SecretBox | null): void {
  const { webhookAuthentication } = source;
  const secrets = secretsOf(source, request.nowMs, secretBox);
  if (webhookAuthentication === 'none' || secrets.length === 0) return;
  const proofs = secrets.map((secret) => VERIFY[webhookAuthentication](request, secret));
  if (proofs.some((proof) => proof.ok)) return;
  const [first] = proofs;
  throw new Refusal('unauthenticated', first?.ok === false ? first.reason : 'the proof of the sender is missing');
}

function secretsOf(source: SourceSystem, nowMs: number, secretBox: SecretBox | null): string[] {
  if (source.webhookAuthentication === 'none') return [];
  const isPreviousTaken = source.previousSecretUntil !== null && source.previousSecretUntil.getTime() >= nowMs;
  const sealed = [source.webhookSecretEncrypted, isPreviousTaken ? source.previousSecretEncrypted : null];
  const present = sealed.filter((secret) => secret !== null);
  if (present.length === 0) return [];
  if (secretBox === null) {
    throw new Refusal('unavailable', 'the collector cannot check the sender: THROUGHLINE_SECRET_KEY is not set');
  }
  try {
    return present.map((secret) => secretBox.open(secret));
  } catch (error) {
    // Sealed with another key: an operator can mend it, and the sender tries again meanwhile.
    throw new Refusal('unavailable', 'the collector cannot check the sender at the moment', { cause: error });
  }
}
