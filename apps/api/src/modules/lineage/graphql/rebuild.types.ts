import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../graphql/connection.js';
import { DateTimeScalar, JsonScalar } from '../../../graphql/scalars.js';
import { catalogResult } from '../../catalog/index.js';
import { ChangeReportType, ChangesAfterwardsType, RebuildDifferenceType } from './change-report.types.js';

@ObjectType('Rebuild', { description: 'One act of making lineage again: silently, nobody is told of what it finds' })
export class RebuildType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  reason!: string;

  @Field(() => String, {
    description:
      'reporting, pending (waits for approval), waiting, running, paused, ready, switching, done, failed or cancelled',
  })
  state!: string;

  @Field(() => Boolean, { description: 'Made beside what is shown and then switched; else signals are mapped again' })
  isWhole!: boolean;

  @Field(() => JsonScalar, { description: '{ from, to, sourceSystem }, as asked; of the whole {}' })
  scope!: unknown;

  @Field(() => String, { nullable: true, description: 'What may be expected to be among its signals and is not' })
  leftOut!: string | null;

  @Field(() => DateTimeScalar)
  requestedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  finishedAt!: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Activities of the whole, signals of a range; null until they are counted',
  })
  total!: number | null;

  @Field(() => Int)
  done!: number;

  @Field(() => [String], { description: 'What can be done with it now: pause, resume, cancel, switch' })
  acts!: string[];

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was compared with what is shown' })
  comparedAt!: Date | null;

  @Field(() => [RebuildDifferenceType], {
    nullable: true,
    description: 'What the switch would change, table by table; null until it is compared',
  })
  differences!: RebuildDifferenceType[] | null;

  @Field(() => ChangeReportType, { nullable: true, description: 'What it would change, with money and exceptions' })
  report!: ChangeReportType | null;

  @Field(() => ChangesAfterwardsType, { nullable: true, description: 'What it changed' })
  afterwards!: ChangesAfterwardsType | null;

  @Field(() => String, { nullable: true })
  error!: string | null;

  requestedById!: string | null;

  /** Of a range the act of mapping again, which is what is approved. */
  approvalSubjectId!: string | null;
}

@ObjectType('RebuildConnection')
export class RebuildConnection extends connectionOf<RebuildType>('Rebuild', () => RebuildType) {}

@ObjectType('RebuildAccepted')
export class RebuildAcceptedType {
  @Field(() => RebuildType)
  rebuild!: RebuildType;
}

export const RebuildResult = catalogResult('RebuildResult', RebuildAcceptedType);

@InputType('RequestRebuildInput', { description: 'Without any condition the whole; all that are given hold' })
export class RequestRebuildInput {
  @Field(() => String)
  reason!: string;

  @Field(() => DateTimeScalar, { nullable: true })
  receivedFrom?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  receivedTo?: Date | null;

  @Field(() => String, { nullable: true })
  sourceSystem?: string | null;
}
