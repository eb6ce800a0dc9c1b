import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf, PageArgs } from '../../../graphql/connection.js';
import { DateTimeScalar, LocalDateScalar } from '../../../graphql/scalars.js';
import { catalogResult } from './catalog-failure.type.js';

@ObjectType('ExchangeRate', { description: '1 base = rate currency' })
export class ExchangeRateType {
  @Field(() => String, { description: 'ecb-reference, group-month-end, average or a type of your own' })
  type!: string;

  @Field(() => LocalDateScalar)
  date!: string;

  @Field(() => String)
  base!: string;

  @Field(() => String)
  currency!: string;

  @Field(() => String, { description: 'Decimal text' })
  rate!: string;

  @Field(() => String)
  source!: string;

  @Field(() => DateTimeScalar)
  importedAt!: Date;
}

@ObjectType('ExchangeRateConnection')
export class ExchangeRateConnection extends connectionOf<ExchangeRateType>('ExchangeRate', () => ExchangeRateType) {}

@ArgsType()
export class ExchangeRatesArgs extends PageArgs {
  @Field(() => String, { description: 'e.g. ecb-reference' })
  type!: string;
}

@ObjectType('ExchangeRateKind', { description: 'Rates of one type, with the days that they span' })
export class ExchangeRateKindType {
  @Field(() => String)
  type!: string;

  @Field(() => String)
  base!: string;

  @Field(() => LocalDateScalar)
  from!: string;

  @Field(() => LocalDateScalar)
  to!: string;

  @Field(() => Int)
  rates!: number;

  @Field(() => Int, { description: 'A rate older than this is not used' })
  longestAgeDays!: number;
}

@ObjectType('ExchangeRatesImported')
export class ExchangeRatesImportedType {
  @Field(() => [String])
  types!: string[];

  @Field(() => Int)
  added!: number;

  @Field(() => Int, { description: 'Were another number before; the audit record says which' })
  changed!: number;

  @Field(() => Int)
  unchanged!: number;
}

export const ExchangeRatesResult = catalogResult('ExchangeRatesResult', ExchangeRatesImportedType);

@ArgsType()
export class ImportExchangeRatesArgs {
  @Field(() => String, {
    description: 'ecb-xml, ecb-csv, or csv with the columns type, date, base, currency, rate',
  })
  format!: string;

  @Field(() => String, { description: 'The file, as it is' })
  text!: string;

  @Field(() => String, { nullable: true, defaultValue: '', description: 'Where a csv file is from, in words' })
  source?: string | null;
}

@ObjectType('MoneyTolerance', { description: 'A difference up to this is not pursued' })
export class MoneyToleranceType {
  @Field(() => String)
  legalEntity!: string;

  @Field(() => String)
  currency!: string;

  @Field(() => String, { description: 'Decimal text' })
  amount!: string;

  @Field(() => Int, { nullable: true, description: 'Of the amount that the difference is of; 50 = half a percent' })
  basisPoints!: number | null;
}

@ObjectType('MoneyToleranceSaved')
export class MoneyToleranceSavedType {
  @Field(() => MoneyToleranceType)
  tolerance!: MoneyToleranceType;
}

export const MoneyToleranceResult = catalogResult('MoneyToleranceResult', MoneyToleranceSavedType);

@ArgsType()
export class SaveMoneyToleranceArgs {
  @Field(() => String)
  legalEntity!: string;

  @Field(() => String)
  currency!: string;

  @Field(() => String)
  amount!: string;

  @Field(() => Int, { nullable: true })
  basisPoints?: number | null;
}
