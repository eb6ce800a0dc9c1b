import { ArgsType, Field, InputType, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import { catalogResult } from './catalog-failure.type.js';
import { IntegrationType } from './catalog.types.js';

@ObjectType('RequeueAdapterField')
export class RequeueAdapterFieldType {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  label!: string;

  @Field(() => Boolean, { description: 'Written and never read again' })
  isSecret!: boolean;

  @Field(() => Boolean)
  isRequired!: boolean;

  @Field(() => Boolean)
  isUrl!: boolean;

  @Field(() => String)
  help!: string;

  @Field(() => String, { nullable: true })
  example!: string | null;
}

@ObjectType('RequeueAdapterAddress')
export class RequeueAdapterAddressType {
  @Field(() => String)
  label!: string;

  @Field(() => String)
  help!: string;

  @Field(() => String, { nullable: true })
  example!: string | null;
}

@ObjectType('RequeueAdapter', {
  description: 'A way to send again, with the fields that it needs: forms are built from it',
})
export class RequeueAdapterType {
  @Field(() => String)
  adapter!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { description: 'What it does and what it cannot do' })
  summary!: string;

  @Field(() => RequeueAdapterAddressType)
  address!: RequeueAdapterAddressType;

  @Field(() => RequeueAdapterAddressType, { nullable: true })
  statusAddress!: RequeueAdapterAddressType | null;

  @Field(() => RequeueAdapterAddressType, { nullable: true })
  validateAddress!: RequeueAdapterAddressType | null;

  @Field(() => Boolean, { description: 'False = the same call twice does it twice, whatever is said of the target' })
  mayKeepKeys!: boolean;

  @Field(() => [RequeueAdapterFieldType])
  fields!: RequeueAdapterFieldType[];
}

@ObjectType('RequeueDestinationSetting')
export class RequeueTargetSettingType {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}

@ObjectType('RequeueDestination', { description: 'Where an integration takes what is sent again' })
export class RequeueTargetType {
  @Field(() => String)
  adapter!: string;

  @Field(() => String)
  adapterTitle!: string;

  @Field(() => String)
  url!: string;

  @Field(() => [RequeueTargetSettingType])
  settings!: RequeueTargetSettingType[];

  @Field(() => [String], { description: 'Names of the secrets that are set; what they are is never told' })
  secretsSet!: string[];

  @Field(() => [String], { description: 'What it needs and does not have: nothing is sent to it until then' })
  missing!: string[];

  @Field(() => String, { nullable: true })
  statusUrl!: string | null;

  @Field(() => String, { nullable: true })
  validateUrl!: string | null;

  @Field(() => Boolean, { description: 'It keeps the idempotency key: what got no answer may go out again' })
  isIdempotent!: boolean;

  @Field(() => DateTimeScalar, { nullable: true })
  changedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Null = it came with the demo' })
  changedByName!: string | null;
}

@ObjectType('RequeueTargetSaved')
export class RequeueTargetSavedType {
  @Field(() => IntegrationType)
  integration!: IntegrationType;

  @Field(() => String, { nullable: true, description: 'The signing secret that was made; it cannot be had again' })
  newSecret!: string | null;
}

export const RequeueTargetResult = catalogResult('RequeueTargetResult', RequeueTargetSavedType);

@InputType('RequeueTargetValueInput')
export class RequeueTargetValueInput {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}

@InputType('RequeueTargetInput')
export class RequeueTargetInput {
  @Field(() => String)
  integration!: string;

  @Field(() => String)
  adapter!: string;

  @Field(() => String)
  url!: string;

  @Field(() => [RequeueTargetValueInput], { defaultValue: [] })
  settings!: RequeueTargetValueInput[];

  @Field(() => [RequeueTargetValueInput], { defaultValue: [], description: 'What is not given stays' })
  secrets!: RequeueTargetValueInput[];

  @Field(() => Boolean, { defaultValue: false, description: 'Makes the signing secret of a webhook and shows it once' })
  makeSigningSecret!: boolean;

  @Field(() => String, { nullable: true })
  statusUrl?: string | null;

  @Field(() => String, { nullable: true })
  validateUrl?: string | null;

  @Field(() => Boolean, { defaultValue: false })
  isIdempotent!: boolean;
}

@ArgsType()
export class RemoveRequeueTargetArgs {
  @Field(() => String)
  integration!: string;
}
