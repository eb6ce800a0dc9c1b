import { ArgsType, Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DELAY_DIMENSIONS, WAITING_REASONS, type DelayDimension, type WaitingReason } from '@throughline/lineage';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import { TransactionFilterInput } from './transaction-filter.types.js';
import { TransactionType } from './transaction.types.js';

/** A name of the domain as a GraphQL enum spells it. */
type Spelled<T extends string> = Uppercase<T extends `${infer A}-${infer B}` ? `${A}_${B}` : T>;

/** "calendar-closed" → "CALENDAR_CLOSED". */
export function spelled<T extends string>(name: T): Spelled<T> {
  return name.toUpperCase().replace('-', '_') as Spelled<T>;
}

const enumOf = <T extends string>(names: readonly T[]) =>
  Object.fromEntries(names.map((name) => [spelled(name), name])) as { [N in T as Spelled<N>]: N };

export const WaitingReasonEnum = enumOf(WAITING_REASONS);
export const DelayDimensionEnum = enumOf(DELAY_DIMENSIONS);

registerEnumType(WaitingReasonEnum, {
  name: 'WaitingReason',
  description: 'Why nothing happened; NOT_TOLD = no activity tells what did',
});
registerEnumType(DelayDimensionEnum, {
  name: 'DelayDimension',
  description: 'By what time is told apart. HOP = the milestone that the way was on its way to',
});

@ObjectType('TransactionPathSegment', {
  description: 'A stretch in which a hop was at work, or the transaction waited',
})
export class TransactionPathSegmentType {
  @Field(() => DateTimeScalar)
  from!: Date;

  @Field(() => DateTimeScalar)
  until!: Date;

  @Field(() => WaitingReasonEnum, { nullable: true, description: 'Null while the hop was at work' })
  reason!: WaitingReason | null;

  @Field(() => String, { description: 'What its time went into, in words' })
  kindTitle!: string;

  @Field(() => Float, { description: 'By the clock, in milliseconds' })
  durationMs!: number;

  @Field(() => Float, { description: 'Of it, in which the calendar of the transaction was open' })
  businessMs!: number;

  @Field(() => String, { description: 'That was at work or was waited for; empty when nobody says which' })
  system!: string;

  @Field(() => String)
  systemTitle!: string;

  @Field(() => String)
  integration!: string;

  @Field(() => String, { nullable: true, description: 'Milestone that the way reaches next' })
  milestone!: string | null;

  @Field(() => String, { nullable: true })
  milestoneTitle!: string | null;

  @Field(() => String, { nullable: true })
  legalEntity!: string | null;

  @Field(() => ID, { nullable: true, description: 'Activity that ended it; null when it has not ended' })
  endedBy!: string | null;
}

@ObjectType('TransactionCriticalPath', {
  description:
    'What determined how long a transaction took. Its segments follow each other without gap and add up to the time from start to end, by the clock and in business time',
})
export class TransactionCriticalPathType {
  @Field(() => DateTimeScalar)
  from!: Date;

  @Field(() => DateTimeScalar, { description: 'Its end, or now' })
  until!: Date;

  @Field(() => Boolean, { description: 'It has not ended: `until` is now' })
  isRunning!: boolean;

  @Field(() => Float)
  durationMs!: number;

  @Field(() => Float, { description: 'On the calendar of its legal entity' })
  businessMs!: number;

  @Field(() => Float)
  waitingMs!: number;

  @Field(() => String, { description: 'Title of the calendar on which business time is counted' })
  calendar!: string;

  @Field(() => String)
  timeZone!: string;

  @Field(() => [TransactionPathSegmentType])
  segments!: TransactionPathSegmentType[];
}

@ObjectType('DelayPart', { description: 'The time that has one name' })
export class DelayPartType {
  @Field(() => String, { description: 'Empty for time without a name in this dimension' })
  key!: string;

  @Field(() => String)
  title!: string;

  @Field(() => Float)
  durationMs!: number;

  @Field(() => Float)
  businessMs!: number;

  @Field(() => Float)
  waitingMs!: number;

  @Field(() => Float, { description: 'Of the whole, between 0 and 1' })
  share!: number;

  @Field(() => Int, { description: 'In which it occurs' })
  transactions!: number;
}

@ObjectType('DelayBreakdown', { description: 'Time told apart in one way; the parts add up to the whole' })
export class DelayBreakdownType {
  @Field(() => DelayDimensionEnum)
  dimension!: DelayDimension;

  @Field(() => Float)
  durationMs!: number;

  @Field(() => Float)
  businessMs!: number;

  @Field(() => Float)
  waitingMs!: number;

  @Field(() => [DelayPartType], { description: 'The longest first' })
  parts!: DelayPartType[];
}

@ObjectType('DelayAttribution', { description: 'Where the time of many transactions went' })
export class DelayAttributionType {
  @Field(() => Int, { description: 'Transactions that were looked at' })
  transactions!: number;

  @Field(() => Int, { description: 'Transactions that match' })
  matching!: number;

  @Field(() => Boolean)
  matchingIsEstimate!: boolean;

  @Field(() => Boolean, { description: 'There are more than were looked at' })
  isSample!: boolean;

  @Field(() => String, { description: 'Which were looked at, and by what, in words' })
  basis!: string;

  @Field(() => [DelayBreakdownType])
  breakdowns!: DelayBreakdownType[];
}

@ObjectType('DelayedTransaction', { description: 'A transaction, and the time of it that a part is made of' })
export class DelayedTransactionType {
  @Field(() => TransactionType)
  transaction!: TransactionType;

  @Field(() => Float)
  durationMs!: number;

  @Field(() => Float)
  businessMs!: number;

  @Field(() => Float)
  waitingMs!: number;
}

@ArgsType()
export class DelaysArgs {
  @Field(() => [DelayDimensionEnum], { nullable: true, defaultValue: ['kind', 'system'] })
  by?: DelayDimension[] | null;
}

@ArgsType()
export class DelayAttributionArgs extends DelaysArgs {
  @Field(() => TransactionFilterInput, { nullable: true })
  filter?: TransactionFilterInput | null;
}

@ArgsType()
export class DelayedTransactionsArgs {
  @Field(() => DelayDimensionEnum)
  dimension!: DelayDimension;

  @Field(() => String, { description: 'Of the part; empty for time without a name' })
  key!: string;

  @Field(() => TransactionFilterInput, { nullable: true })
  filter?: TransactionFilterInput | null;
}
