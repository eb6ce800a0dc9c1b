import { Field, ObjectType } from '@nestjs/graphql';
import { formatAmount } from '@throughline/canonical';

/** Decimal text with an ISO 4217 currency. */
@ObjectType('Money')
export class MoneyType {
  @Field(() => String)
  amount!: string;

  @Field(() => String)
  currency!: string;
}

/** From a numeric and a currency column; null when either is missing. The amount gets its currency's decimals (1234.5 EUR → 1234.50). */
export function toMoney(amount: string | null, currency: string | null): MoneyType | null {
  return amount === null || currency === null ? null : { amount: formatAmount(amount, currency), currency };
}
