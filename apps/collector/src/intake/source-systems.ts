import type { Database } from '@throughline/persistence';
import { Remembered } from './remembered.js';

/** How the webhooks of a source system prove themselves beside the ingest key. */
export type WebhookAuthentication = 'none' | 'standard-webhooks' | 'stripe' | 'basic' | 'shared-secret' | 'hmac-sha256';

/** A configured source system, as intake needs it. */
export type SourceSystem = {
  name: string;
  /** The product, e.g. "stripe". */
  kind: string;
  title: string;
  /** IANA; of local times that its messages carry without a zone. */
  timeZone: string;
  webhookAuthentication: WebhookAuthentication;
  /** Sealed by SecretBox; null = none is configured. */
  webhookSecretEncrypted: Buffer | null;
  /** Still taken after a rotation, until `previousSecretUntil`. */
  previousSecretEncrypted: Buffer | null;
  previousSecretUntil: Date | null;
  isActive: boolean;
};

const SELECT = `
  select name, kind, title, time_zone as "timeZone", webhook_authentication as "webhookAuthentication",
         webhook_secret_encrypted as "webhookSecretEncrypted", previous_secret_encrypted as "previousSecretEncrypted",
         previous_secret_until as "previousSecretUntil", is_active as "isActive"
    from source_system
   where tenant_id = $1
   order by name`;

/** Source systems of the tenants by name and by kind. A change is in force within 30 s. */
export class SourceSystems {
  private readonly remembered: Remembered<ReadonlyMap<string, SourceSystem>>;

  constructor(database: Pick<Database, 'withTenant'>, nowMs?: () => number) {
    this.remembered = new Remembered(async (tenantId) => {
      const rows = await database.withTenant(tenantId, (tx) => tx.query<SourceSystem>(SELECT, [tenantId]), {
        readOnly: true,
      });
      return new Map(rows.map((row) => [row.name, row]));
    }, nowMs);
  }

  /** The source system of that name, active or not. */
  async find(tenantId: string, name: string): Promise<SourceSystem | undefined> {
    return (await this.remembered.of(tenantId)).get(name);
  }

  /** The active source systems of a kind. */
  async ofKind(tenantId: string, kind: string): Promise<SourceSystem[]> {
    return [...(await this.remembered.of(tenantId)).values()].filter((one) => one.isActive && one.kind === kind);
  }

  /** All active source systems. */
  async active(tenantId: string): Promise<SourceSystem[]> {
    return [...(await this.remembered.of(tenantId)).values()].filter((one) => one.isActive);
  }

  /** Names of all of a tenant. */
  async names(tenantId: string): Promise<ReadonlySet<string>> {
    return new Set((await this.remembered.of(tenantId)).keys());
  }
}
