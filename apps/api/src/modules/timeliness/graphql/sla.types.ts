import { ArgsType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { PageArgs, connectionOf } from '../../../graphql/connection.js';
import { MoneyType } from '../../../graphql/money.type.js';
import { DateTimeScalar, LocalDateScalar } from '../../../graphql/scalars.js';
import { ObjectReferenceType } from '../../lineage/index.js';

@ObjectType('SlaReportRow', { description: 'Per local day of the due time and legal entity' })
export class SlaReportRowType {
  @Field(() => LocalDateScalar)
  day!: string;

  @Field(() => String)
  legalEntity!: string;

  @Field(() => Int)
  onTime!: number;

  @Field(() => Int, { description: 'Reached late, or overdue' })
  late!: number;

  @Field(() => Int, { description: 'Not reached and not yet due' })
  open!: number;
}

@ObjectType('SlaBreach')
export class SlaBreachType {
  @Field(() => ID)
  transactionId!: string;

  @Field(() => String, { description: 'Name of the workflow' })
  workflow!: string;

  @Field(() => String)
  milestone!: string;

  @Field(() => String)
  milestoneTitle!: string;

  @Field(() => ObjectReferenceType)
  object!: ObjectReferenceType;

  @Field(() => String, { nullable: true })
  legalEntity!: string | null;

  @Field(() => String, { nullable: true })
  counterparty!: string | null;

  @Field(() => MoneyType, { nullable: true })
  amount!: MoneyType | null;

  @Field(() => DateTimeScalar, { nullable: true })
  startedAt!: Date | null;

  @Field(() => DateTimeScalar)
  dueAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  reachedAt!: Date | null;

  @Field(() => Int)
  lateByMinutes!: number;

  @Field(() => ID, { nullable: true, description: 'The open exception about it' })
  exceptionId!: string | null;
}

@ObjectType('SlaBreachConnection')
export class SlaBreachConnection extends connectionOf<SlaBreachType>('SlaBreach', () => SlaBreachType) {}

@ObjectType('SlaReport')
export class SlaReportType {
  @Field(() => DateTimeScalar)
  asOf!: Date;

  @Field(() => LocalDateScalar)
  from!: string;

  @Field(() => LocalDateScalar)
  to!: string;

  @Field(() => [SlaReportRowType])
  rows!: SlaReportRowType[];

  @Field(() => Int)
  onTime!: number;

  @Field(() => Int)
  late!: number;

  @Field(() => Int)
  open!: number;
}

@ObjectType('SlaRule', { description: 'A due rule of a workflow' })
export class SlaRuleType {
  @Field(() => String)
  workflow!: string;

  @Field(() => String)
  milestone!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String)
  description!: string;

  @Field(() => String, { description: 'service, which a report is on, or expectation' })
  ruleKind!: string;
}

@ArgsType()
export class SlaReportArgs extends PageArgs {
  @Field(() => Int, { nullable: true, defaultValue: 14 })
  days?: number | null;

  @Field(() => String, { nullable: true, defaultValue: 'payment-applied' })
  milestone?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of which the milestone is; without it those of every workflow that has one of this name',
  })
  workflow?: string | null;

  @Field(() => [String], { nullable: true })
  legalEntities?: string[] | null;
}
