import { Field, ID, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar, JsonScalar } from '../../../../graphql/scalars.js';

@ObjectType('ExceptionGroupStep', {
  description: 'How a person snoozed a group, marked it as a known error, or ended that',
})
export class ExceptionGroupStepType {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTimeScalar)
  at!: Date;

  @Field(() => String, { description: 'As in the audit log: exception-group.changed' })
  action!: string;

  @Field(() => String)
  actorName!: string;

  @Field(() => JsonScalar, {
    description: 'Of snoozedUntil with snoozeReason, and isKnownError with knownErrorReference, what was changed',
  })
  details!: unknown;
}
