import { ArgsType, Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionOf, PageArgs } from '../../../../graphql/connection.js';
import { DateTimeScalar, JsonScalar } from '../../../../graphql/scalars.js';

export const ActivityByEnum = { PEOPLE: 'people', AUTOMATION: 'automation' } as const;

registerEnumType(ActivityByEnum, { name: 'ExceptionActivityBy' });

@ObjectType('ExceptionActivity', { description: 'What somebody, or the system, did with an exception' })
export class ExceptionActivityType {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTimeScalar)
  at!: Date;

  @Field(() => String, { description: 'As in the timeline of the exception' })
  kind!: string;

  @Field(() => String, { description: 'Of a person, or of a part of the system' })
  actorId!: string;

  @Field(() => String)
  actorName!: string;

  @Field(() => Boolean)
  isAutomation!: boolean;

  @Field(() => JsonScalar)
  details!: unknown;

  exceptionId!: string;
}

@ObjectType('ExceptionActivityConnection')
export class ExceptionActivityConnection extends connectionOf<ExceptionActivityType>(
  'ExceptionActivity',
  () => ExceptionActivityType,
) {}

@InputType('ExceptionActivityFilter')
export class ExceptionActivityFilterInput {
  @Field(() => ID, { nullable: true })
  personId?: string | null;

  @Field(() => ActivityByEnum, { nullable: true })
  by?: 'people' | 'automation' | null;

  @Field(() => [String], { nullable: true })
  kinds?: string[] | null;

  @Field(() => ID, { nullable: true })
  exceptionId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of the exceptions that are in it now' })
  groupId?: string | null;

  @Field(() => String, { nullable: true, description: 'Of the exceptions that are in it now' })
  queue?: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Before this time' })
  to?: Date | null;
}

@ArgsType()
export class ExceptionActivityArgs extends PageArgs {
  @Field(() => ExceptionActivityFilterInput, { nullable: true })
  filter?: ExceptionActivityFilterInput | null;
}
