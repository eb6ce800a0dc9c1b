import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { MoneyType } from '../../../graphql/money.type.js';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import { BusinessObjectType } from '../../lineage/index.js';
import type { AcceptanceState } from '../domain/acceptance-decision.js';
import { ExceptionType } from './exception.types.js';

@ObjectType('DeclaredReason')
export class DeclaredReasonType {
  @Field(() => String)
  code!: string;

  @Field(() => String)
  title!: string;
}

@ObjectType('WaitReason')
export class WaitReasonType extends DeclaredReasonType {
  @Field(() => Boolean, { description: 'Waiting for it stops the clock of the exception' })
  pausesClock!: boolean;
}

@ObjectType('LegalEntityLimit')
export class LegalEntityLimitType {
  @Field(() => String)
  legalEntity!: string;

  @Field(() => MoneyType)
  limit!: MoneyType;
}

@ObjectType('ExceptionReasons', { description: 'The declared reasons' })
export class ExceptionReasonsType {
  @Field(() => [WaitReasonType])
  wait!: WaitReasonType[];

  @Field(() => [DeclaredReasonType], { description: 'For closing without correction' })
  accept!: DeclaredReasonType[];

  @Field(() => MoneyType, { description: 'Money at risk above which a second person decides' })
  acceptanceLimit!: MoneyType;

  @Field(() => [LegalEntityLimitType], { description: 'Of legal entities that have a limit of their own' })
  acceptanceLimits!: LegalEntityLimitType[];
}

@ObjectType('ExceptionWait', { description: 'What an exception waits for' })
export class ExceptionWaitType {
  @Field(() => WaitReasonType)
  reason!: WaitReasonType;

  @Field(() => String)
  note!: string;

  @Field(() => DateTimeScalar, { nullable: true })
  until!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'posting-period-open, customer-mapped, object-known or predecessor-posted',
  })
  predicate!: string | null;

  @Field(() => String, { nullable: true, description: 'The predicate in words, e.g. "posting period 2026-10 of DE01"' })
  waitsFor!: string | null;

  @Field(() => DateTimeScalar, { description: 'It ends then at the latest' })
  expiresAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the predicate was last looked at' })
  checkedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it does not hold yet' })
  checkDetail!: string | null;

  @Field(() => DateTimeScalar)
  startedAt!: Date;

  @Field(() => String)
  startedByName!: string;
}

@ObjectType('ExceptionSnooze', { description: 'Kept out of the inbox for a while' })
export class ExceptionSnoozeType {
  @Field(() => DateTimeScalar, { nullable: true, description: 'Null = until it occurs again' })
  until!: Date | null;

  @Field(() => Boolean)
  isUntilNextOccurrence!: boolean;

  @Field(() => String)
  reason!: string;

  @Field(() => DateTimeScalar)
  snoozedAt!: Date;

  @Field(() => String)
  snoozedByName!: string;
}

@ObjectType('ExceptionHandPosting', { description: 'The document by which a person corrected it' })
export class ExceptionHandPostingType {
  @Field(() => String)
  documentType!: string;

  @Field(() => String)
  documentKey!: string;

  @Field(() => DateTimeScalar)
  statedAt!: Date;

  @Field(() => String)
  statedByName!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the lineage showed it; null = unverified' })
  verifiedAt!: Date | null;

  @Field(() => BusinessObjectType, { nullable: true })
  object!: BusinessObjectType | null;
}

@ObjectType('ExceptionPredecessor', { description: 'An open exception about what comes before' })
export class ExceptionPredecessorType {
  @Field(() => ExceptionType)
  exception!: ExceptionType;

  @Field(() => Int, { description: 'Flow links between the two' })
  steps!: number;

  @Field(() => Boolean, { description: 'Nothing before it is stuck in turn: the one to begin with' })
  isRoot!: boolean;
}

@ObjectType('ExceptionAcceptance', {
  description: 'Closing without correction: posts nothing, writes nothing off. As frozen when it was asked for',
})
export class ExceptionAcceptanceType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, {
    description:
      'pending, direct (below the limit), approved, rejected, withdrawn, expired or overtaken (the exception went another way)',
  })
  state!: AcceptanceState;

  @Field(() => DeclaredReasonType)
  reason!: DeclaredReasonType;

  @Field(() => String)
  comment!: string;

  @Field(() => String)
  title!: string;

  @Field(() => MoneyType, { nullable: true })
  moneyAtRisk!: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'In the currency of the limit; null = none, or no rate' })
  convertedMoney!: MoneyType | null;

  @Field(() => MoneyType)
  limit!: MoneyType;

  @Field(() => Int)
  occurrences!: number;

  @Field(() => Int, { description: 'Named duplicates of it: closed together with it, and counted in convertedMoney' })
  duplicates!: number;

  @Field(() => String, { description: 'SHA-256 of what was frozen' })
  requestHash!: string;

  @Field(() => DateTimeScalar)
  requestedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it goes back to its maker; null = it waits on' })
  expiresAt!: Date | null;

  @Field(() => String)
  makerName!: string;

  @Field(() => DateTimeScalar, { nullable: true })
  decidedAt!: Date | null;

  @Field(() => String, { nullable: true })
  deciderName!: string | null;

  @Field(() => String, { nullable: true })
  decisionReason!: string | null;

  @Field(() => Boolean, { description: 'This viewer may approve or reject it' })
  canDecide!: boolean;

  @Field(() => Boolean, { description: 'This viewer asked for it and may withdraw it' })
  canWithdraw!: boolean;

  @Field(() => ExceptionType, { nullable: true })
  exception!: ExceptionType | null;

  exceptionId!: string;
}
