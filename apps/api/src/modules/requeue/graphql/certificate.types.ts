import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import { PayloadChangeType } from '../corrections/graphql/correction.types.js';
import { RequeueAttemptType } from './requeue.types.js';

@ObjectType('CertifiedDocument')
export class CertifiedDocumentType {
  @Field(() => ID)
  objectId!: string;

  @Field(() => String)
  type!: string;

  @Field(() => String)
  key!: string;
}

@ObjectType('CertifiedActivity', {
  description: 'What a run did that names the request, or that showed the step overcome',
})
export class CertifiedActivityType {
  @Field(() => ID)
  activityId!: string;

  @Field(() => String)
  activityType!: string;

  @Field(() => DateTimeScalar)
  occurredAt!: Date;

  @Field(() => String)
  system!: string;

  @Field(() => [CertifiedDocumentType])
  documents!: CertifiedDocumentType[];
}

@ObjectType('CertifiedRecord', { description: 'A record of the audit log' })
export class CertifiedRecordType {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTimeScalar)
  at!: Date;

  @Field(() => String)
  action!: string;

  @Field(() => String)
  actorName!: string;

  @Field(() => String, { description: 'SHA-256 of its content' })
  hash!: string;

  @Field(() => Boolean, { description: 'It is part of the sealed chain' })
  isSealed!: boolean;
}

@ObjectType('CertifiedPayload', { description: 'The payload as it was frozen, and sent' })
export class CertifiedPayloadType {
  @Field(() => String, {
    nullable: true,
    description: 'Masked without payload.unmask; null = there is none, or the viewer has no payload.read',
  })
  text!: string | null;

  @Field(() => Int, { nullable: true, description: 'Of the whole text; null = there is none' })
  bytes!: number | null;

  @Field(() => Boolean)
  isMasked!: boolean;

  @Field(() => String, { nullable: true, description: 'Why there is no text' })
  whyNot!: string | null;
}

@ObjectType('RequeueCertificate', { description: 'What one send was, who decided it, and what it became' })
export class RequeueCertificateType {
  @Field(() => RequeueAttemptType)
  attempt!: RequeueAttemptType;

  @Field(() => ID)
  exceptionId!: string;

  @Field(() => CertifiedDocumentType, { description: 'What was sent again' })
  subject!: CertifiedDocumentType;

  @Field(() => String)
  integration!: string;

  @Field(() => String, { nullable: true })
  integrationTitle!: string | null;

  @Field(() => String, { description: 'SHA-256 of the body, the same over all transmissions' })
  bodyHash!: string;

  @Field(() => Int, { description: 'In bytes' })
  bodyBytes!: number;

  @Field(() => String, {
    nullable: true,
    description:
      'As what its latest transmission went; null = it has not gone out, went out before that was noted, or its target takes nothing but a call',
  })
  contentType!: string | null;

  @Field(() => CertifiedPayloadType)
  payload!: CertifiedPayloadType;

  @Field(() => Int, { nullable: true })
  payloadVersion!: number | null;

  @Field(() => [PayloadChangeType], {
    description: 'Of a corrected payload: against what its source sent; values masked that the viewer may not see',
  })
  changes!: PayloadChangeType[];

  @Field(() => String)
  idempotencyKey!: string;

  @Field(() => String, { description: 'SHA-256 of the frozen selection that it was part of' })
  selectionHash!: string;

  @Field(() => DateTimeScalar)
  requestedAt!: Date;

  @Field(() => [CertifiedRecordType], {
    description: 'Given by those who decided; its request says whether any were needed',
  })
  approvals!: CertifiedRecordType[];

  @Field(() => DateTimeScalar, { nullable: true, description: 'When its outcome should be seen' })
  verifyBy!: Date | null;

  @Field(() => [CertifiedActivityType], { description: 'What it became; oldest first' })
  became!: CertifiedActivityType[];

  @Field(() => [CertifiedRecordType], { description: 'Oldest first' })
  evidence!: CertifiedRecordType[];

  @Field(() => String, { description: 'SHA-256 over the hashes of the evidence, each on a line, in this order' })
  evidenceHash!: string;
}
