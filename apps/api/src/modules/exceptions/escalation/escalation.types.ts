import { Field, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import type { ClockName } from './due-escalations.js';

@ObjectType('Escalation', { description: 'A clock that was overdue, and to whom that was brought' })
export class EscalationType {
  @Field(() => String, { description: 'response or resolution' })
  clock!: ClockName;

  @Field(() => DateTimeScalar)
  dueAt!: Date;

  @Field(() => DateTimeScalar)
  escalatedAt!: Date;

  @Field(() => String, { nullable: true, description: 'The lead of its queue at that time; null = it had none' })
  leadName!: string | null;
}
