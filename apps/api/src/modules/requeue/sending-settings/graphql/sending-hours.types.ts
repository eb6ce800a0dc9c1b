import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('SendingWindow')
export class SendingWindowType {
  @Field(() => [Int], { description: '1 = Monday' })
  weekdays!: number[];

  @Field(() => String, { description: 'Time of day, such as 08:00' })
  from!: string;

  @Field(() => String, { description: 'Not later than the first = of the next day' })
  to!: string;
}

@ObjectType('SendingCutOff', { description: 'After it nothing more goes out on that day' })
export class SendingCutOffType {
  @Field(() => [Int], { description: '1 = Monday' })
  weekdays!: number[];

  @Field(() => String)
  at!: string;
}

@ObjectType('SendingHours', { description: 'When an integration is sent to; on holidays of its calendar it is not' })
export class SendingHoursType {
  @Field(() => String)
  calendar!: string;

  @Field(() => String, { description: 'Of the calendar: in it are all times of day' })
  timeZone!: string;

  @Field(() => [SendingWindowType], { description: 'None = while the calendar is open' })
  windows!: SendingWindowType[];

  @Field(() => [SendingCutOffType])
  cutOffs!: SendingCutOffType[];
}

@InputType('SendingWindowInput')
export class SendingWindowInput {
  @Field(() => [Int])
  weekdays!: number[];

  @Field(() => String)
  from!: string;

  @Field(() => String)
  to!: string;
}

@InputType('SendingCutOffInput')
export class SendingCutOffInput {
  @Field(() => [Int])
  weekdays!: number[];

  @Field(() => String)
  at!: string;
}

@InputType('SendingHoursInput')
export class SendingHoursInput {
  @Field(() => String, { description: 'As legal entities have them: TARGET, US-FED, BR, SG, or 24x7' })
  calendar!: string;

  @Field(() => [SendingWindowInput])
  windows!: SendingWindowInput[];

  @Field(() => [SendingCutOffInput])
  cutOffs!: SendingCutOffInput[];
}
