import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import { catalogResult } from '../graphql/catalog-failure.type.js';
import type { MaintenanceWindow } from './maintenance-cover.js';

@ObjectType('WeeklyTime')
export class WeeklyTimeType {
  @Field(() => Int, { description: '1 = Monday' })
  weekday!: number;

  @Field(() => String, { description: 'e.g. 22:00' })
  fromTime!: string;

  @Field(() => String, { description: 'Of the next day where it is not later than fromTime' })
  toTime!: string;
}

@InputType()
export class WeeklyTimeInput {
  @Field(() => Int, { description: '1 = Monday' })
  weekday!: number;

  @Field(() => String)
  fromTime!: string;

  @Field(() => String)
  toTime!: string;
}

@InputType()
export class MaintenanceInput {
  @Field(() => String, { nullable: true, description: 'Either this or integration' })
  sourceSystem?: string | null;

  @Field(() => String, { nullable: true })
  integration?: string | null;

  @Field(() => String)
  reason!: string;

  @Field(() => DateTimeScalar, { description: 'Of a weekly one: from when on it is held' })
  startsAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Either this or weekly' })
  endsAt?: Date | null;

  @Field(() => WeeklyTimeInput, { nullable: true })
  weekly?: WeeklyTimeInput | null;

  @Field(() => String, { description: 'IANA' })
  timeZone!: string;
}

@ObjectType('MaintenanceWindow', {
  description:
    'Planned maintenance: nothing opens for lateness or failures in it, and clocks of what waits for it are held',
})
export class MaintenanceWindowType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true })
  sourceSystem!: string | null;

  @Field(() => String, { nullable: true })
  integration!: string | null;

  @Field(() => String)
  reason!: string;

  @Field(() => DateTimeScalar)
  startsAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null = weekly' })
  endsAt!: Date | null;

  @Field(() => WeeklyTimeType, { nullable: true })
  weekly!: WeeklyTimeType | null;

  @Field(() => String)
  timeZone!: string;

  @Field(() => Boolean)
  isActive!: boolean;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Of the present or next time that it is held; null = it is over',
  })
  nextFrom!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  nextTo!: Date | null;

  @Field(() => String)
  plannedByName!: string;

  @Field(() => DateTimeScalar)
  plannedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Cut short, or called off before it began' })
  endedAt!: Date | null;

  @Field(() => String, { nullable: true })
  endedByName!: string | null;

  window!: MaintenanceWindow;
}

@ObjectType('MaintenanceSaved')
export class MaintenanceSavedType {
  @Field(() => MaintenanceWindowType)
  window!: MaintenanceWindowType;
}

export const MaintenanceResult = catalogResult('MaintenanceResult', MaintenanceSavedType);
