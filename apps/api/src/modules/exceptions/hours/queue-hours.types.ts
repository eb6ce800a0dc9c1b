import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import { catalogResult } from '../../catalog/index.js';

@ObjectType('QueueWeeklyWindow')
export class QueueWeeklyWindowType {
  @Field(() => Int, { description: '1 Monday … 7 Sunday' })
  weekday!: number;

  @Field(() => String, { description: 'Local time such as 08:30' })
  opens!: string;

  @Field(() => String, { description: 'Later on the same day; 24:00 is midnight' })
  closes!: string;
}

@ObjectType('QueueDayWindow')
export class QueueDayWindowType {
  @Field(() => String)
  opens!: string;

  @Field(() => String)
  closes!: string;
}

@ObjectType('QueueOtherDay', { description: 'A day with hours other than those of its weekday' })
export class QueueOtherDayType {
  @Field(() => String, { description: 'Date' })
  date!: string;

  @Field(() => [QueueDayWindowType], { description: 'None = closed' })
  windows!: readonly QueueDayWindowType[];
}

@ObjectType('QueueOwnHours', { description: 'Working hours that no shipped calendar has' })
export class QueueOwnHoursType {
  @Field(() => String, { description: 'IANA' })
  timeZone!: string;

  @Field(() => String, { nullable: true, description: 'The calendar whose holidays are kept; null = none are' })
  holidays!: string | null;

  @Field(() => [QueueWeeklyWindowType])
  weekly!: readonly QueueWeeklyWindowType[];

  @Field(() => [QueueOtherDayType])
  days!: readonly QueueOtherDayType[];
}

@InputType('QueueWeeklyWindowInput')
export class QueueWeeklyWindowInput {
  @Field(() => Int, { description: '1 Monday … 7 Sunday' })
  weekday!: number;

  @Field(() => String)
  opens!: string;

  @Field(() => String, { description: 'Later on the same day; 24:00 is midnight' })
  closes!: string;
}

@InputType('QueueDayWindowInput')
export class QueueDayWindowInput {
  @Field(() => String)
  opens!: string;

  @Field(() => String)
  closes!: string;
}

@InputType('QueueOtherDayInput')
export class QueueOtherDayInput {
  @Field(() => String, { description: 'Date' })
  date!: string;

  @Field(() => [QueueDayWindowInput], { description: 'None = closed' })
  windows!: QueueDayWindowInput[];
}

@InputType('QueueOwnHoursInput')
export class QueueOwnHoursInput {
  @Field(() => String, { description: 'IANA' })
  timeZone!: string;

  @Field(() => String, { nullable: true, description: 'The calendar whose holidays are kept; null = none are' })
  holidays?: string | null;

  @Field(() => [QueueWeeklyWindowInput])
  weekly!: QueueWeeklyWindowInput[];

  @Field(() => [QueueOtherDayInput])
  days!: QueueOtherDayInput[];
}

@ObjectType('QueueOpenStretch')
export class QueueOpenStretchType {
  @Field(() => DateTimeScalar)
  from!: Date;

  @Field(() => DateTimeScalar)
  until!: Date;
}

@ObjectType('QueueOpenDay', { description: 'A local day on which a queue is worked' })
export class QueueOpenDayType {
  @Field(() => String, { description: 'Date' })
  date!: string;

  @Field(() => [QueueOpenStretchType])
  stretches!: QueueOpenStretchType[];
}

@ObjectType('QueueHoursTrial')
export class QueueHoursTrialType {
  @Field(() => String)
  timeZone!: string;

  @Field(() => [QueueOpenDayType], { description: 'The next five on which it would be worked' })
  days!: QueueOpenDayType[];
}

export const QueueHoursTrialResult = catalogResult('QueueHoursTrialResult', QueueHoursTrialType);
