import { Field, InputType, ObjectType } from '@nestjs/graphql';
import type { PriorityBand } from '../domain/priority.js';
import { PriorityBandEnum } from '../graphql/priority.types.js';

@ObjectType('QueueTarget', { description: 'How long an exception of a queue may wait, in open hours of the queue' })
export class QueueTargetType {
  @Field(() => PriorityBandEnum)
  band!: PriorityBand;

  @Field(() => String, { description: 'Until somebody has it in hand, ISO 8601, such as PT30M' })
  response!: string;

  @Field(() => String, { description: 'Until it is over' })
  resolution!: string;

  @Field(() => Boolean, { description: 'Stated by the tenant, not shipped' })
  isOwn!: boolean;
}

@InputType('QueueTargetInput')
export class QueueTargetInput {
  @Field(() => PriorityBandEnum)
  band!: PriorityBand;

  @Field(() => String, { description: 'ISO 8601, hours and minutes' })
  response!: string;

  @Field(() => String)
  resolution!: string;
}
