import { ArgsType, Field, ObjectType } from '@nestjs/graphql';
import { MoneyType } from '../../../graphql/money.type.js';
import { LocalDateScalar } from '../../../graphql/scalars.js';

@ObjectType('ConvertedMoney', { description: 'An amount in another currency, with the rate that it went by' })
export class ConvertedMoneyType {
  @Field(() => MoneyType, { nullable: true, description: 'Null = there is no rate; never taken for zero' })
  amount!: MoneyType | null;

  @Field(() => String, { description: 'e.g. ecb-reference' })
  rateType!: string;

  @Field(() => LocalDateScalar, {
    nullable: true,
    description: 'Of the rate; null = none was needed, or there is none',
  })
  rateDate!: string | null;

  @Field(() => String, { nullable: true, description: 'Units of the target for one of the source, decimal text' })
  rate!: string | null;

  @Field(() => String, { nullable: true })
  source!: string | null;

  @Field(() => String, { nullable: true, description: 'Why there is no amount' })
  missing!: string | null;
}

@ArgsType()
export class ConversionArgs {
  @Field(() => String, { description: 'ISO 4217 code' })
  currency!: string;

  @Field(() => String, { nullable: true, defaultValue: 'ecb-reference' })
  rateType?: string | null;

  @Field(() => LocalDateScalar, {
    nullable: true,
    description: 'The last rate at or before this day; today by default',
  })
  on?: string | null;
}
