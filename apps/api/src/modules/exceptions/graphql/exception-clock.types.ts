import { Field, Int, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar } from '../../../graphql/scalars.js';

@ObjectType('ExceptionClockTarget')
export class ExceptionClockTargetType {
  @Field(() => String, { description: 'Open time, ISO 8601, e.g. PT4H' })
  target!: string;

  @Field(() => DateTimeScalar, { description: 'Moves on while the clock is stopped' })
  dueAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  metAt!: Date | null;

  @Field(() => String, { description: 'running, paused, met, late (still open) or missed (met too late)' })
  state!: string;
}

@ObjectType('ExceptionClockPause')
export class ExceptionClockPauseType {
  @Field(() => String)
  reason!: string;

  @Field(() => String, { description: 'Who stopped the clock' })
  byName!: string;

  @Field(() => DateTimeScalar)
  from!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null = it is stopped now' })
  to!: Date | null;
}

@ObjectType('ExceptionClockHolder')
export class ExceptionClockHolderType {
  @Field(() => String, { nullable: true, description: 'Null = nobody had it' })
  holder!: string | null;

  @Field(() => Int)
  countedMinutes!: number;

  @Field(() => Int)
  pausedMinutes!: number;
}

@ObjectType('ExceptionClock', {
  description:
    'Time since it was opened, or last opened again, in open hours of its queue, or else of its legal entity',
})
export class ExceptionClockType {
  @Field(() => String, { description: 'P1 to P4, as of its priority: which targets hold' })
  band!: string;

  @Field(() => String, { description: 'Whose open hours count' })
  calendar!: string;

  @Field(() => DateTimeScalar)
  startedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  endedAt!: Date | null;

  @Field(() => ExceptionClockTargetType, { description: 'Until somebody has it in hand' })
  response!: ExceptionClockTargetType;

  @Field(() => ExceptionClockTargetType, { description: 'Until it is over' })
  resolution!: ExceptionClockTargetType;

  @Field(() => Int, { description: 'Open time that counts' })
  countedMinutes!: number;

  @Field(() => Int, { description: 'Open time that the clock was stopped' })
  pausedMinutes!: number;

  @Field(() => Int, { description: 'Time on the wall, closed hours and pauses included' })
  grossMinutes!: number;

  @Field(() => [ExceptionClockPauseType])
  pauses!: ExceptionClockPauseType[];

  @Field(() => [ExceptionClockHolderType])
  holders!: ExceptionClockHolderType[];
}
