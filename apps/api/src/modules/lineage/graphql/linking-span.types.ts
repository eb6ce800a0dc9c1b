import { ArgsType, Field, ObjectType } from '@nestjs/graphql';
import { connectionOf, PageArgs } from '../../../graphql/connection.js';
import { DateTimeScalar, JsonScalar } from '../../../graphql/scalars.js';

/** A span of another trace that links to this one. */
@ObjectType('LinkingSpan')
export class LinkingSpanType {
  @Field(() => String)
  traceId!: string;

  @Field(() => String)
  spanId!: string;

  @Field(() => String)
  serviceName!: string;

  @Field(() => String)
  name!: string;

  @Field(() => DateTimeScalar, { description: 'When the linking span began' })
  startedAt!: Date;

  @Field(() => String, { description: 'The span of this trace that it links to, which need not be stored' })
  linkedSpanId!: string;

  @Field(() => JsonScalar, { description: 'Of the link. Account numbers masked unless the viewer may see them' })
  attributes!: unknown;
}

@ObjectType('LinkingSpanConnection')
export class LinkingSpanConnection extends connectionOf('LinkingSpan', () => LinkingSpanType) {}

@ArgsType()
export class LinkingSpansArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only those that link to this span' })
  spanId?: string | null;
}
