import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../graphql/connection.js';
import { DateTimeScalar, JsonScalar } from '../../../graphql/scalars.js';
import { catalogResult } from './catalog-failure.type.js';

@ObjectType('EventContract', { description: 'JSON Schema of the data of an event type, by version' })
export class EventContractType {
  @Field(() => String)
  eventType!: string;

  @Field(() => Int)
  version!: number;

  @Field(() => JsonScalar)
  schema!: unknown;

  @Field(() => String, { description: 'none, backward, forward or full: what it had to be to the version before it' })
  compatibility!: string;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  retiredAt!: Date | null;
}

@ObjectType('EventContractConnection')
export class EventContractConnection extends connectionOf<EventContractType>(
  'EventContract',
  () => EventContractType,
) {}

@ObjectType('EventContractSaved')
export class EventContractSavedType {
  @Field(() => EventContractType)
  contract!: EventContractType;
}

export const EventContractResult = catalogResult('EventContractResult', EventContractSavedType);

@ArgsType()
export class RegisterEventContractArgs {
  @Field(() => String)
  eventType!: string;

  @Field(() => JsonScalar)
  schema!: unknown;

  @Field(() => String, { defaultValue: 'backward' })
  compatibility!: string;
}
