import { ArgsType, Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../graphql/connection.js';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import { catalogResult } from './catalog-failure.type.js';

@ObjectType('IngestUsage', { description: 'What a key sent within one hour' })
export class IngestUsageType {
  @Field(() => DateTimeScalar)
  hour!: Date;

  @Field(() => Int)
  requests!: number;

  @Field(() => Float)
  items!: number;

  @Field(() => Float)
  duplicates!: number;

  @Field(() => Float)
  refused!: number;

  @Field(() => Float)
  bytes!: number;

  @Field(() => Int, { description: 'Requests turned away by the limit of the key' })
  limited!: number;
}

@ObjectType('IngestKey', { description: 'A credential of senders; its text is shown once, when it is issued' })
export class IngestKeyType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true, description: 'The source system that it is bound to' })
  sourceSystem!: string | null;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  expiresAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  revokedAt!: Date | null;

  @Field(() => ID, { nullable: true, description: 'The key that it was rotated from' })
  replacesKeyId!: string | null;

  @Field(() => Int, { nullable: true, description: 'Null = the limit of the collector' })
  itemsPerSecond!: number | null;

  @Field(() => Boolean)
  isActive!: boolean;
}

@ObjectType('IngestKeyConnection')
export class IngestKeyConnection extends connectionOf<IngestKeyType>('IngestKey', () => IngestKeyType) {}

@ObjectType('IngestKeyIssued')
export class IngestKeyIssuedType {
  @Field(() => String, { description: 'The text that senders show; it cannot be had again' })
  key!: string;

  @Field(() => IngestKeyType)
  ingestKey!: IngestKeyType;
}

@ObjectType('IngestKeyRevoked')
export class IngestKeyRevokedType {
  @Field(() => IngestKeyType)
  ingestKey!: IngestKeyType;
}

export const IngestKeyResult = catalogResult('IngestKeyResult', IngestKeyIssuedType);

export const IngestKeyRevokeResult = catalogResult('IngestKeyRevokeResult', IngestKeyRevokedType);

@ArgsType()
export class CreateIngestKeyArgs {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  sourceSystem?: string | null;

  @Field(() => Int, { nullable: true })
  itemsPerSecond?: number | null;

  @Field(() => DateTimeScalar, { nullable: true })
  expiresAt?: Date | null;
}
