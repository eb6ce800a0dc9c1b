import { Field, Float, InputType, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../graphql/connection.js';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import { catalogResult } from './catalog-failure.type.js';
import { IntegrationType } from './catalog.types.js';

@ObjectType('UnclaimedIntegration', { description: 'Something that sends without being configured' })
export class UnclaimedIntegrationType {
  @Field(() => String, { description: 'service, source or integration' })
  kind!: string;

  @Field(() => String)
  name!: string;

  @Field(() => DateTimeScalar)
  firstSeenAt!: Date;

  @Field(() => DateTimeScalar)
  lastSeenAt!: Date;

  @Field(() => Float)
  signals!: number;
}

@ObjectType('UnclaimedIntegrationConnection')
export class UnclaimedIntegrationConnection extends connectionOf<UnclaimedIntegrationType>(
  'UnclaimedIntegration',
  () => UnclaimedIntegrationType,
) {}

@InputType('AdoptIntegrationInput')
export class AdoptIntegrationInput {
  @Field(() => String, { description: 'Kind and name as unclaimedIntegrations lists them' })
  kind!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String)
  fromSystem!: string;

  @Field(() => String)
  toSystem!: string;

  @Field(() => String)
  owner!: string;

  @Field(() => String)
  criticality!: string;
}

@ObjectType('IntegrationSaved')
export class IntegrationSavedType {
  @Field(() => IntegrationType)
  integration!: IntegrationType;
}

export const IntegrationResult = catalogResult('IntegrationResult', IntegrationSavedType);

@ObjectType('Dismissed', { description: 'What is no more on its list' })
export class DismissedType {
  @Field(() => String)
  name!: string;
}

export const DismissResult = catalogResult('DismissResult', DismissedType);
