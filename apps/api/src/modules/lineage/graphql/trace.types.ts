import { Field, Float, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar, JsonScalar } from '../../../graphql/scalars.js';

/** What a sender threw away itself, because a span had more than its limits (128 of each by default). Counts beyond an Int. */
@ObjectType('SpanDropped')
export class SpanDroppedType {
  @Field(() => Float)
  attributes!: number;

  @Field(() => Float)
  events!: number;

  @Field(() => Float)
  links!: number;
}

@ObjectType('Span')
export class SpanType {
  @Field(() => String)
  spanId!: string;

  @Field(() => String, { nullable: true })
  parentSpanId!: string | null;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'INTERNAL, SERVER, CLIENT, PRODUCER, CONSUMER or UNSPECIFIED' })
  kind!: string;

  @Field(() => String)
  serviceName!: string;

  @Field(() => String)
  startUnixNano!: string;

  @Field(() => String, { description: '0 while the span is open' })
  endUnixNano!: string;

  @Field(() => Boolean)
  isOpen!: boolean;

  @Field(() => Float, { description: 'Milliseconds from the start of the trace' })
  offsetMs!: number;

  @Field(() => Float)
  durationMs!: number;

  @Field(() => String, { description: 'UNSET, OK or ERROR' })
  status!: string;

  @Field(() => String, { nullable: true })
  statusMessage!: string | null;

  @Field(() => JsonScalar, { description: 'Account numbers masked unless the viewer may see them' })
  attributes!: unknown;

  @Field(() => JsonScalar)
  events!: unknown;

  @Field(() => JsonScalar)
  links!: unknown;

  @Field(() => SpanDroppedType, { description: 'How much of it its sender had thrown away before it was sent' })
  dropped!: SpanDroppedType;

  @Field(() => Boolean, { description: 'Its times do not fit those around it' })
  isClockSuspect!: boolean;
}

@ObjectType('Trace')
export class TraceType {
  @Field(() => String)
  traceId!: string;

  @Field(() => DateTimeScalar)
  startedAt!: Date;

  @Field(() => Float)
  durationMs!: number;
}
