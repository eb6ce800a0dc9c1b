import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import { ObjectReferenceType } from './object.types.js';

export const TraceTieEnum = { ACTIVITY: 'ACTIVITY', LINKED_TO: 'LINKED_TO', LINKED_FROM: 'LINKED_FROM' } as const;

export type TraceTie = keyof typeof TraceTieEnum;

registerEnumType(TraceTieEnum, {
  name: 'TraceTie',
  description:
    'How a trace belongs to a transaction. ACTIVITY = an activity of it says so; LINKED_TO = a span of such a trace links to it; LINKED_FROM = a span of it links to such a trace',
});

@ObjectType('TransactionTrace', { description: 'A run of technology that a transaction went through' })
export class TransactionTraceType {
  @Field(() => String)
  traceId!: string;

  @Field(() => TraceTieEnum)
  tie!: TraceTie;

  @Field(() => String, { nullable: true, description: 'Trace by whose link it is found' })
  via!: string | null;

  @Field(() => Int, { description: 'Spans that are stored of it; 0 when it has left the retention, or not arrived' })
  spanCount!: number;

  @Field(() => Int)
  errorCount!: number;

  @Field(() => DateTimeScalar, { nullable: true })
  startedAt!: Date | null;

  @Field(() => Float)
  durationMs!: number;

  @Field(() => String, { nullable: true, description: 'Name of its root' })
  name!: string | null;

  @Field(() => [String], { description: 'At most the first 20' })
  services!: string[];

  @Field(() => [String], { description: 'Of the activities that it told' })
  integrations!: string[];

  @Field(() => Boolean, { description: 'An activity of it failed' })
  hasFailed!: boolean;

  @Field(() => Boolean, { description: 'It came after a failure at the same hop, or was sent again on request' })
  isRetry!: boolean;

  @Field(() => ID, { nullable: true, description: 'Request on which it was sent again' })
  requeueId!: string | null;

  @Field(() => [ObjectReferenceType], { description: 'Run records that its activities speak of' })
  runs!: ObjectReferenceType[];
}

@ObjectType('TransactionTraces')
export class TransactionTracesType {
  @Field(() => [TransactionTraceType], { description: 'In order of time; those without spans last' })
  traces!: TransactionTraceType[];

  @Field(() => Int, { description: 'Spans of all of them' })
  spanCount!: number;

  @Field(() => Int, { description: 'Of them, tries after the first' })
  retries!: number;

  @Field(() => Boolean, {
    description:
      'There are more traces, or spans, than are looked at: 100 traces by activity and 100 by link in one answer',
  })
  isTruncated!: boolean;
}
