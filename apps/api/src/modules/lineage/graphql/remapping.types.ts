import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../graphql/connection.js';
import { DateTimeScalar, JsonScalar } from '../../../graphql/scalars.js';
import { catalogResult } from '../../catalog/index.js';
import { SignalKindEnum, type SignalKindName } from '../../signals/index.js';
import { ChangeReportType, ChangesAfterwardsType } from './change-report.types.js';

@ObjectType('Remapping', { description: 'One act of mapping stored signals again' })
export class RemappingType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  reason!: string;

  @Field(() => String, {
    description: 'reporting, pending (waits for approval), waiting, running, paused, done, failed or cancelled',
  })
  state!: string;

  @Field(() => JsonScalar, {
    description:
      '{ from, to, sourceSystem, kinds, types, mapping: { name, version }, signalIds, fileId, onlyUnmapped }, as asked',
  })
  selection!: unknown;

  @Field(() => String, { nullable: true, description: 'What may be expected to be among them and is not' })
  leftOut!: string | null;

  @Field(() => DateTimeScalar)
  requestedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  finishedAt!: Date | null;

  @Field(() => Int, { nullable: true, description: 'Null until it starts' })
  signalsTotal!: number | null;

  @Field(() => Int)
  signalsDone!: number;

  @Field(() => Int)
  signalsUnmapped!: number;

  @Field(() => Int)
  activitiesBefore!: number;

  @Field(() => Int)
  activitiesAfter!: number;

  @Field(() => String, { nullable: true })
  error!: string | null;

  @Field(() => ChangeReportType, { nullable: true, description: 'What it would change; null = not told, or not yet' })
  report!: ChangeReportType | null;

  @Field(() => ChangesAfterwardsType, { nullable: true, description: 'What it changed' })
  afterwards!: ChangesAfterwardsType | null;

  requestedById!: string | null;
}

@ObjectType('RemappingConnection')
export class RemappingConnection extends connectionOf<RemappingType>('Remapping', () => RemappingType) {}

@ObjectType('RemappingRequested')
export class RemappingRequestedType {
  @Field(() => RemappingType)
  remapping!: RemappingType;
}

export const RemappingResult = catalogResult('RemappingResult', RemappingRequestedType);

@InputType('MapAgainInput', { description: 'At least one of the conditions; all that are given hold' })
export class MapAgainInput {
  @Field(() => String)
  reason!: string;

  @Field(() => DateTimeScalar, { nullable: true })
  receivedFrom?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  receivedTo?: Date | null;

  @Field(() => String, { nullable: true })
  sourceSystem?: string | null;

  @Field(() => [SignalKindEnum], { nullable: true })
  kinds?: SignalKindName[] | null;

  @Field(() => [String], { nullable: true, description: 'Whole types' })
  types?: string[] | null;

  @Field(() => String, { nullable: true })
  mapping?: string | null;

  @Field(() => Int, { nullable: true })
  mappingVersion?: number | null;

  @Field(() => [ID], { nullable: true })
  signalIds?: string[] | null;

  @Field(() => ID, { nullable: true })
  fileId?: string | null;

  @Field(() => Boolean, { nullable: true, defaultValue: false })
  onlyUnmapped?: boolean | null;
}
