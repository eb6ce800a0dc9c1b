import { createUnionType, Field, Int, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar, JsonScalar } from '../../../../graphql/scalars.js';
import { RequeueFailureType, RequeueTargetType } from '../../graphql/requeue-run.types.js';

@ObjectType('SendingCalendar')
export class SendingCalendarType {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String)
  timeZone!: string;
}

@ObjectType('SendingSettingsChange', { description: 'An act about how an integration is sent to' })
export class SendingSettingsChangeType {
  @Field(() => DateTimeScalar)
  at!: Date;

  @Field(() => String)
  actorName!: string;

  @Field(() => String, { description: 'e.g. requeue.settings-changed' })
  action!: string;

  @Field(() => JsonScalar, { description: 'What was and what is, where something was changed' })
  details!: unknown;
}

@ObjectType('SendingSettings', { description: 'How an integration is sent to' })
export class SendingSettingsType {
  @Field(() => String)
  integration!: string;

  @Field(() => String)
  title!: string;

  @Field(() => Boolean, { description: 'It has a target' })
  canRequeue!: boolean;

  @Field(() => Int, { description: '0 = nothing was said so far: what comes with the product holds' })
  version!: number;

  @Field(() => DateTimeScalar, { nullable: true })
  changedAt!: Date | null;

  @Field(() => String, { nullable: true })
  changedByName!: string | null;

  @Field(() => RequeueTargetType)
  target!: RequeueTargetType;

  @Field(() => [SendingCalendarType], { description: 'From which its hours can be made' })
  calendars!: SendingCalendarType[];
}

@ObjectType('SendingSettingsSaved')
export class SendingSettingsSavedType {
  @Field(() => RequeueTargetType)
  target!: RequeueTargetType;

  @Field(() => SendingSettingsType)
  settings!: SendingSettingsType;
}

export const SendingSettingsResult = createUnionType({
  name: 'SendingSettingsResult',
  types: () => [SendingSettingsSavedType, RequeueFailureType] as const,
  resolveType: (value: object) => ('code' in value ? RequeueFailureType : SendingSettingsSavedType),
});
