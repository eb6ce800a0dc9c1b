import { Field, InputType, Int, registerEnumType } from '@nestjs/graphql';
import { TRANSACTION_STATES, type TransactionState } from '@throughline/sla';
import { DateTimeScalar, LocalDateScalar } from '../../../graphql/scalars.js';

export const TransactionStateEnum = Object.fromEntries(TRANSACTION_STATES.map((state) => [state, state])) as {
  [S in TransactionState]: S;
};

registerEnumType(TransactionStateEnum, { name: 'TransactionState' });

export const MilestoneStanding = { REACHED: 'REACHED', WAITING: 'WAITING', OVERDUE: 'OVERDUE' } as const;

export type MilestoneStanding = (typeof MilestoneStanding)[keyof typeof MilestoneStanding];

registerEnumType(MilestoneStanding, {
  name: 'MilestoneStanding',
  description: 'OVERDUE and WAITING speak of running transactions',
});

@InputType('TransactionMilestoneFilter')
export class TransactionMilestoneFilterInput {
  @Field(() => String, { description: 'Name of the milestone, e.g. invoice-posted' })
  name!: string;

  @Field(() => MilestoneStanding)
  standing!: MilestoneStanding;
}

@InputType('AmountRange', { description: 'Both ends belong to it, in the currency of the row' })
export class AmountRangeInput {
  @Field(() => String, { nullable: true, description: 'Decimal text' })
  from?: string | null;

  @Field(() => String, { nullable: true })
  to?: string | null;
}

@InputType('DateRange', { description: 'Both days belong to it' })
export class DateRangeInput {
  @Field(() => LocalDateScalar, { nullable: true })
  from?: string | null;

  @Field(() => LocalDateScalar, { nullable: true })
  to?: string | null;
}

@InputType('InstantRange', { description: 'Both ends belong to it' })
export class InstantRangeInput {
  @Field(() => DateTimeScalar, { nullable: true })
  from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  to?: Date | null;
}

@InputType('TransactionFilter', { description: 'All that is given must hold; of a list one suffices' })
export class TransactionFilterInput {
  @Field(() => [TransactionStateEnum], { nullable: true })
  states?: TransactionState[] | null;

  @Field(() => [String], { nullable: true })
  workflows?: string[] | null;

  @Field(() => [String], { nullable: true })
  legalEntities?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'AMERICAS, APAC, EMEA, or an ISO 3166 country: of the legal entity',
  })
  regions?: string[] | null;

  @Field(() => [String], { nullable: true })
  currencies?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Source systems that know a part of it' })
  systems?: string[] | null;

  @Field(() => [TransactionMilestoneFilterInput], { nullable: true, description: 'All of them must hold' })
  milestones?: TransactionMilestoneFilterInput[] | null;

  @Field(() => String, { nullable: true, description: 'Start of the name, in any case' })
  counterparty?: string | null;

  @Field(() => AmountRangeInput, { nullable: true })
  amount?: AmountRangeInput | null;

  @Field(() => String, { nullable: true, description: 'Month in which a part of it was posted, e.g. 2026-09' })
  postingPeriod?: string | null;

  @Field(() => DateRangeInput, { nullable: true, description: 'Due date of a document of it' })
  dueOn?: DateRangeInput | null;

  @Field(() => DateRangeInput, { nullable: true, description: 'Value date of an entry or payment of it' })
  valueOn?: DateRangeInput | null;

  @Field(() => String, { nullable: true, description: 'IBAN or account number, as the bank files have it' })
  bankAccount?: string | null;

  @Field(() => InstantRangeInput, { nullable: true })
  startedAt?: InstantRangeInput | null;

  @Field(() => InstantRangeInput, { nullable: true })
  lastActivityAt?: InstantRangeInput | null;

  @Field(() => Int, { nullable: true, description: 'Started at least so many hours ago' })
  minAgeHours?: number | null;

  @Field(() => Int, { nullable: true, description: 'Started at most so many hours ago' })
  maxAgeHours?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Start of any number of any of its objects as typed, or of the counterparty',
  })
  text?: string | null;
}
