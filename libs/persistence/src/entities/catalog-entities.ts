import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A company of the tenant with its calendar. */
@Entity({ name: 'legal_entity' })
export class LegalEntityEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'uuid' })
  tenantId!: string;

  @PrimaryColumn({ name: 'code', type: 'text' })
  code!: string;

  @Column({ name: 'name', type: 'text' })
  name!: string;

  @Column({ name: 'country', type: 'text' })
  country!: string;

  @Column({ name: 'currency', type: 'text' })
  currency!: string;

  @Column({ name: 'calendar', type: 'text' })
  calendar!: string;

  @Column({ name: 'time_zone', type: 'text' })
  timeZone!: string;
}

/** A configured instance of a product. */
@Entity({ name: 'source_system' })
export class SourceSystemEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'uuid' })
  tenantId!: string;

  @PrimaryColumn({ name: 'name', type: 'text' })
  name!: string;

  @Column({ name: 'kind', type: 'text' })
  kind!: string;

  @Column({ name: 'title', type: 'text' })
  title!: string;

  @Column({ name: 'webhook_authentication', type: 'text' })
  webhookAuthentication!: string;

  @Column({ name: 'webhook_secret_encrypted', type: 'bytea', nullable: true })
  webhookSecretEncrypted!: Buffer | null;

  @Column({ name: 'previous_secret_encrypted', type: 'bytea', nullable: true })
  previousSecretEncrypted!: Buffer | null;

  @Column({ name: 'previous_secret_until', type: 'timestamptz', nullable: true })
  previousSecretUntil!: Date | null;

  @Column({ name: 'time_zone', type: 'text' })
  timeZone!: string;

  @Column({ name: 'is_active', type: 'boolean' })
  isActive!: boolean;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}

/** A named flow of data with its requeue target. */
@Entity({ name: 'integration' })
export class IntegrationEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'uuid' })
  tenantId!: string;

  @PrimaryColumn({ name: 'name', type: 'text' })
  name!: string;

  @Column({ name: 'title', type: 'text' })
  title!: string;

  @Column({ name: 'from_system', type: 'text' })
  fromSystem!: string;

  @Column({ name: 'to_system', type: 'text' })
  toSystem!: string;

  @Column({ name: 'owner', type: 'text' })
  owner!: string;

  @Column({ name: 'criticality', type: 'text' })
  criticality!: string;

  @Column({ name: 'requeue_url', type: 'text', nullable: true })
  requeueUrl!: string | null;

  @Column({ name: 'requeue_secret_encrypted', type: 'bytea', nullable: true })
  requeueSecretEncrypted!: Buffer | null;

  @Column({ name: 'requeue_is_idempotent', type: 'boolean' })
  requeueIsIdempotent!: boolean;

  @Column({ name: 'requeue_adapter', type: 'text' })
  requeueAdapter!: string;

  @Column({ name: 'requeue_settings', type: 'jsonb' })
  requeueSettings!: Record<string, string>;

  @Column({ name: 'requeue_status_url', type: 'text', nullable: true })
  requeueStatusUrl!: string | null;

  @Column({ name: 'requeue_validate_url', type: 'text', nullable: true })
  requeueValidateUrl!: string | null;

  @Column({ name: 'requeue_changed_at', type: 'timestamptz', nullable: true })
  requeueChangedAt!: Date | null;

  @Column({ name: 'requeue_changed_by_name', type: 'text', nullable: true })
  requeueChangedByName!: string | null;

  @Column({ name: 'adopted_from', type: 'text', nullable: true })
  adoptedFrom!: string | null;
}

/** Where alerts go. */
@Entity({ name: 'alert_channel' })
export class AlertChannelEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'uuid' })
  tenantId!: string;

  @PrimaryColumn({ name: 'channel_id', type: 'uuid' })
  channelId!: string;

  @Column({ name: 'name', type: 'text' })
  name!: string;

  @Column({ name: 'kind', type: 'text' })
  kind!: string;

  @Column({ name: 'url_encrypted', type: 'bytea' })
  urlEncrypted!: Buffer;

  @Column({ name: 'is_active', type: 'boolean' })
  isActive!: boolean;
}

/** When somebody must be told. */
@Entity({ name: 'alert_policy' })
export class AlertPolicyEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'uuid' })
  tenantId!: string;

  @PrimaryColumn({ name: 'policy_id', type: 'uuid' })
  policyId!: string;

  @Column({ name: 'name', type: 'text' })
  name!: string;

  @Column({ name: 'taxonomies', type: 'text', array: true })
  taxonomies!: string[];

  @Column({ name: 'channel_id', type: 'uuid' })
  channelId!: string;

  @Column({ name: 'is_active', type: 'boolean' })
  isActive!: boolean;
}
