import { ArgsType, Field, ID, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../graphql/connection.js';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import { catalogResult } from './catalog-failure.type.js';

@ObjectType('RedactionRule', { description: 'What is taken out of a signal before it is stored' })
export class RedactionRuleType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'Empty = every source system' })
  sourceSystem!: string;

  @Field(() => String, { description: 'e.g. webhook; empty = every kind of signal' })
  signalKind!: string;

  @Field(() => String, {
    description:
      'JSON pointer into the body, * for any member and ** for any depth; without a slash the name of an attribute',
  })
  path!: string;

  @Field(() => String, { description: 'drop, mask or hash' })
  action!: string;

  @Field(() => String)
  note!: string;

  @Field(() => DateTimeScalar)
  createdAt!: Date;
}

@ObjectType('RedactionRuleConnection')
export class RedactionRuleConnection extends connectionOf<RedactionRuleType>(
  'RedactionRule',
  () => RedactionRuleType,
) {}

@ObjectType('RedactionRuleSaved')
export class RedactionRuleSavedType {
  @Field(() => RedactionRuleType)
  rule!: RedactionRuleType;
}

export const RedactionRuleResult = catalogResult('RedactionRuleResult', RedactionRuleSavedType);

@ArgsType()
export class SaveRedactionRuleArgs {
  @Field(() => String, { nullable: true, defaultValue: '' })
  sourceSystem?: string | null;

  @Field(() => String, { nullable: true, defaultValue: '' })
  signalKind?: string | null;

  @Field(() => String)
  path!: string;

  @Field(() => String)
  action!: string;

  @Field(() => String, { nullable: true, defaultValue: '' })
  note?: string | null;
}
