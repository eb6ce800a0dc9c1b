import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../graphql/connection.js';
import { MoneyType } from '../../../graphql/money.type.js';
import { DateTimeScalar, JsonScalar } from '../../../graphql/scalars.js';

@ObjectType('RebuildSample', { description: 'A row that the switch would change, and of a change what differs' })
export class RebuildSampleType {
  @Field(() => String, { description: 'The objects that it speaks of' })
  label!: string;

  @Field(() => JsonScalar, { nullable: true, description: 'As it is shown; null = it would be new' })
  before!: unknown;

  @Field(() => JsonScalar, { nullable: true, description: 'As the rebuild makes it; null = it would be gone' })
  after!: unknown;
}

@ObjectType('RebuildDifference', { description: 'What of one table the switch would change' })
export class RebuildDifferenceType {
  @Field(() => String, { description: 'e.g. object_link' })
  table!: string;

  @Field(() => Int)
  added!: number;

  @Field(() => Int)
  changed!: number;

  @Field(() => Int)
  removed!: number;

  @Field(() => [RebuildSampleType], {
    nullable: true,
    description: 'At most ten of each kind; null for who may not read transactions',
  })
  samples!: RebuildSampleType[] | null;
}

@ObjectType('ChangeCounts')
export class ChangeCountsType {
  @Field(() => Int)
  added!: number;

  @Field(() => Int)
  changed!: number;

  @Field(() => Int)
  removed!: number;
}

@ObjectType('MoneyChange', { description: 'Documents of one kind, entity and currency whose money differs' })
export class MoneyChangeType {
  @Field(() => String)
  objectType!: string;

  @Field(() => String, { nullable: true })
  legalEntity!: string | null;

  @Field(() => Int)
  documents!: number;

  @Field(() => MoneyType, { description: 'What the documents say as they are shown' })
  before!: MoneyType;

  @Field(() => MoneyType)
  after!: MoneyType;

  @Field(() => MoneyType, { nullable: true, description: 'What is open at them; null = nobody can tell' })
  openBefore!: MoneyType | null;

  @Field(() => MoneyType, { nullable: true })
  openAfter!: MoneyType | null;

  @Field(() => MoneyType, { description: 'By how much they differ, each without its sign' })
  moved!: MoneyType;
}

@ObjectType('ExceptionChange')
export class ExceptionChangeType {
  @Field(() => String, { description: 'opens, closes or changes' })
  what!: string;

  @Field(() => String, { description: 'Taxonomy of a problem, or the kind of a finding' })
  about!: string;

  @Field(() => String)
  label!: string;
}

@ObjectType('ExceptionChanges', { description: 'What becomes of the exceptions that follow from facts' })
export class ExceptionChangesType {
  @Field(() => Int)
  opens!: number;

  @Field(() => Int)
  closes!: number;

  @Field(() => Int)
  changes!: number;

  @Field(() => [ExceptionChangeType], {
    nullable: true,
    description: 'The first; null for who may not read transactions',
  })
  first!: ExceptionChangeType[] | null;
}

@ObjectType('ChangeReport', { description: 'What mapping again, or the switch of a rebuild, would change' })
export class ChangeReportType {
  @Field(() => Int, { nullable: true, description: 'Signals that were mapped for it; null = of a rebuild' })
  signals!: number | null;

  @Field(() => ChangeCountsType, { nullable: true, description: 'Activities of all signals; null = of a rebuild' })
  activities!: ChangeCountsType | null;

  @Field(() => Boolean, { description: 'What follows is told of a part of the changed activities or rows alone' })
  isSample!: boolean;

  @Field(() => Int, { nullable: true, description: 'Activities of which it is told what follows' })
  foreseen!: number | null;

  @Field(() => [RebuildDifferenceType])
  differences!: RebuildDifferenceType[];

  @Field(() => [MoneyChangeType], { nullable: true, description: 'Null for who may not read transactions' })
  money!: MoneyChangeType[] | null;

  @Field(() => ExceptionChangesType)
  exceptions!: ExceptionChangesType;

  @Field(() => [String], {
    description: 'Closed posting periods whose documents change; told where approval is asked for',
  })
  closedPeriods!: string[];
}

@ObjectType('TableChange')
export class TableChangeType extends ChangeCountsType {
  @Field(() => String)
  table!: string;
}

@ObjectType('ChangesAfterwards', { description: 'What was changed, beside what was foreseen' })
export class ChangesAfterwardsType {
  @Field(() => ChangeCountsType, { nullable: true })
  activities!: ChangeCountsType | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null = its consequences are still to be looked at' })
  comparedAt!: Date | null;

  @Field(() => [TableChangeType])
  differences!: TableChangeType[];

  @Field(() => [MoneyChangeType], { nullable: true })
  money!: MoneyChangeType[] | null;

  @Field(() => ExceptionChangesType, { nullable: true })
  exceptions!: ExceptionChangesType | null;

  @Field(() => Int, { nullable: true, description: 'Rows that are as they were foreseen' })
  asForeseen!: number | null;

  @Field(() => Int, { nullable: true, description: 'Rows that were foreseen otherwise' })
  otherwise!: number | null;
}

@ObjectType('RemappingChange', { description: 'A row that mapping again would change' })
export class RemappingChangeType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'activity, or a table of lineage such as business_object' })
  part!: string;

  @Field(() => String)
  label!: string;

  @Field(() => JsonScalar, { nullable: true, description: 'Of a change what differs; null = it would be new' })
  before!: unknown;

  @Field(() => JsonScalar, { nullable: true, description: 'Null = it would be gone' })
  after!: unknown;
}

@ObjectType('RemappingChangeConnection')
export class RemappingChangeConnection extends connectionOf<RemappingChangeType>(
  'RemappingChange',
  () => RemappingChangeType,
) {}
