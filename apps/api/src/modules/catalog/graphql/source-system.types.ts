import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../graphql/connection.js';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import { catalogResult } from './catalog-failure.type.js';

@ObjectType('SourceSystem', { description: 'A configured instance of a product; its kind is the product' })
export class SourceSystemType {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  kind!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { description: 'IANA zone of local times that its messages carry without one' })
  timeZone!: string;

  @Field(() => String, {
    description:
      'How its webhooks prove themselves: none, standard-webhooks, stripe, basic, shared-secret, hmac-sha256',
  })
  webhookAuthentication!: string;

  @Field(() => Boolean)
  hasSecret!: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Until then the secret before this one is taken too' })
  previousSecretUntil!: Date | null;

  @Field(() => Boolean)
  isActive!: boolean;

  @Field(() => String, { description: 'Path at the collector' })
  webhookPath!: string;
}

@ObjectType('SourceSystemConnection')
export class SourceSystemConnection extends connectionOf<SourceSystemType>('SourceSystem', () => SourceSystemType) {}

@ObjectType('SourceSystemSaved')
export class SourceSystemSavedType {
  @Field(() => SourceSystemType)
  sourceSystem!: SourceSystemType;
}

export const SourceSystemResult = catalogResult('SourceSystemResult', SourceSystemSavedType);

@InputType('SourceSystemInput')
export class SourceSystemInput {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  kind!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { defaultValue: 'UTC' })
  timeZone!: string;

  @Field(() => String, { defaultValue: 'none' })
  webhookAuthentication!: string;

  @Field(() => String, { nullable: true, description: 'Never shown again; null = keep the one there is' })
  secret?: string | null;

  @Field(() => Boolean, { defaultValue: true })
  isActive!: boolean;

  @Field(() => Int, { defaultValue: 24, description: 'How long the secret before a new one is taken too' })
  previousSecretHours!: number;
}
