import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { MoneyType } from '../../../graphql/money.type.js';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import { PersonType } from '../../identity/index.js';
import { PRIORITY_BANDS, type PriorityBand } from '../domain/priority.js';

export const PriorityBandEnum = Object.fromEntries(PRIORITY_BANDS.map((band) => [band, band])) as {
  [B in PriorityBand]: B;
};

registerEnumType(PriorityBandEnum, { name: 'PriorityBand', description: 'P1 is worked before anything else' });

@ObjectType('ExceptionPriority', { description: 'How urgent an exception is, and why' })
export class ExceptionPriorityType {
  @Field(() => PriorityBandEnum, { description: 'A person’s, where one is stated' })
  band!: PriorityBand;

  @Field(() => PriorityBandEnum, { description: 'By the facts alone' })
  ratedBand!: PriorityBand;

  @Field(() => Int, { description: 'From 0 to 100, by the facts alone' })
  score!: number;

  @Field(() => [String], { description: 'In words, the strongest first; time as of now, in the legal entity’s zone' })
  reasons!: string[];

  @Field(() => MoneyType, { nullable: true, description: 'Money at risk in the currency that all are compared in' })
  money!: MoneyType | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'The first due time that can still be met' })
  nextDueAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'The first that was missed and is still not reached' })
  missedDueAt!: Date | null;

  @Field(() => Int, { description: 'Running transactions that it holds up, its own included' })
  blocks!: number;

  @Field(() => String, { nullable: true, description: 'payroll, tax, debt-service or statutory-filing' })
  statutory!: string | null;

  @Field(() => PersonType, { nullable: true, description: 'Who stated another band' })
  overriddenBy!: PersonType | null;

  @Field(() => String, { nullable: true })
  overrideReason!: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  overriddenAt!: Date | null;
}
