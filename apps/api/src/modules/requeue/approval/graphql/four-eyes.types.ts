import { Field, Int, ObjectType } from '@nestjs/graphql';
import { MoneyType } from '../../../../graphql/money.type.js';
import { catalogResult, DefinitionVersionType } from '../../../catalog/index.js';

@ObjectType('FourEyesVersion', { description: "A tenant's own version of who approves what" })
export class FourEyesVersionType extends DefinitionVersionType {
  @Field(() => String, { nullable: true, description: 'Why it cannot be read any more; then the shipped one counts' })
  fault!: string | null;
}

@ObjectType('FourEyesRule', { description: 'When a second person has to approve' })
export class FourEyesRuleType {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  title!: string;

  @Field(() => MoneyType, { nullable: true })
  amountFrom!: MoneyType | null;

  @Field(() => Int, { nullable: true })
  countFrom!: number | null;

  @Field(() => [String], { nullable: true })
  legalEntities!: readonly string[] | null;

  @Field(() => [String], { nullable: true })
  integrations!: readonly string[] | null;

  @Field(() => [String], { nullable: true })
  objectTypes!: readonly string[] | null;

  @Field(() => [String], { nullable: true })
  actions!: readonly string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Of what is sent again: as-is, corrected or extract-anew; null = whichever',
  })
  modes!: readonly string[] | null;

  @Field(() => Int, { nullable: true, description: 'Of what changes lineage: so many activities' })
  activitiesFrom!: number | null;

  @Field(() => Boolean, { description: 'Of what changes lineage: only in closed posting periods' })
  closedPeriods!: boolean;

  @Field(() => Int, { description: 'The maker counts as one' })
  people!: number;

  @Field(() => String, { nullable: true })
  role!: string | null;

  @Field(() => Boolean)
  excludesTouchers!: boolean;
}

@ObjectType('ApprovalLimit', { description: 'Of one maker, for one counterparty, on one day' })
export class ApprovalLimitType {
  @Field(() => String, { nullable: true })
  role!: string | null;

  @Field(() => String, { nullable: true, description: 'Address of a person; goes before the limits of roles' })
  person!: string | null;

  @Field(() => MoneyType, { nullable: true, description: 'Null = without limit' })
  perDay!: MoneyType | null;
}

@ObjectType('FourEyesRules', { description: 'Who approves what, as it counts now' })
export class FourEyesRulesType {
  @Field(() => Int)
  version!: number;

  @Field(() => Boolean)
  isShipped!: boolean;

  @Field(() => String, { description: 'YAML' })
  definition!: string;

  @Field(() => Int)
  expiresAfterHours!: number;

  @Field(() => Int, { description: 'What was let go in an emergency is to be reviewed by their end' })
  reviewWithinBusinessDays!: number;

  @Field(() => [FourEyesRuleType])
  rules!: FourEyesRuleType[];

  @Field(() => [ApprovalLimitType])
  limits!: ApprovalLimitType[];
}

@ObjectType('FourEyesRulesSaved')
export class FourEyesRulesSavedType {
  @Field(() => FourEyesRulesType)
  rules!: FourEyesRulesType;
}

export const FourEyesRulesResult = catalogResult('FourEyesRulesResult', FourEyesRulesSavedType);
