import { Field, Int, ObjectType } from '@nestjs/graphql';
import { MoneyType } from '../../../../graphql/money.type.js';
import { DateTimeScalar } from '../../../../graphql/scalars.js';
import { catalogResult } from '../../../catalog/index.js';

@ObjectType('AcceptanceLimitVersion', { description: 'A limit as one person stated it and another put it in force' })
export class AcceptanceLimitVersionType {
  @Field(() => Int)
  version!: number;

  @Field(() => String, { description: 'draft, active or retired' })
  state!: string;

  @Field(() => MoneyType, { nullable: true, description: 'Null = the general limit' })
  limit!: MoneyType | null;

  @Field(() => String)
  note!: string;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  approvedAt!: Date | null;

  createdById!: string;

  approvedById!: string | null;
}

@ObjectType('AcceptanceLimit', {
  description: 'Money at risk of a legal entity above which a second person decides on closing without correction',
})
export class AcceptanceLimitType {
  @Field(() => String)
  legalEntity!: string;

  @Field(() => MoneyType, { description: 'What counts: its own, or the general one' })
  limit!: MoneyType;

  @Field(() => Boolean)
  isGeneral!: boolean;

  @Field(() => [AcceptanceLimitVersionType], { description: 'Latest first' })
  versions!: AcceptanceLimitVersionType[];
}

@ObjectType('AcceptanceLimitSaved')
export class AcceptanceLimitSavedType {
  @Field(() => AcceptanceLimitType)
  limit!: AcceptanceLimitType;
}

export const AcceptanceLimitResult = catalogResult('AcceptanceLimitResult', AcceptanceLimitSavedType);
