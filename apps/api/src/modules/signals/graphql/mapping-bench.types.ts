import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar, JsonScalar } from '../../../graphql/scalars.js';
import { SignalActivityType } from './signal-activity.types.js';
import { SignalType, UnmappedNoteType } from './signal.types.js';

@InputType('MappingTrialInput', { description: 'definition or mapping; signalId or payload' })
export class MappingTrialInput {
  @Field(() => String, { nullable: true, description: 'YAML' })
  definition?: string | null;

  @Field(() => String, { nullable: true, description: 'Name of a mapping: the version in force' })
  mapping?: string | null;

  @Field(() => ID, { nullable: true })
  signalId?: string | null;

  @Field(() => String, { nullable: true })
  payload?: string | null;

  @Field(() => String, { nullable: true, description: 'Of the payload; without it as the definition says' })
  contentType?: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the source system that the payload is taken to be of' })
  sourceSystem?: string | null;

  @Field(() => String, { nullable: true, description: 'Of the payload; without it as the definition tells' })
  type?: string | null;
}

@ObjectType('RuleTrace', { description: 'A rule that was tried' })
export class RuleTraceType {
  @Field(() => String)
  rule!: string;

  @Field(() => Boolean)
  matched!: boolean;

  @Field(() => String, { nullable: true })
  error!: string | null;
}

@ObjectType('MappingTrial', { description: 'What a definition makes of one signal; nothing is stored' })
export class MappingTrialType {
  @Field(() => String, { description: 'mapped, ignored, unmapped or invalid-definition' })
  outcome!: string;

  @Field(() => [SignalActivityType])
  activities!: SignalActivityType[];

  @Field(() => UnmappedNoteType, { nullable: true })
  unmapped!: UnmappedNoteType | null;

  @Field(() => String, { nullable: true })
  ignoredBecause!: string | null;

  @Field(() => String, { nullable: true, description: 'The rule that took it' })
  rule!: string | null;

  @Field(() => [String], { description: 'Of the definition or the payload, each with its place' })
  problems!: string[];

  @Field(() => [RuleTraceType], { description: 'In order, up to the one that took it' })
  rules!: RuleTraceType[];
}

@InputType('MappingComparisonInput')
export class MappingComparisonInput {
  @Field(() => String, { description: 'YAML; held against the version in force of the same name' })
  definition!: string;

  @Field(() => DateTimeScalar, { nullable: true })
  receivedFrom?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  receivedTo?: Date | null;

  @Field(() => String, { nullable: true })
  sourceSystem?: string | null;

  @Field(() => Boolean, { nullable: true, defaultValue: false })
  onlyUnmapped?: boolean | null;

  @Field(() => Int, { nullable: true, defaultValue: 200, description: 'At most 500; the newest' })
  limit?: number | null;
}

@ObjectType('MappingDifference')
export class MappingDifferenceType {
  @Field(() => SignalType)
  signal!: SignalType;

  @Field(() => JsonScalar, { description: '{ outcome, activities or reason } of the version in force' })
  before!: unknown;

  @Field(() => JsonScalar, { description: 'The same of the changed definition' })
  after!: unknown;
}

@ObjectType('MappingComparison', { description: 'What a changed definition would make of stored signals' })
export class MappingComparisonType {
  @Field(() => [String])
  problems!: string[];

  @Field(() => Int)
  compared!: number;

  @Field(() => Int)
  same!: number;

  @Field(() => Int, { description: 'Mapped or ignored before and after, but otherwise' })
  changed!: number;

  @Field(() => Int)
  newlyMapped!: number;

  @Field(() => Int)
  newlyUnmapped!: number;

  @Field(() => [MappingDifferenceType], { description: 'At most 100' })
  differences!: MappingDifferenceType[];
}
