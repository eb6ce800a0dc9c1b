import { ArgsType, Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { PageArgs, connectionOf } from '../../../graphql/connection.js';
import { DateTimeScalar, JsonScalar } from '../../../graphql/scalars.js';

@ObjectType('AuditRecord', { description: 'One act, by a person or by the system' })
export class AuditRecordType {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTimeScalar)
  at!: Date;

  @Field(() => String)
  actorName!: string;

  @Field(() => String, { description: 'person or system' })
  actorKind!: string;

  @Field(() => String, { description: 'e.g. exception.assigned' })
  action!: string;

  @Field(() => String)
  subjectType!: string;

  @Field(() => String)
  subjectId!: string;

  @Field(() => JsonScalar)
  details!: unknown;

  @Field(() => String, { nullable: true })
  traceId!: string | null;

  @Field(() => String, { nullable: true, description: 'Place in the hash chain; null until it is sealed' })
  sequence!: string | null;

  @Field(() => Boolean)
  isSealed!: boolean;
}

@ObjectType('AuditConnection')
export class AuditConnection extends connectionOf<AuditRecordType>('Audit', () => AuditRecordType) {}

@InputType('AuditFilter')
export class AuditFilterInput {
  @Field(() => String, { nullable: true })
  action?: string | null;

  @Field(() => String, { nullable: true })
  subjectType?: string | null;

  @Field(() => ID, { nullable: true })
  subjectId?: string | null;
}

@ArgsType()
export class AuditLogArgs extends PageArgs {
  @Field(() => AuditFilterInput, { nullable: true })
  filter?: AuditFilterInput | null;
}
