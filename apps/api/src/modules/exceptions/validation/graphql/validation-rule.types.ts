import { Field, Int, ObjectType } from '@nestjs/graphql';
import { catalogResult, DefinitionVersionType } from '../../../catalog/index.js';
import { ObjectReferenceType } from '../../../lineage/index.js';

@ObjectType('ValidationRuleVersion', { description: "A tenant's own version of a rule" })
export class ValidationRuleVersionType extends DefinitionVersionType {
  @Field(() => String, { nullable: true, description: 'Why it cannot be read any more; then the shipped rule counts' })
  fault!: string | null;
}

@ObjectType('RuleViolation', { description: 'An object that violates a rule, and how' })
export class RuleViolationType {
  @Field(() => ObjectReferenceType)
  object!: ObjectReferenceType;

  @Field(() => String)
  message!: string;
}

@ObjectType('ValidationRule', { description: 'What must hold of stored objects, declared as data' })
export class ValidationRuleType {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { description: 'Code of the problem that a violation is' })
  taxonomy!: string;

  @Field(() => String, { description: 'error opens an exception, warning is counted here alone, off looks at nothing' })
  severity!: string;

  @Field(() => [String], { description: 'Types of object' })
  about!: string[];

  @Field(() => String, { description: 'By what it is violated' })
  inWords!: string;

  @Field(() => Boolean, { description: 'Comes with the product' })
  isShipped!: boolean;

  @Field(() => Int, { description: '0 = none is in force yet' })
  activeVersion!: number;

  @Field(() => String, { description: 'YAML of the version in force; of the latest draft when none is' })
  definition!: string;
}

@ObjectType('RuleTrialFact')
export class RuleTrialFactType {
  @Field(() => String)
  fact!: string;

  @Field(() => Int)
  count!: number;
}

@ObjectType('RuleTrial', { description: 'What a rule would say of stored objects' })
export class RuleTrialType {
  @Field(() => Int)
  looked!: number;

  @Field(() => Boolean, { description: 'All stored objects of its types were looked at; else it is a sample' })
  isAll!: boolean;

  @Field(() => Int)
  violated!: number;

  @Field(() => Int, { description: 'Facts are missing: never a violation' })
  cannotBeTold!: number;

  @Field(() => [RuleViolationType], { description: 'The first ten' })
  first!: RuleViolationType[];

  @Field(() => [RuleTrialFactType], { description: 'What was missing, the most frequent first' })
  missing!: RuleTrialFactType[];
}

@ObjectType('ValidationRuleSaved')
export class ValidationRuleSavedType {
  @Field(() => ValidationRuleType)
  rule!: ValidationRuleType;
}

@ObjectType('ValidationRuleTried')
export class ValidationRuleTriedType {
  @Field(() => RuleTrialType)
  trial!: RuleTrialType;
}

export const ValidationRuleResult = catalogResult('ValidationRuleResult', ValidationRuleSavedType);
export const RuleTrialResult = catalogResult('RuleTrialResult', ValidationRuleTriedType);
