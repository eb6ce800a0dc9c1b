import { Field, ID, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar, JsonScalar } from '../../../../graphql/scalars.js';

@ObjectType('ExceptionGroupStep', { description: 'What a person decided of a group as a whole' })
export class ExceptionGroupStepType {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTimeScalar)
  at!: Date;

  @Field(() => String, { description: 'As in the audit log: exception-group.changed, exception-group.merged, …' })
  action!: string;

  @Field(() => String)
  actorName!: string;

  @Field(() => JsonScalar)
  details!: unknown;
}
