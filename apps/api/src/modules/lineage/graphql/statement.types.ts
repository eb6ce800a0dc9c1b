import { createUnionType, Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { MoneyType } from '../../../graphql/money.type.js';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import { isStatementFailure, type StatementFailureCode } from '../domain/statement-rules.js';

export const LineageStatementActEnum = { LINK: 'LINK', IDENTITY: 'IDENTITY' } as const;
export type LineageStatementAct = keyof typeof LineageStatementActEnum;

registerEnumType(LineageStatementActEnum, {
  name: 'LineageStatementAct',
  description: 'LINK: one belongs to the other; IDENTITY: they are one object',
});

@ObjectType('LineageStatement', { description: 'What a person said about lineage, or took back' })
export class LineageStatementType {
  @Field(() => ID, { description: 'Of what is stated: a withdrawal has the id of its statement' })
  id!: string;

  @Field(() => LineageStatementActEnum)
  act!: LineageStatementAct;

  @Field(() => Boolean)
  isWithdrawal!: boolean;

  @Field(() => Boolean, {
    description: 'It is the last word on the matter; what counts and is no withdrawal is in force',
  })
  counts!: boolean;

  @Field(() => String, { nullable: true, description: 'Of a link, read as second qualifier first' })
  qualifier!: string | null;

  @Field(() => MoneyType, { nullable: true })
  amount!: MoneyType | null;

  @Field(() => String)
  reason!: string;

  @Field(() => DateTimeScalar)
  statedAt!: Date;

  @Field(() => ID, { description: 'The signal that tells it' })
  signalId!: string;

  statedById!: string;
  objectIds!: [string | null, string | null];
}

@ObjectType('LineageStated', { description: 'Stored as a signal; lineage shows it as soon as the signal is mapped' })
export class LineageStatedType {
  @Field(() => LineageStatementType)
  statement!: LineageStatementType;
}

@ObjectType('LineageStatementFailure', { description: 'A statement that was not taken, by nobody’s fault' })
export class LineageStatementFailureType {
  @Field(() => String, {
    description:
      'NOT_FOUND, INVALID, SAME_OBJECT, CANNOT_BE_LINKED, CANNOT_BE_JOINED, CONTRADICTS_RECORD, ALREADY_STATED or ALREADY_WITHDRAWN',
  })
  code!: StatementFailureCode;

  @Field(() => String)
  message!: string;

  @Field(() => [String], { description: 'Each place and its reason' })
  problems!: string[];
}

export const LineageStatementResult = createUnionType({
  name: 'LineageStatementResult',
  types: () => [LineageStatedType, LineageStatementFailureType] as const,
  resolveType: (value: object) => (isStatementFailure(value) ? LineageStatementFailureType : LineageStatedType),
});

@InputType('LinkAmountInput')
export class LinkAmountInput {
  @Field(() => String, { description: 'Decimal text' })
  amount!: string;

  @Field(() => String, { description: 'ISO 4217' })
  currency!: string;
}

@InputType('StateLineageInput')
export class StateLineageInput {
  @Field(() => LineageStatementActEnum)
  act!: LineageStatementAct;

  @Field(() => [ID], { description: 'Two objects, in any order: which one is downstream follows from their types' })
  objectIds!: string[];

  @Field(() => LinkAmountInput, { nullable: true, description: 'Of a link: how much of the one is for the other' })
  amount?: LinkAmountInput | null;

  @Field(() => String)
  reason!: string;
}
