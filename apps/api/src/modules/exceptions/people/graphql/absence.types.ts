import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar } from '../../../../graphql/scalars.js';
import { catalogResult } from '../../../catalog/index.js';

@ObjectType('Absence', { description: 'Somebody is away, and who stands in' })
export class AbsenceType {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTimeScalar)
  from!: Date;

  @Field(() => DateTimeScalar, { description: 'The first instant of being back' })
  until!: Date;

  @Field(() => Boolean, { description: 'It runs' })
  isNow!: boolean;

  @Field(() => String)
  note!: string;

  @Field(() => String)
  statedByName!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Why nobody stands in while it runs: none-named, circular, not-able',
  })
  noStandInReason!: string | null;

  personId!: string;
  deputyId!: string | null;
  standInId!: string | null;
}

@InputType('AbsenceInput')
export class AbsenceInput {
  @Field(() => ID, { nullable: true, description: 'Left out = the viewer; of somebody else with identity.write' })
  personId?: string | null;

  @Field(() => DateTimeScalar)
  from!: Date;

  @Field(() => DateTimeScalar)
  until!: Date;

  @Field(() => ID, { nullable: true })
  deputyId?: string | null;

  @Field(() => String, { nullable: true })
  note?: string | null;
}

@ObjectType('AbsenceSaved')
export class AbsenceSavedType {
  @Field(() => AbsenceType, { nullable: true, description: 'Null = it was ended before it began' })
  absence!: AbsenceType | null;

  @Field(() => [String], { description: 'What will not work as one may think' })
  warnings!: string[];
}

export const AbsenceResult = catalogResult('AbsenceResult', AbsenceSavedType);
