import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionOf } from '../../../../graphql/connection.js';
import { DateTimeScalar } from '../../../../graphql/scalars.js';
import { RUNBOOK_SCOPES, type RunbookScope } from '../../domain/runbook.js';

export const RunbookScopeEnum = Object.fromEntries(RUNBOOK_SCOPES.map((scope) => [scope, scope])) as {
  [S in RunbookScope]: S;
};

registerEnumType(RunbookScopeEnum, {
  name: 'RunbookScope',
  description: 'What a runbook is about; of several that fit an exception the narrower comes first',
});

@ObjectType('RunbookVersion')
export class RunbookVersionType {
  @Field(() => Int)
  version!: number;

  @Field(() => String)
  title!: string;

  @Field(() => String, { description: 'Markdown' })
  body!: string;

  @Field(() => DateTimeScalar)
  writtenAt!: Date;

  @Field(() => String)
  writtenByName!: string;
}

@ObjectType('Runbook', { description: 'What to do about a problem, in the version in force' })
export class RunbookType {
  @Field(() => ID)
  id!: string;

  @Field(() => RunbookScopeEnum)
  scope!: RunbookScope;

  @Field(() => String, {
    description: 'Id of the group, code of the problem, name of the integration, of the category or of the queue',
  })
  scopeKey!: string;

  @Field(() => Int)
  version!: number;

  @Field(() => Boolean)
  isArchived!: boolean;

  @Field(() => String)
  title!: string;

  @Field(() => String, { description: 'Markdown; "- [ ]" is a step that is ticked per exception' })
  body!: string;

  @Field(() => DateTimeScalar)
  writtenAt!: Date;

  @Field(() => String)
  writtenByName!: string;
}

@ObjectType('RunbookStep', { description: 'A step of a runbook, for one exception' })
export class RunbookStepType {
  @Field(() => ID, { description: 'Of its words: a step that is rewritten is another one' })
  key!: string;

  @Field(() => String, { description: 'Markdown of one line' })
  text!: string;

  @Field(() => DateTimeScalar, { nullable: true })
  doneAt!: Date | null;

  @Field(() => String, { nullable: true })
  doneByName!: string | null;
}

@ObjectType('ExceptionRunbook', { description: 'A runbook that fits an exception, and how far it was followed' })
export class ExceptionRunbookType {
  @Field(() => RunbookType)
  runbook!: RunbookType;

  @Field(() => [RunbookStepType])
  steps!: RunbookStepType[];
}

@ObjectType('RunbookConnection')
export class RunbookConnection extends connectionOf<RunbookType>('Runbook', () => RunbookType) {}

@InputType('RunbookWords')
export class RunbookWordsInput {
  @Field(() => String)
  title!: string;

  @Field(() => String)
  body!: string;
}

@ObjectType('RunbookChanged')
export class RunbookChangedType {
  @Field(() => RunbookType)
  runbook!: RunbookType;
}

@ObjectType('RunbookFailure', { description: 'An act that was not done, by nobody’s fault' })
export class RunbookFailureType {
  @Field(() => String)
  code!: string;

  @Field(() => String)
  message!: string;

  @Field(() => RunbookType, { nullable: true, description: 'The runbook as it is now' })
  current!: RunbookType | null;
}

export const RunbookResult = createUnionType({
  name: 'RunbookResult',
  types: () => [RunbookChangedType, RunbookFailureType] as const,
  resolveType: (value: object) => ('code' in value ? RunbookFailureType : RunbookChangedType),
});
