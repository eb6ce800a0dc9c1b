import { ArgsType, Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionOf, PageArgs } from '../../../graphql/connection.js';
import { DateTimeScalar } from '../../../graphql/scalars.js';

const RunStateEnum = {
  RUNNING: 'RUNNING',
  COMPLETED: 'COMPLETED',
  FAILED: 'FAILED',
  ABORTED: 'ABORTED',
  OTHER: 'OTHER',
} as const;

export type RunState = keyof typeof RunStateEnum;

registerEnumType(RunStateEnum, { name: 'RunState', description: 'OTHER = nothing was said of its begin or end' });

@ObjectType('Run', { description: 'A run of a job, of middleware or of a file' })
export class RunType {
  @Field(() => ID, { description: 'The business object that it is' })
  id!: string;

  @Field(() => String)
  key!: string;

  @Field(() => String, { nullable: true })
  job!: string | null;

  @Field(() => String)
  system!: string;

  @Field(() => RunStateEnum, { description: 'From all that was said of it, in whatever order it came' })
  state!: RunState;

  @Field(() => DateTimeScalar, { nullable: true })
  startedAt!: Date | string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  endedAt!: Date | string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  nominalStartAt!: Date | string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  nominalEndAt!: Date | string | null;

  @Field(() => String, { nullable: true, description: 'Why it failed' })
  message!: string | null;

  @Field(() => String, { nullable: true, description: 'Run that it belongs to' })
  parent!: string | null;

  @Field(() => Boolean, { description: 'It was said to have ended in more than one way' })
  hasConflict!: boolean;
}

@ObjectType('RunConnection')
export class RunConnection extends connectionOf<RunType>('Run', () => RunType) {}

@InputType('RunFilter')
export class RunFilterInput {
  @Field(() => [RunStateEnum], { nullable: true })
  states?: RunState[] | null;
}

@ArgsType()
export class RunsArgs extends PageArgs {
  @Field(() => RunFilterInput, { nullable: true })
  filter?: RunFilterInput | null;
}
