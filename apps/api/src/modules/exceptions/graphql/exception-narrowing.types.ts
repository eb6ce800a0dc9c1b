import { Field, InputType, Int, registerEnumType } from '@nestjs/graphql';
import { AGE_BUCKETS, CUT_OFF_BUCKETS, type AgeBucket, type CutOffBucket } from '../domain/inbox-buckets.js';
import type { PriorityBand } from '../domain/priority.js';
import { PriorityBandEnum } from './priority.types.js';

export const ExceptionAgeEnum = Object.fromEntries(AGE_BUCKETS.map((bucket) => [bucket, bucket])) as {
  [B in AgeBucket]: B;
};

registerEnumType(ExceptionAgeEnum, {
  name: 'ExceptionAge',
  description: 'How long ago it was opened, in hours that have gone by; no two overlap',
});

export const ExceptionCutOffEnum = Object.fromEntries(CUT_OFF_BUCKETS.map((bucket) => [bucket, bucket])) as {
  [B in CutOffBucket]: B;
};

registerEnumType(ExceptionCutOffEnum, {
  name: 'ExceptionCutOff',
  description:
    'Time left to the first due time that can still be met; OVERDUE = one was missed and none is left, NONE = nothing is due; no two overlap',
});

/** What narrows a list of exceptions by money, time and document. */
@InputType({ isAbstract: true })
export class ExceptionNarrowingInput {
  @Field(() => [PriorityBandEnum], { nullable: true, description: 'A person’s, where one is stated' })
  priorities?: PriorityBand[] | null;

  @Field(() => [String], { nullable: true, description: 'Names of integrations' })
  integrations?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'AMERICAS, APAC, EMEA, or an ISO 3166 country: of the legal entity',
  })
  regions?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Whole names of customers or suppliers, in any case' })
  counterparties?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Months in which the document was posted, such as 2026-09' })
  postingPeriods?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Money at risk from here on, in the reporting currency (EUR), such as "1234.50"; unknown money is in no range',
  })
  amountFrom?: string | null;

  @Field(() => String, { nullable: true, description: 'Money at risk up to here, in the reporting currency' })
  amountTo?: string | null;

  @Field(() => [ExceptionAgeEnum], { nullable: true })
  ages?: AgeBucket[] | null;

  @Field(() => [ExceptionCutOffEnum], { nullable: true })
  cutOffs?: CutOffBucket[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Days since the due date of the document at least, by the day in UTC; negative = still to come',
  })
  daysPastDueFrom?: number | null;

  @Field(() => Int, { nullable: true, description: 'Days since the due date of the document at most' })
  daysPastDueTo?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Open, and its clock was overdue since it was opened last; false = none of those',
  })
  isEscalated?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Payroll, tax, debt service, statutory filings: what goes before any amount; false = none of those',
  })
  isStatutory?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Came again after it was over; false = none of those' })
  isRecurring?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Its group is marked as a known error; false = none of those',
  })
  isKnownError?: boolean | null;
}
