import { createHash, randomUUID } from 'node:crypto';
import { SecretBox } from '@throughline/persistence';
import { TEST_SECRET_KEY, type CollectorHarness } from './collector-harness.js';

/** A source system as a test configures it. */
export type TestSourceSystem = {
  name: string;
  kind: string;
  authentication?: string;
  secret?: string;
  previousSecret?: string;
  previousUntil?: Date;
  isActive?: boolean;
};

const box = new SecretBox(TEST_SECRET_KEY);

/** Configures source systems of the harness's tenant. Before the first request: collectors remember them for 30 s. */
export async function addSourceSystems(harness: CollectorHarness, systems: readonly TestSourceSystem[]): Promise<void> {
  for (const system of systems) {
    await harness.rows(
      `insert into source_system (tenant_id, name, kind, title, webhook_authentication, webhook_secret_encrypted,
                                  previous_secret_encrypted, previous_secret_until, is_active)
       values ($1, $2, $3, $2, $4, $5, $6, $7, $8)`,
      system.name,
      system.kind,
      system.authentication ?? 'none',
      system.secret === undefined ? null : box.seal(system.secret),
      system.previousSecret === undefined ? null : box.seal(system.previousSecret),
      system.previousUntil ?? null,
      system.isActive ?? true,
    );
  }
}

/** One more ingest key; returns it. */
export async function addIngestKey(harness: CollectorHarness, sourceSystem: string | null): Promise<string> {
  const key = `tl_${randomUUID()}`;
  await harness.rows(
    'insert into ingest_key (tenant_id, key_id, key_hash, name, source_system) values ($1, $2, $3, $4, $5)',
    randomUUID(),
    createHash('sha256').update(key).digest(),
    'test',
    sourceSystem,
  );
  return key;
}

/** One redaction rule. */
export async function addRedactionRule(
  harness: CollectorHarness,
  rule: { path: string; action: string; sourceSystem?: string; signalKind?: string },
): Promise<void> {
  await harness.rows(
    `insert into redaction_rule (tenant_id, rule_id, source_system, signal_kind, path, action, created_at)
     values ($1, $2, $3, $4, $5, $6, now())`,
    randomUUID(),
    rule.sourceSystem ?? '',
    rule.signalKind ?? '',
    rule.path,
    rule.action,
  );
}
