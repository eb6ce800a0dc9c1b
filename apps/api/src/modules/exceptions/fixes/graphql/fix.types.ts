import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTimeScalar } from '../../../../graphql/scalars.js';
import {
  FIX_ACTS,
  FIX_SCOPES,
  FIX_VERDICTS,
  FIX_WAYS,
  type FixAct,
  type FixScope,
  type FixVerdict,
  type FixWay,
} from '../../domain/fixes.js';
import { ExceptionType } from '../../graphql/exception.types.js';

function enumOf<T extends string>(names: readonly T[]): { [N in T]: N } {
  return Object.fromEntries(names.map((name) => [name, name])) as { [N in T]: N };
}

export const FixWayEnum = enumOf(FIX_WAYS);
export const FixActEnum = enumOf(FIX_ACTS);
export const FixScopeEnum = enumOf(FIX_SCOPES);
export const FixVerdictEnum = enumOf(FIX_VERDICTS);

registerEnumType(FixWayEnum, {
  name: 'FixWay',
  description: 'How an exception came to its end; ACCEPTED = closed without correction',
});
registerEnumType(FixActEnum, { name: 'FixAct', description: 'What people did on the way' });
registerEnumType(FixScopeEnum, {
  name: 'FixScope',
  description: 'How close past cases are: of the group, of the problem at the step, of the problem anywhere',
});
registerEnumType(FixVerdictEnum, {
  name: 'FixVerdict',
  description: 'Whether it stayed away for 30 days; TOO_EARLY = nobody can say yet',
});

/** How many ends, and what became of them. */
@ObjectType({ isAbstract: true })
class TallyFields {
  @Field(() => Int)
  endings!: number;

  @Field(() => Int, { description: 'Stayed away for 30 days' })
  stayed!: number;

  @Field(() => Int, { description: 'Came again within 30 days' })
  cameAgain!: number;

  @Field(() => Int, { description: 'Less than 30 days ago, and not again so far' })
  tooEarly!: number;
}

@ObjectType('FixWayTally')
export class FixWayTallyType extends TallyFields {
  @Field(() => FixWayEnum)
  way!: FixWay;

  @Field(() => Int, { nullable: true, description: 'From the first failure to the end' })
  medianSeconds!: number | null;
}

@ObjectType('FixActTally')
export class FixActTallyType extends TallyFields {
  @Field(() => FixActEnum)
  act!: FixAct;

  @Field(() => String, { nullable: true, description: 'Which step of a runbook, which queue, which reason' })
  what!: string | null;
}

@ObjectType('PastFix', { description: 'One end of an exception' })
export class PastFixType {
  @Field(() => ID)
  exceptionId!: string;

  @Field(() => String)
  objectType!: string;

  @Field(() => String)
  objectKey!: string;

  @Field(() => FixWayEnum)
  way!: FixWay;

  @Field(() => DateTimeScalar)
  endedAt!: Date;

  @Field(() => String)
  byName!: string;

  @Field(() => Boolean, { description: 'false = the system saw it' })
  isByPerson!: boolean;

  @Field(() => String, { nullable: true })
  note!: string | null;

  @Field(() => FixVerdictEnum)
  verdict!: FixVerdict;

  @Field(() => DateTimeScalar, { nullable: true })
  cameAgainAt!: Date | null;
}

@ObjectType('FixLevel', { description: 'What solved the problem before, among cases of one closeness' })
export class FixLevelType extends TallyFields {
  @Field(() => FixScopeEnum)
  scope!: FixScope;

  @Field(() => Boolean, { description: 'There are more past cases: these are the latest' })
  isCut!: boolean;

  @Field(() => Int, { nullable: true })
  medianSeconds!: number | null;

  @Field(() => [FixWayTallyType], { description: 'The most frequent first' })
  ways!: FixWayTallyType[];

  @Field(() => [FixActTallyType], { description: 'The most frequent first, at most 8' })
  acts!: FixActTallyType[];

  @Field(() => [PastFixType], { description: 'The latest, at most 5' })
  latest!: PastFixType[];
}

@ObjectType('SimilarExceptions')
export class SimilarExceptionsType {
  @Field(() => Int, { description: 'Counted to 1 000' })
  count!: number;

  @Field(() => Boolean)
  isCut!: boolean;

  @Field(() => [ExceptionType], { description: 'Those that failed latest, at most 5' })
  exceptions!: ExceptionType[];
}

@ObjectType('ExceptionFixes', { description: 'What is learned from how a problem was solved before' })
export class ExceptionFixesType {
  @Field(() => [FixLevelType], { description: 'The closest cases first; wider ones only where the closer know little' })
  levels!: FixLevelType[];

  @Field(() => SimilarExceptionsType, { description: 'Other open ones of the group' })
  similarOpen!: SimilarExceptionsType;
}
