import { ArgsType, Field, Float, Int, ObjectType } from '@nestjs/graphql';

/** Rows of one window. */
export const MOST_ROWS = 500;
/** Segments of a critical path in one answer. */
export const MOST_SEGMENTS = 2_000;

@ObjectType('TracePathPart', { description: 'A stretch of the critical path in one span' })
export class TracePathPartType {
  @Field(() => Float, { description: 'Milliseconds from the start of the trace' })
  offsetMs!: number;

  @Field(() => Float)
  durationMs!: number;

  @Field(() => Boolean, { description: 'The span was over, and what it had sent was not taken up yet' })
  isWaiting!: boolean;
}

@ObjectType('TraceRow', {
  description: 'A span at its place in the waterfall; what it says of itself is at Trace.span',
})
export class TraceRowType {
  @Field(() => String)
  spanId!: string;

  @Field(() => String, { nullable: true })
  parentSpanId!: string | null;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  kind!: string;

  @Field(() => String)
  serviceName!: string;

  @Field(() => Float, { description: 'Milliseconds from the start of the trace' })
  offsetMs!: number;

  @Field(() => Float)
  durationMs!: number;

  @Field(() => Boolean)
  isOpen!: boolean;

  @Field(() => String, { description: 'UNSET, OK or ERROR' })
  status!: string;

  @Field(() => Boolean)
  isClockSuspect!: boolean;

  @Field(() => Int)
  depth!: number;

  @Field(() => Int, { description: 'Spans directly below it' })
  children!: number;

  @Field(() => Int, { description: 'All spans below it' })
  descendants!: number;

  @Field(() => Boolean, { description: 'A span below it failed' })
  hasErrorBelow!: boolean;

  @Field(() => Float, { description: 'Its own time on the critical path, in milliseconds' })
  criticalMs!: number;

  @Field(() => [TracePathPartType], { description: 'At most the first 50' })
  criticalParts!: TracePathPartType[];
}

@ObjectType('TraceWindow', { description: 'Some rows of the waterfall of a trace' })
export class TraceWindowType {
  @Field(() => [TraceRowType])
  rows!: TraceRowType[];

  @Field(() => Int, { description: 'Rows of this time and with these spans folded, of which `rows` are some' })
  rowCount!: number;

  @Field(() => Int, { description: 'Where `rows` begin among them' })
  skip!: number;
}

@ArgsType()
export class TraceWindowArgs {
  @Field(() => String, { nullable: true, description: 'Spans that overlap the time from here on, in nanoseconds' })
  fromUnixNano?: string | null;

  @Field(() => String, { nullable: true, description: 'Spans that overlap the time until here' })
  untilUnixNano?: string | null;

  @Field(() => [String], { nullable: true, description: 'Spans whose descendants are left out' })
  collapsed?: string[] | null;

  @Field(() => Int, { nullable: true, defaultValue: 0, description: 'Rows to pass over' })
  skip?: number | null;

  @Field(() => Int, { nullable: true, defaultValue: 200, description: `At most ${MOST_ROWS}` })
  first?: number | null;
}

@ObjectType('TracePathSegment', { description: 'At this time the trace waited for this span' })
export class TracePathSegmentType {
  @Field(() => String)
  spanId!: string;

  @Field(() => String)
  startUnixNano!: string;

  @Field(() => String)
  endUnixNano!: string;

  @Field(() => Boolean, { description: 'The span was over, and what it had sent was not taken up yet' })
  isWaiting!: boolean;
}

@ObjectType('TracePathShare', { description: 'Time on the critical path that has one name' })
export class TracePathShareType {
  @Field(() => String)
  serviceName!: string;

  @Field(() => String, { nullable: true, description: 'Of the spans; null for a whole service' })
  name!: string | null;

  @Field(() => String, { description: 'Exact' })
  nanos!: string;

  @Field(() => Float)
  durationMs!: number;

  @Field(() => Float, { description: 'Of it, in which something sent was not taken up yet' })
  waitingMs!: number;
}

@ObjectType('TraceCriticalPath', {
  description:
    'What determined how long the trace took. Its segments follow each other without gap, from the start of the root to its end, or to the end of what a message of it set off',
})
export class TraceCriticalPathType {
  @Field(() => String)
  rootSpanId!: string;

  @Field(() => String)
  startUnixNano!: string;

  @Field(() => String)
  endUnixNano!: string;

  @Field(() => Float)
  durationMs!: number;

  @Field(() => [TracePathShareType], { description: 'By service, the longest first; they add up to the whole' })
  services!: TracePathShareType[];

  @Field(() => [TracePathShareType], { description: 'The 20 steps, by service and name, in which most of it went' })
  steps!: TracePathShareType[];

  @Field(() => [TracePathSegmentType], { description: `In order of time; at most the first ${MOST_SEGMENTS}` })
  segments!: TracePathSegmentType[];

  @Field(() => Int)
  segmentCount!: number;

  @Field(() => Int, { description: 'Spans that are not weighed: their times lie outside those of their parents' })
  leftOut!: number;
}
